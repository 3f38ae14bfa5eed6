"""Above the reports: the page that lists them, and a row of versions.csv for each version."""

import errno

import pytest
from pages import parse_page

from hyreport.publish import suite
from hyreport.publish.manifest import write_json
from hyreport.publish.suite import describe_suite, write_suite
from hyreport.words.tables import read_rows

MANIFEST = {"version": "0.2.0", "data": "d2", "outputs": {"results.json": "r2"}}
MANIFEST |= {"title_en": "Report <of> a city", "title_zh": "某市报告"}
HEADER = "report,version,data,results\n"
FIRST = HEADER + "a-2018,0.1.0,d1,r1\n"
SECOND = FIRST + "a-2018,0.2.0,d2,r2\n"


@pytest.fixture
def artifacts(tmp_path):
    (tmp_path / "CHANGELOG.md").write_text("## [Unreleased]\n\n## [0.1.0]\n", encoding="utf-8")
    return tmp_path / "artifacts"


def record(artifacts, report="a-2018", **changes) -> tuple[str, list[str]]:
    """Write what stands above the reports; return versions.csv and what was said."""
    write_json(artifacts / report / "manifest.json", MANIFEST | changes)
    lines: list[str] = []
    write_suite(artifacts, lines.append)
    return (artifacts / "versions.csv").read_bytes().decode(), lines


def test_the_first_row(artifacts):
    assert describe_suite(artifacts) == {}
    assert record(artifacts) == (HEADER + "a-2018,0.2.0,d2,r2\n", [])
    assert describe_suite(artifacts) == {}


def test_an_unreleased_row_follows_and_earlier_rows_stay(artifacts):
    artifacts.mkdir()
    (artifacts / "versions.csv").write_text(FIRST, encoding="utf-8")
    assert record(artifacts, data="other")[0] == FIRST + "a-2018,0.2.0,other,r2\n"
    assert record(artifacts) == (SECOND, [])


def test_a_released_row_stays(artifacts):
    artifacts.mkdir()
    (artifacts / "versions.csv").write_text(SECOND, encoding="utf-8")
    text, (line,) = record(artifacts, version="0.1.0")
    assert text == SECOND and "version 0.1.0 of a-2018" in line and "raise the version" in line
    assert describe_suite(artifacts) == {}


def test_each_report_has_its_own_rows(artifacts):
    record(artifacts)
    text, _ = record(artifacts, "b-2020", data="d3")
    assert text == HEADER + "a-2018,0.2.0,d2,r2\nb-2020,0.2.0,d3,r2\n"


def test_without_a_version_there_is_no_row(artifacts):
    write_json(artifacts / "a-2018" / "manifest.json", MANIFEST | {"version": ""})
    write_suite(artifacts, print)
    assert not (artifacts / "versions.csv").exists() and (artifacts / "index.html").exists()


def test_the_page_lists_all_reports_with_what_was_found_and_ways_in(artifacts):
    findings = [{"stem": "02_b", "lead": "Tax <was> 8.5%."}]
    outputs = dict.fromkeys(("index.html", "figures.html", "results.json"), "r2")
    record(artifacts, findings=findings, outputs=outputs)
    record(artifacts, "b-2020", title_zh="")
    page = parse_page(artifacts / "index.html")
    first, second = page.select("main section")
    assert first.h2.get_text() == "Report <of> a city" == second.h2.get_text()
    assert first.select_one("[lang=zh]").get_text() == "某市报告"
    doors = {link.get_text(): link["href"] for link in first.select(".doors a")}
    assert doors == {
        "Findings": "a-2018/index.html#findings",
        "Look up a figure": "a-2018/figures.html",
    }
    (finding,) = first.select(".leads a")
    assert (finding["href"], finding.get_text()) == ("a-2018/02_b.html", "Tax <was> 8.5%.")
    assert not second.select("li")
    assert "Version 0.2.0" in page.footer.get_text()
    assert (artifacts / page.select_one("link[rel=stylesheet]")["href"]).is_file()
    assert len([*(artifacts / "assets").glob("*.woff2")]) == 2


def test_a_character_that_the_font_lacks_is_told_by_its_code(artifacts):
    record(artifacts, title_zh="某\U00020bb7市报告")
    page = parse_page(artifacts / "index.html")
    assert page.select_one("main section [lang=zh]").get_text() == "某〓市报告"
    assert page.select_one(".lacking")["title"] == "U+20BB7"


@pytest.mark.parametrize("name", ["index.html", "versions.csv", "assets/pages.css"])
def test_what_is_damaged_is_made_again(artifacts, name):
    record(artifacts)
    before = (artifacts / name).read_bytes()
    for damage in (lambda path: path.write_bytes(HEADER.encode()), lambda path: path.unlink()):
        damage(artifacts / name)
        assert [*describe_suite(artifacts)] == [name]
        write_suite(artifacts, print)
        assert (artifacts / name).read_bytes() == before


def test_what_an_earlier_version_left_in_assets_goes(artifacts):
    record(artifacts)
    stray = artifacts / "assets" / "old.js"
    stray.write_text("0", encoding="utf-8")
    assert describe_suite(artifacts) == {"assets/old.js": None}
    write_suite(artifacts, print)
    assert not stray.exists() and describe_suite(artifacts) == {}


def test_a_full_disk_leaves_the_rows_as_they_were(artifacts, monkeypatch):
    artifacts.mkdir()
    (artifacts / "versions.csv").write_text(FIRST, encoding="utf-8")
    before = sorted(artifacts.iterdir())

    def refuse(path, *_, **__):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    found = {"versions.csv": b"", "index.html": b""}
    monkeypatch.setattr(suite, "describe_suite", lambda *_: found)
    monkeypatch.setattr(suite.Path, "write_bytes", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_suite(artifacts, print)
    monkeypatch.undo()
    assert [row["version"] for row in read_rows(artifacts / "versions.csv")] == ["0.1.0"]
    assert sorted(artifacts.iterdir()) == before
