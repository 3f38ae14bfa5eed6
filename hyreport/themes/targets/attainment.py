"""Theme 2, third part: whether the targets came true, and how often that can be known.

A verdict is given only where a later figure measures what the target does. The rule is the
project's own, as we have read no published one that says how far 左右 (about) reaches: a target is
a floor, or a ceiling where lower is better; the strict reading takes its stated number, the
lenient one allows 左右 a tolerance. What rounding leaves open stays undecidable.
"""

from decimal import Decimal

import pandas as pd

from hyreport.data.figure import pick
from hyreport.data.ids import split_id
from hyreport.data.report import name_rows, published
from hyreport.errors import IntervalError, UnknownNameError
from hyreport.numbers.rounding import as_printed, compute
from hyreport.themes.revenue.basis import MONEY

MET, MISSED, UNDECIDABLE = "met", "missed", "undecidable"
READINGS = ("strict", "lenient")
EVIDENCE = ("figure of the same kind", "figure of another kind", "no later figure found")
# What a scoreboard tells apart, in its order; the last three are undecidable.
OUTCOMES = (
    MET,
    MISSED,
    "undecidable: within rounding",
    "undecidable: figure of another kind",
    "undecidable: no later figure found",
)
# Levels that hint at growth which no publication we have prints, and why they decide nothing.
LEVELS = {
    ("retail", "retail_sales", 2018): "levels of two yearbooks, not a published growth",
    ("local revenue", "local_budget_revenue", 2018): "local revenue, not the total",
    ("investment", "fixed_asset_investment", 2015): "levels of two yearbooks",
    ("retail", "retail_sales", 2015): "levels of two yearbooks, a break in the series",
    ("total revenue", "total_budget_revenue", 2015): "levels of two publications",
}
AIM = [
    "target_id",
    "name_en",
    "name_zh",
    "target_printed",
    "value",
    "qualifier",
    "hedge",
    "better",
    "unit",
]


def aims_of_report(figures: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Collect the target numbers of the report, each once.

    Parameters
    ----------
    figures, targets : DataFrame
        As `load_figures` and `load_targets` give them.

    Returns
    -------
    DataFrame, shape (target numbers, 9)
        `target_id, name_en, name_zh, target_printed, value, qualifier, hedge, better, unit`; each
        end of a range and each part of a list is a number of its own.
    """
    better = targets.drop_duplicates("target_id").set_index("target_id")["better"]
    aims = figures[figures["role"].isin(["target", "stretch_target"])]
    aims = aims.rename(columns={"figure_id": "target_id", "as_printed": "target_printed"})
    aims = aims.assign(better=aims["target_id"].map(better))
    return aims[AIM].reset_index(drop=True)


def aims_of_year(reference: pd.DataFrame, year: int) -> pd.DataFrame:
    """Collect the target numbers that other publications print for an earlier year.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.
    year : int
        The year the targets are for.

    Returns
    -------
    DataFrame, shape (target numbers, 9)
        As `aims_of_report`; all are growth rates, of which higher is better.
    """
    aims = reference[
        reference["role"].isin(["target", "stretch_target"])
        & (reference["time_period"] == str(year))
    ]
    names = aims["series"].str.replace("_", " ").str.replace("gdp", "GDP")
    ids = [split_id(name)[1] for name in name_rows(aims)]
    aims = aims.rename(columns={"as_printed": "target_printed"})
    aims = aims.assign(target_id=ids, name_en=names, hedge="", better="higher")
    return aims[AIM].reset_index(drop=True)


def judge_aims(
    aims: pd.DataFrame, outcomes: pd.DataFrame, *, tolerance: float = 0.5
) -> pd.DataFrame:
    """Say of each target number whether it was met, missed, or cannot be decided, and why.

    Parameters
    ----------
    aims : DataFrame
        As `aims_of_report` or `aims_of_year` gives them.
    outcomes : DataFrame
        As `load_outcomes` gives it.
    tolerance : float
        Points read into 左右 (about) on either side: in an outcome always, in a target by the
        lenient reading.

    Returns
    -------
    DataFrame, shape (target numbers, 12)
        `strict` and `lenient` hold met, missed or undecidable; `evidence` one of `EVIDENCE`;
        `outcome_printed, vintage, basis, reason` say what came and where it is printed.

    Raises
    ------
    IntervalError
        Where two outcomes could decide one target.

    Examples
    --------
    >>> import hyreport as hy
    >>> aims = aims_of_report(hy.load_figures(), hy.load_targets())
    >>> table = judge_aims(aims, hy.load_outcomes()).set_index("target_id")
    >>> table.loc["gdp.growth.2018", "strict"], table.loc["gdp.growth.2018.stretch", "strict"]
    ('met', 'missed')
    """
    joints = {"outcome_printed": "; ", "vintage": "; ", "basis": "; ", "reason": " "}
    rows = []
    for aim in aims.to_dict("records"):
        later = outcomes[outcomes["target_id"] == aim["target_id"]]
        same = later[later["comparable"] == "yes"]
        if len(same) > 1:
            found = "two outcomes of the same kind"
            raise IntervalError(f"target {aim['target_id']}", found, "one to judge it by")
        shown = later if same.empty else same
        verdicts = {
            reading: _judge(aim, same, slack, tolerance)
            for reading, slack in (("strict", 0), ("lenient", tolerance))
        }
        words = {name: joint.join(dict.fromkeys(shown[name])) for name, joint in joints.items()}
        rows.append(
            {
                **{name: aim[name] for name in AIM[:4]},
                **verdicts,
                "differs": verdicts["strict"] != verdicts["lenient"],
                "evidence": EVIDENCE[2 if later.empty else int(same.empty)],
                **words,
            }
        )
    columns = [*AIM[:4], *READINGS, "differs", "evidence", *joints]
    return pd.DataFrame(rows, columns=columns)


def count_verdicts(judged: pd.DataFrame, *, reading: str = "strict") -> pd.DataFrame:
    """Count target numbers by verdict and, where there is none, by what is missing.

    Parameters
    ----------
    judged : DataFrame
        As `judge_aims` gives it.
    reading : str
        strict or lenient.

    Returns
    -------
    DataFrame, shape (5, 2)
        `outcome`, one of `OUTCOMES` each, and `targets`.

    Raises
    ------
    UnknownNameError
        For another reading.

    Examples
    --------
    >>> import hyreport as hy
    >>> aims = aims_of_report(hy.load_figures(), hy.load_targets())
    >>> count_verdicts(judge_aims(aims, hy.load_outcomes()))["targets"].tolist()
    [2, 1, 0, 8, 24]
    """
    counts = label_verdicts(judged, reading=reading).value_counts()
    counts = counts.reindex(list(OUTCOMES), fill_value=0)
    return counts.rename_axis("outcome").reset_index(name="targets")


def label_verdicts(judged: pd.DataFrame, *, reading: str = "strict") -> pd.Series:
    """Name for each target number its verdict and, where there is none, what is missing.

    >>> import hyreport as hy
    >>> aims = aims_of_report(hy.load_figures(), hy.load_targets())
    >>> label_verdicts(judge_aims(aims, hy.load_outcomes())).iloc[2]
    'undecidable: figure of another kind'
    """
    if reading not in READINGS:
        raise UnknownNameError("reading", repr(reading), " or ".join(READINGS), "choose one")
    missing = judged["evidence"].map(dict(zip(EVIDENCE, OUTCOMES[2:], strict=True)))
    return judged[reading].mask(judged[reading] == UNDECIDABLE, missing)


def later_hints(reference: pd.DataFrame) -> pd.DataFrame:
    """Work out from published levels what they hint at where no growth was found: no verdicts.

    Parameters
    ----------
    reference : DataFrame
        As `load_reference` gives it.

    Returns
    -------
    DataFrame, shape (6, 15)
        One row a series and year: growth in percent, and exports and imports of 2018 together in
        100 million yuan, all nominal; `reading` says why it decides nothing.

    Notes
    -----
    Official growth need not equal the ratio of levels: a level may be revised, or its coverage
    changed, before the next one is printed.

    Examples
    --------
    >>> import hyreport as hy
    >>> later_hints(hy.load_reference()).query("year == 2018")["value"].tolist()
    [6.3, -0.7, 278.4739]
    """
    rows = []
    for (name, series, year), reading in LEVELS.items():
        now, before = (published(reference, series, str(when)) for when in (year, year - 1))
        growth = compute(
            lambda now, before: 100 * now / before - 100,
            now=now,
            before=before,
            unit="percent",
            formula=f"level of {year} / level of {year - 1} − 1, two publications",
            decimals=1,
        )
        labels = {"quantity": name, "year": year}
        short = name.replace(" ", "_")
        rows.append(growth.as_row(**labels, reading=reading, result=f"{short}_{year}_by_levels"))
    trade = compute(
        lambda exports, imports: exports + imports,
        exports=published(reference, "goods_exports", "2018"),
        imports=published(reference, "goods_imports", "2018"),
        unit=MONEY,
        formula="exports + imports of the yearbook",
        decimals=4,
    )
    reading = "yearbook; the report's level of 2017 is of another publication"
    labels = {"quantity": "imports and exports", "year": 2018}
    rows.append(trade.as_row(**labels, reading=reading, result="trade_2018_by_yearbook"))
    return pd.DataFrame(rows)


def gdp_revision(figures: pd.DataFrame, reference: pd.DataFrame) -> pd.DataFrame:
    """Set the level of GDP that the report prints for 2017 against what was printed later.

    Parameters
    ----------
    figures, reference : DataFrame
        As `load_figures` and `load_reference` give them.

    Returns
    -------
    DataFrame, shape (4, 15)
        Levels in 100 million yuan at current prices, and the size of the revision in percent.
        Levels of different vintages are set side by side; no growth is taken across them.

    Examples
    --------
    >>> import hyreport as hy
    >>> gdp_revision(hy.load_figures(), hy.load_reference())["value"].tolist()
    [3193.0, 2921.52, 3046.0279, -8.5]
    """
    printed = pick(figures, "gdp.level.2017")
    revised = published(reference, "gdp", "2017", vintage="revised")
    later = published(reference, "gdp", "2018")
    size = compute(
        lambda printed, revised: 100 * revised / printed - 100,
        printed=printed,
        revised=revised,
        unit="percent",
        formula="revised level / printed level − 1, both of 2017",
        decimals=1,
    )
    found = [
        ("GDP as the report prints it", 2017, "revision_printed_2017", as_printed(printed)),
        ("GDP in a commercial database, undated", 2017, "revision_later_2017", revised),
        ("GDP in the yearbook", 2018, "revision_yearbook_2018", later),
        ("revision", 2017, "revision_size", size),
    ]
    return pd.DataFrame(
        [
            number.as_row(quantity=quantity, year=year, result=name)
            for quantity, year, name, number in found
        ]
    )


def _judge(aim: dict, same: pd.DataFrame, slack: float, tolerance: float) -> str:
    """Judge one target by the figure of the same kind, if there is one."""
    if same.empty:
        return UNDECIDABLE
    low, high = _ends_of(same.iloc[0], tolerance)
    goal = _exact(aim["value"])
    if aim["better"] == "lower":
        low, high, goal = -high, -low, -goal
    if aim["qualifier"] == "about":
        goal -= _exact(slack)
    if low > goal or (low == goal and aim["qualifier"] not in ("more_than", "less_than")):
        return MET
    return MISSED if high < goal else UNDECIDABLE


def _ends_of(outcome: pd.Series, tolerance: float) -> tuple[Decimal, Decimal]:
    """Return what the print of an outcome allows; 左右 in it is read with the tolerance."""
    if outcome["qualifier"] == "about":
        value, slack = _exact(outcome["outcome_value"]), _exact(tolerance)
        return value - slack, value + slack
    return _exact(outcome["outcome_low"]), _exact(outcome["outcome_high"])


def _exact(number: float) -> Decimal:
    return Decimal(format(number, ".12g"))
