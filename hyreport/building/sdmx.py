"""The figures as SDMX-CSV 2.1, with every code list used; targets are apart by their own dimension.

The dataflow is the project's own: agency HYREPORT, in no registry. Cross-domain lists of SDMX are
used where they exist (CL_FREQ, CL_OBS_STATUS, CL_UNIT_MULT, CL_DECIMALS).
"""

import re
import unicodedata

from hyreport import codes
from hyreport.codes import Code
from hyreport.errors import RawDataError
from hyreport.numerals import NUMBER
from hyreport.printed import read_around
from hyreport.schema import SDMX_FIGURES

DATAFLOW = "HYREPORT:GWR_FIGURES(1.0.0)"
OWN_AGENCY, OWN_VERSION = "HYREPORT", "1.0.0"
NOT_APPLICABLE = "_Z"
TRANSFORMATION_OF = {"growth": "GY", "change_pp": "CH"}
STRICT = ("more_than", "less_than", "nearly")
QUALIFYING = {*codes.QUALIFIERS, *codes.HEDGES}
# A variant that OBS_TYPE already tells apart: a stretch target keeps the key of its target.
TOLD_BY_ROLE = ("", "stretch")
OWN = "the project's own"
STATCODELISTS = "https://search.r-project.org/CRAN/refmans/statcodelists/html/"
SDMX_LISTS = {
    "CL_FREQ": ("2.1", {"A": Code("Annual", "年度")}),
    "CL_OBS_STATUS": ("2.2", codes.OBS_STATUSES),
    "CL_UNIT_MULT": (
        "1.1",
        {
            "0": Code("Units", "个"),
            "4": Code("Tens of thousands", "万"),
            "8": Code("Hundreds of millions", "亿"),
        },
    ),
    "CL_DECIMALS": (
        "1.0",
        {
            str(n): Code(words, zh)
            for n, words, zh in (
                (0, "No digits after the point", "整数"),
                (1, "One digit after the point", "一位小数"),
                (2, "Two digits after the point", "两位小数"),
                (3, "Three digits after the point", "三位小数"),
            )
        },
    ),
}


def build_sdmx(
    figures: list[dict[str, str]], units: list[dict[str, str]], ref_area: str
) -> list[dict[str, str]]:
    """Turn the figures into rows of SDMX-CSV.

    Parameters
    ----------
    figures : list of dict
        Rows of the processed figures, every cell as text.
    units : list of dict
        Rows of the units table.
    ref_area : str
        Six digits of GB/T 2260.

    Returns
    -------
    list of dict
        One row a figure, in the same order; OBS_VALUE in 10 to the power UNIT_MULT of
        UNIT_MEASURE.

    Raises
    ------
    RawDataError
        Where two figures would share one key, or a variant has no code.
    """
    powers = {row["unit_zh"]: power_of_ten(row["multiplier"]) for row in units}
    rows = [_build_row(figure, powers[figure["unit_zh"]], ref_area) for figure in figures]
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        key = tuple(row[name] for name in SDMX_FIGURES.key)
        if key in seen:
            raise RawDataError(
                "SDMX export",
                f"one key for {seen[key]} and {row['FIGURE_ID']}",
                "a key for each figure",
                "give one of them a variant at the end of its figure_id",
            )
        seen[key] = row["FIGURE_ID"]
    return rows


def _build_row(figure: dict[str, str], power: str, ref_area: str) -> dict[str, str]:
    return {
        "STRUCTURE[;]": "dataflow",
        "STRUCTURE_ID": DATAFLOW,
        "ACTION": "R",
        "FREQ": "A",
        "REF_AREA": f"CN-{ref_area}",
        "AREA": code_of(figure["area"]),
        "INDICATOR": code_of(figure["indicator"]),
        "TRANSFORMATION": TRANSFORMATION_OF.get(figure["measure"], "N"),
        "OBS_TYPE": code_of(figure["role"]),
        "VARIANT": variant_of(figure),
        "TIME_PERIOD": time_period(figure["period"]),
        "OBS_VALUE": figure["value"],
        "OBS_VALUE_LOW": figure["low"],
        "OBS_VALUE_HIGH": figure["high"],
        "UNIT_MEASURE": code_of(figure["unit_base"]),
        "UNIT_MULT": power,
        "DECIMALS": figure["decimals"],
        "OBS_STATUS": figure["obs_status"],
        "BOUND": bound_of(figure),
        "HEDGE": code_of(figure["hedge"]),
        "QUALIFIER_ZH": qualifier_words(figure["as_printed"]),
        "BASIS": code_of(figure["basis"]),
        "TITLE[en;zh]": bilingual(figure["name_en"], figure["name_zh"]),
        "COMMENT_OBS": figure["doubt"],
        **{
            name.upper(): figure[name]
            for name in ("figure_id", "period", "as_printed", "subject_zh", "reach", "note")
        },
        **{name.upper(): figure[name] for name in ("section", "paragraph", "start", "end")},
    }


def code_of(name: str) -> str:
    """Write one of our names as an SDMX code: capitals, digits and underscores.

    >>> code_of("gdp.growth"), code_of("person-visits")
    ('GDP_GROWTH', 'PERSON_VISITS')
    """
    return re.sub(r"[^A-Z0-9]+", "_", name.upper())


def power_of_ten(multiplier: str) -> str:
    """Return the power of ten of a unit, as CL_UNIT_MULT codes it.

    >>> power_of_ten("1"), power_of_ten("10000"), power_of_ten("100000000")
    ('0', '4', '8')
    """
    zeros = len(multiplier) - 1
    if multiplier != f"1{'0' * zeros}":
        raise RawDataError("units.csv", f"multiplier {multiplier}", "a power of ten")
    return str(zeros)


def time_period(period: str) -> str:
    """Write a period in an SDMX time format; an open start leaves the last year.

    >>> time_period("2017"), time_period("2013/2017"), time_period("../2017")
    ('2017', '2013-01-01/P5Y', '2017')
    """
    first, _, last = period.rpartition("/")
    if first in ("", ".."):
        return last
    return f"{first}-01-01/P{int(last) - int(first) + 1}Y"


def variant_of(figure: dict[str, str]) -> str:
    """Return what a figure's identifier says beyond indicator and period, as a code."""
    period = figure["period"].replace("../", "to-").replace("/", "-")
    suffix = figure["figure_id"].removeprefix(f"{figure['indicator']}.{period}").lstrip(".")
    code = NOT_APPLICABLE if suffix in TOLD_BY_ROLE else code_of(suffix)
    if code not in codes.VARIANTS:
        raise RawDataError(
            f"figures.csv, {figure['figure_id']}",
            f"variant {suffix!r}",
            f"one of {', '.join(codes.VARIANTS)}",
            "correct the figure_id, or name the variant in codes.py",
        )
    return code


def bound_of(figure: dict[str, str]) -> str:
    """Return the bound of a number, on the side where its interval is open.

    >>> bound_of({"qualifier": "at_least", "low": "8", "high": ""})
    'GE'
    >>> bound_of({"qualifier": "at_least", "low": "", "high": "2"})  # class II or better
    'LE'
    """
    qualifier = figure["qualifier"]
    if qualifier in ("exact", "about"):
        return {"exact": "EQ", "about": "AROUND"}[qualifier]
    side = "G" if figure["low"] else "L"
    return side + ("T" if qualifier in STRICT else "E")


def qualifier_words(as_printed: str) -> str:
    """Return the qualifying words printed at a number itself.

    >>> qualifier_words("争取达到 8.5%"), qualifier_words("突破3000亿元"), qualifier_words("8.5%")
    ('争取达到', '突破', '')
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", as_printed))
    around = read_around(text, *NUMBER.search(text).span())
    return " ".join(word.word for word in around.telling if word.says in QUALIFYING)


def bilingual(english: str, chinese: str) -> str:
    """Join an English and a Chinese text as SDMX-CSV writes several languages in one cell.

    >>> bilingual("Grain output", "粮食总产量")
    'en:Grain output;zh:粮食总产量'
    """
    for text in (english, chinese):
        if ";" in text:
            raise RawDataError("indicators.csv", f"name {text!r}", "a name without semicolon")
    return f"en:{english};zh:{chinese}"


def build_codelists(
    indicators: list[dict[str, str]], units: list[dict[str, str]], report: dict
) -> list[dict[str, str]]:
    """Return every code that the SDMX export may hold.

    Parameters
    ----------
    indicators, units : list of dict
        Rows of the codebook and of the units table.
    report : dict
        Facts of report.toml: its area and its issuer.

    Returns
    -------
    list of dict
        Rows of codelists.csv.
    """
    names = (report.get(name, report["ref_area"]) for name in ("area_en", "area_zh"))
    area = {f"CN-{report['ref_area']}": Code(*names)}
    own = {
        "CL_REF_AREA": (area, "GB/T 2260, with CN before it"),
        "CL_AREA": (codes.AREAS, OWN),
        "CL_INDICATOR": (
            {row["indicator"]: Code(row["name_en"], row["name_zh"]) for row in indicators},
            "indicators.csv",
        ),
        "CL_TRANSFORMATION": (
            codes.TRANSFORMATIONS,
            "N and GY as in the lists of Eurostat and the OECD; CH is the project's own",
        ),
        "CL_OBS_TYPE": (codes.ROLES, OWN),
        "CL_VARIANT": (codes.VARIANTS, OWN),
        "CL_UNIT_MEASURE": (_base_units(units), "units.csv; money by ISO 4217"),
        "CL_BOUND": (codes.BOUNDS, OWN),
        "CL_HEDGE": (codes.HEDGES, OWN),
        "CL_BASIS": (codes.BASES, OWN),
    }
    rows = [
        _code_row(name, "SDMX", version, code, words, f"{STATCODELISTS}{name}.html")
        for name, (version, listed) in SDMX_LISTS.items()
        for code, words in listed.items()
    ]
    return rows + [
        _code_row(name, OWN_AGENCY, OWN_VERSION, _own_code(name, code), words, source)
        for name, (listed, source) in own.items()
        for code, words in listed.items()
    ]


def _own_code(name: str, code: str) -> str:
    return code if name in ("CL_REF_AREA", "CL_VARIANT") else code_of(code)


def _code_row(
    codelist: str, agency: str, version: str, code: str, words: Code, source: str
) -> dict[str, str]:
    return {
        "codelist": codelist,
        "agency": agency,
        "version": version,
        "code": code,
        "name_en": words.en,
        "name_zh": words.zh,
        "source": source,
    }


def _base_units(units: list[dict[str, str]]) -> dict[str, Code]:
    """Return the base units, each with its Chinese name: a printed unit without 万 or 亿."""
    named: dict[str, Code] = {}
    for row in units:
        named.setdefault(row["unit_base"], Code(row["unit_base"], row["unit_zh"].lstrip("万亿")))
    return named
