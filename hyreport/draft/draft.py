"""Makes of the text of a report the rows of its tables, each with how certain it is."""

import re
from collections import Counter
from dataclasses import dataclass

from hyreport.draft.certainty import find_code, grade
from hyreport.draft.facts import Facts, read_facts
from hyreport.draft.goals import GOALS, find_goals
from hyreport.draft.pairs import answer_goals, pair_targets, raise_doubts
from hyreport.draft.periods import Periods
from hyreport.draft.quantities import read_quantities, said_of
from hyreport.draft.roles import read_area, read_role
from hyreport.draft.rows import Row
from hyreport.draft.scenes import Scenes, read_scenes
from hyreport.draft.segment import TOKEN, Page
from hyreport.draft.tables import read_tables
from hyreport.draft.terms import find_terms, finish_terms
from hyreport.draft.vocabulary import patterns_of
from hyreport.numbers.printed import PrintedError, parse_printed
from hyreport.text.decoding import TextError

__all__ = ["COLUMNS", "Draft", "draft_text"]


P = patterns_of("draft")
COLUMNS = {
    "tokens.csv": "start end number",
    "figures.csv": "figure_id section paragraph start end numeral as_printed subject_zh indicator "
    "period role basis area group unit qualifier hedge obs_status reach read note value unit_read "
    "qualifier_read hedge_read certainty why",
    "exclusions.csv": "section paragraph start end as_printed kind reason",
    "targets.csv": "target_id base_id comparable better reason",
    "goals.csv": GOALS,
    "doubts.csv": "figure_id expected kind doubt",
    "terms.new.csv": "term_zh figures unit example",
}
# A report has more Chinese characters than this, and of all its characters this share.
FEWEST_CHARACTERS, LEAST_CHINESE = 1500, 0.35
FEWEST_SENTENCES, MOST_CHARACTERS, MOST_NUMBERS = 20, 400_000, 0.08
WHERE = ("section", "paragraph", "start", "end")
SAME = ("numeral", "indicator", "period", "role", "basis", "area", "group")
MARK = ("mark", "a mark or a heading of the file, no text")
REPORT = "a government work report or a statistical communique in Chinese"


@dataclass(frozen=True)
class Draft:
    """What was drafted of one text.

    Attributes
    ----------
    report_id : str
    facts : Facts
        Title, issuer, day and years, with the words they were read from.
    tables : dict
        The rows of each table by its file, every cell as text.
    sections : dict
        The headings of the sections as printed, by their numbers.
    odd : tuple of str
        What is odd about the copy.
    characters, numbers : int
        How long the text is, and how many Arabic numbers it has.
    """

    report_id: str
    facts: Facts
    tables: dict[str, list[dict[str, str]]]
    sections: dict[str, str]
    odd: tuple[str, ...]
    characters: int
    numbers: int

    @property
    def summary(self) -> str:
        """Say what was drafted, in a line."""
        grades = Counter(row["certainty"] for row in self.tables["figures.csv"])
        figures, others = len(self.tables["figures.csv"]), len(self.tables["exclusions.csv"])
        years = f"for {self.facts.target_year or self.facts.base_year}"
        sure = ", ".join(f"{grades[one]} {one}" for one in "ABC")
        title = self.facts.title or "a report"
        return f"{title} {years}: {figures} figures ({sure}), {others} other numbers"


def draft_text(text: str, report_id: str, *, year: int | None = None, name: str = "text") -> Draft:
    """Draft the tables of a report from its text; nothing is read or written besides.

    Parameters
    ----------
    text : str
        The decoded file as it stands; all offsets are places in it.
    report_id : str
        Id of the report.
    year : int, optional
        The year of its targets, or of a communique the year it reports on, where it is known.
    name : str
        What an error calls the text.

    Returns
    -------
    Draft

    Raises
    ------
    TextError
        Where the text cannot be a report.
    """
    _check(text, name)
    page = Page(text)
    facts = read_facts(page, year=year)
    if not facts.base_year:
        fix = "name its year with --year"
        raise TextError(name, "no year", "the year that the report is for", fix)
    scenes = read_scenes(page, facts)
    _check_whole(facts, scenes, name)
    rows = read_quantities(page)
    figures = [row for row in rows if row.is_figure]
    find_terms(figures, page)
    _read_contexts(figures, page, scenes, facts)
    read_tables(figures, page)
    finish_terms(figures)
    return _put_together(text, report_id, page, facts, scenes, rows)


def _check(text: str, name: str) -> None:
    """Refuse what is no report, before anything is read that takes time."""
    chinese, stops = len(P.chinese.findall(text)), text.count("。")
    letters = len("".join(text.split()))
    numbers = sum(1 for _ in TOKEN.finditer(text))
    many = numbers > max(5000, MOST_NUMBERS * len(text))
    share = f"a text of which {100 * chinese // max(letters, 1)}% is Chinese"
    for is_wrong, found, fix in (
        (len(text) > MOST_CHARACTERS, f"{len(text)} characters", "one report alone"),
        (
            chinese < FEWEST_CHARACTERS,
            f"{chinese} Chinese characters",
            "the whole text of a report",
        ),
        (chinese < LEAST_CHINESE * letters, share, "the report alone, saved as plain text"),
        (many, f"{numbers} numbers in {len(text)} characters", "the text, not its tables alone"),
        (stops < FEWEST_SENTENCES, f"{stops} sentences", "the text, not a list of links"),
    ):
        if is_wrong:
            raise TextError(name, found, REPORT, f"give {fix}")


def _check_whole(facts: Facts, scenes: Scenes, name: str) -> None:
    """Refuse a part of a report: one that never looks ahead, or never back."""
    tells = {scene.tells for scene in scenes}
    if not facts.is_communique and "future" not in tells:
        found = "no part on the year ahead"
        raise TextError(name, found, "a whole report", "give its text to the end")


def _read_contexts(figures: list[Row], page: Page, scenes: Scenes, facts: Facts) -> None:
    """Give each figure period, role, area and basis."""
    periods, before = Periods(facts), None
    for row in figures:
        scene, text = scenes.at(row.start), page.text
        paragraph = text.rfind("\n", 0, row.start)
        half = text[page.half(row.start)[0] : row.start]
        start = page.clause(row.start)[0]
        if row.part == "to" and before is not None:
            start, half = max(start, before.end), text[before.end : row.start]
        clause, half = text[start : row.start], P.aside.sub("", half)
        first, end = page.sentence(row.start)
        row.sentence = text[first:end]
        row.ahead_of = row.start - first
        row.hedge = row.hedge if scene.tells != "past" else ""
        row.period = periods.read(row, half, clause, scene, paragraph)
        read_role(row, clause, scene, before, page)
        read_area(row, text[page.clause(row.start)[0] : row.start])
        if row.measure == "growth" and not row.basis and P.same_basis.search(half):
            row.basis = "same_basis"
        before = row


def _put_together(
    text: str, report_id: str, page: Page, facts: Facts, scenes: Scenes, rows: list[Row]
) -> Draft:
    tokens = sorted([page.span(*span) for span in page.tokens] + page.passed_over)
    places = {span: number for number, span in enumerate(tokens, start=1)}
    ids: set[str] = set()
    made: list[tuple[Row, dict[str, str]]] = []
    excluded = [_exclude(text, span, "0", "0", MARK) for span in page.passed_over]
    for row in rows:
        span = page.span(row.start, row.end)
        where = scenes.at(row.start).section, str(page.paragraph(row.start))
        if row.is_figure:
            head = dict(zip(WHERE, (*where, *map(str, span)), strict=True))
            made.append((row, head | _cells(row, page, places.get(span), ids)))
        elif row.numeral == "arabic":
            excluded.append(_exclude(text, span, *where, (row.kind, row.reason)))
    tables = {
        "tokens.csv": [{"start": str(a), "end": str(b), "number": text[a:b]} for a, b in tokens],
        "figures.csv": [cells for _, cells in made],
        "exclusions.csv": sorted(excluded, key=lambda one: int(one["start"])),
        "targets.csv": pair_targets(made, facts),
        "goals.csv": answer_goals(find_goals(page, scenes), made, facts),
        "doubts.csv": raise_doubts(made, page),
        "terms.new.csv": _new_terms(made),
    }
    odd = (*facts.odd, *_odd(page, text))
    used = {row["section"] for row in [*tables["figures.csv"], *excluded, *tables["goals.csv"]]}
    used |= {name.split(".")[0] for name in used}
    sections = {name: title for name, title in scenes.titles.items() if name in used}
    return Draft(report_id, facts, tables, sections, odd, len(text), len(tokens))


def _exclude(
    text: str, span: tuple[int, int], section: str, paragraph: str, why: tuple[str, str]
) -> dict[str, str]:
    """Return a row of exclusions.csv."""
    cells = section, paragraph, *map(str, span), text[slice(*span)], *why
    return dict(zip(COLUMNS["exclusions.csv"].split(), cells, strict=True))


def _cells(row: Row, page: Page, place: int | None, ids: set[str]) -> dict[str, str]:
    """Return the cells of a figure."""
    row.indicator = find_code(row)
    certainty, why = grade(row)
    words = _as_printed(row, page)
    unit, qualifier, hedge = _read_alone(words)
    said = said_of(row.qualifier, is_negative=row.is_negative and not row.part)
    name = _name(row, f"n{place:03d}" if place else f"c{page.places[row.start]}", ids)
    estimated = row.role == "actual" and P.estimated.search(row.left)
    return dict.fromkeys(COLUMNS["figures.csv"].split()[5:], "") | {
        **{one: getattr(row, one) for one in SAME},
        "figure_id": name,
        "as_printed": words,
        "subject_zh": row.term,
        "unit": row.unit if row.unit != unit else "",
        "qualifier": said if said != qualifier else "",
        "hedge": row.hedge if row.hedge != hedge else "",
        "obs_status": "E" if estimated else ("A" if row.role == "actual" else ""),
        "reach": "reading" if row.rules & {"far hedge", "shared bound"} else "",
        "value": format(-row.value if row.is_negative else row.value, "f"),
        "unit_read": row.unit,
        "qualifier_read": said,
        "hedge_read": row.hedge,
        "certainty": certainty,
        "why": why,
    }


def _name(row: Row, own: str, ids: set[str]) -> str:
    """Return the id of a figure: code and period where they are its alone, else its own place."""
    name = f"{row.indicator}.{row.period.replace('/', '-')}"
    name += ".stretch" if row.role == "stretch_target" else ""
    name = name if row.indicator and row.period and name not in ids else own
    ids.add(name)
    return name


def _as_printed(row: Row, page: Page) -> str:
    """Return the number with its own unit and the words that change what it says."""
    start = row.around.start
    for word in row.around.before:
        if word in row.around.telling or word.says in ("percent", "permille"):
            break
        start += len(word.word)
    # A bracket in a unit, 县(市), stands in the column of units alone.
    return page.text[start : row.around.end].partition("(")[0]


def _read_alone(words: str) -> tuple[str, str, str]:
    """Return what a reader of these words alone would take for unit, qualifier and hedge."""
    try:
        printed = parse_printed(words)
    except PrintedError:
        return "", "", ""
    return printed.unit, printed.qualifier, printed.hedge


def _new_terms(made: list[tuple[Row, dict[str, str]]]) -> list[dict[str, str]]:
    """Return the terms that the codebook does not have, the most frequent first."""
    without = [(row, cells) for row, cells in made if not row.indicator and row.term]
    counts = Counter(row.term for row, _ in without)
    first = {row.term: (row, cells) for row, cells in reversed(without)}
    return [
        {
            "term_zh": term,
            "figures": str(count),
            "unit": first[term][0].unit,
            "example": first[term][1]["figure_id"],
        }
        for term, count in counts.most_common()
    ]


def _odd(page: Page, text: str) -> list[str]:
    """Say what is odd about the copy."""
    found = []
    if "\ufffd" in text:
        found.append(f"{text.count(chr(0xFFFD))} characters that could not be read")
    if "$1 and $2 in place of digits" in page.marks:
        found.append("digits destroyed by a replacement ($1.$2)")
    if not re.search(r"[。!”)谢]\s*\Z", page.text.rstrip("-—\n ")[-3:]):
        found.append("the text ends within a sentence or after a list")
    if kinds := [
        kind for kind in page.marks if kind not in ("front matter", "thousands separators")
    ]:
        found.append(f"marks passed over: {', '.join(kinds)}")
    return found
