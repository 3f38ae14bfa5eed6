"""Signs, bounding words and units of a copy: each that the print has not is one difference."""

import random
import re

import pytest
from test_verify import EXCLUSIONS, FIGURES, TEXT, compare, raw, typed  # noqa: F401

import hyreport as hy
from hyreport import cli
from hyreport.numbers.wording import BOUNDS, WORDS
from hyreport.text.compare import compare_text, quote, verify_copy
from hyreport.text.copies import Copy
from hyreport.text.decoding import TextError
from hyreport.text.matching import match_numbers, read_expected
from hyreport.text.words import UNITS, read_found

SIGNS = ("-", "−", "－", "–", "—", "负", "负增长", "下降", "同比下降", "减少了", "回落")
BEFORE = sorted({row.word for row in WORDS if row.place == "before" and row.says in BOUNDS})
AFTER = sorted({row.word for row in WORDS if row.place == "after" and row.says in BOUNDS})


def test_a_word_put_before_is_one_difference():
    for word in (*SIGNS, *BEFORE, "将突破", "同比下降了近", "争取", "第"):
        (one,) = compare(TEXT.replace("增长8.5%", f"增长{word}8.5%"))
        assert one.figure_id == "f2.x.2031" and one.expected == "8.5%", word
        shown = {"−": "-", "－": "-", "–": "-", "—": "-"}.get(word, word)
        assert one.found.endswith("8.5%") and one.found[0] in shown, word


def test_a_word_put_after_is_one_difference_shown_whole():
    for word in (*AFTER, "%", "‰", "/年"):
        (one,) = compare(TEXT.replace("增长8.5%", f"增长8.5%{word}"))
        assert (one.figure_id, one.found) == ("f2.x.2031", f"8.5%{word}")


@pytest.mark.parametrize(
    ("old", "new", "found", "expected"),
    [
        ("突破300亿元", "未突破300亿元", "未突破300亿元", "突破300亿元"),
        ("突破300亿元", "将突破300亿元", "将突破300亿元", "突破300亿元"),
        ("突破300亿元", "不突破300亿元", "不突破300亿元", "突破300亿元"),
        ("增长8.5%", "增长不超过8.5%", "不超过8.5%", "8.5%"),
        ("增长8.5%", "下降8.5%", "下降8.5%", "8.5%"),
        ("增长8.5%", "负增长8.5%", "负增长8.5%", "8.5%"),
        ("增长8.5%", "下降至8.5%", "下降至8.5%", "8.5%"),
        ("增长8.5%", "回落到8.5%", "回落到8.5%", "8.5%"),
        ("增长8.5%", "增长8.5‰", "8.5‰", "8.5%"),
        ("增长8.5%", "增长8.5个百分点", "8.5个百分点", "8.5%"),
        ("增长8.5%", "增长8.5%之内", "8.5%之内", "8.5%"),
        ("300亿元", "300亿美元", "突破300亿美元", "突破300亿元"),
        ("300亿元", "300万元", "突破300万元", "突破300亿元"),
        ("300亿元", "300亿元/年", "突破300亿元/年", "突破300亿元"),
        ("20468家", "20468万家", "20468万家", "20468家"),
        ("20468家", "20468家次", "20468家次", "20468家"),
        ("136个", "136个月", "136个月", "136个"),
        ("136个", "136个百分点", "136个百分点", "136个"),
        ("下降4.5%", "下降-4.5%", "下降-4.5%", "下降4.5%"),
        ("4.1%左右", "4.1%以上", "4.1%以上", "4.1%左右"),
        ("4.1%左右", "约4.1%左右", "约4.1%左右", "4.1%左右"),
        ("每县打造1-2个", "每县打造1个-2个", "1个", "1"),
    ],
)
def test_a_changed_sign_bound_or_unit_is_one_difference(old, new, found, expected):
    (one,) = compare(TEXT.replace(old, new, 1))
    assert (one.found, one.expected) == (found, expected)


@pytest.mark.parametrize(
    ("put", "found"),
    [
        ("<sup>-</sup>8.5%", "-8.5%"),
        ("<sup>不到</sup>8.5%", "不到8.5%"),
        ("8.5%<sup>以上</sup>", "8.5%以上"),
        ("$^{-}$8.5%", "-8.5%"),
        ("。\n- 8.5%", "-8.5%"),
    ],
)
def test_a_sign_or_bound_set_as_a_mark_is_a_difference(put, found):
    (one,) = compare(TEXT.replace("增长8.5%", f"增长{put}"))
    assert one.found == found


@pytest.mark.parametrize("words", ["增长8%—9%", "增长8–9%", "增长8%-9%", "1—2个"])
def test_a_dash_between_two_numbers_is_no_minus_sign(words):
    at = [found.span() for found in re.finditer(r"\d", words)]
    rows = [
        {"figure_id": f"f{start}", "subject_zh": "甲", "start": str(start), "end": str(end)}
        | {"as_printed": words[start : end + (words[end : end + 1] in ("%", "个"))]}
        for start, end in at
    ]
    assert compare_text(words, rows, []) == []


def test_a_double_dash_before_a_number_is_no_minus_sign():
    assert compare(TEXT.replace("\n2031年，", "\n——2031年，")) == []


def test_a_changed_sign_is_told_by_status_and_refused_to_a_figure(
    tmp_path,
    monkeypatch,
    capsys,
    raw,  # noqa: F811
):
    monkeypatch.setitem(verify_copy.__kwdefaults__, "raw", raw)
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT.replace("增长8.5%", "增长-8.5%"), encoding="utf-8")
    assert cli.main(["verify", "--report", "made-up", "--text", str(copy)]) == 1
    assert "found -8.5%, expected 8.5%" in capsys.readouterr().out
    with pytest.raises(TextError, match=r"-8\.5% .*expected 8\.5%"):
        quote("f2.x.2031", copy, "made-up", raw=raw)


def test_a_quotation_refuses_a_copy_of_the_real_report_with_another_sign(source_text, tmp_path):
    copy = tmp_path / "copy.txt"
    for new in ("同比增长-8.5%", "同比增长不到8.5%", "同比增长8.5%上下"):
        text = source_text.replace("同比增长8.5%", new, 1)
        assert text != source_text
        copy.write_text(text, encoding="utf-8")
        with pytest.raises(TextError, match=r"expected 8\.5%"):
            hy.quote("gdp.growth.2017", copy)


def test_a_unit_is_listed_without_its_scale():
    assert [unit for unit in UNITS if unit[0] in "万亿"] == []


def edits(one, text, start, end):
    """Yield each edit of the words around a number: the text after it, and the number's place."""
    first, last = start - len(one.before), end + len(one.after)
    for word in (*SIGNS, *BEFORE):
        word = Copy(word).squeezed
        # A second dash in 1-2个, a dash before a Chinese numeral and 同比 change nothing.
        is_dash = word == "-" and (text[first - 1] == "-" or not one.arabic)
        if is_dash or word in (one.before, f"同比{one.before}"):
            continue
        yield text[:first] + word + text[first:], start + len(word)
        if one.before:
            yield text[:first] + word + text[start:], first + len(word)
    if one.before:
        yield text[:first] + text[start:], first
    for word in AFTER:
        if word == "内" and text[last] == "外":
            continue  # 21家内外贸企业 cannot be told from what is inside and outside.
        yield text[:last] + word + text[last:], start
    at = end + one.after.index(one.unit) if one.unit in one.after else end
    stop = at + len(one.unit) if one.unit in one.after else end
    scale = re.match("[万亿]?", text[at:stop])[0]
    for unit in UNITS:
        if scale + unit != one.unit:
            yield text[:at] + scale + unit + text[stop:], start
    for other in {"", "万", "亿"} - {scale}:
        yield text[:at] + other + text[at + len(scale) :], start


@pytest.mark.full
def test_every_edit_of_sign_bound_and_unit_in_the_real_report_is_named(
    source_text,
    typed,  # noqa: F811
):
    """Each figure with each sign, each bounding word and each unit in place of its own."""
    match = match_numbers(Copy(source_text), read_expected(*typed), by_position=True, name="copy")
    text, count, missed = match.copy.squeezed, 0, []
    for index, one in enumerate(match.expected):
        start, end = match.spans[index]
        assert read_found(one, text, start, end) == one.words
        if not one.figure_id:
            continue
        for changed, place in edits(one, text, start, end):
            count += 1
            if read_found(one, changed, place, place + end - start) == one.words:
                missed.append((one.figure_id, changed[place - 6 : place + end - start + 6]))
    assert missed == []
    assert count > 150 * (len(UNITS) + len(BEFORE) + len(AFTER))


@pytest.mark.full
def test_random_edits_of_words_in_the_real_report_are_named_alone(
    source_text,
    typed,  # noqa: F811
):
    """The whole way, with the alignment: one edit, one difference, the right figure."""
    chance = random.Random(20180104)
    rows = [row for row in typed[0] if row["numeral"] == "arabic"]
    for row in chance.sample(rows, 100):
        start, end = int(row["start"]), int(row["end"])
        words, number = row["as_printed"], source_text[start:end]
        first = start - words.index(number)
        last = first + len(words)
        word = chance.choice((*SIGNS, *BEFORE))
        before = f"{source_text[:first]}{word}{source_text[first:]}"
        # 21家内外贸企业 cannot be told from what is inside and outside.
        ends = [word for word in AFTER if word != "内" or source_text[last] != "外"]
        after = f"{source_text[:last]}{chance.choice(ends)}{source_text[last:]}"
        # 1左右-2个 leaves the dash without its range: both ends are named.
        for text in (before, after) if words != number else (before,):
            found = [one.figure_id for one in compare_text(text, *typed)]
            assert found == [row["figure_id"]], (word, words)
