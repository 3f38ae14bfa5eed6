"""One place among its peers: its targets and first-reported outcomes beside those of its like."""

from pathlib import Path
from typing import Any

import pandas as pd

from hyreport.numbers.rounding import stated
from hyreport.panel.ask import PANEL, area_names, ask, check_indicator, find_area
from hyreport.themes.overview.wording import link_result

__all__ = [
    "count_sides",
    "follow_place",
    "list_peers",
    "list_places",
    "name_place",
    "place_numbers",
    "say_place",
    "stand_among_peers",
]


SIDES = ("above", "at", "below")
POINTS = "percentage points"
BOUNDS = ("at_least", "at_most", "more_than", "less_than", "nearly")
LEAST_YEARS = 3  # with target and outcome, for a mean


def name_place(area_code_now: str, language: str = "en") -> str:
    """Return the name of a place by its code of today.

    Parameters
    ----------
    area_code_now : str
        Six digits of GB/T 2260; one that the table of names lacks stays a code.
    language : str
        en or zh.

    Examples
    --------
    >>> name_place("110000"), name_place("110000", "zh"), name_place("999999")
    ('Beijing', '北京市', '999999')
    """
    zh, en = area_names().get(area_code_now, (area_code_now, area_code_now))
    return zh if language == "zh" else en


def list_places(panel: Path = PANEL) -> pd.DataFrame:
    """List the places of the panel with the years of their reports.

    Parameters
    ----------
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        `area_code_now, area, name_en, level, reports, first_year, last_year`; the nation first,
        then provinces, each before its prefectures.
    """
    sql = """
        select area_code_now, arg_max(area, report_year::int) as area, arg_max(level,
            report_year::int) as level, count(*) as reports, min(report_year::int) as first_year,
            max(report_year::int) as last_year
        from reports where used = 'yes' group by area_code_now order by area_code_now
    """
    places = ask(sql, panel=panel)
    names = [name_place(code) for code in places["area_code_now"]]
    places.insert(2, "name_en", names)
    return places


def list_peers(area: str, *, panel: Path = PANEL) -> list[str]:
    """Return today's codes of the places that stand beside a place, it among them.

    Parameters
    ----------
    area : str
        Full name of a place, Chinese or English, or its code.
    panel : Path
        Folder of the panel.

    Returns
    -------
    list of str
        Of a prefecture those of its province, of a province all provinces, of the nation it alone.
    """
    code = find_area(area, panel)
    places = list_places(panel)
    level = places.loc[places["area_code_now"] == code, "level"].item()
    like = places["level"] == level
    if level == "prefecture":
        like &= places["area_code_now"].str[:2] == code[:2]
    return list(places.loc[like, "area_code_now"])


def follow_place(area: str, indicator: str = "gdp.growth", *, panel: Path = PANEL) -> pd.DataFrame:
    """Return a place's targets of an indicator and what became of them, a row a year.

    Parameters
    ----------
    area : str
        Full name of a place, Chinese or English, or its code.
    indicator : str
        A headline indicator.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        `year`; of target and outcome each (`target_`, `outcome_`) value, value_high, low, high,
        qualifier, printed, certainty, status, path, char_start and char_end. A year that neither
        report is there for is left out; a report that lacks the cell says so in its status. Grade
        C is shown here, and left out where places are compared.
    """
    check_indicator(indicator)
    columns = ["value", "value_high", "low", "high", "qualifier", "certainty", "status"]
    columns += ["char_start", "char_end"]
    sides = {}
    for kind, side in (("target", "target"), ("actual", "outcome")):
        names = ", ".join(f"h.{name} as {side}_{name}" for name in columns)
        sql = f"""
            select h.period::int as year, h.as_printed as {side}_printed, r.path as {side}_path,
                {names}
            from headline h join reports r using (report)
            where h.area_code_now = ? and h.indicator = ? and h.kind = ? and r.used = 'yes'
        """
        sides[side] = ask(sql, find_area(area, panel), indicator, kind, panel=panel)
    rows = sides["target"].merge(sides["outcome"], on="year", how="outer")
    return rows.sort_values("year", ignore_index=True)


def stand_among_peers(
    area: str, indicator: str = "gdp.growth", *, least: int = 3, panel: Path = PANEL
) -> pd.DataFrame:
    """Set a place's targets and outcomes beside those of its peers, a row a kind and year.

    Parameters
    ----------
    area : str
        Full name of a place, Chinese or English, or its code.
    indicator : str
        A headline indicator.
    least : int
        Peers that a year must have; with fewer there is neither span nor median.
    panel : Path
        Folder of the panel.

    Returns
    -------
    DataFrame
        `kind, year, own, as_printed, lowest, median, highest, peers` (how many others), `stands`
        (above, at, below the median of the others, blank where either is missing). Left out are
        grade C, and outcomes worded as a bound, which do not say where they lie.
    """
    check_indicator(indicator)
    code, peers = find_area(area, panel), list_peers(area, panel=panel)
    sql = """
        with cells as (
            select kind, period::int as year, value, as_printed, area_code_now = ? as is_own
            from headline where indicator = ? and status = 'found' and certainty <> 'C'
                and list_contains(?, area_code_now)
                and (kind = 'target' or not list_contains(?, qualifier))
        )
        select kind, year, max(value) filter (is_own) as own,
            max(as_printed) filter (is_own) as as_printed,
            min(value) filter (not is_own) as lowest, median(value) filter (not is_own) as median,
            max(value) filter (not is_own) as highest, count(*) filter (not is_own) as peers
        from cells group by kind, year order by kind desc, year
    """
    table = ask(sql, code, indicator, peers, list(BOUNDS), panel=panel)
    spread = ["lowest", "median", "highest"]
    table[spread] = table[spread].where(table["peers"] >= least)
    gap = (table["own"] - table["median"]).round(6)
    stands = pd.Series("at", index=table.index).mask(gap > 0, "above").mask(gap < 0, "below")
    table = table.assign(stands=stands.where(gap.notna(), ""))
    return table[table["own"].notna() | table["median"].notna()].reset_index(drop=True)


def count_sides(beside: pd.DataFrame) -> pd.DataFrame:
    """Count the years in which a place lies above, at and below the median of its peers.

    Parameters
    ----------
    beside : DataFrame
        As `stand_among_peers` gives it.

    Returns
    -------
    DataFrame
        `kind` and the counts `above, at, below`.
    """
    counts = [
        {"kind": kind} | {side: int((rows["stands"] == side).sum()) for side in SIDES}
        for kind, rows in beside.groupby("kind", sort=False)
    ]
    return pd.DataFrame(counts, columns=["kind", *SIDES])


def place_numbers(followed: pd.DataFrame, beside: pd.DataFrame) -> pd.DataFrame:
    """Make results of a place: first and last target and outcome, and on which side they lie.

    Parameters
    ----------
    followed : DataFrame
        As `follow_place` gives it.
    beside : DataFrame
        As `stand_among_peers` gives it, of the same place and indicator.

    Returns
    -------
    DataFrame
        One number a row, with the text and characters that a printed one stands at.

    Notes
    -----
    The mean of outcome less target is made of at least three years; of fewer each is a result.
    Outcomes worded as a bound, and grade C, are in neither.
    """
    rows = []
    for side in ("target", "outcome"):
        known = followed[followed[f"{side}_status"] == "found"]
        for when, place in (("first", 0), ("last", -1)):
            if len(known):
                row = known.iloc[place].to_dict()
                rows.append(_printed(row, side, when, f"{when} {side}"))
                year = stated(int(row["year"]), unit="year", formula=f"year of the {when} {side}")
                name = f"place_{side}_{when}_year"
                rows.append(year.as_row(what=year.formula, result=name))
    for row in count_sides(beside).to_dict("records"):
        kind = "target" if row["kind"] == "target" else "outcome"
        for side in SIDES:
            words = f"years with the {kind} {side} the median of the peers"
            number = stated(row[side], unit="years", formula=words)
            rows.append(number.as_row(what=words, result=f"place_{kind}_{side}"))
    both = followed.dropna(subset=["target_value", "outcome_value"])
    both = both[~both["outcome_qualifier"].isin(BOUNDS)]
    both = both[(both["target_certainty"] != "C") & (both["outcome_certainty"] != "C")]
    if len(both) < LEAST_YEARS:
        for row in both.to_dict("records"):
            when = str(int(row["year"]))
            rows += [
                _printed(row, side, when, f"{side} of {when}") for side in ("target", "outcome")
            ]
    else:
        gap = float((both["outcome_value"] - both["target_value"]).mean())
        words = "mean of first-reported outcome less stated target"
        rows.append(
            stated(round(gap, 1), unit=POINTS, formula=words).as_row(
                what=words, result="place_mean_gap"
            )
        )
        number = stated(len(both), unit="years", formula="years with target and outcome")
        rows.append(number.as_row(what="years with both", result="place_years_with_both"))
    return pd.DataFrame(rows)


def _printed(row: dict[str, Any], side: str, name: str, words: str) -> dict[str, Any]:
    """Return a printed number as a result."""
    start, end = (int(row[f"{side}_char_{which}"]) for which in ("start", "end"))
    where = f"{row[f'{side}_path']}, characters {start} to {end}"
    told = f"{words} in the panel, printed {row[f'{side}_printed']}: {where}"
    number = stated(float(row[f"{side}_value"]), unit="percent", formula=told)
    return number.as_row(what=words, result=f"place_{side}_{name}")


def say_place(name: str, numbers: pd.DataFrame) -> str:
    """Say how a place's targets went and where they lie among its peers.

    Parameters
    ----------
    name : str
        The place.
    numbers : DataFrame
        As `place_numbers` gives it.
    """
    rows = {row["result"].removeprefix("place_"): row for row in numbers.to_dict("records")}
    link = {key: link_result(row) for key, row in rows.items()}
    said = []
    if "target_first" in link:
        said.append(
            f"In the panel {name}'s first target is {link['target_first']}% for "
            f"{link['target_first_year']}, its last {link['target_last']}% for "
            f"{link['target_last_year']}."
        )
    if "target_above" in link:
        said.append(
            f"Years in which the target lay above the median of its peers: "
            f"{link['target_above']}; at it: {link['target_at']}; below: {link['target_below']}."
        )
    if "mean_gap" in link:
        said.append(
            f"Years with both target and outcome: {link['years_with_both']}; as first reported, "
            f"outcomes lay on average {link['mean_gap']} points from the stated target."
        )
    pairs = [
        f"for {year} a target of {link[f'target_{year}']}%, first reported {link[key]}%"
        for key in link
        if (year := key.removeprefix("outcome_")).isdigit()
    ]
    if pairs:
        said.append(f"Both target and outcome are known of few years: {'; '.join(pairs)}.")
    return " ".join(said) or f"The panel holds no target of {name}."
