"""The review page in a real browser: driven by keys, decided, downloaded, accepted."""

import asyncio
import base64
import html
import json
import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from chromium import Page, find_browser, open_page
from fontTools.ttLib import TTFont
from reviewing import (
    REPORT,
    copy_raw,
    decide_all,
    read_rows,
    write_decisions,
    write_draft,
)
from tornado.httpclient import AsyncHTTPClient
from tornado.websocket import websocket_connect

import hyreport as hy
from hyreport.cli import main
from hyreport.draft.accept import accept_draft
from hyreport.draft.review import write_review
from hyreport.errors import HyreportError

BROWSER = find_browser()
NEEDS_BROWSER = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
NAMED = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowDown": 40}


class Reviewer:
    """A person at the page: presses keys and reads what it shows."""

    def __init__(self, page):
        self.page, self.presses = page, 0

    async def press(self, *keys):
        for key in keys:
            self.presses += 1
            options = {"key": key, "windowsVirtualKeyCode": NAMED.get(key, ord(key[0].upper()))}
            options |= {} if key in NAMED else {"text": key}
            await self.page.call("Input.dispatchKeyEvent", type="keyDown", **options)
            await self.page.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    async def type(self, words):
        await self.page.evaluate("document.activeElement.value = ''")
        await self.page.call("Input.insertText", text=words)

    async def look(self, element):
        return await self.page.evaluate(f"document.getElementById('{element}').textContent")

    async def go_to(self, as_printed):
        """Go down the numbers, all of them shown, to one."""
        for _ in range(60):
            printed = await self.page.evaluate(
                "document.getElementById('field-as_printed')?.value ?? ''"
            )
            if printed == as_printed:
                return
            await self.press("j")
        raise AssertionError(as_printed)


def with_page(path, drive, downloads):
    """Open a page, let a reviewer drive it, and check that no script of it failed."""

    async def run():
        async with open_page(BROWSER, downloads.parent / "profile") as page:
            options = {"behavior": "allow", "downloadPath": str(downloads)}
            await page.call("Browser.setDownloadBehavior", **options)
            await page.open(path.as_uri())
            found = await drive(Reviewer(page))
            assert page.problems == []
            return found

    return asyncio.run(run())


async def wait_for(path):
    for _ in range(100):
        if path.is_file() and path.stat().st_size:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"no {path}")


def set_grade(drafts, as_printed, grade):
    """Let the draft be less sure of a figure."""
    path = drafts / REPORT / "figures.csv"
    lines = path.read_text("utf-8").splitlines()
    lines = [
        re.sub(r",[ABC],([^,]*|\"[^\"]*\")$", rf",{grade},term: made up", line)
        if f",{as_printed}," in line
        else line
        for line in lines
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture
def drafts(tmp_path):
    drafts = write_draft(tmp_path)
    for row in read_rows(drafts / REPORT / "figures.csv"):
        grade = {"1.2万辆": "B", "10条": "C", "8%以上": "B"}.get(row["as_printed"], "A")
        set_grade(drafts, row["as_printed"], grade)
    return drafts


@pytest.mark.full
@NEEDS_BROWSER
def test_a_draft_is_decided_by_keys_downloaded_and_accepted(drafts, tmp_path):
    path = write_review(REPORT, drafts=drafts)
    downloads = tmp_path / "downloads"

    async def drive(person):
        assert (await person.look("progress")).endswith("flagged 0 of 4")
        assert (await person.look("head")).startswith("1.2, ")
        await person.press("a")  # 1.2万辆 as drafted
        assert (await person.look("head")).startswith("8, ")
        await person.press("e", "Tab")  # 8%以上: another term
        await person.type("全市生产总值")
        await person.press("Enter")
        assert (
            await person.look("why")
            == "a goal without a number: " + "bound to another growth, no number is printed"
        )
        await person.press("e")
        await person.type("全体居民收入")
        await person.press("Enter")
        assert (await person.look("head")).startswith("10, ")
        await person.press("x")  # 10条 is no figure
        assert "flagged 4 of 4" in await person.look("progress")
        await person.press("u")
        assert "flagged 3 of 4" in await person.look("progress")
        options = await person.page.evaluate(
            "[...document.querySelectorAll('#options button')].map((one) => one.textContent)"
        )
        await person.press(str(options.index("role: context") + 1))
        # What is taken as a grade is each row's own, whatever card is shown.
        await person.page.evaluate("show(rows.findIndex(isGoal))")
        await person.press("A", "O", "d")
        assert "not downloaded" not in await person.look("progress")
        await wait_for(downloads / "decisions.csv")
        return person.presses, await person.look("counts")

    presses, said = with_page(path, drive, downloads)
    assert said == f"On this visit: {presses} keys pressed, 7 decisions."
    rows = {row["start"]: row for row in read_rows(downloads / "decisions.csv")}
    decided = decide_all(drafts)
    assert list(rows) == list(decided)
    by_print = {row["as_printed"]: row for row in rows.values()}
    assert by_print["1.2万辆"]["decision"] == "accept"
    assert by_print["8%以上"]["subject_zh"] == "全市生产总值"
    assert (by_print["10条"]["decision"], by_print["10条"]["role"]) == ("change", "context")
    assert {row["as_printed"] for row in rows.values() if row["read"] == "each"} == {
        "1.2万辆",
        "8%以上",
        "10条",
        "",
    }
    (goal,) = [row for row in rows.values() if row["kind"] == "goal"]
    assert (goal["decision"], goal["subject_zh"]) == ("change", "全体居民收入")
    for start, row in rows.items():
        if row["read"] == "grade":
            assert row == decided[start] | {"read": "grade"}
    raw = copy_raw(tmp_path)
    accept_draft(REPORT, downloads / "decisions.csv", drafts=drafts, raw=raw)
    read = {row["as_printed"]: row["read"] for row in read_rows(raw / REPORT / "figures.csv")}
    assert read_rows(raw / REPORT / "goals.csv")[0]["subject_zh"] == "全体居民收入"
    assert read["10条"] == "each" and read["8.5%"] == "grade"


@pytest.mark.full
@NEEDS_BROWSER
def test_a_number_that_was_none_becomes_a_figure(drafts, tmp_path):
    path = write_review(REPORT, drafts=drafts)
    downloads = tmp_path / "downloads"

    async def drive(person):
        await person.page.evaluate("at('filter').value = 'others'; first()")
        while not (await person.look("head")).startswith("3311,"):
            await person.press("j")
        await person.press("x", "Tab")
        assert await person.page.evaluate("document.activeElement.id") == "field-subject_zh"
        await person.type('工程,"二"')
        await person.press("Enter", "d")
        await wait_for(downloads / "decisions.csv")

    with_page(path, drive, downloads)
    (row,) = read_rows(downloads / "decisions.csv")
    assert (row["as_printed"], row["subject_zh"], row["decision"], row["certainty"]) == (
        "3311",
        '工程,"二"',
        "change",
        "",
    )


@pytest.mark.full
@NEEDS_BROWSER
def test_what_the_text_holds_is_shown_and_never_run(drafts, tmp_path):
    path = write_review(REPORT, drafts=drafts)

    async def drive(person):
        await person.page.evaluate("at('filter').value = 'all'; first()")
        for _ in range(12):
            await person.press("j")
        find = "document.querySelectorAll('#text img, #text script, #card img').length"
        return await person.page.evaluate(find), await person.page.evaluate("document.title")

    assert with_page(path, drive, tmp_path / "d") == (0, f"Review of {REPORT}")
    page = path.read_text(encoding="utf-8")
    assert "<img" not in page and page.count("<script") == 2
    assert "&lt;img src=x onerror" in page
    assert page.count("url(") == page.count("url(data:font/woff;base64,") == 1
    assert not re.search(r"(?:src|href)\s*=|https?:", page.replace("img src=x", ""))


@pytest.mark.full
@NEEDS_BROWSER
def test_signs_that_end_scripts_lines_and_texts_are_shown(tmp_path):
    signs = "</script><!--<svg onload=alert(1)>\u2028\u2029\0😀'\"&lt;=1+1`${1}]]>"
    drafts = write_draft(tmp_path, more=f"产值{signs}12亿元，增长5%。{signs}\n")
    path = write_review(REPORT, drafts=drafts)

    async def drive(person):
        await person.page.evaluate("at('filter').value = 'all'; first()")
        for _ in range(24):
            await person.press("j", "e", "Escape")
        shown = "document.querySelectorAll('#text svg, #card svg, #text script').length"
        texts = "[at('text').textContent.includes('😀'), rows.length]"
        return await person.page.evaluate(shown), await person.page.evaluate(texts)

    count, (whole, rows) = with_page(path, drive, tmp_path / "d")
    assert (count, whole, rows) == (0, True, len(decide_all(drafts)))


@pytest.mark.full
@NEEDS_BROWSER
def test_filters_help_and_a_decision_made_before(drafts, tmp_path):
    decided = decide_all(drafts)
    row = next(row for row in decided.values() if row["as_printed"] == "10条")
    row |= {"subject_zh": "公路", "decision": "change", "read": "each"}
    write_decisions(drafts / REPORT / "decisions.csv", {"one": row})
    path = write_review(REPORT, drafts=drafts)

    async def drive(person):
        assert "1 of" in await person.look("progress")
        await person.press("f", "f")  # targets
        role = "document.getElementById('field-role').value"
        assert "target" in await person.page.evaluate(role)
        await person.press("f")  # headline
        assert await person.page.evaluate("document.getElementById('field-indicator').value")
        await person.press("?")
        assert await person.page.evaluate("at('help').open")
        await person.press("Escape")
        assert not await person.page.evaluate("at('help').open")
        await person.page.evaluate("at('filter').value = 'all'; first()")
        await person.go_to("10条")
        return await person.look("state"), await person.look("why")

    state, why = with_page(path, drive, tmp_path / "d")
    assert state == "✓ change, read: each"
    assert "drafted as subject_zh: " in why


@pytest.mark.full
@NEEDS_BROWSER
def test_everything_can_be_clicked(drafts, tmp_path):
    path = write_review(REPORT, drafts=drafts)
    downloads = tmp_path / "downloads"

    async def drive(person):
        page = person.page

        async def click(what):
            await page.evaluate(f"document.querySelector('{what}').click()")

        await click("#text .number:nth-of-type(4)")
        assert " 4 of " in f" {await person.look('head')}"
        await page.evaluate("at('filter').value = 'all'; first()")
        await person.go_to("10条")
        # What is typed counts when the button is pressed, saved before or not.
        await page.evaluate("at('field-subject_zh').value = '公路'; at('field-role').focus()")
        await click("#accept")
        await person.press("u")
        assert "subject_zh" not in await person.look("why")
        await page.evaluate("at('field-subject_zh').value = '公路'")
        await click("#accept")
        await click("#exclude")
        await click("#undo")
        assert "1 of" in await person.look("progress")
        await page.evaluate("show(rows.findIndex((row) => row.fields.as_printed === '1.2万辆'))")
        await click("#options button")
        assert "2 of" in await person.look("progress")
        await click("#help-button")
        await click("#help button")
        await page.evaluate("at('card').requestSubmit()")  # as the keyboard of a phone does
        await click("#download")
        await wait_for(downloads / "decisions.csv")
        named = "[...document.querySelectorAll('input, select, button, progress')].every((one) =>"
        named += " one.labels?.length || one.textContent || one.ariaLabel)"
        return await page.evaluate(named)

    assert with_page(path, drive, downloads)
    rows = {row["as_printed"]: row for row in read_rows(downloads / "decisions.csv")}
    assert (rows["10条"]["subject_zh"], rows["10条"]["decision"]) == ("公路", "change")


@pytest.mark.full
@NEEDS_BROWSER
def test_closing_by_mistake_loses_nothing(drafts, tmp_path):
    path = write_review(REPORT, drafts=drafts)

    async def drive(person):
        await person.press("a", "a")
        await person.page.evaluate("saved = true")  # else the browser asks
        await asyncio.sleep(1)  # the browser keeps it a moment later
        await person.page.open(path.as_uri())
        return await person.look("progress")

    assert "flagged 2 of 4" in with_page(path, drive, tmp_path / "d")


def test_the_page_shows_the_whole_text_once(drafts, tmp_path):
    text = (tmp_path / "report.txt").read_text(encoding="utf-8")
    page = write_review(REPORT, drafts=drafts).read_text(encoding="utf-8")
    read = BeautifulSoup(page, "html.parser")
    shown = read.find(id="text")
    assert shown.get_text() == text and not read.find(id="lacking")
    assert len(shown.find_all(class_="number")) == len(decide_all(drafts))


# Two characters that look alike on the screen are two boxes for what no font holds.
DRAW_CHINESE = """
(async () => {
  const [face] = await document.fonts.load('16px "Hyreport Sans SC"', "产");
  const pen = document.createElement("canvas").getContext("2d");
  const draw = (text) => {
    pen.reset();
    pen.font = `48px ${getComputedStyle(at("text")).fontFamily}`;
    pen.fillText(text, 0, 60);
    return pen.canvas.toDataURL();
  };
  return [face.status, new Set([..."地区生产总值"].map(draw)).size];
})()
"""


@pytest.mark.full
@NEEDS_BROWSER
def test_a_machine_without_a_chinese_font_shows_the_text(drafts, tmp_path):
    path = write_review(REPORT, drafts=drafts)

    async def drive(person):
        return await person.page.evaluate(DRAW_CHINESE)

    assert with_page(path, drive, tmp_path / "d") == ["loaded", 6]


def test_the_page_brings_each_character_it_shows_and_tells_what_its_font_lacks(tmp_path):
    drafts = write_draft(tmp_path, more="\U00020bb7镇产值12亿元。\n")
    page = write_review(REPORT, drafts=drafts).read_text(encoding="utf-8")
    (font,) = re.findall(r"url\(data:font/woff;base64,([\w+/=]+)\)", page)
    held = {chr(code) for code in TTFont(BytesIO(base64.b64decode(font))).getBestCmap()}
    read = BeautifulSoup(page, "html.parser")
    shown = read.body.get_text() + read.find(id="data").get_text()
    assert {char for char in shown if char > "\u2e80"} - held == {"\U00020bb7"}
    assert "\U00020bb7 U+20BB7" in read.find(id="lacking").get_text()


def test_marks_say_role_and_certainty_by_shape(drafts):
    style = write_review(REPORT, drafts=drafts).read_text(encoding="utf-8")
    for role in ("actual", "target", "context"):
        assert re.search(rf'data-role="{role}"\] \{{ border-bottom: \dpx', style)
    assert 'content: "?"' in style and 'content: "??"' in style


def test_the_same_page_stands_in_a_frame(drafts, monkeypatch):
    path = write_review(REPORT, drafts=drafts)
    shown = hy.review(REPORT, drafts=drafts)._repr_html_()
    (inside,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(inside) == path.read_text(encoding="utf-8")
    assert 'sandbox="allow-scripts allow-downloads allow-modals"' in shown
    monkeypatch.chdir(drafts.parent)
    assert hy.review(REPORT)._repr_html_() == shown


async def find_frame(profile):
    """Return the address of the socket of the one frame, which has a process of its own."""
    port = (profile / "DevToolsActivePort").read_text(encoding="utf-8").splitlines()[0]
    for _ in range(100):
        answer = await AsyncHTTPClient().fetch(f"http://127.0.0.1:{port}/json/list")
        for entry in json.loads(answer.body):
            if entry["type"] == "iframe":
                return entry["webSocketDebuggerUrl"]
        await asyncio.sleep(0.1)
    raise AssertionError("no frame")


@pytest.mark.full
@NEEDS_BROWSER
def test_the_frame_runs(drafts, tmp_path):
    write_review(REPORT, drafts=drafts)
    outer = tmp_path / "lab.html"
    outer.write_text(hy.review(REPORT, drafts=drafts)._repr_html_(), encoding="utf-8")

    async def drive(person):
        frame = await find_frame(tmp_path / "profile")
        socket = await websocket_connect(frame)
        inside = Reviewer(Page(socket))
        before = await inside.look("progress")
        await inside.press("a")
        found = before, await inside.look("progress"), await inside.page.evaluate("origin")
        socket.close()
        while await socket.read_message() is not None:
            pass
        return found

    before, shown, origin = with_page(outer, drive, tmp_path / "d")
    assert "flagged 0 of 4" in before and "flagged 1 of 4" in shown
    assert origin == "null"  # nothing of the page around it is in its reach


def test_the_frame_needs_the_page(tmp_path):
    with pytest.raises(HyreportError, match=r"type `hyreport review made-up` first"):
        hy.review("made-up", drafts=tmp_path)


def test_another_text_is_refused_and_one_moved_is_found(drafts, tmp_path, capsys):
    text = tmp_path / "report.txt"
    moved = text.rename(tmp_path / "moved.txt")
    verb = ["review", REPORT, "--drafts", str(drafts)]
    assert main(verb) == 1
    assert main([*verb, "--text", str(moved)]) == 0
    text.write_text(moved.read_text("utf-8") + "\n", "utf-8")
    assert main(verb) == 1
    lines = capsys.readouterr().err.splitlines()
    assert "no such file" in lines[0] and "another text" in lines[1]
