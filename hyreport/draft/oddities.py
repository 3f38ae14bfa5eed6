"""Tells what is no report, or only a part of one, and what is odd about a copy."""

import re

from hyreport.draft.facts import Facts
from hyreport.draft.scenes import Scenes
from hyreport.draft.segment import Page
from hyreport.draft.vocabulary import patterns_of
from hyreport.text.decoding import TextError

__all__ = ["MOST_CHARACTERS", "MOST_NUMBERS", "check_text", "check_whole", "find_oddities"]


P = patterns_of("oddities")
# A report has more Chinese characters than this, and of all its characters this share.
FEWEST_CHARACTERS, LEAST_CHINESE = 1500, 0.35
# The longest text of the shelf has 57,085 characters, the fullest 1,734 numbers.
FEWEST_SENTENCES, MOST_CHARACTERS, MOST_NUMBERS = 20, 400_000, 6000
# What is no part of a list of links, and what at least is told of the past.
MOST_LINKS, LEAST_PAST = 0.5, 0.02
OPENING, ENDING, BETWEEN_REPORTS = 600, 200, 1500
DESTROYED = "$1 and $2 in place of digits"
# Marks that are said otherwise or are nothing odd.
USUAL = ("front matter", "thousands separators", "Markdown", DESTROYED)
REPORT = "a government work report or a statistical communique in Chinese"


def check_text(text: str, name: str) -> None:
    """Refuse what is no report, before anything is read that takes time.

    Raises
    ------
    TextError
        With what was found; the text is called by `name`.
    """
    chinese, stops = len(P.chinese.findall(text)), text.count("。")
    letters = len("".join(text.split()))
    linked = sum(len(P.chinese.findall(found[0])) for found in P.link.finditer(text))
    share = f"a text of which {100 * chinese // max(letters, 1)}% is Chinese"
    whole = "the whole text of a report"
    for is_wrong, found, fix in (
        (len(text) > MOST_CHARACTERS, f"{len(text)} characters", "one report alone"),
        (chinese < FEWEST_CHARACTERS, f"{chinese} Chinese characters", whole),
        (linked > MOST_LINKS * chinese, "a page of links", "the text that one of them leads to"),
        (chinese < LEAST_CHINESE * letters, share, "the report alone, saved as plain text"),
        (stops < FEWEST_SENTENCES, f"{stops} sentences", "the text, not a list of headings"),
    ):
        if is_wrong:
            raise TextError(name, found, REPORT, f"give {fix}")


def check_whole(page: Page, facts: Facts, scenes: Scenes, name: str) -> None:
    """Refuse numbers without end, and a part of a report: one that looks only back, or ahead.

    Raises
    ------
    TextError
        With what was found; the text is called by `name`.
    """
    numbers = len(page.tokens) + page.text.count("百分之")
    if numbers > MOST_NUMBERS:
        found = f"{numbers} numbers in {len(page.text)} characters"
        raise TextError(name, found, REPORT, "give the text of one report, not its tables alone")
    if facts.is_communique:
        return
    if "future" not in {scene.tells for scene in scenes}:
        found = "no part on the year ahead"
        raise TextError(name, found, "a whole report", "give its text to the end")
    is_headless = not facts.title and not P.speaks.search(page.text)
    if is_headless and _share_past(page, scenes) < LEAST_PAST:
        found = "no part on the year that has passed"
        raise TextError(name, found, "a whole report", "give its text from the beginning")


def _share_past(page: Page, scenes: Scenes) -> float:
    """Return the share of the text that looks back."""
    listed = list(scenes)
    ends = [*(scene.start for scene in listed[1:]), len(page.text)]
    past = sum(
        end - scene.start for scene, end in zip(listed, ends, strict=True) if scene.tells == "past"
    )
    return past / max(len(page.text), 1)


def find_oddities(page: Page, facts: Facts, scenes: Scenes, name: str) -> tuple[str, ...]:
    """Say what is odd about a copy, each in a few words; nothing where it is as it should be."""
    raw, text, found = page.raw, page.text, [*facts.odd]
    year = facts.target_year or facts.base_year
    named = {int(one) for one in P.year.findall(name)}
    if named and year not in named:
        found.append(f"the file's name says {min(named)}, the text {year}")
    if not facts.is_communique and _share_past(page, scenes) < LEAST_PAST:
        found.append(f"next to nothing looks back on {facts.base_year}: half a report or its year?")
    spoken = [one.start() for one in P.speaks.finditer(text)]
    if spoken and spoken[-1] - spoken[0] > BETWEEN_REPORTS:
        found.append("it opens twice: two reports in one file?")
    if P.abridged.search(text[:OPENING] + text[-ENDING:]) or P.left_out.search(text):
        found.append("it says that it is abridged")
    if count := raw.count("\ufffd"):
        found.append(f"{count} characters that could not be read")
    if count := len(P.full_width.findall(raw)):
        found.append(f"{count} full-width digits")
    if DESTROYED in page.marks:
        found.append("digits destroyed by a replacement ($1.$2)")
    if not re.search(r"[。!”)谢]\s*\Z", text.rstrip("-—\n ")[-3:]):
        found.append("the text ends within a sentence or after a list")
    if kinds := [kind for kind in page.marks if kind not in USUAL]:
        found.append(f"marks passed over: {', '.join(kinds)}")
    return tuple(found)
