"""What words further off say: codes by unit, pairs of one subject, estimates, owners, headings."""

import pytest
from made_up_reports import FILLER, make_report

from hyreport.cli import main
from hyreport.draft.draft import draft_text


def tables(review: str = "", tasks: str = "") -> dict[str, list[dict[str, str]]]:
    return draft_text(make_report(review, tasks), "made-up").tables


def cells(name: str, review: str = "", tasks: str = "") -> list[str]:
    return [row[name] for row in tables(review, tasks)["figures.csv"]]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("地区生产总值增长9倍。", [""]),
        ("地区生产总值达到1.2万亿元，增长6%。", ["gdp.level", "gdp.growth"]),
        ("粮食产量连续4年稳定在90万吨。", ["", "grain.output"]),
        ("进出口总额3亿美元，实际利用外资2亿美元。", ["", "foreign_capital.level"]),
        ("地区生产总值比2025年增长30%。", [""]),
        ("城镇居民人均可支配收入3万元。", ["urban_income.level"]),
        ("居民消费价格涨幅2%。", ["consumer_prices.growth"]),
    ],
)
def test_a_code_agrees_with_measure_and_unit(words, codes):
    assert cells("indicator", words) == codes


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("一般公共预算收入30亿元。", "budget_revenue.level"),
        ("地方财政收入30亿元。", "budget_revenue.level"),
        ("公共财政预算收入30亿元。", "budget_revenue.level"),
        ("地方一般公共预算收入30亿元。", "budget_revenue.level"),
        ("全部财政收入30亿元。", ""),
        ("财政总收入30亿元。", ""),
        ("一般公共预算总收入30亿元。", ""),
        ("全口径一般公共预算收入30亿元。", ""),
        ("财政收入30亿元。", ""),
    ],
)
def test_total_revenue_is_not_local_revenue(words, code):
    assert cells("indicator", words) == [code]


def test_revenue_without_a_word_for_which_says_why_it_has_no_code():
    assert "no code" in cells("why", "财政收入30亿元。")[0]


def pairs(review: str, tasks: str) -> list[tuple[str, str, str]]:
    made = tables(review, tasks)
    values = {row["figure_id"]: row["value"] for row in made["figures.csv"]} | {"": ""}
    return [
        (values[row["target_id"]], values[row["base_id"]], row["comparable"])
        for row in made["targets.csv"]
    ]


@pytest.mark.parametrize(
    ("review", "tasks", "pair"),
    [
        ("造林52万亩。", "投入1000万元，帮助困难家庭。", ("1000", "", "no")),
        ("生产总值增长5%。", "万元生产总值能耗下降3%。", ("-3", "", "no")),
        ("高新技术产业增加值增长7%。", "服务业增加值增长6%。", ("6", "", "no")),
        (
            "一般公共预算总收入增长3%，地方一般公共预算收入增长4%。",
            "地方一般公共预算收入增长2%。",
            ("2", "4", "yes"),
        ),
        ("一般公共预算总收入增长3%。", "地方一般公共预算收入增长2%。", ("2", "", "no")),
        ("社会消费品零售总额1028亿元。", "社零总额增长6%。", ("6", "1028", "no")),
        ("生产总值增长5%。", "地区生产总值增长6%。", ("6", "5", "yes")),
        ("新增学位1万个。", "新增学位2520个。", ("2520", "1", "partly")),
        ("高标准农田达到300万亩。", "新建高标准农田20万亩。", ("20", "", "no")),
        ("1-11月，地区生产总值增长5%。", "地区生产总值增长6%。", ("6", "", "no")),
        ("实施某某河治理等3个项目。", "实施某某路改造等9个项目。", ("9", "", "no")),
    ],
)
def test_a_target_is_paired_with_its_own_subject_alone(review, tasks, pair):
    assert pairs(review, tasks) == [pair]


def test_a_target_for_town_and_country_names_both():
    review = "城镇、农村居民人均可支配收入分别增长4%、6%。"
    (row,) = tables(review, "居民人均可支配收入增长7%。")["targets.csv"]
    assert (row["base_id"], row["comparable"]) == ("urban_income.growth.2030", "partly")
    assert "rural_income.growth.2030" in row["reason"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("初步预计，产值9亿元、增长3%；出口5亿元。进口4亿元。", "EEEP"),
        ("产值9亿元（预计），出口5亿元。", "EP"),
        ("产值9亿元（预计数，下同），增长3%。出口5亿元。", "EEE"),
        ("产值9亿元，预计增长3%。", "PE"),
        ("建成学校9所，产值9亿元，增长3%。", "APP"),
    ],
)
def test_an_estimate_reaches_to_the_end_of_what_it_governs(words, status):
    assert "".join(cells("obs_status", words)) == status


def test_an_estimate_ends_with_its_part():
    found = cells("obs_status", "产值9亿元（预计，下同）。", "目前学校有30所。")
    assert found == ["E", "A"]


def test_a_total_investment_is_that_of_what_stands_behind_it():
    words = "推进项目建设，总投资3亿元的南山电站开工，总投资2亿元的北河水厂项目等4个项目投产。"
    assert cells("subject_zh", words)[:2] == ["南山电站总投资", "北河水厂项目总投资"]


def test_what_a_plan_is_surpassed_by_is_not_its_level():
    assert cells("subject_zh", "重点项目完成投资3亿元、超年计划9%。")[1].endswith("超年计划")


def test_a_bare_total_investment_is_not_certain():
    assert cells("certainty", "总投资3亿元。") == ["B"]


@pytest.mark.parametrize("part", ["1—11月", "前三季度", "上半年", "前10个月", "截至11月底"])
def test_a_part_of_a_year_is_said(part):
    (row,) = tables(f"{part}，出口增长5%。")["figures.csv"]
    assert (row["certainty"], row["note"]) == ("B", f"{part.replace('—', '-')} only")
    assert part.replace("—", "-") in row["why"]


def test_a_whole_year_is_no_part_of_one():
    assert cells("note", "全年出口增长5%，比上半年快2个百分点。") == ["", ""]


def headings(more: str) -> dict[str, str]:
    return draft_text(make_report("", more), "made-up").sections


def test_an_item_is_no_heading():
    lines = (
        "（一）抓好工业",
        "产值增长5%。",
        "二是抓好农业。",
        "粮食增产3%。",
        "（二）抓好商业",
        "出口增长4%。",
    )
    more = "\n\n".join(lines)
    assert list(headings(more)) == ["0", "1", "2", "2.1", "2.2"]


def test_a_heading_ends_with_its_line():
    long = "（一）坚持把发展经济的着力点放在实体经济上，加快建设现代化产业体系，提升产业竞争力"
    title = headings(f"{long}\n做强产业。产值增长5%。")["2.1"]
    assert title == long.translate(str.maketrans("（），", "(),"))


def test_a_part_without_a_number_is_a_part():
    text = make_report("出口增长5%。", "（一）抓好工业\n\n产值增长5%。")
    text = text.replace("一、2030", "**2030").replace("回顾\n", "回顾**\n")
    text = text.replace("二、2031年工作安排", "**2031年工作安排**")
    sections = draft_text(text, "made-up").sections
    assert sections.pop("0")
    assert sections == {"1": "2030年工作回顾", "2": "2031年工作安排", "2.1": "(一)抓好工业"}


@pytest.mark.parametrize("place", ["云溪省", "云溪自治区", "云溪自治州"])
def test_the_issuer_has_the_name_of_its_place(place):
    kind = place.removeprefix("云溪")
    text = make_report().replace("云溪市", place).replace("代表市", f"代表{kind}")
    facts = draft_text(text.replace("工作报告", "工作报告 ", 1), "made-up").facts
    assert facts.issuer == f"{place}人民政府"
    assert facts.title == facts.title.strip()


def test_a_blank_area_is_said(tmp_path, capsys):
    (tmp_path / "it.txt").write_text(make_report("出口增长5%。"), encoding="utf-8")
    command = ["draft", "--text", str(tmp_path / "it.txt"), "--report", "a", "--to", str(tmp_path)]
    assert main(command) == 0
    assert "--area" in capsys.readouterr().out
    assert "--area" in (tmp_path / "a" / "report.toml").read_text(encoding="utf-8")
    assert main([*command, "--area", "430400"]) == 0
    assert "--area" not in capsys.readouterr().out


@pytest.mark.parametrize("words", ["111名博士开展服务。", "改造线路5000千米。", "12家平台建成。"])
def test_what_is_counted_is_a_figure(words):
    assert len(cells("value", words)) == 1


@pytest.mark.parametrize("words", ["开通12345政务热线。", "拨打120急救电话。", "500米见园。"])
def test_a_name_is_no_figure(words):
    assert cells("value", words) == []


@pytest.mark.parametrize(
    ("words", "subjects"),
    [
        ("完成“四清零两压降”任务。", []),
        ("打好松树病虫歼灭战，实现全域疫情清零。", ["松树病虫全域疫情"]),
        ("继续推动企业研发活动全覆盖。", ["企业研发活动"]),
        ("保持零就业家庭动态清零。", ["零就业家庭"]),
        ("今后是基本实现现代化的关键时期。", []),
    ],
)
def test_a_goal_has_its_whole_subject(words, subjects):
    found = tables(FILLER, words)["goals.csv"]
    assert [row["subject_zh"] for row in found] == subjects
