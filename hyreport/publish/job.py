"""Makes the artifacts of one report from its sources: what is as it was before is used again.

What is new grows in a sibling folder and is swapped in by renaming, so that a render that fails or
is killed leaves the previous artifacts as they were; one render at a time works there.
"""

import os
import re
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from hyreport.data.versions import data_hash, find_data, hash_files, hash_json, say_version
from hyreport.errors import RenderError
from hyreport.paths import ANY_REPORT, ASSETS, CASE_STUDY, MANY, PACKAGE
from hyreport.publish import manifest
from hyreport.publish.console import Progress
from hyreport.publish.editions import base_of, without_notes, write_editions
from hyreport.publish.manifest import changed_outputs, read_json, read_manifest, write_json
from hyreport.publish.stamp import stamp
from hyreport.publish.swap import siblings, swap_in
from hyreport.publish.translate import FOLDER, list_shown, read_translations, take_shown, translate
from hyreport.words.phrases import list_shared

if TYPE_CHECKING:
    from hyreport.publish.evidence import Evidence

__all__ = ["Job"]


PAGES = ASSETS / "pages"
MANY_OR_ANY = (ANY_REPORT, f"notebooks/{MANY}")
ENDS = {"figure": ("svg", "png", "csv"), "table": ("csv",), "result": ()}


class Job:
    """The render of one report: what it is made from, and where it grows."""

    def __init__(self, root: Path, report_id: str, progress: Progress):
        self.root, self.report_id, self.progress = root, report_id, progress
        self.target = root / "artifacts" / report_id
        self.new = siblings(self.target)[0]
        self.files = manifest.describe_files(root)
        self.facts = manifest.read_facts(root, report_id)
        self.previous = read_manifest(self.target)
        self.results: dict[str, dict] = {}
        self.shown: dict[str, dict] = {}  # in Chinese, by notebook and name
        version, packages = manifest.describe_project(root)
        self.record = {
            "report": report_id,
            "title_en": self.facts.get("title_en", report_id),
            "title_zh": self.facts.get("title_zh", ""),
            "version": version,
            "data": data_hash(self.files, report_id),
            "packages": packages,
            "neighbours": manifest.list_neighbours(root, report_id),
            "platform": manifest.describe_platform(),
        }

    def render(self, force: bool) -> list[str]:
        """Make the artifacts and put them in their place; return the names of what changed."""
        sources = [self.root / name for name in manifest.list_sources(self.files, self.facts)]
        self.translations = read_translations(sources)
        documents = [path for path in sources if path.suffix == ".md"]
        sources = [path for path in sources if path.suffix == ".ipynb"]
        if not sources:
            raise RenderError("notebooks", "no notebook", "at least one such as 01_name.ipynb")
        notebooks = write_editions(sources, self.new, self.report_id)
        entries = self._run(notebooks, {} if force else self._find_reusable(notebooks))
        _check_names(entries)
        write_json(self.new / "results.json", self.results)
        data = self.root / find_data(self.report_id)
        shutil.copytree(data, self.new / "data", ignore=shutil.ignore_patterns(".*"))
        if self.report_id == MANY:
            from hyreport.panel.export import export_panel

            export_panel(data, to=self.new / "data")
        self.progress("pages")
        read = self._write_pages([path.stem for path in notebooks], documents)
        loaded = {name for entry in entries.values() for name in entry["loaded"]} | read
        names = manifest.list_inputs(self.files, self.report_id, self.facts) | loaded
        self.record["inputs"] = {n: self.files[n] for n in sorted(names) if n in self.files}
        self.record["outputs"] = hash_files(self.new)
        write_json(self.new / manifest.NAME, self.record | {"notebooks": entries})
        return swap_in(self.new, self.target, self.record["outputs"])

    def _find_reusable(self, notebooks: dict[Path, dict]) -> dict[str, dict]:
        """Return what is known of each notebook that would give what it gave before.

        Its source, all that it loaded, the reports of its area, packages and kind of machine are as
        they were, and so are its artifacts.
        """
        alike = ["packages", "platform", "neighbours"]
        if self.report_id == MANY:  # a kernel cannot tell that it read what another library opens
            alike.append("data")
        if any(self.previous.get(name) != self.record[name] for name in alike):
            return {}
        inputs, known = self.previous["inputs"], self.previous["notebooks"]
        changed = changed_outputs(self.target, self.previous)
        return {
            path.stem: entry
            for path, notebook in notebooks.items()
            if (entry := known.get(path.stem))
            and entry.get("source") == hash_json(notebook)
            and all(self.files.get(name) == inputs[name] for name in entry["loaded"])
            and entry.get("chinese") == self._tables(path.stem)
            and changed.isdisjoint(_files(path.stem, entry["kept"], entry["chinese"]))
        }

    def _run(self, notebooks: dict[Path, dict], reused: dict[str, dict]) -> dict[str, dict]:
        """Fill the new folder with what the notebooks show and keep; return what each loaded."""
        due = {path: notebook for path, notebook in notebooks.items() if path.stem not in reused}
        words = f"{len(due)} notebooks to run, {len(reused)} unchanged"
        self.progress(f"{self.report_id}: {words}")
        for stem, entry in reused.items():
            self._reuse(stem, entry)
        return reused | (self._execute(due) if due else {})

    def _execute(self, due: dict[Path, dict]) -> dict[str, dict]:
        from hyreport.lab.keep import REPORT
        from hyreport.publish.execute import execute_notebooks
        from hyreport.words.phrases import PHRASES, REPORTS

        # The system's own folder for this has the short path that the kernels' sockets need.
        scratch = tempfile.TemporaryDirectory(prefix=".hy-", ignore_cleanup_errors=True)
        with ThreadPoolExecutor(1) as meanwhile, scratch as folder:
            prepared = meanwhile.submit(_prepare_pages, list(due.values()))
            executed = execute_notebooks(
                due,
                Path(folder),
                root=self.root,
                settings={
                    REPORT: self.report_id,
                    PHRASES: str(self._phrases()),
                    REPORTS: " ".join(self._reports()),
                },
                progress=self.progress,
            )
            prepared.result()
            return {
                path.stem: {
                    "kept": self._collect(Path(folder, "kept", path.stem), executed[path.stem]),
                    "loaded": self._list_loaded(Path(folder, "opened", path.stem)),
                    "source": hash_json(notebook),
                    "chinese": self._tables(path.stem),
                }
                for path, notebook in due.items()
            }

    def _phrases(self) -> Path:
        """Return the folder with what stands beside the notebooks in Chinese."""
        return self.root / self.facts.get("study", MANY_OR_ANY[self.report_id == MANY]) / FOLDER

    def _reports(self) -> list[str]:
        """Return the report and the others of its area."""
        return [self.report_id, *self.record["neighbours"]]

    def _tables(self, stem: str) -> list[str]:
        """Return the tables of what a notebook says in Chinese, by name; none without its own."""
        own = self._phrases() / f"{stem}.csv"
        tables = [own, *list_shared(own.parent, *self._reports())] if own.is_file() else []
        return [path.relative_to(self.root).as_posix() for path in tables]

    def _reuse(self, stem: str, entry: dict) -> None:
        """Take over what a notebook kept before."""
        from hyreport.publish.stale import unmark_notebook

        path = self._notebook(stem)
        kept_as = read_json(self.target / path.relative_to(self.new))
        write_json(path, without_notes(unmark_notebook(kept_as)))
        kept = entry["kept"]
        self._take(kept, self.target)
        if entry["chinese"]:
            self.shown[stem] = list_shown(read_json(self.target / _chinese(stem)))
            self._take(kept, self.target, FOLDER)
        results = read_json(self.target / "results.json")
        names = [item["name"] for item in kept if item["kind"] == "result"]
        self.results |= {name: results[name] for name in names}

    def _collect(self, staging: Path, text: str) -> list[dict]:
        """Take over what a notebook has just kept; return kind and name of each."""
        from hyreport.lab.keep import read_kept

        path = self._notebook(staging.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        lines = read_kept(staging)
        kept = [{"kind": line["kind"], "name": line["name"]} for line in lines]
        self._take(kept, staging)
        if self._tables(staging.name):
            self.shown[staging.name] = take_shown(staging, lines)
            self._take(kept, staging, FOLDER)
        self.results |= {line["name"]: line["entry"] for line in lines if "entry" in line}
        return kept

    def _take(self, kept: list[dict], source: Path, edition: str = "") -> None:
        """Copy charts and tables, of the Chinese edition pictures; each names version and data."""
        words = say_version(self.record)
        for name in _list_pictures(kept) if edition else _list_kept(kept):
            content = (source / name).read_bytes()
            path = self.new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if name.endswith(".csv") else stamp(content, words))

    def _notebook(self, stem: str) -> Path:
        return self.new / "notebooks" / f"{stem}.ipynb"

    def _list_loaded(self, opened: Path) -> list[str]:
        """Return the files of the project that a kernel opened; of byte code its source."""
        # The kernel speaks UTF-8, this process perhaps another encoding: names pass as bytes.
        paths = [Path(os.fsdecode(line)).as_posix() for line in opened.read_bytes().splitlines()]
        sources = [re.sub(r"__pycache__/(\w+)\..*", r"\1.py", path) for path in paths]
        homes = [folder.resolve().as_posix() for folder in (self.root, PACKAGE.parent)]
        names = {path.removeprefix(f"{home}/") for path in sources for home in homes}
        return sorted(names & self.files.keys())

    def _write_pages(self, stems: list[str], documents: list[Path]) -> set[str]:
        """Write the pages, and what in their text is stale; return what they read of others."""
        from hyreport.publish.evidence import read_evidence
        from hyreport.publish.markdown import read_document
        from hyreport.publish.notes import write_notes
        from hyreport.publish.pages import write_pages
        from hyreport.publish.programs import write_programs
        from hyreport.publish.stale import check_texts, list_stale, mark_notebooks

        figures = self.root / find_data(self.report_id) / "figures.csv"
        evidence = read_evidence(figures, self.new / "results.json")
        texts = {f"{stem}.ipynb": read_json(self._notebook(stem)) for stem in stems}
        write_programs(self.new, texts, self.facts.get("study", ANY_REPORT))
        texts |= {path.name: read_document(path) for path in documents}
        facts, record = self.facts, self.record
        translated = self.translations.keys() & texts
        written = write_pages(
            self.new, texts, evidence=evidence, facts=facts, record=record, translated=translated
        )
        self.record["findings"] = written["findings"]
        stale = check_texts(texts, evidence, self.progress)
        mark_notebooks(self.new, stale, evidence)
        write_notes(self.new, [name for name in texts if name.endswith(".ipynb")], evidence)
        self.record["stale"] = list_stale(stale)
        if translated:
            self._write_chinese(texts, evidence, written["pages"])
        return {f"data/processed/{other}/figures.csv" for other in evidence.others}

    def _write_chinese(self, texts: dict[str, dict], evidence: "Evidence", english: dict) -> None:
        """Write the pages and notebooks that are translated, and what in them is stale."""
        from hyreport.publish.notes import write_notes
        from hyreport.publish.pages import write_pages
        from hyreport.publish.stale import (
            check_texts,
            list_stale,
            mark_notebooks,
            unmark_notebook,
        )
        from hyreport.words.language import speaking
        from hyreport.words.phrases import read_phrases

        folder, beside = self.new / FOLDER, self._phrases()
        chinese: dict[str, dict] = {}
        older: dict[str, list[str]] = {}
        above = beside.parent.parent / FOLDER  # of notebooks in a folder among others
        tables = [path for place in (beside, above) for path in sorted(place.glob("*.csv"))]
        phrases = read_phrases(PAGES / "zh.csv", *tables, reports=self._reports())
        for name, translation in self.translations.items():
            shown = self.shown.get(Path(name).stem, {})
            chinese[name], behind = translate(texts[name], translation, shown, phrases)
            older |= {translation.place: behind} if behind else {}
            if name.endswith(".ipynb"):
                write_json(folder / "notebooks" / name, chinese[name])
            handed_out = Path(CASE_STUDY, "student", name)
            if (self.new / handed_out).is_file():
                bare = without_notes(unmark_notebook(read_json(self.new / handed_out)))
                write_json(folder / handed_out, translate(bare, translation, {}, phrases)[0])
        with speaking("zh"):
            written = write_pages(
                self.new,
                {name: chinese.get(name, text) for name, text in texts.items()},
                evidence=evidence,
                facts=self.facts,
                record=self.record,
                translated=chinese.keys(),
                english=english,
                phrases=phrases,
            )
            named = {f"{FOLDER}/{name}": text for name, text in chinese.items()}
            stale = check_texts(named, evidence, self.progress)
            found = {name.removeprefix(f"{FOLDER}/"): stale[name] for name in stale}
            mark_notebooks(folder, found, evidence)
            notebooks = [name for name in texts if name.endswith(".ipynb")]
            write_notes(folder, notebooks, evidence, say=phrases.tell)
        self.record["findings_zh"] = written["findings"]
        self.record["older"] = older
        self.record["stale"] |= {f"{FOLDER}/{name}": n for name, n in list_stale(found).items()}


def _prepare_pages(notebooks: list[dict]) -> None:
    from hyreport.publish.pages import prepare_pages  # which takes a while too

    prepare_pages(notebooks)


def _list_kept(kept: list[dict]) -> list[str]:
    """Return the paths of charts and tables."""
    return [f"{item['kind']}s/{item['name']}.{end}" for item in kept for end in ENDS[item["kind"]]]


def _list_pictures(kept: list[dict]) -> list[str]:
    """Return the paths of the charts of the Chinese edition."""
    return [f"{FOLDER}/{name}" for name in _list_kept(kept) if not name.endswith(".csv")]


def _chinese(stem: str) -> str:
    return f"{FOLDER}/notebooks/{stem}.ipynb"


def _files(stem: str, kept: list[dict], chinese: list[str]) -> list[str]:
    """Return the artifacts of one notebook, by their path in the artifacts folder."""
    results = ["results.json"] if any(item["kind"] == "result" for item in kept) else []
    more = [_chinese(stem), *_list_pictures(kept)] if chinese else []
    return [f"notebooks/{stem}.ipynb", *_list_kept(kept), *results, *more]


def _check_names(entries: dict[str, dict]) -> None:
    """Raise RenderError where two notebooks keep something by the same name."""
    owner: dict[str, str] = {}
    for stem in sorted(entries):
        for item in entries[stem]["kept"]:
            first = owner.setdefault(item["name"], base_of(stem))
            if first != base_of(stem):
                raise RenderError(
                    f"{stem}.ipynb",
                    f"the kept name {item['name']!r}, which {first}.ipynb uses too",
                    "a name used once in all notebooks",
                )
