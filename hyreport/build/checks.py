"""The cross-checks that the printed figures and the outside figures allow, with their outcomes.

A check compares two numbers with their intervals. It passes where rounding lets them agree, fails
where it does not, and is not testable where a number is missing or of another kind; all three are
kept and shown.
"""

from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace

from hyreport.build.comparison import (
    Check,
    Numbers,
    agree,
    differ,
    exactly,
    not_above,
    stated_only,
)
from hyreport.numbers.rounding import Computed, compute
from hyreport.themes.revenue.identities import local_over_total
from hyreport.words.codes import PROVINCE

MONEY = "100 million yuan"
DAYS_OF_2017 = 365


def build_checks(figures: list[dict], reference: list[dict]) -> list[dict[str, str]]:
    """Return the rows of checks.csv.

    Parameters
    ----------
    figures, reference : list of dict
        Rows of the processed tables, every cell as text.

    Returns
    -------
    list of dict
        One row a check, in the order of the kinds below.
    """
    numbers = Numbers(figures, reference)
    groups = (
        check_revenue,
        check_levels_and_changes,
        check_vintages,
        check_days,
        check_counts,
        check_order,
        check_repeated,
        check_publications,
        list_untestable,
    )
    return [check.row() for group in groups for check in group(numbers)]


def check_revenue(numbers: Numbers) -> list[Check]:
    """Check what the revenue level and the two tax shares imply against the yearbook."""
    level = numbers.figure("budget_revenue.level.2017")
    shares = {name: numbers.figure(f"tax_share.{name}.2017") for name in ("total", "local")}
    yearbook = numbers.published("local_budget_revenue", "2017")
    as_total = compute(
        lambda level, total, local: level * local_over_total(total, local),
        level=level,
        **shares,
        unit=MONEY,
        formula="local revenue if the level is total revenue",
    )
    # The yearbook's local revenue says how much of non-tax revenue can have been passed up.
    passed_up = compute(
        lambda level, total, local, yearbook: (
            level * (100 - total) / 100 - yearbook * (100 - local) / 100
        ),
        level=level,
        **shares,
        yearbook=yearbook,
        unit=MONEY,
        formula="non-tax revenue of the total less that of the yearbook's local revenue",
        decimals=2,
    )
    return [
        agree(
            "revenue_as_total",
            "identity",
            "If the printed level is total revenue and all non-tax revenue is local, local revenue "
            "is that of the yearbook",
            as_total,
            yearbook,
            MONEY,
            "Another publication's figure for local revenue.",
        ),
        agree(
            "revenue_as_local",
            "identity",
            "If the printed level is local revenue, it is that of the yearbook",
            level,
            yearbook,
            MONEY,
            "The other reading of the same level; its failing speaks for the first.",
        ),
        agree(
            "non_tax_passed_up",
            "identity",
            "No non-tax revenue is passed up to higher levels",
            passed_up,
            exactly(0),
            MONEY,
            "The same equation as revenue_as_total, in money: the interval bounds what may have "
            "been passed up.",
        ),
        not_above(
            "local_share_below_total",
            "identity",
            "The tax share of local revenue is not above that of total revenue",
            shares["local"],
            shares["total"],
            "percent",
            "What is passed up is tax, so the total has the larger share.",
        ),
        not_above(
            "local_share_below_total_2016",
            "identity",
            "The tax share of local revenue was not above that of the total before the printed "
            "changes",
            _before(numbers, "local"),
            _before(numbers, "total"),
            "percent",
            "2017 less the printed change; the basis of the earlier shares is not printed.",
        ),
        not_above(
            "large_taxpayers_within_total",
            "bound",
            "The least that the enterprises over the threshold paid is within all tax",
            compute(
                lambda firms, threshold: firms * threshold / 10_000,
                firms=numbers.figure("large_taxpayers_doubling.count.2017"),
                threshold=exactly(1000, "large_taxpayers_doubling.threshold.2017"),
                unit=MONEY,
                formula="enterprises × threshold",
            ),
            compute(
                lambda level, total: level * total / 100,
                level=level,
                total=shares["total"],
                unit=MONEY,
                formula="total revenue × tax share",
            ),
            MONEY,
            "A lower bound, if each paid over the threshold in 2017 and the level is the total.",
        ),
    ]


def check_levels_and_changes(numbers: Numbers) -> list[Check]:
    """Check printed growth against levels of two years, where one source has both."""
    before = numbers.published("retail_sales", "2016")
    after = numbers.published("retail_sales", "2017")
    years = {
        "a": numbers.published("gdp_growth_real", "2016"),
        "b": numbers.figure("gdp.growth.2017"),
        "c": numbers.published("gdp_growth_real", "2018"),
        "d": numbers.published("gdp_growth_real", "2019"),
        "e": numbers.published("gdp_growth_real", "2020"),
    }
    average = numbers.published("gdp_growth_real", "2016/2020", "first release")
    return [
        agree(
            "retail_growth",
            "level and change",
            "The printed growth of retail sales is that of the yearbook's levels",
            numbers.figure("retail_sales.growth.2017"),
            _growth(before, after),
            "percent",
            "Both yearbook levels are nominal, as the printed growth is by practice.",
        ),
        agree(
            "gdp_growth_in_five_years",
            "level and change",
            "Five yearly growth rates with the report's 2017 multiply to the five-year average "
            "published later",
            compute(
                _five_years, **years, unit="percent", formula="product of five years, in percent"
            ),
            compute(
                lambda average: 100 * ((1 + average / 100) ** 5 - 1),
                average=average,
                unit="percent",
                formula="average of five years, compounded",
            ),
            "percent",
            "Yearbooks for the other years; passing does not prove the 2017 figure.",
        ),
    ]


def _five_years(a, b, c, d, e):
    product = 1
    for growth in (a, b, c, d, e):
        product *= 1 + growth / 100
    return 100 * (product - 1)


def check_vintages(numbers: Numbers) -> list[Check]:
    """Check figures of 2017 against what was published later, and one against itself."""
    level, passed = numbers.figure("gdp.level.2017"), numbers.figure("gdp.level.2017.passed")
    year = numbers.published("gdp_first_above_300bn_yuan", "2018", "official")
    return [
        not_above(
            "gdp_above_threshold",
            "bound",
            "The printed GDP level is above the 3000 亿元 it is said to have passed",
            stated_only(passed),
            level,
            MONEY,
            "Two prints of one quantity in one sentence.",
        ),
        agree(
            "gdp_level_revised",
            "vintage",
            "The printed GDP level of 2017 is the one of a later database",
            level,
            numbers.published("gdp", "2017", "revised"),
            MONEY,
            "The later one is lower; steps and cause of the revision are not established.",
        ),
        agree(
            "gdp_first_above_3000",
            "vintage",
            "The year in which GDP first passed 3000 亿元 is 2017",
            exactly(2017, passed.figure_id),
            year,
            "calendar year",
            "The city's statistical bureau wrote in 2019 that it was 2018.",
        ),
    ]


def check_days(numbers: Numbers) -> list[Check]:
    """Check that a share of days belongs to a whole number of days."""
    share = numbers.figure("air_quality.share.2017")
    days = round(share.value * DAYS_OF_2017 / 100)
    whole = compute(
        lambda days: 100 * days / DAYS_OF_2017,
        days=exactly(days),
        unit="percent",
        formula="days / 365",
        decimals=2,
    )
    return [
        agree(
            "air_quality_days",
            "conversion",
            f"The share of days with good air is that of a whole number of days ({days} of 365)",
            share,
            whole,
            "percent",
            "If all days of the year are counted; days without a valid reading may be left out.",
        )
    ]


def check_counts(numbers: Numbers) -> list[Check]:
    """Check that what is counted one by one is a whole number."""
    counted = [
        row
        for row in numbers.all_figures()
        if row["measure"] in ("count", "rank") and row["unit_zh"][0] not in "万亿"
    ]
    broken = [row for row in counted if Decimal(row["value"]) % 1]
    whole = [row["figure_id"] for row in counted if row not in broken]
    checks = [
        agree(
            f"whole_number_{row['indicator'].replace('.', '_')}",
            "count",
            f"{row['name_en']}: a whole number",
            numbers.figure(row["figure_id"]),
            exactly(round(Decimal(row["value"]))),
            row["unit"],
            "What is counted one by one has no half; see the doubt about this figure.",
        )
        for row in broken
    ]
    why = f"All other {len(whole)} counts, ranks and classes printed without 万 or 亿."
    claim = "Counts and ranks are whole numbers"
    return [*checks, Check("whole_numbers", "count", claim, "pass", why, inputs=tuple(whole))]


def check_order(numbers: Numbers) -> list[Check]:
    """Check that ends of ranges and pairs of targets stand in order."""
    pairs = [
        (
            "gdp.growth.2018",
            "gdp.growth.2018.stretch",
            "The target is not above the stretch target",
        ),
        *(
            (f"{name}.count.2018.low", f"{name}.count.2018.high", "The range begins below its end")
            for name in ("flagship_brands", "leading_industries", "market_towns")
        ),
        (
            "livelihood_projects.items.2017",
            "livelihood_projects.tasks.2017",
            "There are not more items than tasks under them",
        ),
    ]
    return [
        not_above(
            f"order_{low.split('.')[0]}",
            "order",
            claim,
            stated_only(numbers.figure(low)),
            stated_only(numbers.figure(high)),
            "",
            "Read from the words around the numbers.",
        )
        for low, high, claim in pairs
    ]


def check_repeated(numbers: Numbers) -> list[Check]:
    """List numbers printed more than once for quantities of one unit: nothing proves a slip."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in numbers.all_figures():
        if len(row["value"].replace(".", "").strip("0")) > 1:
            found.setdefault((row["value"], row["unit"]), []).append(row["figure_id"])
    return [
        Check(
            f"repeated_{value.replace('.', '_')}_{unit.replace(' ', '_')}",
            "repeated",
            f"{value} ({unit}) is the right value of each of these figures",
            "not_testable",
            "The same number may be right for each; nothing in print tells. Round numbers are "
            "left out.",
            unit=unit,
            inputs=tuple(names),
        )
        for (value, unit), names in found.items()
        if len(names) > 1
    ]


def check_province(published: Callable) -> list[Check]:
    """Check how the province uses the words: whether its parts add up, and what is non-tax of."""
    half, year = ("2017-S1", "first release", PROVINCE), ("2017", "first release", PROVINCE)
    return [
        agree(
            "province_parts",
            "publications",
            "The province's 一般公共预算收入 is its local revenue and what is passed up",
            compute(
                lambda local, passed_up: local + passed_up,
                local=published("local_budget_revenue", *half),
                passed_up=published("revenue_passed_up", *half),
                unit="billion yuan",
                formula="local + passed up",
                decimals=2,
            ),
            published("total_budget_revenue", *half),
            "billion yuan",
            "First half of 2017; the province means the total by these words.",
        ),
        agree(
            "province_non_tax_share",
            "publications",
            "The province's share of non-tax revenue is one of its local revenue",
            compute(
                lambda part, whole: 100 * part / whole,
                part=published("non_tax_revenue", *year),
                whole=published("local_budget_revenue", *year),
                unit="percent",
                formula="non-tax / local revenue",
            ),
            published("non_tax_share", *year),
            "percent",
            "Of its total it would be a good fifth, which speaks for non-tax revenue being local.",
        ),
    ]


def check_publications(numbers: Numbers) -> list[Check]:
    """Check the outside figures against each other, since ours are judged by them."""
    published = numbers.published
    tax = published("local_tax_revenue", "2020", "first release")
    share = published("local_tax_share", "2020", "first release")
    return [
        agree(
            "publications_tax_2020",
            "publications",
            "Local tax over its share is the yearbook's local revenue of 2020",
            compute(
                lambda tax, share: 100 * tax / share,
                tax=tax,
                share=share,
                unit=MONEY,
                formula="tax / share",
            ),
            published("local_budget_revenue", "2020"),
            MONEY,
            "Work report of 2021 against the yearbook.",
        ),
        *(
            agree(
                f"publications_parts_{year}",
                "publications",
                f"Tax and non-tax revenue of {year} add up to local revenue",
                compute(
                    lambda tax, rest: tax + rest,
                    tax=published("local_tax_revenue", year, "official"),
                    rest=published("local_non_tax_revenue", year, "official"),
                    unit=MONEY,
                    formula="tax + non-tax",
                ),
                published("local_budget_revenue", year, vintage),
                MONEY,
                "Two publications." if vintage == "yearbook" else "One publication.",
            )
            for year, vintage in (("2023", "yearbook"), ("2025", "official"))
        ),
        *check_province(published),
        agree(
            "publications_gdp_2014",
            "publications",
            "GDP of 2014 is the same in the work report of 2015 and in the yearbook",
            published("gdp", "2014", "first release"),
            published("gdp", "2014"),
            MONEY,
            "A first release against a later yearbook: revisions are usual.",
        ),
        differ(
            "publications_retail_2005",
            "publications",
            "Retail sales of 2005 and 2006 differ",
            published("retail_sales", "2005"),
            published("retail_sales", "2006"),
            MONEY,
            "The yearbooks print one value for both years; one of the two is very probably a slip.",
        ),
    ]


UNTESTABLE = (
    (
        "revenue_growth",
        "level and change",
        "Total revenue grew as printed, on the same basis",
        "The total of 2016 is not among our sources, and the adjustment is not printed.",
        ("budget_revenue.level.2017", "budget_revenue.growth.2017"),
    ),
    (
        "gdp_growth_later",
        "vintage",
        "GDP growth of 2017 is the same in a later vintage",
        "No later vintage of the growth rate is among our sources.",
        ("gdp.growth.2017",),
    ),
    (
        "investment_growth",
        "level and change",
        "Investment grew as printed from the yearbook's level of 2016",
        "No level of 2017 is among our sources.",
        ("fixed_asset_investment.growth.2017",),
    ),
    (
        "tourism_growth",
        "level and change",
        "Visits and tourism revenue grew as printed",
        "No levels of 2016 are printed.",
        ("tourists.level.2017", "tourists.growth.2017", "tourism_revenue.growth.2017"),
    ),
    (
        "key_industries_growth",
        "level and change",
        "Output of the key industries grew as printed",
        "No level of 2016 is printed, and prices are not said.",
        ("key_industries.output.2017", "key_industries.output_growth.2017"),
    ),
    (
        "counties_share",
        "level and change",
        "The counties' share of investment rose as printed",
        "No share of 2016 is among our sources.",
        ("counties_investment.share.2017", "counties_investment.share_change.2017"),
    ),
    (
        "tax_share_before",
        "level and change",
        "The tax shares rose as printed",
        "No tax share of 2016 is among our sources.",
        ("tax_share_change.total.2017", "tax_share_change.local.2017"),
    ),
    (
        "income_of_all",
        "sum",
        "Income growth of all residents lies near urban and rural growth",
        "No figure for all residents is printed for 2017.",
        ("urban_income.growth.2017", "rural_income.growth.2017"),
    ),
    (
        "drinking_water_sum",
        "sum",
        "Poor and other people add up to a total",
        "No total is printed.",
        ("drinking_water_poor.level.2017", "drinking_water_not_poor.level.2017"),
    ),
    (
        "forest_and_planting",
        "sum",
        "New forest explains the rise in forest coverage",
        "Neither the coverage of 2016 nor the land area is among our sources.",
        ("forest.share.2017", "afforestation.area.2017"),
    ),
    (
        "farm_products_sum",
        "sum",
        "The four labels of farm products add up to the number added",
        "Their parts are not printed.",
        ("certified_farm_products.added.2017",),
    ),
)


def list_untestable(numbers: Numbers) -> list[Check]:
    """List the checks that a reader would expect and that the sources do not allow."""
    return [
        *_compare_unlike(numbers),
        *(
            Check(check_id, kind, claim, "not_testable", why, inputs=inputs)
            for check_id, kind, claim, why, inputs in UNTESTABLE
        ),
    ]


def _compare_unlike(numbers: Numbers) -> list[Check]:
    """Show both sides where they are numbers of different kinds and must not be judged."""
    published = numbers.published
    revenue = [published("local_budget_revenue", year) for year in ("2016", "2017")]
    trade = compute(
        lambda total, exports, imports: 10_000 * total / (exports + imports),
        total=numbers.figure("trade.level.2017"),
        exports=published("goods_exports", "2017"),
        imports=published("goods_imports", "2017"),
        unit="yuan per US dollar",
        formula="printed total / yearbook total in dollars",
    )
    return [
        Check(
            "local_revenue_growth",
            "level and change",
            "The yearbook's local revenue grew as printed",
            "not_testable",
            "Local against very probably total revenue, raw against same basis (同口径), and a "
            "break in the yearbook's series.",
            numbers.figure("budget_revenue.growth.2017"),
            _growth(*revenue),
            "percent",
        ),
        Check(
            "gdp_level_and_growth",
            "level and change",
            "GDP grew as printed from the yearbook's level of 2016",
            "not_testable",
            "The growth is real, the levels are nominal, and their vintages differ; no deflator "
            "is printed.",
            numbers.figure("gdp.growth.2017"),
            _growth(published("gdp", "2016"), numbers.figure("gdp.level.2017")),
            "percent",
        ),
        Check(
            "trade_level",
            "vintage",
            "The printed total of trade is that of the yearbook",
            "not_testable",
            "The yearbook has dollars, and no exchange rate is among our sources; the left side is "
            "the rate that would make both agree.",
            trade,
            unit="yuan per US dollar",
        ),
    ]


def _before(numbers: Numbers, revenue: str) -> Computed:
    return compute(
        lambda share, change: share - change,
        share=numbers.figure(f"tax_share.{revenue}.2017"),
        change=numbers.figure(f"tax_share_change.{revenue}.2017"),
        unit="percent",
        formula="share of 2017 − change",
    )


def _growth(before: SimpleNamespace, after: SimpleNamespace) -> Computed:
    return compute(
        lambda before, after: 100 * (after / before - 1),
        before=before,
        after=after,
        unit="percent",
        formula="level of 2017 / level of 2016 − 1",
        decimals=2,
    )
