"""Every task: its right answers pass, each common mistake gets its own hint, nothing leaks."""

import re
import shutil
from decimal import Decimal

import pandas as pd
import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport.data.report import Report
from hyreport.errors import UnknownNameError
from hyreport.paths import PROCESSED
from hyreport.teach.answers import ASKED_UNITS, Choice, Number
from hyreport.teach.check import check, find_task
from hyreport.teach.make import make_task
from hyreport.teach.solutions import list_solutions
from hyreport.teach.tasks import read_parts

PARTS = read_parts(REPORT_ID)
TASKS = {name: task for tasks in PARTS.values() for name, task in tasks.items()}
FOUND = {name: find_task(name) for name in TASKS}
NUMBERS = {name: task for name, task in FOUND.items() if isinstance(task, Number)}
CHOICES = {name: task for name, task in FOUND.items() if isinstance(task, Choice)}
MISTAKES = [(name, hint) for name, task in NUMBERS.items() for hint in task.mistakes]
OPTIONS = [
    (name, option)
    for name, task in CHOICES.items()
    for option in task.options
    if option != task.expected
]
# Each number a second way, by hand from the printed digits.
BY_HAND = {
    "gdp_in_billion": 3193 / 10,
    "lowest_gdp": 3193 - 0.5,
    "total_tax": 252.01 * 0.716,
    "non_tax_revenue": 252.01 - 252.01 * 0.716,
    "local_revenue": 252.01 * 0.284 / 0.441,
    "total_if_local": 252.01 * 0.441 / 0.284,
    "implied_total": 252.01 / 1.082,
    "local_share_2016": 55.9 - 12.9,
    "total_2016_by_yearbook": 204.6698 * (1 - 0.43) / (1 - 0.58),
    "nominal_growth": (3193 / 2853.0158 - 1) * 100,
    "price_change": (3193 / 2853.0158 / 1.085 - 1) * 100,
    "revision": (1 - 2921.52 / 3193) * 100,
    "count_about": 6,
    "good_air_days": 300 / 365 * 100,
    "not_yet_public": 2016,
    "last_value": 8.5,
    "mean_growth": (9.9 + 8.72 + 8.5) / 3,
    "drift": 8.5 + (8.5 - 9.9) / 3,
    "forecast_error": 8.3 - 8.5,
}
WORDS = {
    "quoted_words": "9万多",
    "passed_word": "at least",
    "gdp_status": "estimated",
    "share_of_spending": "livelihood_spending.share.2017",
    "yearbook_shows": "supports",
    "proved_reading": "neither",
    "real_on_nominal": "real growth on a nominal level",
    "two_vintages": "cannot be told",
    "floor_word": "at least",
    "ceiling_word": "at most",
    "investment_strict": "below 2017",
    "investment_lenient": "not told apart",
    "growth_outcome": "floor only",
    "two_point_interval": "cannot be estimated",
}


def judge(name, answer):
    """Judge an answer as `check` does."""
    return FOUND[name].judge(answer)


def test_every_task_is_answered_here():
    assert BY_HAND.keys() == NUMBERS.keys() and WORDS.keys() == CHOICES.keys()


@pytest.mark.parametrize("name", BY_HAND)
def test_the_answer_by_hand_is_right(name):
    assert check(name, BY_HAND[name]).right
    assert judge(name, f" {BY_HAND[name]:.6g} ").right
    assert check(name, FOUND[name].expected).right


@pytest.mark.parametrize("name", WORDS)
def test_the_right_word_is_right(name):
    assert check(name, WORDS[name]).right
    for spelling in FOUND[name].options[FOUND[name].expected]:
        assert judge(name, spelling.upper()).right


@pytest.mark.parametrize("name", NUMBERS)
def test_the_whole_interval_is_right_and_no_more(name):
    expected = FOUND[name].expected
    step = Decimal(1).scaleb(-int(expected.decimals) - 1)
    assert judge(name, expected.low).right and judge(name, expected.high).right
    assert not judge(name, expected.low - step).right
    assert not judge(name, expected.high + step).right


@pytest.mark.parametrize(("name", "hint"), MISTAKES)
def test_each_mistake_gets_its_own_hint(name, hint):
    mistake = FOUND[name].mistakes[hint]
    for answer in (mistake.value, float(mistake.value), f"{mistake.value:f}"):
        verdict = judge(name, answer)
        assert (verdict.state, verdict.words) == ("wrong", f"Not yet. {hint}")


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_each_wrong_word_gets_its_own_hint(name, option):
    verdict = judge(name, option)
    assert verdict.state == "wrong" and verdict.words == f"Not yet. {FOUND[name].hints[option]}"


def test_words_to_choose_from_are_told_apart():
    for name, task in CHOICES.items():
        spelled = [way for option, others in task.options.items() for way in (option, *others)]
        assert len(spelled) == len(set(spelled)), name
        assert set(task.hints) >= set(task.options) - {task.expected}, name


@pytest.mark.parametrize(
    "name, answer, words",
    [
        ("local_revenue", "252.01亿元", "total revenue, of which local revenue is a part"),
        ("local_revenue", 252.01 * 0.559, "share of local revenue"),
        ("total_tax", "140.9", "two revenues are mixed"),
        ("local_share_2016", "43 pp", "two units"),
        ("local_share_2016", 55.9 / 1.129, "treats points as a growth rate"),
        ("local_share_2016", "0.43", "Is that a fraction?"),
        ("nominal_growth", "8.5%", "it is real"),
        ("price_change", "3.4", "factors are divided"),
        ("implied_total", 252.01 * 0.918, "divide"),
        ("forecast_error", "0.2", "the sign is not"),
        ("drift", "7.8", "one year is missing"),
        ("drift", "7.9", "not safely public"),
        ("last_value", "7.9", "not safely public"),
        ("mean_growth", (9.9 + 8.72 + 7.9) / 3, "own number is missing"),
        ("not_yet_public", 2014, "before the day of the report"),
        ("not_yet_public", "2018", "still to come"),
        ("count_about", 5.9, "Count the numbers"),
        ("good_air_days", "82%", "Rounded too far"),
        ("good_air_days", "82.0", "leap year"),
        ("good_air_days", 300 / 360 * 100, "twelve times thirty"),
        ("good_air_days", "82.10", "Very near"),
        ("lowest_gdp", 3188, "would be printed as a smaller one"),
        ("lowest_gdp", 3192.49, "would be printed as a smaller one"),
        ("lowest_gdp", 3192.6, "still smaller number would be printed like this"),
        ("nominal_growth", (2921.52 / 2853.0158 - 1) * 100, "takes the database"),
        ("nominal_growth", "12", "Rounded too far"),
        ("revision", "9", "Rounded too far"),
        ("revision", "8", "How large is the gap"),
        ("implied_total", "204.67", "on another basis"),
        ("implied_total", 162.4102 / 1.082, "from the printed level"),
        ("implied_total", 252.01 - 8.2, "as an amount"),
        ("implied_total", 261.86, "for 2015"),
        ("total_2016_by_yearbook", 204.6698 * 0.57, "one step is left"),
        ("total_2016_by_yearbook", 204.6698 / 0.58, "for all tax"),
        ("local_revenue", 252.01 * 0.716 / 0.559, "takes all tax for local"),
        ("local_revenue", 0.559, "as a fraction"),
        ("total_if_local", 252.01 * 0.441, "one step is left"),
        ("total_if_local", 252.01 / 0.716, "for all tax"),
        ("passed_word", "nearly", "not there yet"),
        ("quoted_words", "9万", "bounds it"),
        ("quoted_words", "more than 90,000 people", "a translation"),
        ("mean_growth", (9.9 + 8.72 + 7.9 + 8.5) / 4, "not safely public"),
        ("last_value", "8", "An aim is no forecast"),
        ("forecast_error", "-0.2%", "two units"),
        ("gdp_in_billion", "3193", "a hundred million"),
        ("total_tax", "0.0180 trillion", "Rounded too far"),
    ],
)
def test_the_usual_traps(name, answer, words):
    verdict = judge(name, answer)
    assert verdict.state == "wrong" and words in verdict.words


def messages(task) -> list[str]:
    """Return every sentence that a wrong or missing answer can bring up."""
    if isinstance(task, Choice):
        wrong = [task.judge(option) for option in task.options if option != task.expected]
        return [task.wanted, *(verdict.words for verdict in [*wrong, task.judge("banana")])]
    value = task.expected.value
    probes = [-value, value * 10, value / 100, value * Decimal("1.015"), value * 7 + 1, "x", "1 1"]
    probes += [f"{value} {unit}" for unit in ("%", "pp", "亿元", "apples")]
    judged = [task.judge(probe) for probe in [*probes, *task.mistakes.values()]]
    return [task.wanted, *(verdict.words for verdict in judged if not verdict.right)]


@pytest.mark.parametrize(
    "name, answer",
    [
        ("not_yet_public", "2016年"),
        ("not_yet_public", "in 2016"),
        ("count_about", "6 numbers"),
        ("good_air_days", "82.19"),
        ("good_air_days", "82.2 %"),
        ("revision", "8.5% lower"),
        ("forecast_error", "down 0.2 points"),
        ("quoted_words", "9 萬多人"),
        ("two_point_interval", "can't be estimated"),
        ("share_of_spending", "`#livelihood_spending.share.2017`"),
    ],
)
def test_further_ways_to_be_right(name, answer):
    assert check(name, answer).right


def test_praise_gives_no_other_task_away():
    for name, task in FOUND.items():
        for other, choice in CHOICES.items():
            word = choice.expected.replace("_", " ").lower()
            word = word if len(word) > 1 else choice.options[choice.expected][0]
            assert other == name or word not in task.because.lower(), (name, other)
    assert "yearbook" not in FOUND["total_if_local"].because


@pytest.mark.parametrize("name", NUMBERS)
def test_the_working_gives_the_answer(name):
    """The instructor's arithmetic is run as written, but for the four that are words."""
    working = FOUND[name].working.replace("×", "*").replace("−", "-")
    if re.search("[a-z]", working):
        assert name in {"lowest_gdp", "count_about", "not_yet_public", "last_value"}
        return
    assert re.fullmatch(r"[\d. +*/()-]+", working)
    assert judge(name, eval(working)).right


def test_the_table_of_solutions():
    table = pd.concat([list_solutions(part) for part in PARTS]).set_index("task")
    assert [*table.index] == [*TASKS]
    for name, row in table.iterrows():
        assert judge(name, row["answer"]).right
        assert row["working"] and (name in NUMBERS) is bool(row["unit"] and row["accepted"])
    assert table.loc["drift", "working"] == "8.5 − 1.4 / 3"
    assert table.loc["share_of_spending", "answer"] == WORDS["share_of_spending"]
    with pytest.raises(UnknownNameError, match="three"):
        list_solutions("thre")


@pytest.mark.parametrize("name", NUMBERS)
def test_no_message_holds_the_number(name):
    task = FOUND[name]
    for words in messages(task):
        # The years and the unit's own hundred million are the only digits in any message.
        said = re.sub(r"\b20\d\d\b|100 million", "", words.replace("'1 1'", ""))
        assert not re.search(r"\d", said), words
        if name == "not_yet_public":
            assert str(task.expected.value) not in words


@pytest.mark.parametrize("name", CHOICES)
def test_no_message_holds_the_word(name):
    task = FOUND[name]
    for words in messages(task):
        plain = words.lower().replace("_", " ")
        assert task.expected.replace("_", " ") not in plain, words


def test_units_of_tasks_are_those_of_answers():
    assert {task.expected.unit for task in NUMBERS.values()} == set(ASKED_UNITS)


def test_no_answer_yet():
    assert check("local_revenue", None).words == (
        "No answer yet: type a number in 100 million yuan."
    )
    assert check("gdp_status", "").state == "open"


def test_an_unknown_task_names_the_nearest():
    with pytest.raises(UnknownNameError, match="local_revenue"):
        check("local_revenu", 1)
    for task in (None, [], 3):
        with pytest.raises(UnknownNameError, match="a task of the case study"):
            check(task, 1)


def raise_share(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with another tax share of local revenue."""
    is_share = figures["figure_id"] == "tax_share.local.2017"
    ends = ("value", "low", "high")
    return figures.assign(**{end: figures[end].mask(is_share, figures[end] + 1) for end in ends})


def test_another_data_set_has_other_answers():
    """The answers follow the tables: nothing right is typed."""
    tables = {"figures": raise_share(hy.load_figures()), "reference": hy.load_reference()}
    task = make_task(TASKS["local_revenue"], Report.of(Report().facts, **tables))
    assert not task.judge(BY_HAND["local_revenue"]).right
    assert task.judge(252.01 * 0.284 / 0.431).right
    assert task.working == "252.01 × 28.4 / 43.1"


def test_a_task_is_made_once_for_each_content_of_the_tables(tmp_path, monkeypatch):
    assert find_task("local_revenue") is find_task("local_revenue", REPORT_ID)
    before = find_task("local_revenue")
    shutil.copytree(PROCESSED, tmp_path, dirs_exist_ok=True)
    for module in ("data.load", "teach.check"):
        monkeypatch.setattr(f"hyreport.{module}.PROCESSED", tmp_path)
    assert find_task("local_revenue") is before
    raise_share(hy.load_figures()).to_csv(tmp_path / REPORT_ID / "figures.csv", index=False)
    after = find_task("local_revenue")
    assert after is not before and after.working == "252.01 × 28.4 / 43.1"
