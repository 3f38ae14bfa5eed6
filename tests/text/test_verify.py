"""A copy of the report against its figures: what may differ, and what must be named."""

import csv
import hashlib
import random
import re
import subprocess
import sys
import textwrap

import pytest
from study import REPORT_ID

import hyreport as hy
from hyreport import cli
from hyreport.data import schema
from hyreport.data.tables import read_table
from hyreport.errors import HyreportError, UnknownNameError
from hyreport.paths import RAW
from hyreport.text.compare import Comparison, compare_text, quote, verify_copy
from hyreport.text.copies import read_copy, squeeze
from hyreport.text.decoding import TextError

# A report that never was; its city, its numbers and its sentences are made up.
TEXT = """虚构市2031年工作报告

2031年，生产总值突破300亿元，增长8.5%；新增企业20468家。
甲、乙两县分别新增12家、24 家；单位能耗下降4.5%，失业率4.1%左右。

航线数居全省第一，实现“十三连增”；水质达到 Ⅱ 类，每县打造1-2个品牌，有条件的特色小镇打造1-2个品牌。
争取达到 9.5%，力争136个村通车；确保5个水源地达标。
"""
PRINTED = """生产总值 突破300亿元|增长 8.5%|企业 20468家|甲县 12家|乙县 24 家|能耗 下降4.5%
失业率 4.1%左右|航线数 第一|养老金 十三连增|水质 Ⅱ 类|县品牌 1|县品牌 2个|镇品牌 1|镇品牌 2个
目标 争取达到 9.5%|村 136个|水源地 5个"""


def make_rows():
    """Return figures and exclusions of the made-up report, as the raw tables have them."""
    figures, cursor = [], TEXT.index("生产总值")
    for order, printed in enumerate(re.split(r"[|\n]", PRINTED), start=1):
        subject, words = printed.split(" ", 1)
        number = re.search(r"[\d.]+|第?([一二三十]+)|Ⅱ", words)
        at = TEXT.index(words, cursor)
        start, end = (at + edge for edge in number.span(1 if number[1] else 0))
        cursor = end
        row = dict.fromkeys(schema.TYPED["figures.csv"].header, "") | {
            "read": "each",
            "figure_id": f"f{order}.x.2031",
            "section": "1",
            "paragraph": "1",
            "start": str(start),
            "end": str(end),
            "numeral": "arabic" if words[number.start()] in "0123456789" else "chinese",
            "as_printed": words,
            "subject_zh": subject,
            "indicator": "x",
            "period": "2031",
            "role": "context" if subject == "水源地" else "target",
            "area": "whole_area",
            "hedge": "strive" if subject == "村" else "",
        }
        figures.append(row | {"numeral": "chinese" if "Ⅱ" in words else row["numeral"]})
    exclusions = [
        {"section": "1", "paragraph": "1", "start": str(found.start()), "end": str(found.end())}
        | {"as_printed": "2031", "kind": "year", "reason": "a year"}
        for found in re.finditer("2031", TEXT)
    ]
    return figures, exclusions


FIGURES, EXCLUSIONS = make_rows()


@pytest.fixture
def raw(tmp_path):
    """Return a folder of raw tables of the made-up report."""
    folder = tmp_path / "raw" / "made-up"
    folder.mkdir(parents=True)
    digest = hashlib.sha256(TEXT.encode("utf-8")).hexdigest()
    report = 'id = "made-up"\nref_area = "430000"\n'
    report += f'base_year = 1\ntarget_year = 2\n[copy]\nsha256 = "{digest}"\n[sections]\n1 = "x"\n'
    (folder / "report.toml").write_text(report, encoding="utf-8")
    for name, rows in (("figures.csv", FIGURES), ("exclusions.csv", EXCLUSIONS)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    return folder.parent


@pytest.fixture(scope="module")
def typed():
    """Return figures and exclusions of the real report."""
    folder = RAW / REPORT_ID
    return (
        read_table(folder / "figures.csv", schema.TYPED["figures.csv"]),
        read_table(folder / "exclusions.csv", schema.TYPED["exclusions.csv"]),
    )


def compare(text):
    return compare_text(text, FIGURES, EXCLUSIONS)


def rewrap(text, width):
    return "\n".join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n"))


FORMS = {
    "as it is": str,
    "carriage returns": lambda text: text.replace("\n", "\r"),
    "both line ends": lambda text: text.replace("\n", "\r\n"),
    "no white space": lambda text: "".join(text.split()),
    "full-width": lambda text: text.translate({code: code + 0xFEE0 for code in range(33, 127)}),
    "ideographic spaces": lambda text: text.replace(" ", "\u3000").replace("\n", "\n\u3000\u3000"),
    "spaces everywhere": " ".join,
    "zero-width spaces": "\u200b".join,
    "wrapped at 40": lambda text: rewrap(text, 40),
    **{
        f"cut at {width}": lambda text, width=width: "\n".join(
            text[at : at + width] for at in range(0, len(text), width)
        )
        for width in (1, 2, 3, 5, 7)
    },
}
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("form", FORMS)
def test_form_makes_no_difference(form):
    assert compare(FORMS[form](TEXT)) == []


@pytest.mark.full
@pytest.mark.parametrize("form", FORMS)
def test_form_of_the_real_report_makes_no_difference(form, source_text, typed):
    assert compare_text(FORMS[form](source_text), *typed) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encoding_makes_no_difference(encoding, tmp_path, raw):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    outcome = verify_copy(copy, "made-up", raw=raw)
    assert str(outcome) == "copy.txt: all 17 figures and 2 other numbers found, by order"


def test_the_copy_of_the_positions_is_checked_by_position(tmp_path, raw):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(TEXT.encode("utf-8"))
    assert verify_copy(copy, "made-up", raw=raw).by_position
    assert str(verify_copy(copy, "made-up", raw=raw)).endswith("found, by position")


def test_a_wrong_position_is_named():
    wrong = [FIGURES[1] | {"start": "40", "end": "43"}, *FIGURES[2:]]
    found = compare_text(TEXT, [FIGURES[0], *wrong], EXCLUSIONS, by_position=True)
    assert {one.figure_id for one in found} == {"f2.x.2031", ""}
    assert any(one.found == "8.5" and not one.expected for one in found)


@pytest.mark.parametrize(
    ("old", "new", "figure_id", "found", "expected"),
    [
        ("8.5%", "9.5%", "f2.x.2031", "9.5%", "8.5%"),
        ("8.5%", "85%", "f2.x.2031", "85%", "8.5%"),
        ("8.5%", "8.5", "f2.x.2031", "8.5", "8.5%"),
        ("8.5%", "8.5%以上", "f2.x.2031", "8.5%以上", "8.5%"),
        ("8.5%", "下降8.5%", "f2.x.2031", "下降8.5%", "8.5%"),
        ("300亿元", "300万元", "f1.x.2031", "突破300万元", "突破300亿元"),
        ("突破300", "300", "f1.x.2031", "总值300亿元", "突破300亿元"),
        ("20468家", "2万家", "f3.x.2031", "2万家", "20468家"),
        ("4.1%左右", "4.1%", "f7.x.2031", "4.1%", "4.1%左右"),
        ("下降4.5%", "4.5%", "f6.x.2031", "能耗4.5%", "下降4.5%"),
        ("第一", "第三", "f8.x.2031", "第三", "第一"),
        ("十三连增", "十四连增", "f9.x.2031", "十四连增", "十三连增"),
        ("十三连增", "十连增", "f9.x.2031", "十连增", "十三连增"),
        ("Ⅱ 类", "III类", "f10.x.2031", "III类", "II类"),
        ("争取达到 9", "9", "f15.x.2031", "9.5%", "争取达到9.5%"),
        ("力争136", "确保136", "f16.x.2031", "确保136个", "136个"),
        ("，力争136个村通车", "", "f16.x.2031", "", "136个"),
        ("居全省第一，", "", "f8.x.2031", "", "第一"),
        ("2031年，", "", "", "", "2031"),
        ("企业", "3企业", "", "3", ""),
    ],
)
def test_each_difference_is_named_alone(old, new, figure_id, found, expected):
    assert TEXT.count(old) == 1
    (one,) = compare(TEXT.replace(old, new))
    assert (one.figure_id, one.found, one.expected) == (figure_id, found, expected)


def test_of_equal_numbers_the_right_one_is_named():
    """1-2个 is printed twice: only the distance to the other numbers tells which is gone."""
    for clause, ids in (("每县打造", {"f11", "f12"}), ("小镇打造", {"f13", "f14"})):
        found = compare(TEXT.replace(f"{clause}1-2个品牌", f"{clause}品牌"))
        assert {one.figure_id.split(".")[0] for one in found} == ids


def test_a_difference_says_where_and_between_which():
    lines = [str(one) for one in compare(TEXT.replace("20468家", "家").replace("12家", "13家"))]
    assert lines == [
        "near line 3, character 30: found nothing, expected 20468家 (f3.x.2031, 企业; "
        "after 8.5% (f2.x.2031), before 12家 (f4.x.2031)) "
        "in …，增长8.5%；新增企业【】家。甲、乙两县分别新增1…",
        "line 4, character 10: found 13家, expected 12家 (f4.x.2031, 甲县) "
        "in …业家。甲、乙两县分别新增【13】家、24家；单位能耗下降…",
    ]


def test_of_equal_numbers_of_the_real_report_the_right_one_is_named(source_text, typed):
    names = ("flagship_brands", "leading_industries", "market_towns")
    for name, found in zip(names, re.finditer("1-2 个", source_text), strict=True):
        without = source_text[: found.start()] + source_text[found.end() :]
        ids = {one.figure_id for one in compare_text(without, *typed)}
        assert ids == {f"{name}.count.2018.low", f"{name}.count.2018.high"}


def changes(text, digits):
    """Yield each text with one digit changed or removed, and the place of the digit."""
    for found in re.finditer(r"\d", text):
        at = found.start()
        yield at, text[:at] + text[at + 1 :]
        for digit in digits:
            if digit != text[at]:
                yield at, text[:at] + digit + text[at + 1 :]


def owner(at, figures, exclusions):
    """Return what a difference must say of the number at a place."""
    for row in (*figures, *exclusions):
        if int(row["start"]) <= at < int(row["end"]):
            return row.get("figure_id", ""), squeeze(row["as_printed"])[0]


def test_any_digit_changed_or_removed_is_named():
    for at, text in changes(TEXT, "02579"):
        named = {(one.figure_id, one.expected) for one in compare(text)}
        assert owner(at, FIGURES, EXCLUSIONS) in named, text


@pytest.mark.full
def test_any_digit_added_is_named():
    for at in range(len(TEXT) + 1):
        for digit in "05":
            assert compare(TEXT[:at] + digit + TEXT[at:]), at


@pytest.mark.parametrize("count", [10, pytest.param(50, marks=pytest.mark.full)])
def test_random_digits_of_the_real_report_are_named(count, source_text, typed):
    chance = random.Random(20180104)
    changed = list(changes(source_text, "0123456789"))
    for at, text in chance.sample(changed, count):
        named = {(one.figure_id, one.expected) for one in compare_text(text, *typed)}
        assert owner(at, *typed) in named, at
    for at in chance.sample(range(len(source_text)), count):
        text = source_text[:at] + chance.choice("0123456789") + source_text[at:]
        assert compare_text(text, *typed), at
    for row in chance.sample([*typed[0], *typed[1]], count):
        text = source_text[: int(row["start"])] + source_text[int(row["end"]) :]
        named = {(one.figure_id, one.expected) for one in compare_text(text, *typed)}
        assert owner(int(row["start"]), *typed) in named, row


@pytest.mark.parametrize("count", [10, pytest.param(40, marks=pytest.mark.full)])
def test_any_unit_or_qualifier_of_the_real_report_changed_is_named(count, source_text, typed):
    words = [row for row in typed[0] if not re.search(r"\d$|[一ⅡI]$", row["as_printed"])]
    for row in random.Random(20180104).sample(words, count):
        end = source_text.index(row["as_printed"], int(row["start"]) - len(row["as_printed"]))
        end += len(row["as_printed"])
        text = source_text[: end - 1] + "某" + source_text[end:]
        assert [one.figure_id for one in compare_text(text, *typed)] == [row["figure_id"]]


def test_numbers_that_only_a_line_end_parts_are_not_joined():
    """A line may end with a number where the next begins with one, or with a page number."""
    figures = [
        {"figure_id": "a", "subject_zh": "甲", "start": "1", "end": "3", "as_printed": "24"},
        {"figure_id": "b", "subject_zh": "乙", "start": "4", "end": "8", "as_printed": "2017年"},
        {"figure_id": "c", "subject_zh": "丙", "start": "10", "end": "14", "as_printed": "2.55"},
    ]
    assert compare_text("共24\n2017年，2.\n55。", figures, []) == []
    assert compare_text("共2\n4\n20\n17年，2\n.5\n5。", figures, []) == []
    (page,) = compare_text("共24\n7\n2017年，2.55。", figures, [])
    assert (page.found, page.expected, page.line) == ("7", "", 2)
    (changed,) = compare_text("共24\n2018年，2.55。", figures, [])
    assert (changed.figure_id, changed.found) == ("b", "2018年")


def test_page_furniture_is_named_and_hides_nothing():
    lines = rewrap(TEXT, 40).split("\n")
    text = "\n".join(["打印 2031-02-03", *lines[:4], "- 12 -", *lines[4:], "备案号 0500"])
    assert [one.found for one in compare(text)] == ["2031", "02", "03", "12", "0500"]
    assert not any(one.expected for one in compare(text))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b" \r\n", "an empty file"),
        (b"%PDF-1.7 ...", "a PDF file"),
        (b"PK\x03\x04...", "a Word document"),
        (b"\xd0\xcf\x11\xe0...", "an old Word document"),
        (b"{\\rtf1 ...", "a rich text file"),
        (f"<!DOCTYPE html>{TEXT}".encode("utf-16"), "a web page"),
        (f"<style>p {{ }}</style>{TEXT}".encode(), "a web page"),
        (bytes(range(256)) * 4, "no text"),
        ("另一个城市的报告，没有数字。".encode(), "0 of the report's 16 numbers in order"),
        (" ".join(map(str, range(5000))).encode(), "5000 numbers"),
    ],
)
def test_what_is_no_copy_says_so(content, words, tmp_path, raw):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(content)
    with pytest.raises(TextError, match=re.escape(words)) as raised:
        verify_copy(copy, "made-up", raw=raw)
    assert "copy.txt" in str(raised.value) and "To fix: " in str(raised.value)


def test_a_missing_file_a_folder_and_a_huge_file_say_so(tmp_path, monkeypatch):
    with pytest.raises(TextError, match="no such file"):
        read_copy(tmp_path / "none.txt")
    with pytest.raises(TextError, match="a folder"):
        read_copy(tmp_path)
    monkeypatch.setattr("hyreport.text.copies.LARGEST", 10)
    (tmp_path / "huge.txt").write_bytes(b"8" * 11)
    with pytest.raises(TextError, match="MB"):
        read_copy(tmp_path / "huge.txt")


def test_a_few_broken_bytes_leave_the_rest_readable(tmp_path, raw):
    copy = tmp_path / "copy.txt"
    copy.write_bytes((TEXT + "完").encode("utf-8")[:-1])
    assert verify_copy(copy, "made-up", raw=raw).differences == ()


def test_an_unknown_report_or_figure_says_so(tmp_path, raw):
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT, encoding="utf-8")
    with pytest.raises(UnknownNameError, match="expected made-up"):
        verify_copy(copy, "nowhere", raw=raw)
    with pytest.raises(UnknownNameError, match=r"figures\.csv"):
        quote("nothing", copy, "made-up", raw=raw)


@pytest.mark.parametrize("form", ["as it is", "both line ends", "wrapped at 40"])
def test_the_sentence_is_the_copys_own(form, tmp_path, raw):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(FORMS[form](TEXT).encode("gb18030"))
    sentences = {
        "f2.x.2031": "2031年，生产总值突破300亿元，增长【8.5】%；",
        "f3.x.2031": "新增企业【20468】家。",
        "f9.x.2031": "航线数居全省第一，实现“【十三】连增”；",
    }
    for figure_id, sentence in sentences.items():
        assert quote(figure_id, copy, "made-up", raw=raw) == sentence


def test_the_sentence_of_a_changed_figure_is_an_error(tmp_path, raw):
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT.replace("8.5%", "8.6%"), encoding="utf-8")
    with pytest.raises(TextError, match=r"line 3, .*found 8\.6% .*expected 8\.5% \(f2"):
        quote("f2.x.2031", copy, "made-up", raw=raw)
    assert quote("f3.x.2031", copy, "made-up", raw=raw).endswith("【20468】家。")


def test_the_sentence_of_the_real_report(source_text, tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(rewrap(source_text, 40).encode("gb18030"))
    sentence = hy.quote("hengyang-2018:shantytown_housing.started.2017", copy)
    assert "【23739】" in sentence and "\n" not in sentence


def test_a_figure_asked_for_with_a_copy_names_the_way():
    with pytest.raises(HyreportError, match=r"found text=.*hy\.quote\(id, FILE\)"):
        hy.figure("gdp.growth.2017", text="copy.txt")


def test_the_verb_prints_and_says_by_its_status(tmp_path, monkeypatch, capsys, raw):
    monkeypatch.setitem(verify_copy.__kwdefaults__, "raw", raw)
    copy = tmp_path / "copy.txt"
    arguments = ["verify", "--report", "made-up", "--text", str(copy)]
    copy.write_text(TEXT, encoding="utf-8")
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out.startswith("copy.txt: all 17 figures and 2 other numbers found")
    copy.write_text(TEXT.replace("8.5%", "8.6%").replace("12家", "家"), encoding="utf-8")
    assert cli.main(arguments) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    assert first == (
        "copy.txt: 2 differences; as printed: 15 of 17 figures, 2 of 2 other numbers, by order"
    )
    assert len(lines) == 2
    copy.write_bytes(b"%PDF")
    assert cli.main(arguments) == 2
    out, error = capsys.readouterr()
    assert out == "" and error.count("\n") == 1 and "plain text" in error


def test_the_verb_on_the_real_report(source_text, tmp_path, capsys):
    copy = tmp_path / "copy.txt"
    copy.write_bytes(source_text.encode("utf-8"))
    assert cli.main(["verify", "--text", str(copy)]) == 0
    assert capsys.readouterr().out == (
        "copy.txt: all 153 figures and 28 other numbers found, by position\n"
    )


def test_one_difference_is_singular():
    (one,) = compare(TEXT.replace("8.5%", "8.6%"))
    assert str(Comparison("c", 17, 2, False, (one,))).startswith(
        "c: 1 difference; as printed: 16 of"
    )


@pytest.mark.full
def test_loading_figures_does_not_load_the_comparison():
    code = "import sys, hyreport.data.load; print('hyreport.text.compare' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
