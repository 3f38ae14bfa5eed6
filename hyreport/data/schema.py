"""The columns of every table: type, meaning, unit, allowed values; what checks and describes them.

The meaning of each code stands in codes.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hyreport.words import codes
from hyreport.words.codes import Code

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
    "period": r"\d{4}(/\d{4}|-S[12])?|\d{4}-\d{2}/\d{4}-\d{2}|\.\./\d{4}",
    "date": r"\d{4}-\d{2}-\d{2}",
    "text": r".*",
}


@dataclass(frozen=True)
class Column:
    """One column: its type, what it says, whether it must be filled, what it may hold.

    `allowed` are the values it may hold, with a meaning each where they need one; `unit` is the
    unit of its numbers, or the column that names it; `blank` is what an empty cell means.
    """

    name: str
    type: str
    meaning: str
    required: bool = True
    allowed: tuple[str, ...] | Mapping[str, Code] = ()
    unit: str = ""
    blank: str = ""

    @property
    def labels(self) -> dict[str, str]:
        """The allowed values and what each means; empty text where it speaks for itself."""
        if isinstance(self.allowed, Mapping):
            return {value: code.en for value, code in self.allowed.items()}
        return dict.fromkeys(self.allowed, "")


@dataclass(frozen=True)
class Table:
    """One table: its columns in order, the columns that identify a row, and what it holds.

    `links` names for a column the table and column where its values must occur.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    meaning: str = ""
    links: tuple[tuple[str, str], ...] = ()

    @property
    def header(self) -> list[str]:
        return [column.name for column in self.columns]


IN_UNIT = "as in `unit`"
IN_BASE_UNIT = "as in `unit_base`"
OPEN = "this end is open"

FIGURE_ID = Column("figure_id", "id", "Identifier: indicator, period, and a variant where needed")
AS_PRINTED = Column("as_printed", "text", "The number as printed, with its own unit and qualifiers")
SUBJECT = Column("subject_zh", "text", "The printed term the number belongs to")
START = Column(
    "start", "integer", "First character of the number in the copy, from 0", unit="characters"
)
END = Column(
    "end", "integer", "Character after the last one of the number in the copy", unit="characters"
)
PARAGRAPH = Column("paragraph", "integer", "Number of the non-empty line of the copy, from 1")
SECTION = Column("section", "text", "Part and subsection of the report, as in 2.3")
INDICATOR = Column("indicator", "id", "Indicator of the codebook")
NAME_EN = Column("name_en", "text", "English name")
NAME_ZH = Column("name_zh", "text", "Chinese name")
THEME = Column("theme", "text", "Theme of the codebook", allowed=codes.THEMES)
MEASURE = Column("measure", "text", "What kind of number it is", allowed=codes.MEASURES)
PERIOD = Column("period", "period", "Year, span of years, or ../year where no start is printed")
ROLE = Column(
    "role", "text", "Whether the number is an outcome, an aim or context", allowed=codes.ROLES
)
BASIS = Column(
    "basis", "text", "Basis of a comparison", False, codes.BASES, blank="the print says nothing"
)
AREA = Column("area", "text", "What part of the city the number covers", allowed=codes.AREAS)
GROUP = Column(
    "group", "text", "Figures that one phrase prints together share it", False, blank="stands alone"
)
HEDGE = Column(
    "hedge", "text", "How firmly an aim is set", False, codes.HEDGES, blank="no such word"
)
OBS_STATUS = Column(
    "obs_status",
    "text",
    "SDMX observation status of an outcome (CL_OBS_STATUS 2.2)",
    False,
    codes.OBS_STATUSES,
    blank="not an outcome; SDMX has no code for a target",
)
REACH = Column(
    "reach",
    "text",
    "How sure it is that words printed elsewhere reach this figure; the least sure of several",
    False,
    codes.REACHES,
    blank="needs no words from elsewhere",
)
NOTE = Column("note", "text", "What a reader should know", False, blank="nothing")
VALUE = Column(
    "value",
    "decimal",
    "Number as printed, signed by its meaning (下降 is negative)",
    unit=IN_UNIT,
)
LOW = Column("low", "decimal", "Lowest number the print allows", False, unit=IN_UNIT, blank=OPEN)
HIGH = Column("high", "decimal", "Highest number the print allows", False, unit=IN_UNIT, blank=OPEN)
DECIMALS = Column("decimals", "integer", "Digits after the point", unit="digits")
UNIT = Column("unit", "text", "Printed unit in English words")
UNIT_ZH = Column("unit_zh", "text", "Printed unit")
VALUE_BASE = Column("value_base", "decimal", "The same number in the base unit", unit=IN_BASE_UNIT)
UNIT_BASE = Column("unit_base", "text", "Base unit, as CNY, persons or percent")
QUALIFIER = Column("qualifier", "text", "How the print bounds the number", allowed=codes.QUALIFIERS)
DOUBT = Column("doubt", "text", "What looks wrong or unclear in print", False, blank="no doubt")
REASON = Column("reason", "text", "Why, in a line")
COMPARABLE = Column(
    "comparable",
    "text",
    "Whether target and 2017 figure measure the same",
    allowed=codes.COMPARABLE,
)
BETTER = Column(
    "better", "text", "Which way of the target's number is aimed at", allowed=codes.BETTER
)
TARGET_ID = Column("target_id", "id", "Figure that sets the 2018 target")
ACTUAL_ID = Column(
    "actual_id", "id", "2017 figure that it answers", False, blank="no 2017 figure is printed"
)
NO_ACTUAL = "no 2017 figure, or this end is open"
NO_GAP = "not comparable, or this end is open"
ELSEWHERE = "as_printed says all of it"

RAW_FIGURES = Table(
    "raw figures",
    (
        FIGURE_ID,
        SECTION,
        PARAGRAPH,
        START,
        END,
        Column("numeral", "text", "Script of the numeral", allowed=codes.NUMERALS),
        AS_PRINTED,
        SUBJECT,
        INDICATOR,
        PERIOD,
        ROLE,
        BASIS,
        AREA,
        GROUP,
        Column("unit", "text", "Printed unit with its part outside", False, blank=ELSEWHERE),
        Column(
            "qualifier",
            "text",
            "Qualifier that the print states once for several numbers",
            False,
            codes.QUALIFIERS,
            blank=ELSEWHERE,
        ),
        HEDGE,
        OBS_STATUS,
        REACH,
        NOTE,
    ),
    ("figure_id",),
    "Every figure of the report as a person typed it from the print, one row each.",
)
EXCLUSIONS = Table(
    "exclusions",
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
    "Every other Arabic number of the report (years, plans, roads ...), with the reason why it is "
    "no figure. With the figures in Arabic numerals it covers every Arabic number of the text.",
)
RAW_EXCLUSIONS = EXCLUSIONS
RAW_TOKENS = Table(
    "raw tokens",
    (START, END, Column("number", "decimal", "Arabic numeral that stands there")),
    ("start",),
    "Where Arabic numerals stand in the copy that all positions refer to.",
)
OUTCOME_ID = Column(
    "outcome_id", "text", "Outside figure that says what came: series, period, vintage"
)
AIM_ID = Column("target_id", "text", "Figure that sets the target, or outside figure that does")
JUDGES = Column(
    "comparable",
    "text",
    "Whether the outside figure measures what the target does",
    allowed=codes.COMPARABLE,
)
RAW_OUTCOMES = Table(
    "raw outcomes",
    (AIM_ID, OUTCOME_ID, JUDGES, REASON),
    ("target_id", "outcome_id"),
    "Which later figure bears on which target, as a person judged it.",
)
GOALS = Table(
    "goals",
    (
        Column("goal_id", "id", "Identifier"),
        SECTION,
        PARAGRAPH,
        Column("start", "integer", "First character of the wording in the copy, from 0"),
        Column("end", "integer", "Character after the wording's last one in the copy"),
        Column("as_printed", "text", "The words that make it an aim to complete something"),
        Column("subject_zh", "text", "The printed term that is to be complete"),
        NAME_EN,
        THEME,
        HEDGE,
        ACTUAL_ID,
        COMPARABLE,
        REASON,
    ),
    ("goal_id",),
    "Aims of the 2018 part that print no number of their own: something countable is to be "
    "complete, covered in full or gone. Single projects, plans and reforms are left out.",
)
RAW_TARGETS = Table(
    "raw targets",
    (TARGET_ID, ACTUAL_ID, COMPARABLE, BETTER, REASON),
    ("target_id", "actual_id"),
    "Which 2017 figure each 2018 target answers, as a person judged it.",
)
DOUBTS = Table(
    "doubts",
    (
        FIGURE_ID,
        Column("expected", "text", "as_printed of the figure when the doubt was written"),
        Column("kind", "text", "Kind of doubt", allowed=codes.DOUBT_KINDS),
        Column("doubt", "text", "What looks wrong or unclear"),
    ),
    ("figure_id", "kind"),
    "What looks wrong or unclear in print, one row a doubt. The printed value stays; the doubt "
    "travels with it.",
    (("figure_id", "figures.figure_id"),),
)
RAW_DOUBTS = DOUBTS
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
            allowed=codes.PRICES,
        ),
        Column("definition", "text", "What is measured"),
        Column("definition_source", "text", "Where name and definition come from"),
    ),
    ("indicator",),
    "The codebook: what each indicator of the report measures, its names, and their sources.",
)
UNITS = Table(
    "units",
    (
        UNIT_ZH,
        UNIT,
        Column("multiplier", "integer", "Base units in one printed unit (万 10000, 亿 100000000)"),
        UNIT_BASE,
    ),
    ("unit_zh",),
    "Every printed unit, in English words and in its base unit.",
)
TERMS = Table(
    "terms",
    (
        Column("term_zh", "text", "Chinese term"),
        Column("name_en", "text", "English for it"),
        Column("kind", "text", "What kind of term it is", allowed=codes.TERM_KINDS),
        Column("meaning", "text", "What it means, in plain words"),
        Column(
            "gfsm",
            "text",
            "Place in the IMF's Government Finance Statistics Manual 2014",
            False,
            blank="no term of revenue",
        ),
        Column(
            "paragraphs",
            "text",
            "Paragraphs of the copy in which it is printed, in whatever sense, apart by spaces",
            False,
            blank="not printed in the report",
        ),
        Column("source", "text", "Where English and meaning come from"),
    ),
    ("term_zh",),
    "Chinese terms of the report and of these pages that are neither indicators nor units: words "
    "that bound a number, its status, its basis, and the two revenues.",
)
RAW_REFERENCE = Table(
    "raw reference",
    (
        Column("series", "id", "Series"),
        NAME_ZH,
        Column("ref_area", "id", "Area: six digits of GB/T 2260, 430400 is Hengyang, 430000 Hunan"),
        Column("time_period", "period", "Year, half-year (S1, S2), or span of years or months"),
        Column("value", "decimal", "Number in the unit beside it", unit=IN_UNIT),
        Column("unit", "text", "Unit"),
        Column(
            "qualifier",
            "text",
            "Qualifier of the source",
            False,
            codes.QUALIFIERS,
            blank=ELSEWHERE,
        ),
        ROLE,
        Column(
            "obs_status",
            "text",
            "SDMX observation status (CL_OBS_STATUS 2.2)",
            False,
            codes.OBS_STATUSES,
        ),
        Column(
            "vintage",
            "text",
            "How late a publication it is from: yearbook, first release, revised, official",
            False,
            blank="an aim, which has no vintage",
        ),
        Column(
            "basis",
            "text",
            "Prices, coverage or comparison as the source gives them",
            False,
            blank="the source says nothing",
        ),
        Column(
            "known_by",
            "date",
            "Day by which the value was surely public",
            False,
            blank="not established",
        ),
        Column("source", "text", "Publication"),
        AS_PRINTED,
        Column("confidence", "text", "How sure the reading is", allowed=codes.CONFIDENCES),
        NOTE,
    ),
    ("series", "ref_area", "time_period", "role", "vintage", "qualifier"),
    "Outside figures for Hengyang and its province as a person typed them from publications.",
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
    "Every figure printed in the government work report of Hengyang, one row each, in the order "
    "of the text: value, interval, unit, printed words, place, doubt.",
    (("indicator", "indicators.indicator"), ("unit_zh", "units.unit_zh")),
)
TARGETS = Table(
    "targets",
    (
        TARGET_ID,
        ACTUAL_ID,
        NAME_EN,
        NAME_ZH,
        THEME,
        Column("target_printed", "text", "Target as printed"),
        Column("target_value", "decimal", "Number of the target", unit="as in `target_unit`"),
        Column("target_unit", "text", "Its unit"),
        QUALIFIER,
        HEDGE,
        Column("actual_printed", "text", "2017 figure as printed", False, blank=NO_ACTUAL),
        *(
            Column(name, "decimal", meaning, False, unit="as in `actual_unit`", blank=NO_ACTUAL)
            for name, meaning in (
                ("actual_value", "2017 figure"),
                ("actual_low", "Lowest number the 2017 print allows"),
                ("actual_high", "Highest number the 2017 print allows"),
            )
        ),
        Column("actual_unit", "text", "Unit of the 2017 figure", False, blank=NO_ACTUAL),
        COMPARABLE,
        BETTER,
        *(
            Column(name, "decimal", meaning, False, unit="as in `gap_unit`", blank=NO_GAP)
            for name, meaning in (
                ("gap", "Target less 2017 figure, only where comparable is yes"),
                ("gap_low", "Lowest gap the 2017 print allows"),
                ("gap_high", "Highest gap the 2017 print allows"),
            )
        ),
        Column("gap_unit", "text", "Unit of the gap: points for percentages", False, blank=NO_GAP),
        REASON,
        DOUBT,
    ),
    ("target_id", "actual_id"),
    "Each 2018 target of Hengyang beside the 2017 figure it answers: both values, their gap, and "
    "whether they can be compared.",
    (("target_id", "figures.figure_id"), ("actual_id", "figures.figure_id")),
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
    "Outside figures for Hengyang (yearbooks, other reports, later outcomes), each with its "
    "publication, vintage and status. Levels of different vintages must not be chained.",
    (("unit_zh", "units.unit_zh"),),
)
OUTCOMES = Table(
    "outcomes",
    (
        AIM_ID,
        OUTCOME_ID,
        Column("outcome_printed", "text", "What came, as printed there"),
        *(
            Column(
                f"outcome_{end.name}", "decimal", end.meaning, False, unit="as in `outcome_unit`"
            )
            for end in (VALUE, LOW, HIGH)
        ),
        Column("outcome_unit", "text", "Its unit"),
        QUALIFIER,
        *RAW_REFERENCE.columns[8:13],
        JUDGES,
        REASON,
    ),
    RAW_OUTCOMES.key,
    "Later figures that bear on targets, with vintage and basis, and whether they can decide them. "
    "A target without a row has no later figure in our sources.",
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
            "pass: the claim can hold within rounding; fail: it cannot; not_testable: a number is "
            "missing or of another kind",
            allowed=("pass", "fail", "not_testable"),
        ),
        Column("why", "text", "What to know about the check, or why it cannot be made"),
        Column("inputs", "text", "Figures and outside figures behind it, apart by spaces"),
    ),
    ("check_id",),
    "The cross-checks that the printed figures and the outside figures allow, with outcomes.",
)

# What the build writes and what people typed, by file; {report} is the report's folder.
PROCESSED = {
    "{report}/figures.csv": FIGURES,
    "{report}/targets.csv": TARGETS,
    "{report}/goals.csv": GOALS,
    "{report}/doubts.csv": DOUBTS,
    "{report}/exclusions.csv": EXCLUSIONS,
    "reference.csv": REFERENCE,
    "outcomes.csv": OUTCOMES,
    "checks.csv": CHECKS,
    "indicators.csv": INDICATORS,
    "units.csv": UNITS,
    "terms.csv": TERMS,
}
TYPED = {
    "{report}/figures.csv": RAW_FIGURES,
    "{report}/targets.csv": RAW_TARGETS,
    "{report}/goals.csv": GOALS,
    "{report}/doubts.csv": DOUBTS,
    "{report}/exclusions.csv": EXCLUSIONS,
    "{report}/tokens.csv": RAW_TOKENS,
    "reference.csv": RAW_REFERENCE,
    "outcomes.csv": RAW_OUTCOMES,
    "indicators.csv": INDICATORS,
    "units.csv": UNITS,
    "terms.csv": TERMS,
}
