"""Times the drafting of reports on this machine, and how the time grows with a text.

    HYREPORT_TEXTS_DIR=FOLDER .venv/bin/python tools/bench_draft.py [--reports 200] [--seed 17]

FOLDER holds the texts of many reports in Markdown. What is printed is CPU time, so that other work
on the machine counts little; the sentences of the texts are not.
"""

import argparse
import contextlib
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hyreport.draft.draft import draft_text
from hyreport.draft.oddities import MOST_CHARACTERS, MOST_NUMBERS
from hyreport.draft.segment import TOKEN
from hyreport.text.decoding import TextError, decode

COMMUNIQUES = "国家统计局年度统计"
# What hostile texts are made of; as much Chinese beside it as a report must have.
PIECES = (
    *("1", "1%、", "1,", "、", "，", "由1到", "分别增长1%、2%", "（", "）", "“", "<", "<a ", "|1"),
    *("[", "[1](", "\n", "1\n", " ", "1 ", "百分之", "百分之八", "1-2", "$1.$2", "一、", "2030年"),
    *("增长", "新增", "同比增长", "力争", "以上", "&#1;", "人"),
)
OPENING = "2031年政府工作报告\n一、2030年工作回顾\n成绩很大。\n二、2031年工作安排\n"


def time_draft(text: str) -> float:
    """Return the CPU seconds that drafting a text takes, refused or not."""
    start = time.process_time()
    with contextlib.suppress(TextError):
        draft_text(text, "bench")
    return time.process_time() - start


def make_hostile(piece: str, size: int) -> str:
    """Return a text of so many characters: a piece again and again, then plain Chinese."""
    times = size // 2 // len(piece)
    if any(sign.isdigit() for sign in piece) or "百" in piece:
        # More numbers would be refused before they are read.
        numbers = max(1, len(TOKEN.findall(piece)))
        times = min(times, MOST_NUMBERS * size // MOST_CHARACTERS // numbers - 3)
    hostile = piece * times
    return f"{OPENING}{'增长。' * 20}{hostile}\n{'人' * (size - len(hostile))}"


def bench_shelf(paths: list[Path], say: Callable[[str], None]) -> None:
    """Time one draft of each text; say median and longest, and the longest communique."""
    texts = {path: decode(path.read_bytes(), path.name) for path in paths}
    time_draft(max(texts.values(), key=len))  # patterns are compiled at the first draft
    seconds = sorted((time_draft(text), path) for path, text in texts.items())
    times = [one for one, _ in seconds]
    slowest, path = seconds[-1]
    say(f"{len(times)} texts: median {statistics.median(times):.3f} s, slowest {slowest:.3f} s")
    say(f"  nine of ten below {times[len(times) * 9 // 10]:.3f} s; the slowest is {path.name}")


def bench_growth(text: str, say: Callable[[str], None]) -> None:
    """Time a text once, twice and four times as long."""
    times = [min(time_draft(text * times) for _ in range(3)) for times in (1, 2, 4)]
    ratio = times[2] / times[1]
    say(f"a text, twice, four times: {', '.join(f'{one:.3f}' for one in times)} s ({ratio:.2f})")


def bench_hostile(size: int, say: Callable[[str], None]) -> None:
    """Time hostile texts of half the size and of all of it; say the slowest and the steepest."""
    found = []
    for piece in PIECES:
        half, whole = (time_draft(make_hostile(piece, part)) for part in (size // 2, size))
        found.append((whole, whole / max(half, 0.01), piece))
    for seconds, ratio, piece in (max(found), max(found, key=lambda one: one[1])):
        say(f"hostile, {size} characters: {seconds:.2f} s, {ratio:.2f} of half as many ({piece!r})")


def main() -> None:
    """Time a random part of the shelf, the longest communique, growth and hostile texts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--seed", type=int, default=17)
    arguments = parser.parse_args()
    if not (shelf := os.environ.get("HYREPORT_TEXTS_DIR")):
        sys.exit("set HYREPORT_TEXTS_DIR to the folder that holds the texts of many reports")
    paths = sorted(Path(shelf).rglob("*.md"))
    chosen = random.Random(arguments.seed).sample(paths, min(arguments.reports, len(paths)))
    bench_shelf(chosen, print)
    communiques = [path for path in paths if COMMUNIQUES in path.parts]
    longest = max(communiques or paths, key=lambda path: path.stat().st_size)
    text = decode(longest.read_bytes(), longest.name)
    say = f"the longest communique, {len(text)} characters: "
    print(f"{say}{min(time_draft(text) for _ in range(3)):.3f} s")
    bench_growth(decode(chosen[0].read_bytes(), chosen[0].name), print)
    bench_hostile(MOST_CHARACTERS - 1000, print)  # of Chinese more than a megabyte


if __name__ == "__main__":
    main()
