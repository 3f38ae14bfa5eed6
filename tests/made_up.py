"""A made-up report to stand beside the real one: another city, ids that coincide, other words."""

import csv
import hashlib
import re
from pathlib import Path

from hyreport.data.schema import SHARED, TYPED
from hyreport.data.tables import format_table

REPORT = "made-up-2020"
AREA = "430100"
# Its years stand in Chinese numerals, so that no Arabic number is left out of the figures.
TEXT = """\
二〇二〇年虚构市政府工作报告
去年工作回顾
去年，地区生产总值1250.5亿元，增长8.1%，前年的前年增长9.7%；社会消费品零售总额增长10.2%。
一般公共预算收入96.40亿元，地方收入税收占比70.3%。新增高新技术企业31家。
今年主要任务
地区生产总值增长8%左右，社会消费品零售总额增长10%以上。
"""
# In the order of the text: id, print, subject, section. The id gdp.growth.2017 is Hengyang's too.
FIGURES = (
    ("gdp.level.2019", "1250.5亿元", "地区生产总值", "1"),
    ("gdp.growth.2019", "8.1%", "地区生产总值", "1"),
    ("gdp.growth.2017", "9.7%", "前年的前年", "1"),
    ("retail_sales.growth.2019", "10.2%", "社会消费品零售总额", "1"),
    ("budget_revenue.level.2019", "96.40亿元", "一般公共预算收入", "1"),
    ("tax_share.local.2019", "70.3%", "地方收入税收占比", "1"),
    ("high_tech_firms.added.2019", "31家", "高新技术企业", "1"),
    ("gdp.growth.2020", "8%左右", "地区生产总值", "2"),
    ("retail_sales.growth.2020", "10%以上", "社会消费品零售总额", "2"),
)
TARGETS = (
    {
        "target_id": "gdp.growth.2020",
        "base_id": "gdp.growth.2019",
        "comparable": "yes",
        "better": "higher",
        "reason": "Growth of the whole city in both.",
    },
    {
        "target_id": "retail_sales.growth.2020",
        "comparable": "no",
        "better": "higher",
        "reason": "Left unpaired, to have one such target.",
    },
)
CHECK = {
    "check_id": "gdp_level_in_yearbook",
    "kind": "vintage",
    "claim": "The printed GDP level is that of the yearbook",
    "left": "[gdp.level.2019]",
    "right": "{gdp.2019.yearbook}",
    "relation": "agree",
    "unit": "100 million yuan",
    "why": "Made up, as the level is.",
}
TERMS = {"左右": "6", "以上": "6"}
# The yearbook of 2019 has the name of one of Hengyang's outside figures.
OUTSIDE = {"2017": ("1070.12", "1070.12 亿元"), "2019": ("1250.46", "1250.46 亿元")}
FACTS = f"""\
id = "{REPORT}"
title_zh = "2020年虚构市政府工作报告"
title_en = "Government work report of Madeup city, 2020"
issuer_zh = "虚构市人民政府"
issuer_en = "Madeup Municipal People's Government"
ref_area = "{AREA}"
area_zh = "虚构市"
area_en = "Madeup city"
base_year = 2019
target_year = 2020
reported = 2020-01-06
language = "zh"
account = "What a city that does not exist reached and aims at."
findings = []
limits = []

[copy]
sha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"
bytes = {len(TEXT.encode())}
characters = {len(TEXT)}

[sections]
"0" = "Title"
"1" = "Review of 2019"
"2" = "Main tasks for 2020"

[cite]
report = "虚构市人民政府. 2020年虚构市政府工作报告[R]. 2020."
suite = "hyreport: a made-up report in figures"
suite_authors = "hyreport authors"
"""


def write_made_up(raw: Path) -> Path:
    """Write the report's folder into data/raw, its outside figures into the shared table."""
    folder = raw / REPORT
    folder.mkdir()
    (folder / "report.toml").write_text(FACTS, encoding="utf-8")
    tables = {name: [] for name in TYPED} | {
        "figures.csv": _figures(),
        "tokens.csv": [
            {"start": str(found.start()), "end": str(found.end()), "number": found[0]}
            for found in re.finditer(r"[0-9]+(\.[0-9]+)?", TEXT)
        ],
        "targets.csv": TARGETS,
        "checks.csv": [CHECK],
        "terms.csv": [{"term_zh": term, "paragraphs": place} for term, place in TERMS.items()],
    }
    for name, rows in tables.items():
        text = format_table(rows, TYPED[name])
        (folder / name).write_text(text, encoding="utf-8", newline="")
    with (raw / "reference.csv").open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, SHARED["reference.csv"].header, lineterminator="\n").writerows(
            {
                "series": "gdp",
                "name_en": "Regional gross domestic product",
                "name_zh": "地区生产总值",
                "ref_area": AREA,
                "time_period": year,
                "value": value,
                "unit": "亿元",
                "role": "actual",
                "obs_status": "A",
                "vintage": "yearbook",
                "known_by": f"{int(year) + 1}-12-31",
                "source": f"Yearbook of Madeup city {int(year) + 1}",
                "as_printed": as_printed,
                "confidence": "high",
            }
            for year, (value, as_printed) in OUTSIDE.items()
        )
    return folder


def _figures() -> list[dict[str, str]]:
    rows, place = [], 0
    for figure_id, as_printed, subject, section in FIGURES:
        number = re.match("[0-9.]+", as_printed)[0]
        place = TEXT.index(as_printed, place)
        indicator, _, period = figure_id.rpartition(".")
        role = {"2019": "actual", "2020": "target"}.get(period, "context")
        rows.append(
            {
                "figure_id": figure_id,
                "section": section,
                "paragraph": str(TEXT.count("\n", 0, place) + 1),
                "start": str(place),
                "end": str(place + len(number)),
                "numeral": "arabic",
                "as_printed": as_printed,
                "subject_zh": subject,
                "indicator": indicator,
                "period": period,
                "role": role,
                "area": "whole_area",
                "obs_status": "A" if role == "actual" else "",
                "read": "each",
            }
        )
    return rows
