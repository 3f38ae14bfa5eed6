"""What `keep` shows and keeps, and that it touches nothing outside a render."""

import io
import json
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from hyreport.errors import RenderError
from hyreport.lab import keep as keeping
from hyreport.lab.keep import STAGING, keep, read_kept
from hyreport.lab.views import format_cell
from hyreport.numbers.rounding import Computed
from hyreport.publish.stamp import stamp

TABLE = pd.DataFrame({"name": ["<b>一</b>", None], "value": [0.1 + 0.2, float("nan")]})
RESULT = Computed(
    value=Decimal("180.40"),
    low=Decimal("180.3"),
    high=Decimal("180.6"),
    decimals=1,
    unit="100 million yuan",
    formula="revenue × share",
    inputs=("a.level.2017", "b.share.2017"),
)


@pytest.fixture
def staging(tmp_path, monkeypatch):
    monkeypatch.setenv(STAGING, str(tmp_path / "staging"))
    return tmp_path / "staging"


def make_chart() -> Figure:
    figure = Figure(figsize=(2, 1))
    figure.add_subplot().plot([1, 2])
    return figure


def test_outside_a_render_nothing_is_written(tmp_path, monkeypatch, capsys):
    monkeypatch.delenv(STAGING, raising=False)
    monkeypatch.chdir(tmp_path)
    keep(TABLE, "table")
    keep(TABLE, "table")
    keep(RESULT, "result")
    keep(make_chart(), "chart", alt="A line.", data=TABLE)
    assert not list(tmp_path.iterdir())
    assert "180.40 [180.3, 180.6]" in capsys.readouterr().out


def test_table_is_kept_as_shown(staging):
    keep(TABLE, "two_rows")
    assert (
        staging / "tables" / "two_rows.csv"
    ).read_bytes() == "name,value\n<b>一</b>,0.3\n,\n".encode()
    assert read_kept(staging) == [{"kind": "table", "name": "two_rows"}]


def test_rows_of_computed_numbers_are_results_too(staging):
    bound = replace(RESULT, value=Decimal("58.0"), low=Decimal("57.95"), high=None)
    rows = [
        RESULT.as_row(part="tax", reading="A", result="tax_a"),
        bound.as_row(part="rest", reading="B", result="rest_b"),
        RESULT.as_row(part="not named"),
    ]
    keep(pd.DataFrame(rows), "parts")
    table, first, second = read_kept(staging)
    assert (table["kind"], first["kind"], second["name"]) == ("table", "result", "rest_b")
    assert first["entry"]["formula"] == "reading A: revenue × share"
    assert first["entry"]["inputs"] == ["a.level.2017", "b.share.2017"]
    assert [second["entry"][end] for end in ("value", "low", "high")] == ["58.0", "57.95", None]
    kept = (staging / "tables" / "parts.csv").read_text(encoding="utf-8")
    assert "formula,inputs,result" in kept.splitlines()[0]


def test_a_page_shows_computed_rows_with_their_digits(capsys):
    keep(pd.DataFrame([RESULT.as_row(part="tax", result="tax")]), "parts")
    shown = capsys.readouterr().out
    assert "180.4" in shown
    for hidden in ("formula", "inputs", "result", "reading"):
        assert hidden not in shown


def test_chart_is_kept_three_ways_and_the_same_each_time(staging, tmp_path, monkeypatch):
    keep(make_chart(), "line", alt="A rising line.", data=TABLE)
    first = {path.name: path.read_bytes() for path in (staging / "figures").iterdir()}
    monkeypatch.setenv(STAGING, str(tmp_path / "again"))
    keep(make_chart(), "line", alt="A rising line.", data=TABLE)
    again = {path.name: path.read_bytes() for path in (tmp_path / "again" / "figures").iterdir()}
    assert sorted(first) == ["line.csv", "line.png", "line.svg"]
    assert first == again
    assert b"A rising line." in first["line.svg"]
    assert b"Software" not in first["line.png"]


def test_result_keeps_numbers_as_they_stand(staging):
    keep(RESULT, "tax")
    (line,) = read_kept(staging)
    assert line["entry"] == {
        "value": "180.40",
        "low": "180.3",
        "high": "180.6",
        "unit": "100 million yuan",
        "formula": "revenue × share",
        "inputs": ["a.level.2017", "b.share.2017"],
        "kind": "computed",
        "unrounded": {"value": "180.4", "low": "180.3", "high": "180.6"},
    }
    assert json.dumps(line)


@pytest.mark.parametrize("name", ["Tax", "tax-share", "", "2017", "a__b", "../x", "a/b", "税", 7])
def test_names_are_checked(staging, name):
    with pytest.raises(RenderError, match="snake_case"):
        keep(TABLE, name)
    assert not staging.exists()


def test_a_name_is_used_once(staging):
    keep(TABLE, "same")
    with pytest.raises(RenderError, match="already taken"):
        keep(RESULT, "same")


@pytest.mark.parametrize(
    "given, fault", [({"data": TABLE}, "without alt"), ({"alt": "A line."}, "without data")]
)
def test_a_chart_needs_words_and_data(staging, given, fault):
    with pytest.raises(RenderError, match=fault):
        keep(make_chart(), "line", **given)
    assert not staging.exists()


def test_other_objects_are_refused(staging):
    with pytest.raises(RenderError, match="type list"):
        keep([1, 2], "numbers")


def test_the_table_is_shown_escaped(monkeypatch):
    shown = []
    monkeypatch.setattr("hyreport.lab.keep._show", lambda *parts: shown.append(parts))
    keep(TABLE.assign(count=[1, 2]), "two_rows", alt='A "caption" & more')
    ((bundle, metadata),) = shown
    html = bundle["text/html"]
    assert "&lt;b&gt;一&lt;/b&gt;" in html and "<b>" not in html
    assert "<caption>A &quot;caption&quot; &amp; more</caption>" in html
    assert '<th scope="col" style="text-align: right">count</th>' in html
    assert metadata == {"hyreport": {"table": "two_rows"}}


def test_the_chart_is_shown_with_its_words(monkeypatch):
    shown = []
    monkeypatch.setattr("hyreport.lab.keep._show", lambda *parts: shown.append(parts))
    keep(make_chart(), "line", alt="A rising line.", data=TABLE)
    ((bundle, metadata),) = shown
    assert set(bundle) == {"image/png", "text/plain"}
    assert metadata["hyreport"] == {"figure": "line"}
    assert metadata["image/png"] == {"alt": "A rising line.", "width": 192, "height": 96}


@pytest.mark.parametrize(
    "value, written",
    [
        (8.5, "8.5"),
        (319300000000.0, "319300000000"),
        (1e-12, "1e-12"),
        (-0.0, "0"),
        (pd.NA, ""),
        (pd.NaT, ""),
        (Decimal("1E+3"), "1000"),
        (Decimal("8.50"), "8.50"),
        (Decimal("NaN"), ""),
        ("8.50", "8.50"),
    ],
)
def test_cells(value, written):
    assert format_cell(value) == written


def test_a_chart_is_stamped_with_version_and_data_and_can_be_stamped_anew(monkeypatch):
    monkeypatch.setenv(STAGING, "while rendering")
    files = keeping._draw(Figure(figsize=(1, 1)), "A chart")
    assert sorted(files) == ["png", "svg"]
    for drawn in files.values():
        first, second = (stamp(drawn, f"hyreport {number}") for number in ("9.9.8", "9.9.9"))
        assert b"hyreport 9.9.8" in first and b"hyreport 9.9.9" in second
        assert stamp(first, "hyreport 9.9.9") == second
        assert stamp(first) == drawn and stamp(drawn) == drawn


def test_who_explores_waits_for_no_svg():
    assert [*keeping._draw(Figure(figsize=(1, 1)), "A chart")] == ["png"]


def test_a_stamped_png_is_a_whole_png():
    png = keeping._draw(Figure(figsize=(1, 1)), "A chart")["png"]
    with Image.open(io.BytesIO(stamp(png, "hyreport 9.9.9"))) as picture:
        picture.load()
        assert picture.text == {"Source": "hyreport 9.9.9"}
