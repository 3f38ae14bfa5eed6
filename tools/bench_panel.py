"""Times typical questions to a panel of many synthetic reports on this machine.

    .venv/bin/python tools/bench_panel.py [--reports 100000]

The panel is written into a temporary folder and asked through hy.panel.ask, by one thread, as any
other is. Seconds are CPU time, so that other work on the machine counts little: of the first time
that a question is asked, and the least of three.
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import duckdb

from hyreport.panel.ask import ask, cell, outcomes, targets
from hyreport.panel.keep import HEADLINE, REPORTS
from hyreport.panel.names import indicator_unit
from hyreport.panel.place import stand_among_peers
from hyreport.panel.reading import headline_indicators

FIRST_YEAR, YEARS = 1990, 36
TIMES, LIMIT = 3, 1.0
# A place in each 100 is a province; no number here says anything of a real place.
TEXTS = """
create table texts as
select
    format('{:06d}-{}', 100000 + place, year) as report,
    format('made-up/{:06d}/{}.md', 100000 + place, year) as path,
    sha256(format('{}-{}', place, year)) as sha256,
    format('第{}市', place) as area,
    format('{:06d}', 100000 + place) as area_code,
    area_code as area_code_now,
    case when place = 0 then 'nation' when place % 100 = 1 then 'province' else 'prefecture' end
        as level,
    year as report_year, '' as delivered, 'yes' as used, '' as why_not, '' as note
from (select i // $years as place, ($first + i % $years)::int as year from range($reports) t(i))
order by place, year
"""
CELLS = """
create table cells as
select
    report, area, area_code, area_code_now, level, report_year, indicator, kind,
    (report_year - (kind = 'actual')::int)::int as period,
    case when draw % 10 < 7 then 'found' when draw % 10 < 9 then 'not_found' else 'absent' end
        as status,
    case when status = 'found' then 5 + draw % 97 / 10 end as value,
    null::double as value_high,
    case when status = 'found' then value - if(kind = 'actual', 0.05, 0) end as low,
    case when status = 'found' then value + if(kind = 'actual', 0.05, 0) end as high,
    case when status <> 'found' then '' when draw % 5 = 0 then 'at_least' else 'exact' end
        as qualifier,
    '' as hedge, null::double as stretch_value,
    case when status = 'found' then unit else '' end as unit,
    case when status = 'found' then (draw % 9000)::int end as char_start,
    char_start + 3 as char_end,
    case when status = 'found' then format('{:.1f}{}', value, unit) else '' end as as_printed,
    case when status = 'found' then indicator else '' end as subject_zh,
    case when status <> 'found' then '' when draw % 20 = 0 then 'C' else 'A' end as certainty
from (
    select *, (hash(report, indicator, kind) % 1000000)::int as draw
    from texts, (select unnest($indicators) as indicator, unnest($units) as unit),
        (values ('actual'), ('target')) kinds(kind)
)
order by report, indicator, kind
"""
MEANS = """
select level, period, count(*) as n, avg(value) as mean, median(value) as median
from headline
where indicator = 'gdp.growth' and kind = 'target' and status = 'found' and certainty <> 'C'
group by all order by all
"""
MET = """
select level, year, count(*) as n, avg((outcome_value >= target_value)::int) as met
from pairs where indicator = 'gdp.growth' and certainty <> 'C' group by all order by all
"""
MET_ALL = MET.replace("level, year", "indicator, year").replace("indicator = 'gdp.growth' and", "")
FOUND = """
select indicator, kind, period // 10 * 10 as decade, avg((status = 'found')::int) as found
from headline group by all order by all
"""
WORDS = """
select h.area, h.period, h.as_printed, r.path, h.char_start
from headline h join reports r using (report)
where h.indicator = 'gdp.growth' and h.kind = 'target' and h.status = 'found'
order by h.value desc, h.report limit 20
"""


def write_synthetic(folder: Path, reports: int) -> int:
    """Write a panel of made-up reports, the same for the same number; return its cells."""
    folder.mkdir(parents=True, exist_ok=True)
    names = list(headline_indicators())
    with duckdb.connect(config={"threads": 1, "preserve_insertion_order": True}) as connection:
        spans = {"reports": reports, "first": FIRST_YEAR, "years": YEARS}
        connection.execute(TEXTS, spans)
        units = [indicator_unit(name) for name in names]
        connection.execute(CELLS, {"indicators": names, "units": units})
        _copy(
            connection, "cells", HEADLINE, folder / "headline.parquet", "parquet, compression zstd"
        )
        _copy(connection, "texts", REPORTS, folder / "reports.csv", "csv")
        return connection.execute("select count(*) from cells").fetchone()[0]


def _copy(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], path: Path, how: str
) -> None:
    """Write a table in the columns of a panel; one that is not made up here is blank."""
    known = {name for name, *_ in connection.execute(f"describe {table}").fetchall()}
    chosen = ", ".join(name if name in known else f"'' as {name}" for name in columns)
    copy = f"copy (select {chosen} from {table}) to $path (format {how})"
    connection.execute(copy, {"path": str(path)})


def list_questions(panel: Path) -> dict[str, Callable[[], object]]:
    """Return typical questions by what they ask."""
    last = "select area_code_now, max(period) from headline group by 1 order by 1 desc limit 1"
    place, year = ask(last, panel=panel).iloc[0]
    return {
        "mean and median target of growth by level and year": lambda: ask(MEANS, panel=panel),
        "targets of growth met, by level and year": lambda: ask(MET, panel=panel),
        "targets met, of every indicator by year": lambda: ask(MET_ALL, panel=panel),
        "cells found, by indicator, kind and decade": lambda: ask(FOUND, panel=panel),
        "the highest targets with their words and texts": lambda: ask(WORDS, panel=panel),
        "hy.panel.targets of one place": lambda: targets(area=place, panel=panel),
        "hy.panel.outcomes of one year": lambda: outcomes(year=int(year) - 1, panel=panel),
        "hy.panel.cell": lambda: cell(place, int(year) - 2, kind="actual", panel=panel),
        "one place among its peers": lambda: stand_among_peers(place, panel=panel),
    }


def time_question(question: Callable[[], object]) -> tuple[float, float]:
    """Return the CPU seconds of the first time, and the least of all."""
    times = []
    for _ in range(TIMES):
        start = time.process_time()
        question()
        times.append(time.process_time() - start)
    return times[0], min(times)


def describe_machine() -> str:
    """Say the machine and the versions that the numbers refer to."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    versions = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "pandas", "numpy"))
    return f"{machine}, Python {platform.python_version()}, {versions}"


def run_bench(reports: int, folder: Path, say: Callable[[str], object] = print) -> bool:
    """Write the panel, ask it and say how long each took; return whether each was fast enough."""
    start = time.process_time()
    cells = write_synthetic(folder, reports)
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    say(describe_machine())
    taken = time.process_time() - start
    say(f"{reports} made-up reports, {cells} cells, {size:.0f} MB, written in {taken:.1f} s")
    say(f"{'first':>9}  {'least':>6}  seconds")
    slow = []
    for name, question in list_questions(folder).items():
        first, least = time_question(question)
        say(f"{first:9.3f}  {least:6.3f}  {name}")
        slow += [name] if first > LIMIT else []
    say(f"longer than {LIMIT:.0f} s: {', '.join(slow) or 'none'}")
    return not slow


def main() -> None:
    """Time the questions in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=100_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix=".hy-panel-") as folder:
        run_bench(arguments.reports, Path(folder))


if __name__ == "__main__":
    main()
