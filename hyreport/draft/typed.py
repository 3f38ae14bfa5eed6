"""Makes of a draft and what a person decided of it the tables of data/raw."""

import re
from collections.abc import Mapping
from typing import Any

from hyreport.data.schema import TYPED
from hyreport.draft.added import add_typed
from hyreport.draft.drafted import DECISIONS, GOAL, OF_GOAL, Drafted, to_toml
from hyreport.numbers.printed import PrintedError, parse_printed

__all__ = ["describe_report", "make_typed"]


Row = dict[str, str]
NUMBER = "number"
# What is aimed at with such a word is better the lower it is.
BELOW = ("at_most", "less_than")
NOT_PAIRED = "Not paired with a figure of the year before."
# What a row has of where its number stands, whoever decides what it is.
PLACE = ("section", "paragraph", "start", "end")
IN_SECTIONS = ("figures.csv", "exclusions.csv", "goals.csv")
HEAD = "# Accepted from a draft that a person reviewed; decisions.csv says what was decided.\n"


def make_typed(draft: Drafted, decided: Mapping[str, Row]) -> dict[str, list[Row]]:
    """Return the rows of each raw table; numbers without a decision are left out.

    Parameters
    ----------
    draft : Drafted
        The draft.
    decided : mapping
        What was decided of each number, by where it starts.

    Returns
    -------
    dict
        By file, all of `schema.TYPED`; what neither the draft nor its folder `added` has is empty.
    """
    tables: dict[str, list[Row]] = {name: [] for name in TYPED}
    tables["tokens.csv"] = draft.tables["tokens.csv"]
    tables[DECISIONS] = list(decided.values())
    places = {row["start"]: place for place, row in enumerate(tables["tokens.csv"], start=1)}
    ids: set[str] = set()
    for start, row in draft.numbers.items():
        if start not in decided:
            continue
        choice = decided[start]
        if row.get("kind") == GOAL:
            if choice["decision"] != "exclude":
                decided_of = {name: choice[name] for name in OF_GOAL}
                goal = {name: row[name] for name in TYPED["goals.csv"].header}
                tables["goals.csv"].append(goal | decided_of)
        elif choice["decision"] == "exclude":
            if start in places:
                tables["exclusions.csv"].append(_exclude(row, choice, draft.tables["tokens.csv"]))
        else:
            own = f"n{places[start]:03d}" if start in places else f"c{start}"
            tables["figures.csv"].append(make_figure(row, choice, own, ids))
    _add_others(draft, tables)
    add_typed(tables, draft.folder)
    return tables


def _exclude(row: Row, choice: Row, tokens: list[Row]) -> Row:
    number = next(token["number"] for token in tokens if token["start"] == row["start"])
    head = {name: row[name] for name in PLACE}
    reason = choice["reason"] or "no figure"
    return head | {"as_printed": number, "kind": choice["kind"] or NUMBER, "reason": reason}


def make_figure(row: Row, choice: Row, own: str, ids: set[str]) -> Row:
    """Return the raw row of a figure; what its print says is not typed again.

    Parameters
    ----------
    row, choice : dict
        As drafted, and as decided.
    own : str
        What it is called without an indicator.
    ids : set of str
        The ids that are taken; its own is added.
    """
    figure = {name: row.get(name, "") for name in TYPED["figures.csv"].header} | {
        name: cell for name, cell in choice.items() if name in TYPED["figures.csv"].header
    }
    said = {"unit": "", "qualifier": "exact", "hedge": ""}
    try:
        printed = parse_printed(choice["as_printed"])
        said |= {name: getattr(printed, name) for name in said}
        figure["numeral"] = printed.numeral
    except PrintedError:  # the build says what is wrong with it
        pass
    figure |= {name: "" for name, word in said.items() if choice[name] == word}
    if choice["role"] != "actual":
        figure["obs_status"] = ""
    elif not figure["obs_status"]:
        figure["obs_status"] = "A"
    if choice["indicator"]:
        stem = f"{choice['indicator']}.{choice['period'].replace('/', '-')}"
        stem += ".stretch" if choice["role"] == "stretch_target" else ""
        own = stem if stem not in ids else f"{stem}.{own}"
    ids.add(own)
    return figure | {"figure_id": own}


def _add_others(draft: Drafted, tables: dict[str, list[Row]]) -> None:
    """Add pairs, goals and doubts, whose figures go by the ids they have now."""
    figures = {row["start"]: row for row in tables["figures.csv"]}
    now = {row["figure_id"]: figures.get(row["start"]) for row in draft.tables["figures.csv"]}
    actuals = {was for was, row in now.items() if row and row["role"] == "actual"}
    pairs = {}
    for row in draft.tables["targets.csv"]:
        target = now[row["target_id"]]
        if target and row["base_id"] in {"", *actuals}:
            base = now.get(row["base_id"]) or {"figure_id": ""}
            pairs[target["figure_id"]] = row | {"base_id": base["figure_id"]}
    alone = {"base_id": "", "comparable": "no", "reason": NOT_PAIRED}
    said = {row["start"]: row["qualifier"] for row in tables[DECISIONS]}
    for name, row in ((row["figure_id"], row) for row in tables["figures.csv"]):
        if "target" in row["role"]:
            better = "lower" if said[row["start"]] in BELOW else "higher"
            pair = alone | {"better": better} | pairs.get(name, {}) | {"target_id": name}
            tables["targets.csv"].append(pair)
    for row in tables["goals.csv"]:
        answered = now[row["base_id"]] if row["base_id"] in actuals else None
        row |= {
            "subject_zh": row["subject_zh"] or row["as_printed"],
            "name_en": row["name_en"] or row["subject_zh"] or row["as_printed"],
            "theme": row["theme"] or "unsorted",
            "base_id": answered["figure_id"] if answered else "",
            "comparable": row["comparable"] if answered else "no",
        }
    for row in draft.tables["doubts.csv"]:
        if figure := now[row["figure_id"]]:
            named = {"figure_id": figure["figure_id"], "expected": figure["as_printed"]}
            tables["doubts.csv"].append(row | named)


def describe_report(draft: Drafted, tables: Mapping[str, list[Row]]) -> str:
    """Return report.toml: what the draft's says, and plain words for what it does not."""
    facts: dict[str, Any] = draft.facts | {"id": draft.report_id}
    base = facts["base_year"]
    issuer = facts.get("issuer_zh") or facts.get("title_zh") or draft.report_id
    area = facts.get("area_zh") or re.sub("(?:人民)?政府$", "", issuer)
    title = facts.get("title_zh") or draft.report_id
    own = {
        "id": draft.report_id,
        "title_zh": title,
        "title_en": f"Government work report of {area}, {facts['target_year']}"
        if facts.get("target_year")
        else f"Statistical communique of {area} on {base}",
        "issuer_zh": issuer,
        "issuer_en": issuer,
        "ref_area": facts.get("ref_area", ""),
        "area_zh": area,
        "area_en": area,
        "base_year": base,
        "target_year": base + 1,
        "language": "zh",
        "account": f"What was reached in {base}, and what is aimed at after it.",
    } | {name: fact for name, fact in facts.items() if fact and not isinstance(fact, dict)}
    delivered = own.pop("delivered", "")
    day = [f"reported = {delivered}  # the day of delivery"] if delivered else []
    copy = {name: fact for name, fact in facts["copy"].items() if name != "file"}
    used = {row["section"] for name in IN_SECTIONS for row in tables[name]}
    known = facts.get("sections", {})
    sections = known | {name: f"Section {name}" for name in sorted(used - set(known))}
    cite = {
        "report": f"{issuer}. {title}[R]. {own['target_year']}.",
        "suite_authors": "hyreport authors",
        "suite": f"hyreport: {own['title_en']}, in figures",
    }
    lines = [*to_toml(own), *day, "findings = []", "limits = []", "", "[copy]", *to_toml(copy)]
    lines += ["", "[sections]", *to_toml(sections), "", "[cite]", *to_toml(cite)]
    return HEAD + "\n".join(lines) + "\n"
