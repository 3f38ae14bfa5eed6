"""Finds figures by words, in English or Chinese."""

import unicodedata

import pandas as pd

from hyreport.data import load_figures
from hyreport.errors import UnknownNameError, nearest
from hyreport.paths import REPORT_ID

SHOWN = ("figure_id", "name_en", "name_zh", "subject_zh", "as_printed", "period", "role", "doubt")
# Where a word is looked for, the most telling place first.
PLACES = ("figure_id", "name_zh", "name_en", "subject_zh", "as_printed", "theme", "note", "doubt")


def find(words: str, report_id: str = REPORT_ID) -> pd.DataFrame:
    """Find figures by words of their id, English or Chinese name, printed term or printed words.

    Parameters
    ----------
    words : str
        One or several words, such as 税收, tax, GDP 2018 or 左右; all must occur. Capitals and
        full-width letters do not matter.
    report_id : str
        Folder of the report in data/processed.

    Returns
    -------
    DataFrame, shape (found, 8)
        The best first: whole ids, then names that begin with the word or have it as a word of
        its own, then any part of a name, then theme, note and doubt. `as_printed` holds the
        printed words with their unit; `hy.figure` shows all about one.

    Raises
    ------
    UnknownNameError
        Where nothing is found; the message names the nearest words.

    Examples
    --------
    >>> find("税收")["figure_id"].tolist()[:2]
    ['tax_share.total.2017', 'tax_share.local.2017']
    >>> find("tax share 2017")["as_printed"].tolist()[:2]
    ['71.6%', '55.9%']
    """
    figures, wanted = load_figures(report_id), _normalise(words).split()
    texts = [[_normalise(row[place]) for place in PLACES] for row in figures.to_dict("records")]
    ranks = [_rank(wanted, text) if wanted else None for text in texts]
    found = [place for place, rank in enumerate(ranks) if rank is not None]
    if not found:
        fix = _suggest(wanted, texts) if wanted else "type a word, such as tax or 税收"
        raise UnknownNameError("find", repr(words), "words of an id, name or printed term", fix)
    order = sorted(found, key=lambda place: ranks[place])
    return figures.iloc[order][list(SHOWN)].reset_index(drop=True)


def _rank(wanted: list[str], text: list[str]) -> tuple | None:
    """Return how well a figure answers, smaller is better; None where a word is missing."""
    ranks = []
    for word in wanted:
        places = [place for place, said in enumerate(text) if word in said]
        if not places:
            return None
        ranks.append(min(_closeness(word, text[place], place) for place in places))
    return max(ranks), sum(map(sum, ranks))


def _closeness(word: str, said: str, place: int) -> tuple[int, int]:
    """Rank one find: the whole, a beginning or a word of its own, a part; ids and names first."""
    is_name = place < PLACES.index("as_printed")
    if word == said:
        kind = 0
    elif said.startswith(word) or word in _words([said]) or not word.isascii():
        # Chinese does not set words apart: each part may be one.
        kind = 1
    else:
        kind = 2
    return (kind if is_name else 3), place


def _words(texts: list[str]) -> set[str]:
    """Return the words of ids and names, apart by spaces, points and underscores."""
    return {word for text in texts for word in text.replace(".", " ").replace("_", " ").split()}


def _suggest(wanted: list[str], texts: list[list[str]]) -> str:
    """Suggest what is most like a word that no figure has; else, to try fewer words."""
    whole = [" ".join(text) for text in texts]
    absent = [word for word in wanted if not any(word in said for said in whole)]
    if not absent:
        return "no figure has all of these words; try fewer"
    word = absent[0]
    names = [said for text in texts for said in text[:4]]
    known = _words(names)
    if not word.isascii():
        size = len(word)
        known = {name[at : at + size] for name in names for at in range(len(name) - size + 1)}
    return nearest(word, sorted(known), otherwise="look at hy.load_figures()")


def _normalise(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
