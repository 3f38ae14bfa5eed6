"""Made-up shelves: reports of real places, no sentence of a real one."""

from pathlib import Path

from made_up_reports import make_report

CITY = "政府工作报告-其他地市/{}/{}.md"
REVIEW = (
    "{}年，全市地区生产总值{}亿元，增长{}%；一般公共预算收入增长6.2%；"
    "规模以上工业增加值增长7.1%；社会消费品零售总额增长10.4%；固定资产投资增长11.3%。"
)
TASKS = (
    "今年的主要预期目标是：地区生产总值增长{}%以上；一般公共预算收入增长6%；"
    "固定资产投资增长12%左右；城镇登记失业率控制在4.5%以内。"
)


def write_report(
    folder: Path, area: str, year: int, *, file_year: int | None = None, target: str = "8"
) -> Path:
    """Write a report of a place into its place in the collection's layout; return its path."""
    path = folder / CITY.format(area, file_year or year)
    path.parent.mkdir(parents=True, exist_ok=True)
    number = sum(map(ord, area)) + year
    review = REVIEW.format(year - 1, number, f"{number % 50 / 10}")
    text = make_report(review, TASKS.format(target), year=year).replace("云溪市", area)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def write_shelf(folder: Path) -> Path:
    """Write a shelf of four reports of two cities and return its folder."""
    for area in ("衡阳市", "株洲市"):
        for year in (2018, 2019):
            write_report(folder, area, year)
    return folder
