"""The only door to data/raw: all or nothing, nothing undecided, nothing of another text."""

import os
import shutil
import tomllib

import pytest
from killing import killed_at, list_files
from reviewing import BESIDE, REPORT, copy_raw, decide_all, read_rows, write_decisions, write_draft

from hyreport.build.build import build_report
from hyreport.build.raw import read_raw
from hyreport.cli import main
from hyreport.data import schema
from hyreport.draft import swap
from hyreport.draft.accept import accept_draft
from hyreport.errors import HyreportError
from hyreport.paths import list_reports


@pytest.fixture(scope="module")
def drafted(tmp_path_factory):
    """Return a folder with a text and the draft of it, which each test copies."""
    folder = tmp_path_factory.mktemp("drafted")
    write_draft(folder)
    return folder


@pytest.fixture
def made(drafted, tmp_path):
    """Return folders of drafts and raw, the decisions, and where to write them."""
    shutil.copytree(drafted, tmp_path, dirs_exist_ok=True)
    drafts = tmp_path / "drafts"
    return drafts, copy_raw(tmp_path), decide_all(drafts), tmp_path / "decisions.csv"


def take(made, **options):
    drafts, raw, decided, path = made
    return accept_draft(REPORT, write_decisions(path, decided), drafts=drafts, raw=raw, **options)


def find(rows, as_printed):
    return next(row for row in rows if row["as_printed"] == as_printed)


def test_an_accepted_report_is_whole_and_can_be_built(made, tmp_path):
    drafts, raw, decided, _ = made
    assert take(made) == []
    assert {path.name for path in (raw / REPORT).iterdir()} == {"report.toml", *schema.TYPED}
    assert build_report(raw, tmp_path / "processed", REPORT)
    figures = read_rows(tmp_path / "processed" / REPORT / "figures.csv")
    growth = find(figures, "8%以上")
    assert growth["figure_id"] == "gdp.growth.2031"
    assert (growth["qualifier"], growth["role"], growth["read_by"]) == (
        "at_least",
        "target",
        "grade",
    )
    buses = find(figures, "1.2万辆")
    number = [row["number"] for row in read_rows(drafts / REPORT / "tokens.csv")].index("1.2") + 1
    assert buses["figure_id"] == f"n{number:03d}"
    assert (buses["theme"], buses["indicator"], buses["value_base"]) == ("unsorted", "", "12000")
    kept = read_rows(raw / REPORT / "decisions.csv")
    assert [row["start"] for row in kept] == list(decided)
    pairs = read_rows(tmp_path / "processed" / REPORT / "targets.csv")
    assert {row["target_id"] for row in pairs} == {
        row["figure_id"] for row in figures if "target" in row["role"]
    }


def test_report_toml_says_nothing_of_where_the_text_lies(made, tmp_path):
    take(made)
    words = (made[1] / REPORT / "report.toml").read_text(encoding="utf-8")
    assert str(tmp_path) not in words
    facts = tomllib.loads(words)
    assert (facts["area_zh"], facts["base_year"], facts["target_year"]) == ("云溪市", 2030, 2031)
    assert str(facts["reported"]) == "2031-01-08"


def test_a_change_and_an_exclusion_are_taken(made):
    drafts, raw, decided, _ = made
    rows = {row["as_printed"]: row["start"] for row in decided.values()}
    change = {"decision": "change", "read": "each"}
    decided[rows["1.2万辆"]] |= change | {"subject_zh": "新能源公交车", "role": "context"}
    blank = dict.fromkeys(accept_fields(), "")
    decided[rows["10条"]] |= blank | {"decision": "exclude", "kind": "name", "reason": "a name"}
    other = next(row for row in decided.values() if row["kind"])
    other |= change | {"kind": "", "reason": "", "as_printed": "3311项", "subject_zh": "工程"}
    number = next(start for start, row in decided.items() if row is other)
    text = (drafts.parent / "report.txt").read_text(encoding="utf-8")
    other["as_printed"] = f"{text[int(number) : int(other['end'])]}项"
    other |= {"period": "2030", "role": "context", "area": "whole_area", "unit": "项"}
    other |= {"qualifier": "exact"}
    take(made)
    figures = read_rows(raw / REPORT / "figures.csv")
    buses = find(figures, "1.2万辆")
    assert (buses["subject_zh"], buses["role"], buses["obs_status"]) == (
        "新能源公交车",
        "context",
        "",
    )
    assert find(figures, other["as_printed"])["subject_zh"] == "工程"
    out = read_rows(raw / REPORT / "exclusions.csv")
    assert [(row["as_printed"], row["reason"]) for row in out if row["kind"] == "name"].count(
        ("10", "a name")
    )


def accept_fields():
    return schema.TYPED["decisions.csv"].header[6:-2]


def test_full_width_digits_stay_as_they_are_printed(tmp_path):
    drafts = write_draft(tmp_path, more="城镇登记失业率控制在４.２%以内。\n")
    made = (drafts, copy_raw(tmp_path), decide_all(drafts), tmp_path / "decisions.csv")
    take(made)
    assert "４.２" in {row["number"] for row in read_rows(made[1] / REPORT / "tokens.csv")}
    row = find(read_rows(made[1] / REPORT / "figures.csv"), "4.2%以内")
    pairs = {pair["target_id"]: pair for pair in read_rows(made[1] / REPORT / "targets.csv")}
    assert pairs[row["figure_id"]]["better"] == "lower"


def test_a_goal_is_decided_as_a_number_is(made):
    _, raw, decided, _ = made
    (goal,) = [row for row in decided.values() if row["kind"] == "goal"]
    goal |= {"subject_zh": "居民收入", "hedge": "ensure", "decision": "change"}
    take(made)
    (row,) = read_rows(raw / REPORT / "goals.csv")
    assert (row["subject_zh"], row["hedge"], row["theme"]) == ("居民收入", "ensure", "unsorted")
    goal |= {"decision": "exclude"}
    take(made, replace=True)
    assert read_rows(raw / REPORT / "goals.csv") == []


def test_a_target_made_an_actual_loses_its_pair(made):
    _, raw, decided, _ = made
    row = next(row for row in decided.values() if row["as_printed"] == "8%以上")
    row |= {"role": "context", "decision": "change"}
    take(made)
    pairs = {row["target_id"] for row in read_rows(raw / REPORT / "targets.csv")}
    figures = read_rows(raw / REPORT / "figures.csv")
    assert pairs == {row["figure_id"] for row in figures if "target" in row["role"]}
    assert find(figures, "8%以上")["figure_id"] not in pairs


def test_decisions_outlive_another_draft(made, tmp_path):
    drafts, raw, decided, _ = made
    start = next(start for start, row in decided.items() if row["as_printed"] == "8%以上")
    decided[start] |= {"decision": "change", "hedge": "ensure"}
    write_decisions(drafts / REPORT / "decisions.csv", decided)
    write_draft(tmp_path)
    path = drafts / REPORT / "figures.csv"  # as other rules might read it
    path.write_text(path.read_text("utf-8").replace("1.2万辆,", "1.2万辆,旧"), "utf-8")
    decisions = drafts / REPORT / "decisions.csv"
    accept_draft(REPORT, decisions, drafts=drafts, raw=raw)
    figures = read_rows(raw / REPORT / "figures.csv")
    assert find(figures, "8%以上")["hedge"] == "ensure"
    assert not find(figures, "1.2万辆")["subject_zh"].startswith("旧")


def add_table(drafts, name, rows):
    """Write a table beside a draft, as a person types one."""
    folder = drafts / REPORT / "added"
    folder.mkdir(exist_ok=True)
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_what_is_typed_beside_a_draft_is_taken_with_it(made, tmp_path):
    drafts, raw, _, _ = made
    text = (drafts.parent / "report.txt").read_text(encoding="utf-8")
    start = text.index("万吨")  # any word: a test needs a place of one character
    place = {"section": "1", "paragraph": "5", "start": str(start), "end": str(start + 1)}
    rank = {"figure_id": f"c{start}", **place, "numeral": "chinese", "as_printed": "第三"}
    rank |= {"subject_zh": "产量位次", "period": "2030", "role": "actual", "area": "whole_area"}
    rank |= {"obs_status": "A", "read": "each", "note": ""}
    noted = dict.fromkeys(rank, "")
    noted |= {"figure_id": "gdp.growth.2031", "note": "in the opening"}
    add_table(drafts, "figures.csv", [rank, noted])
    pair = {"target_id": "gdp.growth.2031", "base_id": "gdp.growth.2030", "comparable": "partly"}
    add_table(drafts, "targets.csv", [pair | {"better": "higher", "reason": "by a person"}])
    doubt = {"figure_id": f"c{start}", "expected": "第三", "kind": "definition", "doubt": "of what"}
    add_table(drafts, "doubts.csv", [doubt])
    take(made)
    figures = read_rows(raw / REPORT / "figures.csv")
    assert find(figures, "第三")["subject_zh"] == "产量位次"
    assert [int(row["start"]) for row in figures] == sorted(int(row["start"]) for row in figures)
    growth = next(row for row in figures if row["figure_id"] == "gdp.growth.2031")
    assert (growth["as_printed"], growth["note"]) == ("8%以上", "in the opening")
    pairs = read_rows(raw / REPORT / "targets.csv")
    (row,) = [row for row in pairs if row["target_id"] == "gdp.growth.2031"]
    assert (row["comparable"], row["reason"]) == ("partly", "by a person")
    assert doubt in read_rows(raw / REPORT / "doubts.csv")
    write_draft(tmp_path)  # another draft leaves it where it is
    assert take(made) == []


def test_what_is_typed_beside_a_draft_is_checked(made):
    add_table(made[0], "targets.csv", [{"target_id": "gdp.growth.2031", "bsae_id": ""}])
    refuse(made, "added/targets.csv: found column bsae_id")
    (made[0] / REPORT / "added" / "targets.csv").unlink()
    add_table(made[0], "doubt.csv", [{"figure_id": "x"}])
    refuse(made, r"found doubt\.csv, expected one of figures\.csv")


def refuse(made, message, **options):
    before = list_files(made[1])
    with pytest.raises(HyreportError, match=message) as caught:
        take(made, **options)
    assert list_files(made[1]) == before
    return caught.value


def test_what_is_undecided_is_named(made):
    decided = made[2]
    gone = [start for start, row in decided.items() if row["as_printed"] in ("1.2万辆", "10条")]
    left = {start: row for start, row in decided.items() if start not in gone}
    refuse((*made[:2], left, made[3]), rf"found 2 of {len(decided)} numbers undecided: 1\.2万辆 at")
    refuse((*made[:2], {}, made[3]), r"undecided: .* and \d+ more")


def test_decisions_on_another_text_are_refused(made):
    start = next(iter(made[2]))
    made[2][start]["sha256"] = "0" * 64
    refuse(made, f"position {start}: found text 000000000000, expected decisions on the text")


def test_a_decision_on_no_number_is_refused(made):
    start, row = next(iter(made[2].items()))
    made[2]["x"] = row | {"start": str(int(start) + 1)}
    refuse(made, "found no number of the draft")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"period": ""}, "8%以上 at .*, column period: found nothing"),
        ({"qualifier": "exact"}, "found 'exact' typed beside printed 'at_least'"),
        ({"indicator": "gdp.grwth"}, r"did you mean gdp\.growth"),
        ({"period": "2029"}, "found period 2029 of a target"),
        ({"role": "aim"}, "column role: found 'aim', expected one of actual"),
        ({"as_printed": "8%%"}, "8%% at .*: found"),
    ],
)
def test_a_row_that_cannot_be_built_is_named(cells, message, made):
    row = next(row for row in made[2].values() if row["as_printed"] == "8%以上")
    row |= cells
    refuse(made, message)


def test_all_rows_that_cannot_be_built_are_named_at_once(made):
    for row in made[2].values():
        if row["as_printed"] in ("8%以上", "10条"):
            row["period"] = ""
    assert len(refuse(made, "column period").__notes__) == 1


def test_a_fall_printed_for_several_numbers_is_not_lost(tmp_path):
    drafts = write_draft(tmp_path)
    path = drafts / REPORT / "figures.csv"
    rows = path.read_text(encoding="utf-8")
    assert ",3,%,exact," in rows
    path.write_text(rows.replace(",3,%,exact,", ",-3,%,exact,"), encoding="utf-8")
    made = (drafts, copy_raw(tmp_path), decide_all(drafts), tmp_path / "decisions.csv")
    refuse(made, r"found 3 in '3%', expected -3, as the draft read the sentence")
    # How much less of a thing there is, is said by its subject and is no negative number.
    find(made[2].values(), "3%").update(subject_zh="压减产量", decision="change")
    take(made)
    assert find(read_rows(made[1] / REPORT / "figures.csv"), "3%")["subject_zh"] == "压减产量"


def test_a_report_of_another_text_is_refused(made, tmp_path):
    take(made)
    drafts = write_draft(tmp_path, more="新建学校12所。\n")
    other = (drafts, made[1], decide_all(drafts), made[3])
    for replace in (False, True):
        refuse(other, "found a report of another text", replace=replace)


def test_differences_are_shown_and_taken_only_when_asked(made):
    _, raw, decided, _ = made
    take(made)
    assert take(made) == []  # the same once more
    words = (raw / REPORT / "report.toml").read_text(encoding="utf-8")
    mended = words.replace('area_en = "云溪市"', 'area_en = "Yunxi city"')
    assert mended != words
    (raw / REPORT / "report.toml").write_text(mended, encoding="utf-8")
    row = next(row for row in decided.values() if row["as_printed"] == "10条")
    row |= {"subject_zh": "公路", "decision": "change", "read": "each"}
    error = refuse(made, "found this report, different in .* lines, .*--replace")
    assert any(line.startswith("figures.csv: +") and "公路" in line for line in error.__notes__)
    assert take(made, replace=True) == error.__notes__
    assert find(read_rows(raw / REPORT / "figures.csv"), "10条")["subject_zh"] == "公路"
    assert (raw / REPORT / "report.toml").read_text(encoding="utf-8") == mended


def test_where_the_system_cannot_exchange_folders_two_steps_do(made, monkeypatch):
    take(made)
    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    next(row for row in made[2].values() if row["as_printed"] == "10条")["subject_zh"] = "公路"
    assert take(made, replace=True)
    assert {path.name for path in made[1].iterdir() if path.is_dir()} == {BESIDE, REPORT}


@pytest.mark.full
@pytest.mark.skipif(not hasattr(os, "fork"), reason="system: a process cannot be doubled")
@pytest.mark.parametrize("stands", [False, True])
def test_killed_at_any_moment_raw_is_whole(stands, made):
    raw = made[1]
    if stands:
        take(made)
        next(row for row in made[2].values() if row["as_printed"] == "10条")["subject_zh"] = "公路"
    before = list_files(raw)
    write_decisions(made[3], made[2])
    step = 0
    while killed_at(step, lambda: take(made, replace=True)):
        step += 1
        shown = {name: words for name, words in list_files(raw).items() if name[0] != "."}
        if shown != before:
            break
        assert list_reports(raw) == [BESIDE, *([REPORT] if stands else [])]
    assert step > 20
    assert list_reports(raw) == [BESIDE, REPORT]
    figures = read_raw(raw, REPORT).own["figures.csv"]
    assert find(figures, "10条")["subject_zh"] == ("公路" if stands else made_subject(made))
    take(made, replace=True)
    assert not [path for path in raw.iterdir() if path.name.startswith(f".{REPORT}")]


def made_subject(made):
    return next(row for row in made[2].values() if row["as_printed"] == "10条")["subject_zh"]


def test_what_is_missing_is_one_line(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "decisions.csv").write_text("x\n", encoding="utf-8")
    assert main(["accept", "nowhere", "--decisions", "decisions.csv"]) == 1
    assert main(["review", "nowhere"]) == 1
    drafts = write_draft(tmp_path)
    assert main(["accept", REPORT, "--decisions", "nothing.csv"]) == 1
    (drafts / REPORT / "goals.csv").unlink()
    assert main(["review", REPORT]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert "no such draft" in lines[0] and "no such draft" in lines[1]
    assert "nothing.csv: found no such file" in lines[2] and "no goals.csv" in lines[3]


def test_a_draft_without_an_area_is_refused(made):
    path = made[0] / REPORT / "report.toml"
    path.write_text(path.read_text("utf-8").replace('"430199"', '""'), "utf-8")
    refuse(made, "found no area, expected six digits")


def damage(name, words):
    """Return decisions as other programs or a broken file would give them."""
    header, *rows = words.splitlines()
    cells = [line.split(",") for line in (header, *rows)]
    excel = words.replace("\n", "\r\n")
    return {
        "a mark": "\ufeff" + words,
        "Excel": "\ufeff" + excel,
        "cut off": words[: len(words) // 2],
        "empty": "",
        "moved": "\n".join(",".join([line[1], line[0], *line[2:]]) for line in cells),
        "missing": "\n".join(",".join(line[:-1]) for line in cells),
        "another": "\n".join(f"{line},x" for line in (header, *rows)),
        "semicolons": words.replace(",", ";"),
        "twice": f"{words}{rows[2]}\n",
        "a quote": words.replace(",8%以上,", ',"8%以上,'),
        "GBK": words.encode("gb18030"),
        "UTF-16": words.encode("utf-16"),
        "a workbook": b"PK\x03\x04\xff\xff",
    }[name]


DAMAGED = {
    "cut off": r"row \d+: found \d+ cells",
    "empty": "found an empty file",
    "moved": "header: found another order of columns",
    "missing": "header: found missing: reason",
    "another": "header: found unknown: x",
    "semicolons": "header: found missing: sha256",
    "twice": r"row \d+: found sha256 and start .* already in row 4",
    "a quote": "expected comma-separated values",
    "GBK": "found another encoding, expected UTF-8",
    "UTF-16": "found another encoding, expected UTF-8",
    "a workbook": "found another encoding, expected UTF-8",
}


def take_file(made, content):
    path = write_decisions(made[3], made[2])
    content = damage(content, path.read_text(encoding="utf-8"))
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return accept_draft(REPORT, path, drafts=made[0], raw=made[1])


@pytest.mark.parametrize("kind", DAMAGED)
def test_damaged_decisions_are_refused_in_one_line(kind, made):
    before = list_files(made[1])
    with pytest.raises(HyreportError, match=DAMAGED[kind]) as caught:
        take_file(made, kind)
    assert "\n" not in str(caught.value) and "hyreport review made-up-2031" in str(caught.value)
    assert list_files(made[1]) == before


@pytest.mark.parametrize("kind", ["a mark", "Excel"])
def test_decisions_saved_by_excel_are_taken(kind, made):
    assert take_file(made, kind) == []
    kept = (made[1] / REPORT / "decisions.csv").read_bytes()
    assert b"\r" not in kept and kept.startswith(b"sha256")


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"decision": "maybe"}, "column decision: found 'maybe', expected one of accept, change"),
        ({"read": "no"}, "column read: found 'no', expected one of each, grade"),
        ({"certainty": "Z"}, "column certainty: found 'Z'"),
        ({"start": "-1"}, "column start: found '-1'"),
        ({"start": "1.2E+3"}, r"column start: found '1.2E\+3'"),
        ({"end": "1"}, "found no number of the draft"),
        ({"sha256": "zz"}, "column sha256: found 'zz'"),
        ({"subject_zh": " 产值"}, "column subject_zh: found ' 产值', expected no white space"),
        ({"subject_zh": "产\n值"}, "column subject_zh: found"),
        ({"as_printed": "9%以上"}, "9%以上 at .*: found 9, expected 8. To fix: type in as_printed"),
    ],
)
def test_a_value_that_no_review_gives_is_named(cells, message, made):
    row = next(row for row in made[2].values() if row["as_printed"] == "8%以上")
    row |= cells
    refuse(made, message)


def test_white_space_within_a_number_is_no_part_of_it(tmp_path):
    more = "出口3 193亿元。进口8 .5亿元。建房1\u200b2套。造船1,234艘。\n"
    drafts = write_draft(tmp_path, more=more)
    made = (drafts, copy_raw(tmp_path), decide_all(drafts), tmp_path / "decisions.csv")
    assert take(made) == []
    figures = {row["as_printed"]: row for row in read_rows(made[1] / REPORT / "figures.csv")}
    for printed, places in (("3193亿元", 5), ("8.5亿元", 4), ("12套", 3), ("1234艘", 5)):
        assert int(figures[printed]["end"]) - int(figures[printed]["start"]) == places
    tokens = {row["start"]: row["number"] for row in read_rows(made[1] / REPORT / "tokens.csv")}
    assert tokens[figures["8.5亿元"]["start"]] == "8.5"
    assert build_report(made[1], tmp_path / "processed", REPORT)


def test_any_term_a_person_types_is_kept_as_it_is(made, tmp_path):
    terms = ["=1+1", "@SUM(A1)", "<script>alert('x')</script>", "产\u2028值", "产😀值", '产,"值"']
    numbers = ["4.1%左右", "1.2万辆", "5万吨", "9万吨", "3%", "10条"]
    rows = [find(made[2].values(), number) for number in numbers]
    for row, term in zip(rows, terms, strict=True):
        row |= {"subject_zh": term, "decision": "change"}
    take(made)
    assert build_report(made[1], tmp_path / "processed", REPORT)
    figures = read_rows(tmp_path / "processed" / REPORT / "figures.csv")
    assert [find(figures, row["as_printed"])["subject_zh"] for row in rows] == terms


@pytest.mark.parametrize(
    ("line", "other", "message"),
    [
        ("base_year = 2030", 'base_year = "soon"', "report.toml: found base_year, expected a year"),
        ('delivered = "2031-01-08"', 'delivered = "soon"', "found delivered soon, expected a day"),
        ("[copy]", "[sopy]", r"found \[copy\], expected the sha256"),
        ('language = "zh"', "language = 3", "found language, expected words in quotes"),
        ('language = "zh"', "language = zh", "expected valid TOML"),
    ],
)
def test_a_report_toml_that_a_person_broke_is_refused(line, other, message, made):
    path = made[0] / REPORT / "report.toml"
    words = path.read_text("utf-8")
    assert line in words
    path.write_text(words.replace(line, other), "utf-8")
    refuse(made, message)


def test_review_says_what_is_wrong_with_decisions_beside_the_draft(made, capsys):
    decisions = made[0] / REPORT / "decisions.csv"
    command = ["review", REPORT, "--drafts", str(made[0])]
    decisions.write_text("sha256,start\n", encoding="utf-8")
    assert main(command) == 1
    assert not (made[0] / REPORT / "review.html").exists()
    assert "decisions.csv, header: found missing: end" in capsys.readouterr().err
    for row in made[2].values():
        row["sha256"] = "0" * 64  # of another text: nothing is decided yet
    write_decisions(decisions, made[2])
    assert main(command) == 0


def test_a_table_that_someone_broke_is_a_difference(made):
    take(made)
    (made[1] / REPORT / "figures.csv").write_bytes(b"\xff\xfe")
    refuse(made, "this report, different in")
    assert take(made, replace=True)
    assert take(made) == []


@pytest.mark.parametrize("report_id", ["", "..", "../made-up-2031", "a b", "/made-up-2031"])
def test_what_is_no_id_is_refused(report_id, made):
    with pytest.raises(HyreportError, match="found no id"):
        accept_draft(report_id, made[3], drafts=made[0], raw=made[1])
