"""versions.csv: this version's row follows the render, a released one's never changes."""

import errno

import pytest

from hyreport.publish import versions
from hyreport.publish.versions import is_recorded, read_versions, record_version

MANIFEST = {"version": "0.2.0", "data": "d2", "outputs": {"results.json": "r2"}}
FIRST = "version,data,results\n0.1.0,d1,r1\n"
SECOND = FIRST + "0.2.0,d2,r2\n"


@pytest.fixture
def artifacts(tmp_path):
    (tmp_path / "artifacts").mkdir()
    (tmp_path / "CHANGELOG.md").write_text("## [Unreleased]\n\n## [0.1.0]\n", encoding="utf-8")
    return tmp_path / "artifacts"


def record(artifacts, **changes) -> tuple[str, list[str]]:
    lines: list[str] = []
    record_version(artifacts, MANIFEST | changes, lines.append)
    return (artifacts / "versions.csv").read_bytes().decode(), lines


def test_the_first_row(artifacts):
    assert read_versions(artifacts) == {} and not is_recorded(artifacts, MANIFEST)
    assert record(artifacts) == ("version,data,results\n0.2.0,d2,r2\n", [])
    assert is_recorded(artifacts, MANIFEST)


def test_an_unreleased_row_follows_and_earlier_rows_stay(artifacts):
    (artifacts / "versions.csv").write_text(FIRST, encoding="utf-8")
    assert record(artifacts, data="other")[0] == FIRST + "0.2.0,other,r2\n"
    assert not is_recorded(artifacts, MANIFEST)
    assert record(artifacts) == (SECOND, [])
    assert [path.name for path in artifacts.iterdir()] == ["versions.csv"]


def test_a_released_row_stays(artifacts):
    (artifacts / "versions.csv").write_text(SECOND, encoding="utf-8")
    text, (line,) = record(artifacts, version="0.1.0")
    assert text == SECOND and "raise the version" in line
    assert is_recorded(artifacts, MANIFEST | {"version": "0.1.0"})


def test_without_a_version_nothing_is_written(artifacts):
    record_version(artifacts, MANIFEST | {"version": ""}, print)
    assert not (artifacts / "versions.csv").exists() and is_recorded(artifacts, {})


def test_a_full_disk_leaves_the_rows_as_they_were(artifacts, monkeypatch):
    (artifacts / "versions.csv").write_text(FIRST, encoding="utf-8")

    def refuse(path, *_, **__):
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(versions.Path, "write_text", refuse)
    with pytest.raises(OSError, match="No space left"):
        record(artifacts)
    monkeypatch.undo()
    assert read_versions(artifacts).keys() == {"0.1.0"}
    assert [path.name for path in artifacts.iterdir()] == ["versions.csv"]
