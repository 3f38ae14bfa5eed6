"""Scores drafts against keys made by reading, each field apart, by certainty.

    .venv/bin/python tools/score_draft.py KEYS SHELF [--show FIELD] [--hengyang]

KEYS is a folder with paths.csv (key, path on the shelf) and a CSV a key: start, end, is_figure,
value, sign, unit, qualifier, hedge, role, period, area, indicator, group; ` || ` parts answers that
both hold. A term is right leniently where it has 60% of the key's characters in order.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from hyreport.draft.draft import draft_text
from hyreport.numbers.wording import TURNED
from hyreport.text.decoding import decode
from hyreport.words.tables import read_rows

FIELDS = ("value", "sign", "unit", "qualifier", "hedge", "role", "period", "area", "term", "exact")
BACK = {after: before for before, after in TURNED.items() if before != "nearly"}
# What a key's words for an area are in the codes; any other word is a named place.
AREAS = {
    "": {"whole_city"},
    "urban": {"urban_residents", "urban_area"},
    "rural": {"rural"},
    **{one: {"urban_area"} for one in ("市区", "城区", "主城区", "中心城区")},
    "城镇": {"urban_residents", "urban_area"},
    "农村": {"rural"},
    "建成区": {"built_up_area"},
}
WIDE = str.maketrans("（），：；", "(),:;")
LENIENT = 0.6


def read_key(path: Path) -> list[dict[str, list[str] | str]]:
    """Read a key, each answer as the list of those that hold."""
    return [
        {name: [one.strip() for one in cell.split("||")] for name, cell in row.items()}
        for row in read_rows(path)
    ]


def in_order(key: str, words: str) -> int:
    """Count the characters of a key that words have in the same order."""
    last = [0] * (len(words) + 1)
    for sign in key:
        row = [0]
        for place, other in enumerate(words):
            row.append(last[place] + 1 if sign == other else max(row[-1], last[place + 1]))
        last = row
    return last[-1]


def judge(row: dict[str, str], key: dict[str, list[str]]) -> dict[str, bool]:
    """Say of each field whether it is right; fields that the key leaves open are left out."""
    value = row["value"].lstrip("-")
    negative = row["value"].startswith("-")
    qualifier = row["qualifier_read"]
    qualifier = BACK.get(qualifier, qualifier) if negative else qualifier
    if row["group"].startswith("range"):
        qualifier = {"at_least": "range_low", "at_most": "range_high"}[row["qualifier_read"]]
    periods = {one.replace("-", "/") for one in key["period"]}
    periods |= {
        one.split("/")[-1] for one in periods if row["basis"] == "" and "变动" in row["subject_zh"]
    }
    terms = [one.translate(WIDE) for one in key["indicator"]]
    term = row["subject_zh"].translate(WIDE)
    right = {
        "value": float(value) == float(key["value"][0].lstrip("-").replace(",", "")),
        "sign": ("-" if negative else "+") in key["sign"],
        "unit": row["unit_read"] in key["unit"],
        "qualifier": qualifier in key["qualifier"],
        "hedge": row["hedge_read"] in key["hedge"],
        "role": row["role"] in key["role"],
        "period": row["period"] in periods,
        "area": any(row["area"] in AREAS.get(one, {"named_place", one}) for one in key["area"]),
        "term": any(in_order(one, term) >= LENIENT * len(one) for one in terms),
        "exact": term in terms,
    }
    return right


def interval(right: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Return the exact binomial interval (Clopper and Pearson)."""
    from scipy.stats import beta

    tail = (1 - level) / 2
    low = beta.ppf(tail, right, n - right + 1) if right else 0.0
    high = beta.ppf(1 - tail, right + 1, n - right) if right < n else 1.0
    return float(low), float(high)


def say(name: str, right: int, n: int) -> str:
    """Say a rate with its n and interval."""
    if not n:
        return f"{name:10} -"
    low, high = interval(right, n)
    return f"{name:10} {right / n:.3f}  {right}/{n}  [{low:.3f}, {high:.3f}]"


class Score:
    """Counts what is right."""

    def __init__(self):
        self.right, self.n = Counter(), Counter()
        self.grades = defaultdict(Counter)
        self.kinds = Counter()
        self.lists = [0, 0]

    def add(self, text: str, report_id: str, key: list[dict], show: str, year: int | None = None):
        """Score one text."""
        draft = draft_text(text, report_id, year=year)
        rows = {(row["start"], row["end"]): row for row in draft.tables["figures.csv"]}
        for answer in key:
            start, end = int(answer["start"][0]), int(answer["end"][0])
            row = rows.get((str(start), str(end)))
            is_figure = "yes" in answer["is_figure"]
            either = len(set(answer["is_figure"])) > 1
            around = (
                f"{text[max(0, start - 26) : start]}【{text[start:end]}】{text[end : end + 16]}"
            )
            around = around.replace("\n", "/")
            if not either:
                self.kinds[bool(row), is_figure] += 1
                if bool(row) != is_figure and show in ("kind", "all"):
                    print("KIND", "missed" if is_figure else "let through", report_id, around)
            # Where a reader saw no figure there is one answer alone, and no agreement to measure by.
            if row is None or not is_figure or either:
                continue
            right = judge(row, answer)
            if answer["period"] == [""]:
                del right["period"]
            for field, good in right.items():
                self.n[field] += 1
                self.right[field] += good
                if not good and show in (field, "all") and (field != "exact" or show == "exact"):
                    name = {"term": "indicator", "exact": "indicator"}.get(field, field)
                    ours = {
                        "term": "subject_zh",
                        "exact": "subject_zh",
                        "unit": "unit_read",
                        "sign": "value",
                        "qualifier": "qualifier_read",
                        "hedge": "hedge_read",
                    }
                    print(
                        field,
                        report_id,
                        row["certainty"],
                        repr(row[ours.get(field, field)]),
                        "KEY",
                        " || ".join(answer[name]),
                        "|",
                        around,
                        "|",
                        row["why"],
                    )
            wrong = not all(good for field, good in right.items() if field not in ("exact", "area"))
            self.grades[row["certainty"]]["wrong" if wrong else "right"] += 1
            if "分别" in row["why"]:
                self.lists[0] += right["term"]
                self.lists[1] += 1

    def __str__(self) -> str:
        """Say all rates."""
        hit, extra, lost = (self.kinds[one] for one in ((True, True), (True, False), (False, True)))
        lines = [say("precision", hit, hit + extra), say("recall", hit, hit + lost)]
        lines += [say(field, self.right[field], self.n[field]) for field in FIELDS]
        lines.append(say("lists", *self.lists))
        wrong = sum(one["wrong"] for one in self.grades.values())
        total = sum(one.total() for one in self.grades.values())
        for name in "ABC":
            one = self.grades[name]
            lines.append(
                say(f"{name} right", one["right"], one.total())
                + f"  {one.total() / max(total, 1):.2f} of rows"
            )
        lines.append(say("caught", wrong - self.grades["A"]["wrong"], wrong))
        return "\n".join(lines)


def hengyang_key(folder: Path) -> list[dict]:
    """Return the typed tables of a report in the form of a key; terms there are looser."""
    key = []
    for row in read_rows(folder / "figures.csv"):
        from hyreport.numbers.printed import parse_printed

        try:
            printed = parse_printed(row["as_printed"].replace(" ", ""))
        except Exception:
            continue
        if row["numeral"] != "arabic":
            continue
        negative = printed.value < 0
        qualifier = row["qualifier"] or printed.qualifier
        qualifier = BACK.get(qualifier, qualifier) if negative else qualifier
        key.append(
            {
                "start": [row["start"]],
                "end": [row["end"]],
                "is_figure": ["yes"],
                "value": [str(abs(printed.value))],
                "sign": ["-" if negative else "+"],
                "unit": [row["unit"] or printed.unit, printed.unit],
                "qualifier": [
                    qualifier,
                    "range_low" if ".low" in row["figure_id"] else "range_high",
                ],
                "hedge": [row["hedge"] or printed.hedge],
                "role": [row["role"]],
                "period": [row["period"]],
                "area": [row["area"]],
                "indicator": [row["subject_zh"]],
                "group": [row["group"]],
            }
        )
    for row in read_rows(folder / "exclusions.csv"):
        key.append({"start": [row["start"]], "end": [row["end"]], "is_figure": ["no"]})
    return key


def main() -> None:
    """Score all keys."""
    parser = argparse.ArgumentParser()
    parser.add_argument("keys", type=Path)
    parser.add_argument("shelf", type=Path)
    parser.add_argument("--show", default="")
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--typed", type=Path, help="a folder of data/raw; its text by --copy")
    parser.add_argument("--copy", type=Path)
    arguments = parser.parse_args()
    pooled = Score()
    for row in read_rows(arguments.keys / "paths.csv"):
        content = (arguments.shelf / row["path"]).read_bytes()
        score = Score() if arguments.apart else pooled
        score.add(
            decode(content, row["key"]),
            row["key"],
            read_key(arguments.keys / f"{row['key']}.csv"),
            arguments.show,
        )
        if arguments.apart:
            print(f"== {row['key']}\n{score}")
    if not arguments.apart:
        print(pooled)
    if arguments.typed:
        score = Score()
        text = decode(arguments.copy.read_bytes(), "copy")
        score.add(text, arguments.typed.name, hengyang_key(arguments.typed), arguments.show)
        print(f"== {arguments.typed.name}\n{score}")


if __name__ == "__main__":
    main()
