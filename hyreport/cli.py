"""The command line: `hyreport` and a verb, from `build` to `accept`."""

import argparse
from pathlib import Path

from hyreport import __version__
from hyreport.data.versions import find_data
from hyreport.errors import HyreportError
from hyreport.paths import (
    DATA,
    IS_CLONE,
    MANY,
    NOTEBOOKS,
    RAW,
    ROOT,
    default_report,
    find_report,
    list_reports,
    need_clone,
    need_extra,
)
from hyreport.publish import console
from hyreport.publish.console import say, tell
from hyreport.words.language import LANGUAGES

__all__ = ["main"]


INTERRUPTED, NOBODY_READS = 130, 141
# As with diff and grep, 1 says that something differs, so trouble must be another number.
NOT_VERIFIED = 2
LAB_HELP = """options of JupyterLab, the most used:
  --no-browser     print the address and open no browser
  --port=8890      listen there; the next free port where it is taken
  --browser=NAME   open it in this browser
  --help-all       list all others

It listens on this machine only, asks for the token that its address holds, and shows
the whole folder of the project; address, folder and kernel are fixed. Ctrl-C ends it."""


def main(argv: list[str] | None = None) -> int:
    """Run one verb; return the exit status: 0, or 1 (verify: 2) after an error in one line.

    Parameters
    ----------
    argv : list of str, optional
        The arguments after the program's name; those of this process by default.
    """
    console.prepare_output()
    try:
        arguments, rest = _parser().parse_known_args(argv)
        arguments.rest = rest
        if rest and arguments.verb != "lab":
            _parser().error(f"unknown arguments: {' '.join(rest)}")
        with console.ended_by_signals():
            return arguments.run(arguments) or 0
    except HyreportError as error:
        for message in (str(error), *getattr(error, "__notes__", ())):
            tell(f"hyreport: error: {message}")
    except KeyboardInterrupt as stop:
        tell("hyreport: stopped")
        return getattr(stop, "status", INTERRUPTED)
    except BrokenPipeError:
        return NOBODY_READS
    except OSError as error:
        tell(f"hyreport: error: {console.explain(error)}")
    finally:
        console.drop_output()
    return NOT_VERIFIED if arguments.verb == "verify" else 1


def _parser() -> argparse.ArgumentParser:
    words = "Figures, notebooks and checks of government work reports."
    parser = argparse.ArgumentParser(prog="hyreport", description=words)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, run, words in (
        ("build", build, "read data/raw, check it, write data/processed"),
        ("render", render, "build, run the notebooks whose inputs changed, write artifacts"),
        ("verify", verify, "say what moved: render elsewhere and compare with the artifacts"),
        ("export", export, "write the tables for Stata, Excel or other programs"),
        ("lab", lab, "open the notebooks in JupyterLab on this machine"),
        ("draft", draft, "read a report's text into draft tables, each number with how sure it is"),
        ("review", review, "write the page on which a person decides each number of a draft"),
        ("accept", accept, "take a reviewed draft into data/raw, all of it or nothing"),
        ("panel", panel, "read a folder of many reports into one panel of headline indicators"),
    ):
        says = words[0].upper() + words[1:] + "."
        # Of JupyterLab's own options none is to be taken for the beginning of one of these.
        verb = verbs.add_parser(name, help=words, description=says, allow_abbrev=run is not lab)
        verb.set_defaults(run=run)
        if run is render:
            verb.add_argument("--force", action="store_true", help="run all notebooks again")
            verb.add_argument(
                "--allow-stale",
                action="store_true",
                help="end with status 0 although numbers in the text differ from the data",
            )
        if run is verify:
            only = verb.add_mutually_exclusive_group()
            only.add_argument(
                "--text", metavar="FILE", help="check every figure against your copy of the text"
            )
            only.add_argument(
                "--since", metavar="REV", help="list what moved since a tag or commit of git"
            )
            verb.epilog = "Exit status: 0 nothing moved, 1 something differs, 2 could not tell."
        if run is draft:
            _add_draft_options(verb)
            continue
        if run is panel:
            words = "the public collection in its own layout, or a folder with a texts.csv"
            verb.add_argument("--texts", metavar="DIR", required=True, help=words)
            words = "where to (data/panel of the clone, else panel here)"
            verb.add_argument("--to", metavar="DIR", help=words)
            continue
        if run in (review, accept):
            _add_review_options(verb, accepts=run is accept)
            continue
        if run is export:
            verb.add_argument(
                "--format",
                default="xlsx",
                help="dta (Stata), xlsx (Excel, the default) or csv (UTF-8 with a mark for Excel)",
            )
            verb.add_argument(
                "--to", metavar="FOLDER", help="where to (./REPORT-FORMAT, made if need be)"
            )
        words = "the default report" if run in (export, lab) else "all reports"
        verb.add_argument(
            "--report", metavar="ID", help=f"which report, by its folder in data/raw ({words})"
        )
        if run is lab:
            verb.usage = "%(prog)s [-h] [--report ID] [--student [zh]] [options of JupyterLab]"
            verb.add_argument(
                "--student",
                nargs="?",
                const="en",
                choices=LANGUAGES,
                help="open the student edition of the case study, with zh in Chinese: your own "
                "copy in scratch/, which stays until you delete it",
            )
            verb.formatter_class = argparse.RawDescriptionHelpFormatter
            verb.epilog = LAB_HELP
    return parser


def _add_draft_options(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--text", metavar="FILE", required=True, help="the report's text")
    verb.add_argument("--report", metavar="ID", required=True, help="its id, as place-year")
    verb.add_argument("--year", type=int, metavar="Y", help="year of its targets, if it is known")
    verb.add_argument("--area", default="", metavar="CODE", help="six digits of GB/T 2260")
    verb.add_argument("--to", default="drafts", metavar="DIR", help="where to write (drafts)")


def _add_review_options(verb: argparse.ArgumentParser, *, accepts: bool) -> None:
    verb.add_argument("report", metavar="ID", help="the draft, by its folder")
    verb.add_argument("--drafts", default="drafts", metavar="DIR", help="where drafts are (drafts)")
    if accepts:
        words = "what was decided, as the page gives it"
        verb.add_argument("--decisions", metavar="FILE", required=True, help=words)
        words = "take the differences into the report of the same text that stands there"
        verb.add_argument("--replace", action="store_true", help=words)
    else:
        words = "the text that was drafted, if it has moved since"
        verb.add_argument("--text", metavar="FILE", help=words)


def draft(arguments: argparse.Namespace) -> None:
    """Draft a report's tables and say where they are and what is odd about the copy."""
    from hyreport.draft.certainty import say_accuracy
    from hyreport.draft.files import draft_file

    options = {"year": arguments.year, "area": arguments.area, "to": Path(arguments.to)}
    folder, drafted = draft_file(arguments.text, arguments.report, **options)
    area = "" if arguments.area else "; no --area was given"
    say(f"{folder}: {drafted.summary}{area}")
    say(f"rows {say_accuracy()}")
    if drafted.odd:
        say(f"in this copy: {'; '.join(drafted.odd)}")


def review(arguments: argparse.Namespace) -> None:
    """Write the review page of a draft and say where it is."""
    from hyreport.draft.review import write_review

    options = {"text": arguments.text, "drafts": Path(arguments.drafts)}
    path = write_review(arguments.report, **options)
    say(f"{path}: open it in a browser; decisions.csv comes out of it as a download")


def accept(arguments: argparse.Namespace) -> None:
    """Take a reviewed draft into data/raw and say what differs."""
    from hyreport.draft.accept import accept_draft

    need_clone("accept")
    options = {"drafts": Path(arguments.drafts), "replace": arguments.replace}
    for line in accept_draft(arguments.report, arguments.decisions, **options):
        say(line)
    say(
        f"data/raw/{arguments.report}: accepted; `build --report {arguments.report}` makes its data"
    )


def panel(arguments: argparse.Namespace) -> None:
    """Make the panel of a folder of texts and say what it holds."""
    with need_extra("panel", "hyreport panel"):
        from hyreport.panel.make import make_panel

    to = Path(arguments.to) if arguments.to else (DATA / "panel" if IS_CLONE else Path("panel"))
    made = make_panel(Path(arguments.texts), to, say=tell)
    say(
        f"{to}: {made.used} of {made.texts} texts used, {made.found} cells found, "
        f"{made.read_now} texts read now; reports.csv says why others are left out"
    )


def build(arguments: argparse.Namespace) -> None:
    """Make data/processed and say what changed."""
    need_clone("build")
    with need_extra("render", "hyreport build"):
        from hyreport.build.build import build_report

    changed = build_report(report_id=arguments.report)
    say(f"data/processed: {', '.join(changed) if changed else 'nothing changed'}")


def render(arguments: argparse.Namespace) -> None:
    """Make the artifacts and say what changed."""
    need_clone("render")
    with need_extra("render", "hyreport render"):
        from hyreport.publish.manifest import check_packages
        from hyreport.publish.render import render as render_reports

        check_packages(ROOT)

    options = {"force": arguments.force, "allow_stale": arguments.allow_stale}
    for report_id, changed in render_reports(*_reports(arguments), **options).items():
        words = f"{len(changed)} files changed" if changed else "every page is up to date"
        again = "" if changed or arguments.force else "; `render --force` runs all notebooks again"
        say(f"artifacts/{report_id}/index.html: {words}{again}")


def verify(arguments: argparse.Namespace) -> int:
    """Say what differs: from a copy of the text, from an earlier version, from a fresh render."""
    if arguments.text is not None:
        from hyreport.text.compare import verify_copy

        compared = verify_copy(arguments.text, arguments.report or default_report())
        say(str(compared))
        return 1 if compared.differences else 0
    need_clone("verify")
    with need_extra("render", "hyreport verify"):
        from hyreport.verify import reproduce

    reports = _reports(arguments)
    if arguments.since is not None:
        moved = reproduce.verify_since(arguments.since, *reports)
    else:
        for fault in reproduce.check_installation():
            say(f"installation: {fault}")
        moved = reproduce.verify_artifacts(*reports, progress=tell, suite=arguments.report is None)
    say(reproduce.say_moved(moved))
    return 1 if moved else 0


def export(arguments: argparse.Namespace) -> None:
    """Write the tables of a report for another program and say where they are."""
    from hyreport.data.report import Report
    from hyreport.publish.export import export_tables

    report = Report(arguments.report)
    folder = Path(arguments.to or f"{report.id}-{arguments.format}")
    for path in export_tables(report, arguments.format, folder):
        say(str(path))


def _reports(arguments: argparse.Namespace) -> list[str]:
    """Return the report that is named, or all, with the panel of many where there is one."""
    if arguments.report is None:
        return [*list_reports(RAW), *([MANY] if has_panel() else [])]
    return [MANY] if arguments.report == MANY else [find_report(arguments.report, RAW).name]


def has_panel() -> bool:
    """Say whether the project has a panel of many reports, and notebooks that ask it."""
    has_data = (ROOT / find_data(MANY) / "reports.csv").is_file()
    return has_data and any((NOTEBOOKS / MANY).glob("[0-9]*.ipynb"))


def lab(arguments: argparse.Namespace) -> None:
    """Open JupyterLab on the notebooks; it listens on this machine only and asks for its token."""
    from hyreport.lab.launch import open_lab

    open_lab(arguments.rest, arguments.report or default_report(), student=arguments.student)
