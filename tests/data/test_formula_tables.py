"""Tables whose numbers are formulas: each row as it stands in the CSV, or a clear refusal."""

from decimal import Decimal

import pytest

import hyreport as hy
from hyreport.errors import HyreportError, UnknownNameError
from hyreport.themes.tabulate import tabulate

HEADER = "tables,part,reading,formula,unit,decimals,end,words,result\n"
TOTAL = "tax_share.total.2017"


def write(tmp_path, *rows):
    path = tmp_path / "formulas.csv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_a_row_is_computed_with_its_words_labels_and_names(tmp_path):
    path = write(
        tmp_path,
        f"one two,rest,in {{year}},100 - [{TOTAL}],percent,2,,what tax leaves,rest_{{year}}",
        "two,other,,1 + 1,number,,,a sum,",
    )
    (row,) = tabulate(path, "one", hy.figure, ("part",), year=2017).to_dict("records")
    assert list(row)[:4] == ["part", "value", "low", "high"]
    assert [row[end] for end in ("value", "low", "high")] == [28.4, 28.35, 28.45]
    words = [row[name] for name in ("part", "decimals", "unit", "reading", "formula", "result")]
    assert words == ["rest", 2, "percent", "in 2017", "what tax leaves", "rest_2017"]
    assert row["inputs"] == f"hengyang-2018:{TOTAL}"
    assert len(tabulate(path, "two", hy.figure, ("part",), year=2017)) == 2


def test_a_figure_alone_keeps_its_print(tmp_path):
    path = write(tmp_path, f"one,share,,[{TOTAL}],percent,,,,share")
    (row,) = tabulate(path, "one", hy.figure, ()).to_dict("records")
    assert (row["value"], row["kind"], row["formula"]) == (71.6, "printed", "as printed")
    assert Decimal(str(row["low"])) == hy.figure(TOTAL).low


@pytest.mark.parametrize(
    ("end", "open_end", "value"), [("at_least", "high", 28.35), ("at_most", "low", 28.45)]
)
def test_a_bound_has_one_end_alone(tmp_path, end, open_end, value):
    path = write(tmp_path, f"one,rest,,100 - [{TOTAL}],percent,2,{end},words,rest")
    table = tabulate(path, "one", hy.figure, ())
    assert table[open_end].isna().all()
    assert table["value"].tolist() == [value]


def test_a_mistyped_row_is_refused(tmp_path):
    for formula, error in (("[gdp.growht.2017]", UnknownNameError), ("1 +", HyreportError)):
        path = write(tmp_path, f"one,x,,{formula},percent,1,,words,x")
        with pytest.raises(error):
            tabulate(path, "one", hy.figure, ())
