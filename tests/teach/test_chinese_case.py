"""The case study worked through in Chinese, from the notebook that is handed out."""

import json
import re

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.paths import ARTIFACTS, CASE_STUDY
from hyreport.publish.editions import without_notes
from hyreport.teach import check as module
from hyreport.teach.answers import Choice
from hyreport.teach.check import check, find_task, hint
from hyreport.teach.tasks import read_parts
from hyreport.words.language import speaking
from hyreport.words.phrases import is_english

HANDED_OUT = f"{CASE_STUDY}/student/05_case_study.ipynb"
FOLDER = ARTIFACTS / REPORT_ID
ENGLISH, CHINESE = (
    without_notes(json.loads((folder / HANDED_OUT).read_text(encoding="utf-8")))
    for folder in (FOLDER, FOLDER / "zh")
)
TASKS = [task for tasks in read_parts(REPORT_ID).values() for task in tasks]
# Each answered rightly, then wrongly, as a student of Chinese may type it.
ANSWERS = {
    "quoted_words": ("9万多", "九万"),
    "gdp_in_billion": ("三百一十九点三十亿元", "三百一十九点三亿元"),
    "lowest_gdp": ("三千一百九十二点五亿元", "三千一百九十二亿元"),
    "passed_word": ("不低于", "左右"),
    "gdp_status": ("预计数", "正式数"),
    "share_of_spending": ("livelihood_spending.share.2017", "tax_share.total.2017"),
    "total_tax": ("一百八十点四四亿元", "一百四十点八七亿元"),
    "non_tax_revenue": ("七十一点五七亿元", "百分之二十八点四"),
    "local_revenue": ("一百六十二点三亿元", "二百五十二点零一亿元"),
    "total_if_local": ("三百九十一点三亿元", "一百六十二点三公斤"),
    "yearbook_shows": ("支持", "证明"),
    "implied_total": ("二百三十二点九亿元", "二百三十一点三五亿元"),
    "local_share_2016": ("百分之四十三", "百分点四十三"),
    "total_2016_by_yearbook": ("二百七十七点八亿元", "二百三十二点九亿元"),
    "proved_reading": ("均未证明", "A"),
    "nominal_growth": ("百分之十一点九", "百分之八点五"),
    "price_change": ("百分之三点一五", "百分之三点四"),
    "real_on_nominal": ("实际增速用于名义水平值", "没有混用"),
    "revision": ("百分之八点五", "百分之九点三"),
    "two_vintages": ("无法判断", "通货紧缩"),
    "floor_word": ("不低于", "不高于"),
    "ceiling_word": ("不高于", "等于"),
    "count_about": ("六个", "八个"),
    "investment_strict": ("低于2017年", "难分高低"),
    "investment_lenient": ("难分高低", "高于2017年"),
    "good_air_days": ("百分之八十二点二", "三百天"),
    "growth_outcome": ("仅达到下限", "均未达到"),
    "not_yet_public": ("二〇一六年", "二〇一五年"),
    "last_value": ("百分之八点五", "百分之八"),
    "mean_growth": ("百分之九点零四", "很高"),
    "drift": ("百分之八点零三", "百分之八点九七"),
    "two_point_interval": ("无法估计", "很宽"),
    "forecast_error": ("负零点二个百分点", "负百分之零点二"),
}


@pytest.fixture(autouse=True)
def in_chinese(monkeypatch):
    monkeypatch.setattr(module, "_LAST", {})
    with speaking("zh"):
        yield


def test_it_is_the_english_one_with_other_words():
    assert [cell["id"] for cell in CHINESE["cells"]] == [cell["id"] for cell in ENGLISH["cells"]]
    for chinese, english in zip(CHINESE["cells"], ENGLISH["cells"], strict=True):
        assert chinese["metadata"] == english["metadata"]
        if chinese["cell_type"] == "markdown":
            assert re.search("[\u4e00-\u9fff]", "".join(chinese["source"]))
            continue
        assert chinese["outputs"] == [] and chinese["execution_count"] is None
        code = ["".join(cell["source"]).partition("  # ") for cell in (chinese, english)]
        assert code[0][0].replace('language = "zh"', 'language = "en"') == code[1][0]
    chosen = [line for cell in CHINESE["cells"] for line in "".join(cell["source"]).splitlines()]
    assert any(line.startswith('language = "zh"') for line in chosen)
    assert "hy.use_language(language)" in chosen


@pytest.mark.parametrize("task", TASKS)
def test_it_asks_and_judges_in_chinese(task):
    cells = {cell["id"]: "".join(cell["source"]) for cell in CHINESE["cells"]}
    name = task.replace("_", "-")
    assert cells[name].startswith(f"{task} = None  # 你的答案：")
    assert not is_english(cells[name].partition("# ")[2])
    right, wrong = ANSWERS[task]
    said = [str(check(task, answer, REPORT_ID)) for answer in (right, wrong, None)]
    said.append(str(hint(task, REPORT_ID)))
    begun = [text.partition("。")[0].partition("：")[0] for text in said]
    assert begun == ["正确", "还不对", "尚未作答", "提示"], said
    assert not [text for text in said if is_english(text)]
    listed = re.findall("`([^`]*[\u4e00-\u9fff]+[^`]*)`", cells[f"{name}-task"])
    if isinstance(find_task(task), Choice) and listed:
        assert right in listed and len(listed) == len({str(check(task, word)) for word in listed})


def test_progress_is_counted_in_chinese():
    for task, (right, _) in ANSWERS.items():
        check(task, right, REPORT_ID)
    shown = hy.show(hy.exercises.progress(REPORT_ID)).table
    assert [*ANSWERS] == TASKS
    assert [shown.iloc[0, 0], shown.iloc[-1, 0]] == ["第一部分", "合计"]
    assert shown.iloc[-1, 1:].tolist() == [33, 33, 0, 0, 38, 38]
    assert not any(map(is_english, shown.columns))
