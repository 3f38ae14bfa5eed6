"""The columns of every table: type, meaning, allowed values."""

from dataclasses import dataclass

MEASURES = ("level", "growth", "share", "change_pp", "count", "rank")
QUALIFIERS = ("exact", "about", "at_least", "at_most", "more_than", "nearly")
HEDGES = ("ensure", "strive")
ROLES = ("actual", "target", "stretch_target", "context")
OBS_STATUSES = ("A", "B", "D", "E", "F", "I", "L", "M", "N", "O", "P", "Q", "U", "V", "W")
AREAS = (
    "whole_city",
    "urban_area",
    "built_up_area",
    "counties",
    "county_seats_and_above",
    "rural",
    "urban_residents",
    "named_place",
)
THEMES = (
    "macroeconomy",
    "public_finance",
    "industry",
    "agriculture",
    "tourism",
    "openness",
    "innovation_and_enterprise",
    "infrastructure",
    "environment",
    "livelihood",
    "poverty",
    "governance",
)
DOUBT_KINDS = (
    "misprint",
    "repeated",
    "definition",
    "basis",
    "period",
    "implausible",
    "revised",
    "contradicted",
)
CHECK_KINDS = (
    "identity",
    "bound",
    "level and change",
    "vintage",
    "conversion",
    "sum",
    "count",
    "order",
    "repeated",
    "publications",
)

PATTERNS = {
    "id": r"[a-z0-9_.-]+",
    "integer": r"\d+",
    "decimal": r"-?\d+(\.\d+)?",
    "period": r"\d{4}(/\d{4})?|\.\./\d{4}",
    "date": r"\d{4}-\d{2}-\d{2}",
    "text": r".*",
}


@dataclass(frozen=True)
class Column:
    """One column: its type, what it says, whether it must be filled, what it may hold."""

    name: str
    type: str
    meaning: str
    required: bool = True
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: its columns in order and the columns that identify a row."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


FIGURE_ID = Column("figure_id", "id", "Identifier: indicator, period, and a variant where needed")
AS_PRINTED = Column("as_printed", "text", "The number as printed, with its own unit and qualifiers")
SUBJECT = Column("subject_zh", "text", "The printed term the number belongs to")
START = Column("start", "integer", "First character of the number in the copy, counted from 0")
END = Column("end", "integer", "Character after the last one of the number in the copy")
PARAGRAPH = Column("paragraph", "integer", "Number of the non-empty line of the copy, from 1")
SECTION = Column("section", "text", "Part and subsection of the report, as in 2.3")
INDICATOR = Column("indicator", "id", "Indicator of the codebook")
NAME_EN = Column("name_en", "text", "English name")
NAME_ZH = Column("name_zh", "text", "Chinese name")
THEME = Column("theme", "text", "Theme of the codebook", allowed=THEMES)
MEASURE = Column("measure", "text", "What kind of number it is", allowed=MEASURES)
PERIOD = Column("period", "period", "Year, span of years, or ../year where no start is printed")
ROLE = Column(
    "role", "text", "actual, target, stretch target, or context of another figure", allowed=ROLES
)
BASIS = Column("basis", "text", "same_basis where 同口径 is printed", False, ("same_basis",))
AREA = Column("area", "text", "What part of the city the number covers", allowed=AREAS)
GROUP = Column("group", "text", "Figures that one phrase prints together share it", False)
HEDGE = Column("hedge", "text", "ensure (确保) or strive (力争, 争取)", False, HEDGES)
OBS_STATUS = Column(
    "obs_status",
    "text",
    "SDMX observation status: A normal, E estimated, P provisional, B break; blank for targets",
    False,
    OBS_STATUSES,
)
REACH = Column(
    "reach",
    "text",
    "How sure it is that words printed elsewhere reach this figure; the least sure of several",
    False,
    ("certain", "reading"),
)
NOTE = Column("note", "text", "What a reader should know", False)
VALUE = Column("value", "decimal", "Number as printed, in its printed unit, signed by its meaning")
LOW = Column("low", "decimal", "Lowest number the print allows; blank where open", False)
HIGH = Column("high", "decimal", "Highest number the print allows; blank where open", False)
DECIMALS = Column("decimals", "integer", "Digits printed after the point")
UNIT = Column("unit", "text", "Printed unit in English words")
UNIT_ZH = Column("unit_zh", "text", "Printed unit")
VALUE_BASE = Column("value_base", "decimal", "Number in the base unit")
UNIT_BASE = Column("unit_base", "text", "Base unit: CNY, persons, percent ...")
QUALIFIER = Column("qualifier", "text", "How the print bounds the number", allowed=QUALIFIERS)
DOUBT = Column("doubt", "text", "What looks wrong or unclear in print", False)
REASON = Column("reason", "text", "Why, in a line")
COMPARABLE = Column(
    "comparable",
    "text",
    "Whether target and actual measure the same",
    allowed=("yes", "partly", "no"),
)

RAW_FIGURES = Table(
    "raw figures",
    (
        FIGURE_ID,
        SECTION,
        PARAGRAPH,
        START,
        END,
        Column("numeral", "text", "Script of the numeral", allowed=("arabic", "chinese")),
        AS_PRINTED,
        SUBJECT,
        INDICATOR,
        PERIOD,
        ROLE,
        BASIS,
        AREA,
        GROUP,
        Column("unit", "text", "Printed unit where as_printed does not hold all of it", False),
        Column("qualifier", "text", "Qualifier where printed once for several", False, QUALIFIERS),
        HEDGE,
        OBS_STATUS,
        REACH,
        NOTE,
    ),
    ("figure_id",),
)
RAW_EXCLUSIONS = Table(
    "raw exclusions",
    (
        SECTION,
        PARAGRAPH,
        START,
        END,
        Column("as_printed", "text", "The number as printed"),
        Column("kind", "text", "What kind of number it is"),
        Column("reason", "text", "Why it is not a figure"),
    ),
    ("start",),
)
RAW_TOKENS = Table(
    "raw tokens",
    (START, END, Column("number", "decimal", "Arabic numeral that stands there")),
    ("start",),
)
RAW_TARGETS = Table(
    "raw targets",
    (
        Column("target_id", "id", "Figure that sets the 2018 target"),
        Column(
            "actual_id", "id", "2017 figure that it answers; blank where none is printed", False
        ),
        COMPARABLE,
        REASON,
    ),
    ("target_id", "actual_id"),
)
RAW_DOUBTS = Table(
    "raw doubts",
    (
        FIGURE_ID,
        Column("expected", "text", "as_printed of the figure when the doubt was written"),
        Column("kind", "text", "Kind of doubt", allowed=DOUBT_KINDS),
        Column("doubt", "text", "What looks wrong or unclear"),
    ),
    ("figure_id", "kind"),
)
INDICATORS = Table(
    "indicators",
    (
        INDICATOR,
        NAME_EN,
        NAME_ZH,
        THEME,
        Column("unit", "text", "Base unit of the indicator"),
        MEASURE,
        Column(
            "real_or_nominal",
            "text",
            "Prices behind a money figure or its growth",
            allowed=("real", "nominal", "not_stated", "not_applicable"),
        ),
        Column("definition", "text", "What is measured"),
        Column("definition_source", "text", "Where name and definition come from"),
    ),
    ("indicator",),
)
UNITS = Table(
    "units",
    (
        UNIT_ZH,
        UNIT,
        Column("multiplier", "integer", "Base units in one printed unit"),
        UNIT_BASE,
    ),
    ("unit_zh",),
)
RAW_REFERENCE = Table(
    "raw reference",
    (
        Column("series", "id", "Series"),
        NAME_ZH,
        Column("ref_area", "integer", "Area code (GB/T 2260)"),
        Column("time_period", "period", "Year or span of years"),
        Column("value", "decimal", "Number in the unit beside it"),
        Column("unit", "text", "Unit"),
        Column(
            "qualifier", "text", "Qualifier where as_printed does not hold it", False, QUALIFIERS
        ),
        ROLE,
        OBS_STATUS,
        Column("vintage", "text", "yearbook, first release, revised, official", False),
        Column("basis", "text", "Prices, coverage or comparison as the source gives them", False),
        Column("known_by", "date", "Day by which the value was surely public", False),
        Column("source", "text", "Publication"),
        AS_PRINTED,
        Column("confidence", "text", "How sure the reading is", allowed=("high", "medium", "low")),
        NOTE,
    ),
    ("series", "time_period", "role", "vintage", "qualifier"),
)

FIGURES = Table(
    "figures",
    (
        FIGURE_ID,
        INDICATOR,
        NAME_EN,
        NAME_ZH,
        THEME,
        MEASURE,
        VALUE,
        LOW,
        HIGH,
        DECIMALS,
        UNIT,
        UNIT_ZH,
        VALUE_BASE,
        UNIT_BASE,
        QUALIFIER,
        HEDGE,
        PERIOD,
        ROLE,
        OBS_STATUS,
        BASIS,
        AREA,
        GROUP,
        SECTION,
        PARAGRAPH,
        START,
        END,
        AS_PRINTED,
        DOUBT,
        SUBJECT,
        REACH,
        NOTE,
    ),
    ("figure_id",),
)
TARGETS = Table(
    "targets",
    (
        *RAW_TARGETS.columns[:2],
        NAME_EN,
        NAME_ZH,
        THEME,
        Column("target_printed", "text", "Target as printed"),
        Column("target_value", "decimal", "Number of the target"),
        Column("target_unit", "text", "Its unit"),
        QUALIFIER,
        HEDGE,
        Column("actual_printed", "text", "2017 figure as printed", False),
        Column("actual_value", "decimal", "2017 figure", False),
        Column("actual_low", "decimal", "Lowest number the 2017 print allows", False),
        Column("actual_high", "decimal", "Highest number the 2017 print allows", False),
        Column("actual_unit", "text", "Unit of the 2017 figure", False),
        COMPARABLE,
        Column("gap", "decimal", "Target less 2017 figure, only where comparable is yes", False),
        Column("gap_low", "decimal", "Lowest gap the 2017 print allows; blank where open", False),
        Column("gap_high", "decimal", "Highest gap the 2017 print allows; blank where open", False),
        Column("gap_unit", "text", "Unit of the gap: points for percentages", False),
        REASON,
        DOUBT,
    ),
    ("target_id", "actual_id"),
)
REFERENCE = Table(
    "reference",
    (
        *RAW_REFERENCE.columns[:5],
        LOW,
        HIGH,
        DECIMALS,
        UNIT,
        UNIT_ZH,
        VALUE_BASE,
        UNIT_BASE,
        QUALIFIER,
        *RAW_REFERENCE.columns[7:],
    ),
    RAW_REFERENCE.key,
)
CHECKS = Table(
    "checks",
    (
        Column("check_id", "id", "Identifier"),
        Column("kind", "text", "What kind of cross-check it is", allowed=CHECK_KINDS),
        Column("claim", "text", "What would have to hold"),
        Column("left", "decimal", "Number on the left side, in unit", False),
        Column("left_low", "decimal", "Lowest number the left side allows", False),
        Column("left_high", "decimal", "Highest number the left side allows", False),
        Column("right", "decimal", "Number on the right side, in unit", False),
        Column("right_low", "decimal", "Lowest number the right side allows", False),
        Column("right_high", "decimal", "Highest number the right side allows", False),
        Column("unit", "text", "Unit of both sides", False),
        Column(
            "outcome",
            "text",
            "pass where rounding lets both sides agree, fail where it does not",
            allowed=("pass", "fail", "not_testable"),
        ),
        Column("why", "text", "Why it can be tested, or cannot"),
        Column("inputs", "text", "Figures and outside figures behind it, apart by spaces"),
    ),
    ("check_id",),
)
