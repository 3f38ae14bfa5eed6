"""A made-up report drafted into a folder, and decisions on it."""

import csv
import shutil
from pathlib import Path

from made_up_reports import make_report

from hyreport.data.schema import TYPED
from hyreport.data.tables import format_table
from hyreport.draft.drafted import read_draft, read_fields
from hyreport.draft.files import draft_file
from hyreport.paths import RAW, list_reports

REPORT, BESIDE = "made-up-2031", "hengyang-2018"
# What a careless copy may hold; shown as it stands, and never run.
HOSTILE = "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
REVIEW = (
    "地区生产总值3193亿元，增长8.5%；实施“3311”工程。城镇登记失业率4.1%左右。"
    "新购公交车1.2万辆。产量由5万吨增加到9万吨，年均增长3%。" + HOSTILE
)
TASKS = "地区生产总值增长8%以上，争取达到8.5%。居民收入增长与经济增长同步。建成10条公路。"


def write_draft(folder: Path, *, more: str = "") -> Path:
    """Draft the made-up report in a folder and return the folder of drafts."""
    text = folder / "report.txt"
    text.write_text(make_report(REVIEW, TASKS, more=more), encoding="utf-8", newline="")
    draft_file(text, REPORT, area="430199", to=folder / "drafts")
    return folder / "drafts"


def copy_raw(folder: Path) -> Path:
    """Return a data/raw of a test's own, with one report in it."""
    others = shutil.ignore_patterns(*(name for name in list_reports(RAW) if name != BESIDE))
    return shutil.copytree(RAW, folder / "raw", ignore=others)


def decide_all(drafts: Path) -> dict[str, dict[str, str]]:
    """Return the decision to take each number as it was drafted, by where it starts."""
    draft = read_draft(REPORT, drafts)
    decided = {}
    for start, row in draft.numbers.items():
        blank = {name: row.get(name, "") for name in TYPED["decisions.csv"].header}
        figure = bool(row.get("certainty"))
        decided[start] = blank | read_fields(row)
        decided[start] |= {
            "sha256": draft.sha256,
            "decision": "accept" if figure else "exclude",
            "read": "each" if row.get("certainty") != "A" else "grade",
        }
    return decided


def write_decisions(path: Path, decided: dict[str, dict[str, str]]) -> Path:
    """Write decisions as the review page gives them."""
    path.write_text(format_table(list(decided.values()), TYPED["decisions.csv"]), "utf-8")
    return path


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
