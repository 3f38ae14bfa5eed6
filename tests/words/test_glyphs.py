"""What the travelling font lacks is replaced where it can be seen, and nowhere else."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont

from hyreport.words.glyphs import cut_font, lacking, mark_lacking, replace_lacking

RARE = "\U00020bb7"  # a character that few fonts have


def test_each_kind_of_character_that_is_lacked_is_named():
    private, mark, smile = "\ue5e5", "\ufeff", "\U0001f600"
    assert lacking(f"增长{RARE}8%{private}，{mark}{smile}") == [private, mark, smile, RARE]
    assert lacking("衡阳市砥砺奋进，增长8.5%（预计数）〓\n\t ‱ ŷ") == []


def test_text_that_the_font_has_stays_as_it_is():
    for html in ("", "<p>衡阳 &amp; ŷ</p>", '<a href="#税">税</a>'):
        assert mark_lacking(html) == html


def test_a_lacked_character_is_marked_in_words_and_stays_in_addresses():
    page = mark_lacking(
        f'<title>{RARE}</title><p id="{RARE}">甲{RARE}乙</p><a href="#{RARE}">{RARE}</a>'
        f'<td data-evidence="{RARE}市 8%" data-also="{RARE}">8%</td>'
        f"<script>\n'{RARE}'\n</script><pre>{RARE}</pre>"
    )
    read = BeautifulSoup(page, "html.parser")
    assert read.title.get_text() == RARE and RARE in read.script.get_text()
    assert read.p["id"] == RARE and read.a["href"] == f"#{RARE}"
    assert (read.td["data-evidence"], read.td["data-also"]) == ("〓市 8%", RARE)
    for tag in (read.p, read.a, read.pre):
        assert RARE not in tag.get_text()
        assert (tag.span.get_text(), tag.span["title"]) == ("〓", "U+20BB7")
    assert read.p.get_text() == "甲〓乙"


def test_a_text_without_markup_gets_the_sign_alone():
    assert replace_lacking(f"甲{RARE}<乙>") == "甲〓<乙>"


@pytest.mark.parametrize("text", ["衡阳 8%", f"甲{RARE}", "\0\n"])
def test_a_cut_font_has_the_characters_of_its_text_and_the_same_bytes(text):
    cut = cut_font(text)
    held = {chr(code) for code in TTFont(BytesIO(cut)).getBestCmap() or {}}
    assert held == {char for char in text if char.isprintable()} - {RARE}
    assert cut_font(text[::-1]) == cut
    assert len(cut) < 5000
