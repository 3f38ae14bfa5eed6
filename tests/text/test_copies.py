"""Copies as converters and editors leave them: what is read, what is refused, what is named."""

import random
import re

import pytest
from test_verify import EXCLUSIONS, FIGURES, TEXT, compare, raw, typed  # noqa: F401

from hyreport.text.compare import compare_text, verify_copy
from hyreport.text.copies import Copy
from hyreport.text.decoding import TextError, decode
from hyreport.text.markup import PATTERNS

NUMBER = r"\d+(?:\.\d+)?"


def around_numbers(before, after):
    return lambda text: re.sub(NUMBER, rf"{before}\g<0>{after}", text)


def after_units(mark):
    return lambda text: re.sub(r"(\d)(%|亿元|万人|家)", rf"\1\2{mark}", text)


def before_lines(mark):
    return lambda text: re.sub(r"(?m)^(?=\d)", mark, text)


def wrap(text, width=30):
    for line in text.split("\n"):
        yield from [line[at : at + width] for at in range(0, len(line), width)] or [""]


def with_pages(page):
    """Return a form that prints a page number after each fourth line."""

    def add(text):
        lines = []
        for count, line in enumerate(wrap(text, 20), start=1):
            lines += [line, page.format(count // 4)] if count % 4 == 0 else [line]
        return "\n".join(lines)

    return add


def with_line_numbers(form, width=30):
    return lambda text: "\n".join(
        form.format(count) + line for count, line in enumerate(wrap(text, width), start=1)
    )


def group_thousands(comma):
    """Return a form that groups the digits of all but years."""
    return lambda text: re.sub(
        r"(?<![\d.])\d{4,}(?![年\d])", lambda found: f"{int(found[0]):,}".replace(",", comma), text
    )


# Each form and the kinds of marks it is read by.
MARKED = {
    "bold numbers": (around_numbers(r"**", r"**"), "Markdown"),
    "emphasis within numbers": (lambda text: re.sub(r"(\d)(?=\d)", r"_\1_", text), "Markdown"),
    "escapes": (lambda text: re.sub(r"([.%])", r"\\\1", text), "Markdown"),
    "table cells": (around_numbers("| ", " |"), "Markdown"),
    "code": (around_numbers("`", "`"), "Markdown"),
    "links": (around_numbers("[", "](https://x.cn/2018/a(1).html)"), "Markdown"),
    "headings": (lambda text: "## " + text.replace("\n\n", "\n\n- "), "Markdown"),
    "titles": (lambda text: "## " + text, "Markdown"),
    "lists after titles": (before_lines("### 节\n- "), "Markdown"),
    "rules of tables": (around_numbers(r"\n|:-|\n|", "|"), "Markdown"),
    "formulas": (
        lambda text: re.sub(r"(\d+)\.(\d+)%", r"$\1.\\,\2\\%$", text).replace("Ⅱ", r"$\mathrm{Ⅱ}$"),
        "LaTeX",
    ),
    "upright formulas": (around_numbers(r"$\\mathrm{", "}$"), "LaTeX"),
    "spaced formulas": (lambda text: re.sub(r"(\d+)\.(\d+)", r"$ \1 . \2 $", text), "LaTeX"),
    "bold commands": (around_numbers(r"\\textbf{", "}"), "LaTeX"),
    "tags": (around_numbers("<strong>", "</strong>"), "HTML"),
    "attributes": (around_numbers('<td width="20"><font size=3>', "</font></td>"), "HTML"),
    "breaks": (lambda text: text.replace("，", "，<br/>").replace("\n", "<BR>\n"), "HTML"),
    "comments": (lambda text: text.replace("。", "<!-- 第 3 页 -->。"), "HTML"),
    "raised notes": (after_units('<sup id="n1">[1]</sup>'), "HTML"),
    "raised digits": (after_units("<sup>2</sup>"), "HTML"),
    "powers": (after_units("^{12}"), "LaTeX"),
    "short powers": (after_units("^3"), "LaTeX"),
    "entities": (lambda text: text.replace("%", "&#37;").replace(" ", "&nbsp;"), "HTML"),
    "entities of digits": (
        lambda text: re.sub(r"\d", lambda found: f"&#x{ord(found[0]):x};", text),
        "HTML",
    ),
    "footnotes": (after_units("[12]"), "footnote marks"),
    "footnotes before units": (
        lambda text: re.sub(r"(\d)(%|亿元|家)", r"\1[^3]\2", text),
        "footnote marks",
    ),
    "circled notes": (after_units("③"), "footnote marks"),
    "superscripts": (lambda text: text.replace("。", "¹²。"), "footnote marks"),
    "thousands": (group_thousands(","), "thousands separators"),
    "full-width thousands": (group_thousands("，"), "thousands separators"),
    "NUL at the end": (lambda text: text + "\0", "control characters"),
    "backspaces": (lambda text: re.sub(r"(\d)", "\\1\b", text), "control characters"),
    "front matter": (
        lambda text: f"---\ntitle: 报告\ndate: 2031-01-04\n---\n{text}",
        "front matter",
    ),
    "web addresses": (
        lambda text: f"{text}\n来源：http://www.x.gov.cn/2031/0104/123.html",
        "web addresses",
    ),
    "page numbers": (with_pages("{}"), "page numbers"),
    "page numbers in dashes": (with_pages("- {} -"), "page numbers"),
    "page numbers in words": (with_pages("第 {} 页 共 9 页"), "page numbers"),
    "heads of pages": (with_pages("虚构市政府工作报告 {}"), "page numbers"),
    "heads with a year": (with_pages("虚构市2018年政府工作报告 {}"), "page numbers"),
    "feet with a day": (with_pages("2018年1月4日 第{}页"), "page numbers"),
    "line numbers": (with_line_numbers("{}"), "line numbers"),
    "line numbers and tabs": (with_line_numbers("{:6}\t"), "line numbers"),
}
# Characters that stand for others leave no mark.
SAME = {
    "radicals": lambda text: text.translate(str.maketrans("户人长大", "⼾⼈⻓⼤")),
    "variation selectors": lambda text: re.sub(r"(\d)", "\\1\ufe0f", text),
    "keys": lambda text: re.sub(r"(\d)", "\\1\ufe0f\u20e3", text),
    "squared metres": lambda text: text.replace("平方米", "㎡"),
    "mathematical digits": lambda text: text.translate(
        {48 + digit: 0x1D7CE + digit for digit in range(10)}
    ),
}


@pytest.mark.parametrize("form", MARKED)
def test_marks_make_no_difference_and_are_said(form):
    change, kind = MARKED[form]
    assert change(TEXT) != TEXT
    assert compare(change(TEXT)) == []
    assert kind in Copy(change(TEXT), pages=True).marks


def test_each_mark_has_one_of_the_characters_it_is_looked_for_by():
    text = "\n".join(change(TEXT) for change, _ in MARKED.values())
    for _, signs, pattern in PATTERNS:
        marks = [found[0] for found in pattern.finditer(f"---\nid: 1\n---\n{text}$1.$2{{}}")]
        assert marks and not [mark for mark in marks if signs and not {*signs} & {*mark}], pattern


@pytest.mark.full
@pytest.mark.parametrize("form", [*MARKED, *SAME])
def test_marks_in_the_real_report_make_no_difference(form, source_text, typed):  # noqa: F811
    change = SAME.get(form) or MARKED[form][0]
    assert compare_text(change(source_text), *typed) == []


@pytest.mark.parametrize("form", SAME)
def test_characters_that_stand_for_others_make_no_difference(form):
    assert compare(SAME[form](TEXT)) == []


@pytest.mark.full
@pytest.mark.parametrize("form", [*MARKED, *SAME])
def test_a_changed_number_between_marks_is_named_in_its_place(form):
    change = SAME.get(form) or MARKED[form][0]
    for old, new in (("20468", "20469"), ("8.5", "85"), ("4.5%", "4.5"), ("12家", "家")):
        text = change(TEXT.replace(old, new))
        (one,) = compare(text)
        assert one.expected.startswith(("20468", "8.5", "下降4.5", "12")), (form, old)
        line = re.split(r"\r\n|[\r\n]", text)[one.line - 1]
        shown = one.around.split("【")[1].split("】")[0]
        assert "".join(line[one.character - 1 :].split()).startswith(shown[:1])


def test_a_mark_is_told_in_one_line_with_the_way_out(tmp_path, raw):  # noqa: F811
    copy = tmp_path / "copy.md"
    copy.write_text(TEXT.replace("20468", "**20468**"), encoding="utf-8")
    first, last = str(verify_copy(copy, "made-up", raw=raw)).split("\n")
    assert last == "in this copy: Markdown (2, the first in line 3)"
    copy.write_text(TEXT.replace("20468", "**20469**"), encoding="utf-8")
    first, _, last = str(verify_copy(copy, "made-up", raw=raw)).split("\n")
    assert first.startswith("copy.md: 1 difference;")
    assert last == (
        "in this copy: Markdown (2, the first in line 3); where a difference comes from that, "
        "save the report as plain text in UTF-8 and name that file"
    )


def test_many_numbers_that_begin_lines_are_told(tmp_path, raw):  # noqa: F811
    lines = enumerate(wrap(TEXT, 5), start=1)
    copy = tmp_path / "copy.txt"
    text = "\n".join(f"{count} {line}" if count % 3 == 0 else line for count, line in lines)
    copy.write_text(text, encoding="utf-8")
    assert "numbers that begin lines (10, the first in line 3)" in str(
        verify_copy(copy, "made-up", raw=raw)
    )


@pytest.mark.parametrize("label", ["L{}: ", "Line {}: ", "({}) ", "第{}行 "])
def test_labels_that_count_lines_are_told(label, tmp_path, raw):  # noqa: F811
    copy = tmp_path / "copy.txt"
    lines = [f"{label.format(count)}{line}" for count, line in enumerate(wrap(TEXT, 9), start=1)]
    copy.write_text("\n".join(lines), encoding="utf-8")
    last = str(verify_copy(copy, "made-up", raw=raw)).split("\n")[-1]
    assert re.match(r"in this copy: numbers that begin lines \(\d\d, the first in line 1\); ", last)


@pytest.mark.parametrize("times", [2, 3])
def test_a_text_given_twice_is_told(times, tmp_path, raw):  # noqa: F811
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT * times, encoding="utf-8")
    outcome = verify_copy(copy, "made-up", raw=raw)
    count = len(outcome.differences)
    assert count >= 16 * (times - 1) and not any(one.expected for one in outcome.differences)
    assert outcome.marks == (
        f"numbers that the print has not ({count}, the first in line 8), "
        "as in a file with the text twice or with other texts"
    )


def test_a_few_other_numbers_give_no_hint(tmp_path, raw):  # noqa: F811
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT.replace("企业", "3企业") + "附：5家，6家。", encoding="utf-8")
    outcome = verify_copy(copy, "made-up", raw=raw)
    assert (len(outcome.differences), outcome.marks) == (3, "")


def test_digits_lost_to_a_replacement_are_told(tmp_path, raw):  # noqa: F811
    copy = tmp_path / "copy.md"
    copy.write_text(re.sub(r"(\d)\.(\d)", r"$1.$2", TEXT), encoding="utf-8")
    outcome = verify_copy(copy, "made-up", raw=raw)
    assert outcome.marks.startswith("$1 and $2 in place of digits (4, the first in line 3)")


@pytest.mark.parametrize("page", ["7", "- 7 -", "第7页"])
def test_one_number_alone_in_its_line_is_named_and_joins_nothing(page):
    (one,) = compare(TEXT.replace("下降4.5%", f"下降\n{page}\n4.5%"))
    assert (one.found, one.expected, one.line) == ("7", "", 5)
    assert one.around == "…家、24家；单位能耗下降{}【7】{}4.5%，失业率4.1%…".format(
        *page.replace(" ", "").split("7")
    )
    (one,) = compare(TEXT.replace("300亿", f"300\n{page}\n亿"))
    assert (one.found, one.expected, one.line) == ("7", "", 4)


def test_numbers_alone_in_their_lines_that_count_no_pages_are_named():
    lines = TEXT.replace("，增长", "，\n8\n增长").replace("；单位", "；\n31\n单位")
    assert [one.found for one in compare(lines)] == ["8", "31"]


@pytest.mark.parametrize("mark", ["②", "²", "[3]", "<sup>3</sup>", "^{3}"])
def test_a_footnote_mark_inside_a_number_is_none(mark):
    (one, *_) = compare(TEXT.replace("20468", f"204{mark}68"))
    assert one.expected in ("20468家", "") and "204" in one.around


@pytest.mark.parametrize("sign", ["½", "⅔"])
def test_a_fraction_after_a_number_is_no_digit_of_it(sign):
    (one,) = compare(TEXT.replace("12家", f"12{sign}家"))
    assert (one.found, one.expected) == (f"12{sign}", "12家")


TRADITIONAL = TEXT.translate(
    str.maketrans("虚构总产值过亿长业两县单减争国车", "虛構總產值過億長業兩縣單減爭國車")
)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("cp950", "traditional characters in Big5"), ("utf-8", "traditional characters in utf-8")],
)
def test_traditional_characters_are_refused_by_name(encoding, words, tmp_path, raw):  # noqa: F811
    copy = tmp_path / "copy.txt"
    copy.write_bytes(TRADITIONAL.replace("Ⅱ", "II").encode(encoding, "ignore"))
    with pytest.raises(TextError, match=words) as raised:
        verify_copy(copy, "made-up", raw=raw)
    assert "simplified characters" in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-be"])
@pytest.mark.parametrize(
    "head", ["", "a", "aa", "aaa", "a" * 300_000, "\xa9" + "a" * 30_000], ids=len
)
def test_a_head_without_chinese_hides_no_encoding(encoding, head):
    page = head + TEXT
    assert decode(page.encode(encoding), "page.html") == page


def test_a_text_read_in_a_wrong_encoding_is_refused(tmp_path, raw):  # noqa: F811
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT.encode("utf-8").decode("latin-1"), encoding="utf-8")
    with pytest.raises(TextError, match="no text in a known encoding"):
        verify_copy(copy, "made-up", raw=raw)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8" + bytes(60),
        bytes(range(1, 9)),
        b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x03\0>\0\x01",
        "\0".join("a report with numbers, 8 and 9").encode("utf-8"),
        "\x01".join(TRADITIONAL).encode("utf-8"),
        "\ue000\ue001\ue002 8".encode(),
    ],
)
def test_what_is_no_text_is_not_called_chinese(content, tmp_path, raw):  # noqa: F811
    copy = tmp_path / "copy.txt"
    copy.write_bytes(content)
    with pytest.raises(TextError) as raised:
        verify_copy(copy, "made-up", raw=raw)
    assert "traditional" not in str(raised.value)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-be"])
def test_a_zero_byte_changes_no_encoding(encoding, tmp_path, raw):  # noqa: F811
    copy = tmp_path / "copy.txt"
    copy.write_bytes((TEXT + "\0").encode(encoding))
    outcome = verify_copy(copy, "made-up", raw=raw)
    assert (outcome.differences, outcome.marks) == (
        (),
        "control characters (1, the first in line 8)",
    )


@pytest.mark.full
def test_random_edits_of_marked_copies_are_named_alone(source_text, typed):  # noqa: F811
    """One digit, or one decimal point, changed in a copy full of marks: one difference."""
    chance = random.Random(20180104)
    figures = [row for row in typed[0] if row["numeral"] == "arabic"]
    forms = [*(change for change, _ in MARKED.values()), *SAME.values()]
    for form in forms:
        row = chance.choice(figures)
        number = source_text[int(row["start"]) : int(row["end"])]
        at = chance.randrange(len(number))
        digit = chance.choice([one for one in "123456789" if one != number[at]])
        changed = (
            number.replace(".", "") if "." in number else number[:at] + digit + number[at + 1 :]
        )
        text = source_text[: int(row["start"])] + changed + source_text[int(row["end"]) :]
        differences = compare_text(form(text), *typed)
        assert [one.figure_id for one in differences] == [row["figure_id"]], (number, changed)
