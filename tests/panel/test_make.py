"""The panel of a made-up shelf: same bytes, nothing twice, every text accounted for."""

import json
import shutil

import pytest
from shelves import CITY, write_report, write_shelf

from hyreport.errors import RawDataError
from hyreport.panel.make import READINGS, RECORD, describe_panel, make_panel
from hyreport.words.tables import read_rows


def make(shelf, to, **options):
    return make_panel(shelf, to, workers=1, say=lambda words: None, **options)


@pytest.fixture
def shelf(tmp_path):
    return write_shelf(tmp_path / "shelf")


@pytest.fixture
def to(tmp_path):
    return tmp_path / "panel"


def reports(to):
    return {row["path"]: row for row in read_rows(to / "reports.csv")}


def test_every_text_has_a_row_and_every_report_its_cells(shelf, to):
    made = make(shelf, to)
    assert (made.texts, made.used, made.read_now) == (4, 4, 4)
    rows = reports(to)
    assert set(rows) == {CITY.format(a, y) for a in ("衡阳市", "株洲市") for y in (2018, 2019)}
    assert {row["area_code"] for row in rows.values()} == {"430400", "430200"}


def test_the_same_shelf_gives_the_same_bytes(shelf, to, tmp_path):
    make(shelf, to)
    make(shelf, tmp_path / "again")
    for name in ("headline.parquet", "reports.csv"):
        assert (to / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_texts_can_be_mapped_in_any_way(shelf, to, tmp_path):
    make(shelf, to)
    seen = []

    def map_here(function, *columns):
        for row in zip(*columns, strict=True):
            seen.append(row)
            yield function(*row)

    make(shelf, tmp_path / "mapped", map_by=map_here)
    assert len(seen) == 4 and {area for _, area, _ in seen} == {"衡阳市", "株洲市"}
    for name in ("headline.parquet", "reports.csv"):
        assert (to / name).read_bytes() == (tmp_path / "mapped" / name).read_bytes()


def test_what_was_read_is_not_read_again_and_what_changed_is(shelf, to):
    make(shelf, to)
    assert make(shelf, to).read_now == 0
    write_report(shelf, "衡阳市", 2019, target="9")
    assert make(shelf, to).read_now == 1


def test_a_run_cut_short_goes_on_where_it_was(shelf, to):
    make(shelf, to)
    whole = (to / "headline.parquet").read_bytes()
    lines = (to / READINGS).read_text(encoding="utf-8").strip().splitlines()
    shutil.rmtree(to)
    to.mkdir()
    cut = "\n".join([*lines[:2], lines[2][: len(lines[2]) // 2]])
    (to / READINGS).write_text(cut, encoding="utf-8")
    assert make(shelf, to).read_now == 2
    assert (to / "headline.parquet").read_bytes() == whole
    assert make(shelf, to).read_now == 0


def test_a_panel_says_by_which_rules_it_was_made_and_when_it_is_no_longer_that(shelf, to):
    def changed():
        made = json.loads((to / RECORD).read_text(encoding="utf-8"))
        now = describe_panel(to)
        return {name for name in made | now if made.get(name) != now.get(name)}

    make(shelf, to)
    assert changed() == set()
    (to / "audit.csv").write_text("report\n", encoding="utf-8")
    assert changed() == {"audit.csv"}
    path = to / "reports.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2018", "2017"), encoding="utf-8")
    assert changed() == {"audit.csv", "reports.csv"}


def test_the_year_is_the_texts_own(shelf, to):
    write_report(shelf, "湘潭市", 2015, file_year=2014)
    make(shelf, to)
    row = reports(to)[CITY.format("湘潭市", 2014)]
    assert (row["report_year"], row["note"]) == ("2015", "the file's name says 2014")


def test_the_same_text_twice_is_used_once(shelf, to):
    path = shelf / CITY.format("衡阳市", 2018)
    shutil.copy(path, path.with_name("2017.md"))
    make(shelf, to)
    rows = reports(to)
    assert rows[CITY.format("衡阳市", 2018)]["used"] == "yes"
    other = rows[CITY.format("衡阳市", 2017)]
    assert other["used"] == "no"
    assert CITY.format("衡阳市", 2018) in other["why_not"]


def test_a_text_that_lies_with_another_place_is_left_out(shelf, to):
    path = shelf / CITY.format("湘潭市", 2018)
    path.parent.mkdir()
    shutil.copy(shelf / CITY.format("衡阳市", 2018), path)
    make(shelf, to)
    row = reports(to)[CITY.format("湘潭市", 2018)]
    assert (row["used"], row["why_not"]) == ("no", "the text does not name 湘潭市")


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "an empty file"), (b"%PDF-1.7", "a PDF file"), ("好。" * 40, "Chinese characters")],
)
def test_what_is_no_report_is_named_and_left_out(shelf, to, content, why):
    path = shelf / CITY.format("衡阳市", 2020)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    make(shelf, to)
    row = reports(to)[CITY.format("衡阳市", 2020)]
    assert row["used"] == "no"
    assert why in row["why_not"]


def test_a_report_of_long_ago_is_left_out(shelf, to):
    write_report(shelf, "湘潭市", 1988)
    make(shelf, to)
    row = reports(to)[CITY.format("湘潭市", 1988)]
    assert (row["used"], row["why_not"]) == ("no", "a report for 1988, before 1990")


def test_a_place_without_a_code_is_left_out(shelf, to):
    write_report(shelf, "云溪市", 2018)
    make(shelf, to)
    row = reports(to)[CITY.format("云溪市", 2018)]
    assert (row["used"], row["why_not"]) == ("no", "no area 云溪市 in areas.csv")


def test_a_shelf_that_changes_while_it_is_read_is_refused_and_nothing_is_written(
    shelf, to, monkeypatch
):
    make(shelf, to)
    before = (to / "headline.parquet").read_bytes()
    path = write_report(shelf, "衡阳市", 2019, target="9")
    monkeypatch.setattr("hyreport.panel.make.read_one", lambda *_: {"sha256": "0"})
    monkeypatch.setattr("hyreport.panel.make.ProcessPoolExecutor", Here)
    with pytest.raises(RawDataError, match="run it again"):
        make(shelf, to)
    assert path.is_file()
    assert (to / "headline.parquet").read_bytes() == before


class Here:
    """Reads in this process, where a pool would not see what a test has put in place."""

    def __init__(self, workers):
        self.workers = workers

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def map(self, function, *rows, chunksize):
        return map(function, *rows)


@pytest.mark.parametrize("name", ["no-such-folder", "."])
def test_a_folder_without_texts_is_refused(tmp_path, to, name):
    with pytest.raises(RawDataError, match="no texts"):
        make(tmp_path / name, to)
    assert not to.exists()


def test_any_folder_with_a_list_of_texts_will_do(tmp_path, to):
    path = write_report(tmp_path / "mine", "衡阳市", 2018)
    shutil.copy(path, tmp_path / "mine" / "one.txt")
    shutil.rmtree(path.parents[1])
    listed = "path,area_code,level,year\none.txt,430400,prefecture,2018\n"
    (tmp_path / "mine" / "texts.csv").write_text(listed, encoding="utf-8")
    assert make(tmp_path / "mine", to).used == 1


@pytest.mark.parametrize(
    ("row", "found"),
    [("one.txt,999999,prefecture,2018", "'999999'"), ("one.txt,430400,prefecture,18", "'18'")],
)
def test_a_list_of_texts_with_a_wrong_cell_is_refused(tmp_path, to, row, found):
    listed = f"path,area_code,level,year\n{row}\n"
    (tmp_path / "texts.csv").write_text(listed, encoding="utf-8")
    with pytest.raises(RawDataError, match=found):
        make(tmp_path, to)


def test_a_listed_text_that_is_missing_is_named(tmp_path, to):
    listed = "path,area_code,level,year\none.txt,430400,prefecture,2018\n"
    (tmp_path / "texts.csv").write_text(listed, encoding="utf-8")
    with pytest.raises(RawDataError, match=r"one\.txt"):
        make(tmp_path, to)


def test_a_reading_can_be_written_as_json_and_read_elsewhere(shelf):
    from hyreport.panel.make import read_one

    reading = read_one(shelf / CITY.format("衡阳市", 2018), "衡阳市")
    assert json.loads(json.dumps(reading, ensure_ascii=False))["year"] == 2018
