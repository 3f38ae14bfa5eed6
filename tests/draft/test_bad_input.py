"""What is no report is refused, what is odd is said, each in one line; work grows as the text."""

import contextlib
import cProfile
import re
from importlib import import_module
from pathlib import Path

import pytest
from made_up_reports import FILLER, make_report

import hyreport.draft
from hyreport.cli import main
from hyreport.draft.draft import draft_text
from hyreport.draft.vocabulary import pattern_of, read_table
from hyreport.numbers.printed import parse_printed
from hyreport.text.decoding import TextError

REVIEW = "地区生产总值3193亿元，增长8.5%；实施“3311”工程。"
TASKS = "地区生产总值增长8%以上，争取达到8.5%。建成10条公路。"
REPORT = make_report(REVIEW, TASKS)
LONG = make_report(FILLER * 20, FILLER * 20 + TASKS)
LINKS = "\n".join(f"- [{2000 + n % 26}年云溪市政府工作报告全文。]({n})" for n in range(300))
PAGE = "".join(f'<a href="/{n}">{2000 + n % 26}年云溪市政府工作报告全文。</a>' for n in range(300))
NOISE = bytes(range(256)) * 100
REFUSED = {
    "empty": (b"", "an empty file"),
    "white space": (b" \r\n\t", "an empty file"),
    "a mark alone": (b"\xef\xbb\xbf", "0 Chinese characters"),
    "PDF": (b"%PDF-1.7 ..." + NOISE, "a PDF file"),
    "Word": (b"PK\x03\x04" + NOISE, "a Word document"),
    "old Word": (b"\xd0\xcf\x11\xe0" + NOISE, "an old Word document"),
    "picture": (b"\x89PNG\r\n\x1a\n" + NOISE, "no text in a known encoding"),
    "zeros": (b"\0" * 5000, "an empty file"),
    "links in Markdown": (LINKS.encode(), "a page of links"),
    "links in HTML": (f"<html><body>{PAGE}</body></html>".encode(), "a page of links"),
    "headings": (("全市经济社会发展情况\n" * 300).encode(), "0 sentences"),
    "English": (("Growth was 8.5%. " * 900).encode(), "0 Chinese characters"),
    "English with Chinese": ((REPORT + "Growth was good. " * 900).encode(), "% is Chinese"),
    "Japanese": (("経済発展實現。" * 300).encode(), "no text in a known encoding"),
    "two encodings": (REPORT[:900].encode() + REPORT[900:].encode("gbk"), "known encoding"),
    "digits": (b"7" * 9_999_999, "9999999 characters"),
    "more digits": (b"7" * 11_000_000, "11 MB"),
    "numbers": (make_report("增长7%，" * 7000).encode(), "numbers in"),
    "Chinese numbers": (make_report("百分之八" * 7000).encode(), "numbers in"),
    "beginning": (LONG[:600].encode(), "Chinese characters"),
    "first half": (LONG.partition("二、")[0].encode(), "no part on the year ahead"),
    "second half": (
        f"二、{LONG.partition('二、')[2]}".encode(),
        "no part on the year that has passed",
    ),
    "no year": ((FILLER * 30).replace("。", "。\n").encode(), "no year"),
}


def draft(folder, path, *more):
    """Draft a file by the command; return the status and what stands in the folder after it."""
    options = ["--report", "a", "--to", str(folder / "out"), *more]
    return main(["draft", "--text", str(path), *options]), (folder / "out").exists()


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_report_is_refused_in_one_line(kind, tmp_path, capsys):
    content, found = REFUSED[kind]
    (tmp_path / "it.txt").write_bytes(content)
    assert draft(tmp_path, tmp_path / "it.txt") == (1, False)
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and error.startswith("hyreport: error: it.txt: found ")
    assert found in error and "To fix: " in error


def test_a_folder_and_a_file_that_is_not_there_are_refused(tmp_path, capsys):
    assert draft(tmp_path, tmp_path) == (1, False)
    assert draft(tmp_path, tmp_path / "none") == (1, False)
    lines = capsys.readouterr().err.splitlines()
    assert "found a folder" in lines[0] and "found no such file" in lines[1] and len(lines) == 2


@pytest.mark.parametrize(
    "options", [["--report", "../x"], ["--report", "panel"], ["--area", "43"], ["--year", "31"]]
)
def test_an_id_area_or_year_that_is_none_is_refused(tmp_path, capsys, options):
    (tmp_path / "it.txt").write_text(REPORT, encoding="utf-8")
    assert draft(tmp_path, tmp_path / "it.txt", *options) == (1, False)
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_in_the_place_of_the_draft_is_refused(tmp_path, capsys):
    (tmp_path / "it.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a").write_text("mine", encoding="utf-8")
    assert draft(tmp_path, tmp_path / "it.txt")[0] == 1
    assert (tmp_path / "out" / "a").read_text(encoding="utf-8") == "mine"
    assert draft(tmp_path, tmp_path / "it.txt", "--to", str(tmp_path / "it.txt"))[0] == 1
    assert capsys.readouterr().err.count("\n") == 2


@pytest.mark.full
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v"])
def test_a_report_is_read_in_any_encoding_with_any_ends_of_lines(encoding, end, tmp_path):
    (tmp_path / "it.txt").write_bytes(REPORT.replace("\n", end).encode(encoding))
    assert draft(tmp_path, tmp_path / "it.txt") == (0, True)
    rows = (tmp_path / "out/a/figures.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 6
    title = 'title_zh = "2031年云溪市人民政府工作报告"'
    assert title in (tmp_path / "out/a/report.toml").read_text(encoding="utf-8")


PAGED = "".join(f"{FILLER * 3}\n- {n} -\n" for n in range(1, 9))
ODD = {
    "digits destroyed": make_report("产值107$1.$2亿元，增长5%。", TASKS),
    "2 full-width digits": make_report("增长８.５%。", TASKS),
    "page numbers": make_report(PAGED, TASKS),
    "abridged": make_report("（略）", TASKS),
    "two reports": f"{REPORT}\n\n{make_report(REVIEW, TASKS, year=2030)}",
    "could not be read": make_report("增长\ufffd%。", TASKS),
    "ends within a sentence": LONG[:-30],
    "next to nothing looks back": f"2031年云溪市政府工作报告\n二、{LONG.partition('二、')[2]}",
    "a county or district": REPORT.replace("云溪市", "云溪县").replace("代表市", "代表县"),
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_about_a_copy_is_said_in_one_line(odd, tmp_path, capsys):
    (tmp_path / "it.txt").write_text(ODD[odd], encoding="utf-8")
    assert draft(tmp_path, tmp_path / "it.txt") == (0, True)
    *_, last = capsys.readouterr().out.splitlines()
    assert last.startswith("in this copy: ") and odd in last


def test_nothing_is_odd_about_a_copy_as_it_should_be():
    assert draft_text(LONG, "a", name="2031.md").odd == ()
    county = LONG.replace("云溪市", "云溪自治区").replace("代表市", "代表自治区")
    assert draft_text(county, "a").odd == ()


def test_another_year_in_name_or_command_is_said():
    assert draft_text(LONG, "a", name="2028.md").odd == (
        "the file's name says 2028, the text 2031",
    )
    odd = draft_text(LONG, "a", year=2029, name="2029.md").odd
    assert odd == ("the text reads like one for 2031, the command says 2029",)


HOSTILE = (
    *("1", "1%、", "1.", "1,", "，", "、", "由1到", "（人", "人）", "“人", "<人", "<b>", "|1"),
    *("新增", "同比增长", "百分之", "分别增长1%、2%", "1\n", "1 ", "人" * 40, "[", "[人](", "<a "),
    *("一、", "2030年", "1-2", "$1.$2", "\u3000", "&#1;", "力争", "以上"),
)


def count_calls(text: str) -> int:
    """Return how many functions are called while a text is drafted, those of C too."""
    parse_printed.cache_clear()  # A number that was read before costs nothing.
    with cProfile.Profile() as profile, contextlib.suppress(TextError):
        draft_text(text, "a", year=2031)
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.full
@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_text_is_twice_the_work(piece):
    def work(length: int) -> int:
        hostile = (piece * length)[:length]
        return count_calls(make_report(f"{hostile}\n{'人' * length}", TASKS))

    work(20)
    none, one, two = (work(length) for length in (20, 1000, 2000))
    assert two - none <= 2.3 * max(one - none, 200)


def list_patterns():
    """Return every pattern of drafting by its name, from its tables and its modules."""
    rows = [(row["module"], row["name"], row["pattern"]) for row in read_table("patterns")]
    rows += [("kinds", row["kind"], row[part]) for row in read_table("kinds") for part in PARTS]
    rows += [("years", "", row["pattern"]) for row in read_table("years")]
    found = {f"{module}.{name} {words}": pattern_of(words) for module, name, words in rows}
    for path in Path(hyreport.draft.__file__).parent.glob("*.py"):
        for name, value in vars(import_module(f"hyreport.draft.{path.stem}")).items():
            if isinstance(value, re.Pattern):
                found[f"{path.stem}.{name}"] = value
    return found


PARTS = ("before", "number", "after")


def is_nested(tree, *, repeated: bool = False) -> bool:
    """Whether what repeats without end holds what repeats without end: it may take ages."""
    for kind, value in tree:
        name, within = str(kind), repeated
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            endless = value[1] > 200
            if repeated and endless:
                return True
            within = repeated or endless
        if isinstance(value, tuple | list):
            for part in flatten(value):
                if is_nested(part, repeated=within):
                    return True
    return False


def flatten(value):
    """Yield the parts of a pattern within a node of its tree."""
    for part in value:
        if hasattr(part, "data"):
            yield part
        elif isinstance(part, tuple | list) and not isinstance(part, str):
            yield from flatten(part)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_pattern_repeats_a_repetition():
    parse = re._parser.parse
    assert is_nested(parse("(?:a+b?)+")) and not is_nested(parse("(?:a{1,9}b)+[a-z]*"))
    nested = [name for name, one in list_patterns().items() if is_nested(parse(one.pattern))]
    assert nested == []
