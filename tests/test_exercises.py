"""Every task: its right answers pass, each common mistake gets its own hint, nothing leaks."""

import re
from decimal import Decimal

import pytest

import hyreport as hy
from hyreport.case_study.answers import ASKED, MONEY, PERCENT, POINTS, Choice, Number
from hyreport.errors import UnknownNameError
from hyreport.exercises import TASKS, check, find_task

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
    "raw_growth": (162.4102 / 204.6698 - 1) * 100,
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
    "passed_word": "at least",
    "gdp_status": "estimated",
    "share_of_spending": "livelihood_spending.share.2017",
    "yearbook_shows": "supports",
    "proved_reading": "neither",
    "real_on_nominal": "real growth on a nominal level",
    "two_vintages": "vintages",
    "floor_word": "at least",
    "ceiling_word": "at most",
    "investment_strict": "below 2017",
    "investment_lenient": "not told apart",
    "growth_outcome": "floor only",
    "two_point_interval": "cannot be estimated",
}


def test_every_task_is_answered_here():
    assert BY_HAND.keys() == NUMBERS.keys() and WORDS.keys() == CHOICES.keys()


@pytest.mark.parametrize("name", BY_HAND)
def test_the_answer_by_hand_is_right(name):
    assert check(name, BY_HAND[name]).right
    assert check(name, f" {BY_HAND[name]:.6g} ").right
    assert check(name, FOUND[name].expected).right


@pytest.mark.parametrize("name", WORDS)
def test_the_right_word_is_right(name):
    assert check(name, WORDS[name]).right
    for spelling in FOUND[name].options[FOUND[name].expected]:
        assert check(name, spelling.upper()).right


@pytest.mark.parametrize("name", NUMBERS)
def test_the_whole_interval_is_right_and_no_more(name):
    expected = FOUND[name].expected
    step = Decimal(1).scaleb(-int(expected.decimals) - 1)
    assert check(name, expected.low).right and check(name, expected.high).right
    assert not check(name, expected.low - step).right
    assert not check(name, expected.high + step).right


@pytest.mark.parametrize(("name", "hint"), MISTAKES)
def test_each_mistake_gets_its_own_hint(name, hint):
    mistake = FOUND[name].mistakes[hint]
    for answer in (mistake.value, float(mistake.value), f"{mistake.value:f}"):
        verdict = check(name, answer)
        assert (verdict.state, verdict.words) == ("wrong", f"Not yet. {hint}")


@pytest.mark.parametrize(("name", "option"), OPTIONS)
def test_each_wrong_word_gets_its_own_hint(name, option):
    verdict = check(name, option)
    assert verdict.state == "wrong" and verdict.words == f"Not yet. {FOUND[name].hints[option]}"


def test_words_to_choose_from_are_told_apart():
    for name, task in CHOICES.items():
        spelled = [way for option, others in task.options.items() for way in (option, *others)]
        assert len(spelled) == len(set(spelled)), name
        assert set(task.hints) >= set(task.options) - {task.expected}, name


@pytest.mark.parametrize(
    "name, answer, words",
    [
        ("local_revenue", "252.01亿元", "very probably total revenue, not local"),
        ("local_revenue", 252.01 * 0.559, "share of local revenue"),
        ("total_tax", "140.9", "two revenues are mixed"),
        ("local_share_2016", "43 pp", "two units"),
        ("local_share_2016", 55.9 / 1.129, "treats points as a growth rate"),
        ("local_share_2016", "0.43", "Is that a fraction?"),
        ("nominal_growth", "8.5%", "it is real"),
        ("price_change", "3.4", "factors are divided"),
        ("implied_total", 252.01 * 0.918, "divide"),
        ("raw_growth", "20.6%", "the sign is not"),
        ("drift", "7.8", "one year is missing"),
        ("mean_growth", (9.9 + 8.72 + 7.9 + 8.5) / 4, "not yet public"),
        ("last_value", "8", "An aim is no forecast"),
        ("forecast_error", "-0.2%", "two units"),
        ("gdp_in_billion", "3193", "a hundred million"),
    ],
)
def test_the_usual_traps(name, answer, words):
    verdict = check(name, answer)
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
    units = {task.expected.unit for task in NUMBERS.values()}
    assert units <= {MONEY, PERCENT, POINTS, *ASKED, "targets", "calendar year"}


def test_no_answer_yet():
    assert check("local_revenue", None).words == (
        "No answer yet: type a number in 100 million yuan."
    )
    assert check("gdp_status", "").state == "open"


def test_an_unknown_task_names_the_nearest():
    with pytest.raises(UnknownNameError, match="local_revenue"):
        check("local_revenu", 1)


def test_another_data_set_has_other_answers(monkeypatch):
    """The answers follow the tables: nothing right is typed in the code."""
    figures = hy.load_figures()
    is_share = figures["figure_id"] == "tax_share.local.2017"
    raised = figures.assign(
        **{end: figures[end].mask(is_share, figures[end] + 1) for end in ("value", "low", "high")}
    )
    monkeypatch.setattr("hyreport.exercises.load_figures", lambda report_id: raised)
    assert not check("local_revenue", BY_HAND["local_revenue"]).right
    assert check("local_revenue", 252.01 * 0.284 / 0.431).right
