"""Roles, periods and areas, by section and sentence."""

import pytest
from made_up_reports import FILLER, make_report

from hyreport.draft.draft import draft_text
from hyreport.draft.facts import read_facts
from hyreport.draft.segment import Page


def rows(text: str) -> list[dict]:
    return draft_text(text, "made-up").tables["figures.csv"]


def test_a_review_is_of_the_year_before_and_tasks_of_the_year():
    found = rows(make_report("出口增长5%。", "出口增长6%。"))
    assert [(row["role"], row["period"]) for row in found] == [
        ("actual", "2030"),
        ("target", "2031"),
    ]


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("新增就业5万人。", "target"),
        ("关停20蒸吨及以下锅炉。", "context"),
        ("建设总投资35亿元的电厂。", "context"),
        ("目前全市学校有300所。", "actual"),
        ("去年出口增长5%。", "actual"),
        ("不辜负全市300万人民的期望。", "context"),
        ("培育产值10亿元的企业。", "context"),
        ("加快推进12个重点项目建设。", "context"),
        ("一季度出口下降3%。", "actual"),
        ("污水处理厂日处理10万吨污水。", "context"),
    ],
)
def test_a_role_in_the_tasks(words, role):
    assert rows(make_report("", words))[0]["role"] == role


@pytest.mark.parametrize(
    "words",
    [
        "12条主要河流水质比例为9%。",
        "空气质量在全国168个重点城市中排名前移。",
        "15个试点加快推进。",
        "79项收费取消7项。",
    ],
)
def test_what_is_described_is_context(words):
    assert rows(make_report(words))[0]["role"] == "context"


def test_a_heading_of_the_year_that_has_passed_looks_back():
    text = make_report("", "", more="三、2030年的政府工作\n\n出口增长5%。\n\n")
    assert [row["role"] for row in rows(text)] == ["actual"]


def test_a_heading_of_what_was_done_does_not_look_ahead():
    text = make_report("就业超过预期目标\n\n出口增长5%。")
    assert [row["role"] for row in rows(text)] == ["actual"]


def test_what_follows_a_first_part_that_looks_back_looks_ahead():
    text = make_report("", "出口增长6%。").replace("二、2031年工作安排", "二、加快改革开放")
    assert [row["role"] for row in rows(text)] == ["target"]


def test_a_higher_aim_beside_a_target():
    found = rows(make_report("", "出口增长8%以上，争取达到9%，进口增长5%。"))
    assert [row["role"] for row in found] == ["target", "stretch_target", "target"]


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("2028年，产量达5万吨。", ["2028"]),
        ("产量由2027年的5万吨增加到2030年的9万吨。", ["2027", "2030"]),
        ("产量比2025年增长20%。", ["2025/2030"]),
        ("2026—2030年，累计投资5亿元。", ["2026/2030"]),
        ("产量连续5年增长2%。", ["2030", "2026/2030"]),
        ("产量5万吨（2020年不变价），增长3%。", ["2030", "2030"]),
    ],
)
def test_a_period_in_a_review(words, periods):
    assert [row["period"] for row in rows(make_report(words))] == periods


def five_years(words: str) -> list[str]:
    text = make_report(words).replace("一、2030年工作回顾", "一、过去五年工作回顾")
    return [row["period"] for row in rows(text)]


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("五年累计建成公路300公里。", ["2026/2030"]),
        ("十年来物价涨幅稳定在2%。", ["2021/2030"]),
        ("企业达5万家，是十年前的3倍。", ["2030", "2020/2030"]),
        ("吞吐能力达3亿人次，粮食产量6万吨。", ["2030", "2030"]),
        ("结构由40:30:30调整为20:30:50。", ["2025"] * 3 + ["2030"] * 3),
        ("农业产值比“十五五”时期增长9%。", ["2026/2030"]),
        ("出口比2029年增长9%。", ["2030"]),
        ("办理时间压缩至6天。", ["2030"]),
        ("森林覆盖率达到62%。", ["2030"]),
        ("失业率控制在4%以内。", ["2026/2030"]),
        ("产量由5万吨增加到9万吨。", ["2025", "2030"]),
        ("出口年均增长9%。", ["2026/2030"]),
        ("出口比上年增长9%。", ["2030"]),
    ],
)
def test_a_period_in_a_five_year_review(words, periods):
    assert five_years(words) == periods


def test_a_plan_has_the_years_of_its_number():
    text = make_report("出口增长5%。", "出口增长6%。")
    plan = f"三、“十六五”时期主要目标任务\n\n{FILLER}\n\n出口年均增长7%，每年培训3万人。\n\n"
    found = rows(text.replace("各位代表，让我们", plan + "各位代表，让我们"))
    assert [row["period"] for row in found] == ["2030", "2031", "2031/2035", "2031"]


def test_a_glossary_holds_no_targets():
    more = f"名词解释\n\n绿色通道：指为20个企业服务的通道。{FILLER}\n\n"
    found = rows(make_report("出口增长5%。", more=more))
    assert [row["role"] for row in found] == ["actual", "context"]
    assert found[1]["certainty"] == "B"


def test_a_gloss_that_sets_aims_holds_targets():
    glosses = (
        "1．“三大行动”：一是修路。新修道路30公里。二是建校。新增学位2万个。\n\n"
        "2．绿色通道：指为20个企业服务的通道。力争建成5个窗口。到2033年，覆盖率达到40%。\n\n"
        "3．大户：指种田50亩以上的农户。"
    )
    more = f"《政府工作报告》名词注解\n\n{glosses}\n\n"
    found = rows(make_report(more=more))
    assert [(row["role"], row["period"]) for row in found] == [
        ("target", "2031"),
        ("target", "2031"),
        ("context", "2030"),
        ("target", "2031"),
        ("target", "2033"),
        ("context", "2030"),
    ]


def test_an_annex_of_what_was_done_holds_outcomes():
    done = "附件1\n\n2030年十件实事完成情况\n\n新建公厕20座。\n\n"
    found = rows(make_report(more=f"{done}附件2\n\n2031年十件实事\n\n新建公厕30座。\n\n"))
    assert [(row["role"], row["period"]) for row in found] == [
        ("actual", "2030"),
        ("target", "2031"),
    ]


def test_sections_have_the_headings_that_are_printed():
    plan = f"{FILLER * 40}\n\n一、产业\n\n新增企业5家。\n\n二、生态\n\n造林6亩。\n\n"
    draft = draft_text(make_report("出口增长5%。", more=plan), "made-up")
    assert [row["section"] for row in draft.tables["figures.csv"]] == ["1", "3", "4"]
    assert draft.sections == {
        "0": "2031年云溪市人民政府工作报告",
        "1": "一、2030年工作回顾",
        "2": "二、2031年工作安排",
        "3": "一、产业",
        "4": "二、生态",
    }


def test_an_annex_of_tasks_holds_targets():
    more = f"附件\n\n2031年十件民生实事\n\n一、便民\n\n11．新建公厕20座。\n\n{FILLER}\n\n"
    (row,) = rows(make_report(more=more))
    assert (row["subject_zh"], row["role"], row["period"]) == ("新建公厕", "target", "2031")
    assert (row["certainty"], "annex" in row["why"]) == ("A", True)


@pytest.mark.parametrize(
    ("words", "area"),
    [
        ("城镇居民收入5万元。", "urban_residents"),
        ("农村居民收入2万元。", "rural"),
        ("市区绿地5公顷。", "urban_area"),
        ("绿地5公顷。", "whole_area"),
    ],
)
def test_an_area(words, area):
    assert rows(make_report(words))[0]["area"] == area


@pytest.mark.parametrize(
    ("opening", "year"),
    [
        ("2031年1月8日在云溪市人民代表大会上", 2031),
        ("2030年12月28日在云溪市人民代表大会上", 2031),
        ("在云溪市人民代表大会上", 2031),
        ("二〇三一年一月十六日在云溪市人民代表大会上", 2031),
        ("二○三○年十二月二十八日在云溪市人民代表大会上", 2031),
    ],
)
def test_a_report_delivered_in_december_is_for_the_next_year(opening, year):
    text = make_report("出口增长5%。").replace("2031年1月8日在云溪市人民代表大会上", opening)
    assert read_facts(Page(text)).target_year == year


@pytest.mark.parametrize(
    ("old", "new", "year"),
    [
        # The fourth session of the ninth congress of a province met in 2001.
        ("——2031年1月8日在云溪市人民代表大会上", "——云溪省第九届人民代表大会第四次会议", 2001),
        ("——2031年1月8日在云溪市人民代表大会上", "（省八届人大二次会议 1994年）", 1994),
        ("——2031年1月8日在云溪市人民代表大会上", "——海南省第五届人民代表大会第一次会议", 0),
    ],
)
def test_the_year_of_a_title_or_of_the_congress_of_a_province(old, new, year):
    text = make_report("出口增长5%。").replace(old, new)
    text = text.replace("2031年", "").replace("2030年", "")
    assert read_facts(Page(text)).target_year == year


def test_a_far_aim_is_not_the_year():
    text = make_report("出口增长5%。").replace("——2031年1月8日", "——")
    far = text.replace("2031年", "").replace("二、工作安排", "二、2050年主要目标")
    assert read_facts(Page(far)).target_year != 2050


def test_facts_with_the_words_they_were_read_from():
    facts = read_facts(Page(make_report()))
    assert facts.title == "2031年云溪市人民政府工作报告"
    assert (facts.issuer, facts.delivered) == ("云溪市人民政府", "2031-01-08")
    assert (facts.base_year, facts.target_year) == (2030, 2031)
    assert facts.words["delivered"] == "2031年1月8日"


def test_a_communique_has_no_targets():
    head = "云溪市2030年国民经济和社会发展统计公报\n\n云溪市统计局\n\n"
    text = head + FILLER * 32 + "\n\n全年出口5亿元，比上年增长3%。\n"
    draft = draft_text(text, "made-up")
    found = draft.tables["figures.csv"]
    assert draft.facts.is_communique
    assert [(row["role"], row["period"]) for row in found] == [("actual", "2030")] * 2
    assert not draft.tables["targets.csv"]


def test_a_level_set_against_an_earlier_one_is_of_the_last_year():
    text = make_report("财政收入258.8亿元，是“十一五”末的2.1倍。", "", year=2016)
    text = text.replace("一、2015年工作回顾", "一、“十二五”时期工作回顾")
    assert rows(text)[0]["period"] == "2015"
