"""One number of a text on its way to a row of a table."""

from dataclasses import dataclass, field
from decimal import Decimal

from hyreport.numbers.printed import Around

__all__ = ["Row"]


@dataclass
class Row:
    """One number of the text: where it stands, what it is, and why it was read so.

    `start, end` are its place in the text read. A number with a `kind` is no figure. `role_in`
    says how it stands to the numbers beside it: in a list, at an end of a range or of a change.
    `rules` name the rules used that can err; `why` says in words why a field is what it is.
    """

    start: int
    end: int
    number: str
    around: Around
    value: Decimal = Decimal(0)
    kind: str = ""
    reason: str = ""
    numeral: str = "arabic"
    unit: str = ""
    is_negative: bool = False
    qualifier: str = "exact"
    hedge: str = ""
    role: str = ""
    period: str = ""
    basis: str = ""
    area: str = ""
    months: str = ""
    obs_status: str = ""
    base: str = ""
    verb: str = ""
    joined: str = ""
    term: str = ""
    measure: str = "level"
    indicator: str = ""
    group: str = ""
    chain: int = 0
    part: str = ""
    left: str = ""
    left_start: int = 0
    right: str = ""
    rest: str = ""
    rest_end: int = 0
    sentence: str = ""
    ahead_of: int = 0
    rules: set[str] = field(default_factory=set)
    why: dict[str, str] = field(default_factory=dict)

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure."""
        return not self.kind

    @property
    def is_percent(self) -> bool:
        """Whether it is printed in percent or per mille."""
        return self.unit in ("%", "‰")

    @property
    def is_points(self) -> bool:
        """Whether it is a change in points."""
        return "点" in self.unit and (
            "百分" in self.unit or "基" in self.unit or self.unit == "个点"
        )

    def tell(self, name: str, words: str, *rules: str) -> None:
        """Say why a field is what it is, and by which rules that can err."""
        self.why.setdefault(name, words)
        self.rules.update(rules)
