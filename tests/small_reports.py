"""Made-up reports that print little, odd things or much: each must be read with true sentences."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from hyreport.data.schema import TYPED
from hyreport.data.tables import format_table

# A name that is markup nearly everywhere, with a character that few fonts have.
HOSTILE = "<b>*甲_乙*</b>[丙](#丁)$戊$\U00020bb7"
AVERAGE = "annual_average"
GROWTH, RETAIL = "地区生产总值增长", "社会消费品零售总额增长"
# By report: area, base year, and its figures: id, print, subject, role, year, what else differs.
REPORTS = {
    "county-2020": ("430421", 2019, [("gdp.growth.2019", "8.1%", GROWTH, "actual", 2019, {})]),
    "counts-2020": (
        "430501",
        2019,
        [("high_tech_firms.added.2019", "31家", "高新技术企业", "actual", 2019, {})],
    ),
    "aims-2020": (
        "430601",
        2019,
        [
            ("gdp.growth.2020", "8%左右", GROWTH, "target", 2020, {}),
            ("n002", "10%以上", HOSTILE, "target", 2020, {}),
            ("gdp.growth.2025", "7%", GROWTH, "target", 2025, {}),
        ],
    ),
    "odd-2020": (
        "430701",
        2019,
        [
            ("n001", "61.5%", HOSTILE, "actual", 2019, {"read": "grade"}),
            ("n002", "63%", HOSTILE, "target", 2020, {"base_id": "n001"}),
            ("n003", "70.0%", "PM2.5达标", "actual", 2019, {"read": "grade"}),
            ("n004", "70%", "PM2.5达标", "target", 2020, {"base_id": "n003"}),
            ("n005", "0%", "返贫", "actual", 2019, {}),
            ("n006", "下降4.5%", "能耗", "actual", 2019, {}),
        ],
    ),
    # Of growth the average over a term alone, which is not that of its last year.
    "term-2021": (
        "430801",
        2020,
        [
            ("gdp.growth.2016-2020", "7.3%", GROWTH, "actual", "2016/2020", {"basis": AVERAGE}),
            ("gdp.growth.2021", "8%", GROWTH, "target", 2021, {}),
        ],
    ),
    # The year after made-up-2020, whose targets it answers.
    "made-up-2021": (
        "430100",
        2020,
        [
            ("gdp.growth.2020", "7.8%", GROWTH, "actual", 2020, {}),
            ("retail_sales.growth.2020", "10.4%", RETAIL, "actual", 2020, {}),
            ("n003", "61.20亿元", "地方税收收入", "actual", 2020, {}),
            ("tax_share.local.2020", "72.0%", "地方收入税收占比", "actual", 2020, {}),
            ("gdp.growth.2021", "8%", GROWTH, "target", 2021, {"base_id": "gdp.growth.2020"}),
            ("retail_sales.growth.2021", "10%", RETAIL, "stretch_target", 2021, {}),
        ],
    ),
}
FACTS = """\
id = "{id}"
title_zh = "政府工作报告"
title_en = "Government work report {id}"
issuer_zh = "人民政府"
issuer_en = "People's Government"
ref_area = "{area}"
area_zh = "某地"
area_en = "A place"
base_year = {base}
target_year = {target}
language = "zh"
reported = {target}-01-10
account = "What a place that does not exist reached and aims at."
findings = []
limits = []

[copy]
sha256 = "{sha256}"
bytes = {bytes}
characters = {characters}

[sections]
"1" = "All"

[cite]
report = "人民政府. 政府工作报告[R]."
suite = "hyreport: a made-up report in figures"
suite_authors = "hyreport authors"
"""


def write_small_reports(raw: Path, names: Iterable[str] = tuple(REPORTS)) -> None:
    """Write a folder for each report into data/raw."""
    for name in names:
        _write(raw / name, *REPORTS[name])


def _write(folder: Path, area: str, base: int, figures: list) -> None:
    folder.mkdir()
    text, tokens, rows, targets = "", [], [], []
    for figure_id, printed, subject, role, year, more in figures:
        text += subject.replace("2.5", "")
        start = len(text) + re.search(r"\d", printed).start()
        number = re.search(r"\d+(\.\d+)?", printed)[0]
        text += f"{printed}。"
        tokens.append({"start": str(start), "end": str(start + len(number)), "number": number})
        coded = "." in figure_id
        rows.append(
            {
                "figure_id": figure_id,
                "section": "1",
                "paragraph": "1",
                "start": str(start),
                "end": str(start + len(number)),
                "numeral": "arabic",
                "as_printed": printed,
                "subject_zh": subject,
                "indicator": figure_id.rpartition(".")[0] if coded else "",
                "period": str(year),
                "role": role,
                "basis": more.get("basis", ""),
                "area": "whole_city",
                "obs_status": "A" if role == "actual" else "",
                "read": more.get("read", "each"),
            }
        )
        if role != "actual":
            paired = "base_id" in more
            targets.append(
                {
                    "target_id": figure_id,
                    "base_id": more.get("base_id", ""),
                    "comparable": "yes" if paired else "no",
                    "better": "higher",
                    "reason": "Made up.",
                }
            )
    facts = {"id": folder.name, "area": area, "base": base, "target": base + 1}
    facts |= {"sha256": hashlib.sha256(text.encode()).hexdigest(), "characters": len(text)}
    facts |= {"bytes": len(text.encode())}
    (folder / "report.toml").write_text(FACTS.format(**facts), encoding="utf-8")
    tables = {name: [] for name in TYPED} | {"figures.csv": rows, "tokens.csv": tokens}
    tables |= {"targets.csv": targets}
    for name, cells in tables.items():
        (folder / name).write_text(format_table(cells, TYPED[name]), encoding="utf-8", newline="")
