"""Finding figures by what they are, in either language; the right answers come from the columns."""

import contextlib
import csv
import importlib
import json
import shutil
import time

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.data import catalogue
from hyreport.errors import UnknownNameError
from hyreport.paths import ARTIFACTS, PROCESSED
from hyreport.words import codes, language
from hyreport.words.tables import read_words

FIGURES = hy.load_figures()
MENTIONED = ("note", "words of the doubt", "words it rests on", "notebook")
PRINTED = set(FIGURES["figure_id"])


def meant(words) -> set[str]:
    """Return the printed figures found by meaning, not only mentioned in a sentence of ours."""
    found = hy.find(words)
    mentioned = found["found_in"].map(lambda places: bool(set(places.split("; ")) & set(MENTIONED)))
    # What is only mentioned stands below all that is meant.
    assert mentioned.is_monotonic_increasing
    assert_kinds_stand_together(found[~mentioned])
    return set(found.loc[~mentioned, "figure_id"]) & PRINTED


def assert_kinds_stand_together(found):
    """Printed figures first, then outside figures, then results."""
    kinds = [
        0 if name in PRINTED else 1 + name.startswith("result:") for name in found["figure_id"]
    ]
    assert kinds == sorted(kinds)


def ids(query: str) -> set[str]:
    return set(FIGURES.query(query, engine="python")["figure_id"])


TARGETS = "role in ['target', 'stretch_target']"
BY_CODE = {
    TARGETS: ["target", "目标", "targets", "TARGET", "ｔａｒｇｅｔ", "aims", "预期目标", "目标？"],
    "role == 'stretch_target'": ["stretch", "stretch target", "higher aim"],
    "role == 'context'": ["context", "背景值"],
    "obs_status == 'E'": ["estimated", "estimates", "预计", "预计数", "估计值", "(Estimated)"],
    "qualifier == 'about'": ["about", "左右", "approximately", "大约"],
    "qualifier == 'at_least'": ["at least", "no less than", "至少", "不低于", "超过"],
    "qualifier == 'at_most'": ["at most", "以内", "ceiling", "不超过"],
    "qualifier == 'more_than'": ["more than", "exceeding"],
    "hedge == 'strive'": ["strive", "strive for", "力争", "争取"],
    "hedge == 'ensure'": ["ensure", "确保", "to ensure", "guarantee"],
    "doubt != ''": ["doubt", "doubts", "doubtful", "存疑", "疑点"],
    "basis == 'same_basis'": ["same basis", "同口径"],
    f"{TARGETS} and period == '2018'": ["2018 target", "target 2018", "2018年目标", "目标 2018年"],
    f"{TARGETS} and indicator == 'gdp.growth'": [
        *("gdp growth target", "target growth GDP", "GDP增长目标", "地区生产总值增长率目标"),
    ],
    f"{TARGETS} and indicator == 'unemployment.rate'": ["unemployment target", "失业率目标"],
    f"{TARGETS} and theme == 'tourism'": ["tourism target", "旅游目标", "目标 旅游"],
    f"{TARGETS} and qualifier == 'at_least'": ["target no less than", "target at least"],
    f"{TARGETS} and qualifier == 'at_most'": ["no more than target", "不超过的目标"],
    f"{TARGETS} and qualifier == 'about'": ["about target", "左右的目标"],
    f"{TARGETS} and doubt != ''": ["doubtful target", "存疑目标", "target, doubt"],
    "obs_status == 'E' and theme == 'public_finance'": ["estimated fiscal", "财政预计数"],
    "unit == 'percentage points'": ["percentage points"],
    "name_zh.str.contains('收入') and theme == 'public_finance'": ["财政收入", "财政 收入"],
    "indicator == 'gdp.growth'": ["gdp growth", "地区生产总值 增长率"],
    "indicator == 'retail_sales.growth'": ["社零", "社会消费品零售", "retail sales"],
    "indicator == 'fixed_asset_investment.growth'": ["固投", "fixed assets growth"],
}
PAIRS = [(query, words) for query, asked in BY_CODE.items() for words in asked]


@pytest.mark.full
@pytest.mark.parametrize("query, words", PAIRS)
def test_what_is_meant_is_found_whole(query, words):
    assert meant(words) == ids(query) != set()


@pytest.mark.full
@pytest.mark.parametrize("unit", sorted(set(FIGURES["unit"])))
def test_every_unit_is_found_as_it_is_shown(unit):
    assert meant(unit) >= ids(f"unit == '{unit}'")
    if " " in unit:
        assert set(FIGURES.loc[FIGURES["figure_id"].isin(meant(unit)), "unit"]) == {
            one for one in FIGURES["unit"] if one.startswith(unit)
        }


def test_the_number_in_a_unit_is_none_of_a_figure():
    assert meant("100 million") == ids("unit.str.startswith('100 million ')")
    assert meant("2018 target 10 thousand persons") == ids(
        f"{TARGETS} and period == '2018' and unit == '10 thousand persons'"
    )
    for number in ("10", "100"):
        printed = FIGURES["as_printed"].str.contains(rf"(?<![\d.]){number}(?![.\d])")
        assert meant(number) == set(FIGURES.loc[printed, "figure_id"])


def test_the_particle_parts_words_and_no_short_word_is_cut_at_it():
    assert meant("税收的占比") == meant("税收 占比") and meant("存疑的") == meant("存疑")
    for words in ("目的", "有的", "的确", "标的"):
        with pytest.raises(UnknownNameError, match=f"nothing on '{words}'"):
            hy.find(words)


@pytest.mark.parametrize(
    "words, query", [("actual", "role == 'actual'"), ("实际值", "role == 'actual'")]
)
def test_results_are_found(words, query):
    assert meant(words) == ids(query)


@pytest.mark.full
# A word of these may also stand in names, so that more is found; nothing may be lacking.
@pytest.mark.parametrize("theme", sorted(set(FIGURES["theme"])))
def test_every_theme_is_found_by_both_its_names(theme):
    for name in (theme.replace("_", " "), codes.CODES["theme"][theme].zh):
        assert meant(name) >= ids(f"theme == '{theme}'"), name


@pytest.mark.full
@pytest.mark.parametrize("column", ["role", "qualifier", "hedge", "measure", "area"])
def test_every_code_is_found_by_its_words(column):
    for code in sorted(set(FIGURES[column]) - {""}):
        for tongue in language.LANGUAGES:
            words = language.words(code, column, tongue)
            assert meant(words) >= ids(f"{column} == '{code}'"), words


def test_every_kind_of_doubt_is_found():
    doubts = PROCESSED / "hengyang-2018" / "doubts.csv"
    with doubts.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for kind in {row["kind"] for row in rows}:
        wanted = {row["figure_id"] for row in rows if row["kind"] == kind}
        assert (
            meant(f"doubt {kind}") >= wanted and meant(codes.CODES["doubt_kind"][kind].zh) >= wanted
        )


@pytest.mark.full
def test_every_printed_term_and_name_finds_its_figures():
    for column in ("subject_zh", "name_zh", "name_en", "figure_id"):
        for said, rows in FIGURES.groupby(column):
            assert meant(said) >= set(rows["figure_id"]), said


def test_names_of_the_glossary_find_figures_in_english():
    assert "livelihood_spending.share.2017" in meant("general public budget expenditure")
    assert meant("seven counties") >= ids("subject_zh.str.contains('七县市')")


@pytest.mark.parametrize("words", ["税收", "tax", "TAX", "ｔａｘ", "taxes"])
def test_tax_is_found_in_either_language_with_the_shares_first(words):
    found = hy.find(words)
    assert found["figure_id"].tolist()[:2] == ["tax_share.total.2017", "tax_share.local.2017"]
    assert {"name_en", "name_zh", "as_printed", "found_in", "doubt"} <= set(found.columns)


@pytest.mark.parametrize(
    "words, first",
    [
        ("gdp.growth.2018", "gdp.growth.2018"),
        ("GDP growth 2018", "gdp.growth.2018"),
        ("2018 growth of GDP", "gdp.growth.2018"),
        ("地区生产总值", "gdp.level.2017.passed"),
        ("unemployment", "unemployment.rate.2017"),
        ("失业率 2018", "unemployment.rate.2018"),
        ("失业率2018", "unemployment.rate.2018"),
        ("8%以上", "gdp.growth.2018"),
        ("252.01", "budget_revenue.level.2017"),
        (252.01, "budget_revenue.level.2017"),
        ("3,193亿元", "gdp.level.2017"),
        ("财政收入", "budget_revenue.level.2017"),
        ("economic growth", "gdp.growth.2017"),
        ("经济增长", "gdp.growth.2017"),
        ("城镇居民收入", "urban_income.growth.2017"),
        ("两违建筑", "illegal_buildings_demolished.area.2017"),
        ("37个", "demonstration_villages.count.2017"),
    ],
)
def test_the_best_stands_first(words, first):
    assert hy.find(words)["figure_id"].iloc[0] == first


@pytest.mark.parametrize(
    "words, figure_id, found_in",
    [
        ("gdp.growth.2018", "gdp.growth.2018", "id"),
        ("地区生产总值", "gdp.growth.2018", "printed term"),
        ("Regional gross domestic product", "gdp.level.2017", "name"),
        ("target", "gdp.growth.2018", "role: target"),
        ("estimated", "gdp.growth.2017", "status: estimated value"),
        ("at least", "gdp.growth.2018", "qualifier: at least"),
        ("力争", "forest.share.2018", "hedge: strive"),
        ("misprint", "standard_schools.count.2017", "doubt: misprint"),
        ("2018 目标", "forest.share.2018", "period; role: target"),
        ("社零", "retail_sales.growth.2017", "other word for it"),
        ("macroeconomy", "retail_sales.growth.2017", "theme: macroeconomy"),
        ("yearbook", "trade.level.2017", "words of the doubt"),
        ("bounds", "gdp.level.2017.passed", "note"),
    ],
)
def test_a_column_says_by_what_it_was_found(words, figure_id, found_in):
    found = hy.find(words).set_index("figure_id")["found_in"]
    assert found[figure_id] == found_in


def test_a_number_is_found_whole():
    assert "gdp.growth.2017" in meant("8.5") and "gdp.growth.2017" not in meant("5")
    assert meant("2017") == meant(2017) >= ids("period == '2017'")
    for words in ("8.5%", "11%", "100%"):
        printed = FIGURES["as_printed"].str.contains(rf"(?<![\d.]){words}")
        assert meant(words) == set(FIGURES.loc[printed, "figure_id"])


def test_a_longer_word_is_not_found_by_its_end_or_middle():
    assert "air_routes.stock.2017" in meant("airport") and "airport" not in " ".join(meant("trade"))
    for words in ("port", "come", "venue"):
        with pytest.raises(UnknownNameError):
            hy.find(words)


@pytest.mark.parametrize(
    "words",
    [
        "population",
        "人均GDP",
        "工资",
        "房地产",
        "debt",
        "zzzzqq",
        "cooperate 税",
    ],
)
def test_what_is_not_there_is_said_with_the_themes_and_without_guesses(words):
    with pytest.raises(UnknownNameError) as told:
        hy.find(words)
    said = str(told.value)
    for code, theme in codes.CODES["theme"].items():
        assert f"{code.replace('_', ' ')} {theme.zh}" in said or "some have" in said
    assert "did you mean" not in said


@pytest.mark.parametrize(
    "words, suggestion",
    [
        ("taxx", "did you mean tax?"),
        ("unemploment", "did you mean unemployment"),
        ("财政收人", "did you mean 财政收入?"),
        ("税收占必", "did you mean 税收占比?"),
        ("tax 失业率", "some have 'tax'"),
        ("tax share other years", "some have 'tax share'"),
    ],
)
def test_a_misspelt_word_is_answered_by_whole_words(words, suggestion):
    with pytest.raises(UnknownNameError, match=suggestion.replace("?", r"\?")):
        hy.find(words)


@pytest.mark.parametrize("words", ["", "  ", None, True, ["tax"], float("nan"), "？", "的", b"tax"])
def test_no_words_at_all(words):
    with pytest.raises(UnknownNameError, match="type a word"):
        hy.find(words)


def test_every_row_of_the_words_names_a_code_or_an_indicator():
    rows = read_words("search_words", "column", "code")
    known = {column: set(held) for column, held in catalogue.LISTS.items()}
    known["indicator"] = set(FIGURES["indicator"])
    known["series"] = set(hy.load_reference()["series"])
    assert len(rows) > 30
    for row in rows:
        assert row["code"] in known[row["column"]], row
        said = row["words"].split("; ")
        assert all(said) and len(said) == len(set(said)), row


OUTSIDE = hy.load_reference()
RESULTS = json.loads((ARTIFACTS / REPORT_ID / "results.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "words, first, where",
    [
        (
            "gdp 2016 yearbook",
            "reference:gdp.2016.yearbook",
            "China City Statistical Yearbook 2017",
        ),
        ("inflation 2017", "reference:consumer_prices_growth.000000.2017", "communique 2017"),
        ("物价 2017", "reference:consumer_prices_growth.000000.2017", "communique 2017"),
        ("local revenue 2017 A", "result:local_revenue_2017", "result of 02_tax_share"),
        ("tax share local 2017", "tax_share.local.2017", "this report, section 1, paragraph 6"),
    ],
)
def test_each_says_where_it_stands(words, first, where):
    found = hy.find(words)
    rows = found[found["figure_id"].str.startswith(first)]
    assert where in rows["where"].iloc[0]


def test_outside_figures_are_found_by_what_they_are():
    wanted = OUTSIDE.query("series == 'gdp' and vintage == 'yearbook' and time_period == '2016'")
    found = hy.find("gdp yearbook 2016")
    assert set(found["where"]) >= set(wanted["source"])
    aims = hy.find("2016 target gdp growth")
    outside = aims[aims["figure_id"].str.startswith("reference:")]
    wanted = OUTSIDE.query("series == 'gdp_growth_real' and role == 'target'")
    wanted = wanted[wanted["time_period"] == "2016"]
    assert set(outside["as_printed"]) >= set(wanted["as_printed"]) != set()
    assert set(outside["role"]) <= {"target", "stretch_target"}


def test_every_outside_figure_and_every_result_is_found_by_its_id():
    for name in catalogue.read_catalogue(REPORT_ID).items[len(FIGURES) :: 25]:
        own = name.row["figure_id"]
        assert own in set(hy.find(own)["figure_id"]), own
    kinds = [item.kind for item in catalogue.read_catalogue(REPORT_ID).items]
    assert [kinds.count(kind) for kind in range(3)] == [len(FIGURES), len(OUTSIDE), len(RESULTS)]


def test_a_result_shows_its_number_and_formula():
    row = hy.find("result:local_revenue_2017").iloc[0]
    assert row["as_printed"] == "162.3 [161.8, 162.8] × 100 million yuan"
    assert row["name_en"] == RESULTS["local_revenue_2017"]["formula"]


def test_a_result_is_found_in_chinese_by_what_it_rests_on():
    found = hy.find("税收占比").set_index("figure_id")
    assert found.loc["result:local_revenue_2017", "found_in"] == "words it rests on"


def test_without_artifacts_figures_are_found(monkeypatch, tmp_path):
    monkeypatch.setattr(catalogue, "ARTIFACTS", tmp_path)
    assert not hy.find("local revenue")["figure_id"].str.startswith("result:").any()


def test_a_changed_table_is_found_as_it_now_is(monkeypatch, tmp_path):
    processed = tmp_path / "processed"
    shutil.copytree(PROCESSED / REPORT_ID, processed / REPORT_ID)
    for module in (catalogue, importlib.import_module("hyreport.data.load")):
        monkeypatch.setattr(module, "PROCESSED", processed)
    with pytest.raises(UnknownNameError):
        hy.find("zzqq")
    path = processed / REPORT_ID / "figures.csv"
    path.write_text(path.read_text("utf-8").replace("Regional gross domestic", "zzqq"), "utf-8")
    assert set(hy.find("zzqq")["found_in"]) == {"name"}


def test_a_second_question_is_quick():
    asked = ("税收", "gdp growth target", "tax share 2016", "population density")
    for words in (*asked, *asked):
        begun = time.process_time()
        with contextlib.suppress(UnknownNameError):
            hy.find(words)
        took = time.process_time() - begun
    assert took < 0.1  # a fifth of that on an idle machine
