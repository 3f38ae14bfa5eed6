"""From bare Python to the job: make .venv from the lock when needed, then run the verb in it.

The syntax stays old on purpose: an old Python must get as far as saying that it is too old.
"""

import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
LAB_LOCK = ROOT / "requirements-lab.lock"
# The locked packages come ready-made for these; an older Python may well run this file.
OLDEST, NEWEST = (3, 11), (3, 14)
# A file's tests stay together, since they share what is costly; the longest files come first.
ON_ALL_CORES = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
USAGE = """usage: python run.py VERB ...

  build            read data/raw, write data/processed
  render           build, run the notebooks, fill artifacts/
  verify           say what moved: against a fresh render, an earlier version (--since REV)
                   or your own copy of the text (--text FILE)
  export           write the tables for Stata, Excel or other programs (--format dta)
  lab              open the notebooks in JupyterLab; --student: the student edition
  draft            read a report's text into draft tables (--text FILE --report ID)
  review ID        write the page on which a person decides each number of a draft
  accept ID        take a reviewed draft into data/raw (--decisions FILE)
  panel            read a folder of many reports into data/panel (--texts DIR)
  test [--full]    run the tests; --full adds the slow ones, and JupyterLab for them

`build`, `render` and `verify` take all reports, the others one; `--report ID` names it.
The first call makes the folder .venv beside this file. `python run.py VERB --help` says more."""


def venv_python():
    """Return the path of the environment's Python."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp(lock):
    """Return the file that says which lock the environment was finished from."""
    return VENV / (lock.name + ".sha256")


def digest(lock):
    """Return the SHA-256 of the lock."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def installed(lock):
    """Say whether the environment holds exactly this lock."""
    finished = venv_python().exists() and stamp(lock).is_file()
    return finished and stamp(lock).read_text(encoding="utf-8") == digest(lock)


def problem():
    """Return in one line what keeps this Python from the job, or None."""
    if not OLDEST <= tuple(sys.version_info[:2]) <= NEWEST:
        found, oldest, newest = (
            ".".join(map(str, version)) for version in (sys.version_info[:2], OLDEST, NEWEST)
        )
        return (
            f"hyreport needs Python {oldest} to {newest}, this is {found}: "
            "install one from python.org."
        )
    parts = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if parts and not shutil.which("uv") and not installed(LOCK):
        return "This Python cannot make environments: on Debian or Ubuntu install python3-venv."
    return None


def environment():
    """Return the variables for what is started: UTF-8, this clone's code, the locked packages."""
    # What the caller's PYTHONPATH names, such as another clone, would come before them.
    variables = dict(os.environ, PYTHONUTF8="1", PYTHONPATH=str(ROOT))
    variables.pop("PYTHONHOME", None)
    return variables


def step(*command):
    """Run one step of the set-up away from what lies in the caller's folder, or stop."""
    if subprocess.call([str(part) for part in command], env=environment(), cwd=str(ROOT)):
        sys.exit("hyreport: set-up stopped, see above. Run it again, or delete .venv first.")


def become(command, variables):
    """Let a program take this one's place, so that signals reach it and its exit status is ours."""
    if os.name == "posix":
        os.execve(command[0], command, variables)
    # Windows cannot do that. Ctrl-C is the verb's to handle; this process only waits for it.
    signal.signal(signal.SIGINT, lambda *_: None)
    return subprocess.call(command, env=variables)


def say(message):
    """Print progress where it does not mix with a verb's output."""
    print("hyreport: " + message, file=sys.stderr, flush=True)


def install(lock):
    """Install the locked packages; the stamp's words come last, so half an install never counts."""
    stamp(lock).write_text("", encoding="utf-8")
    uv = shutil.which("uv")
    if uv:
        tool = [uv, "pip", "install", "--quiet", "--compile-bytecode", "--python", venv_python()]
    else:
        tool = [venv_python(), "-P", "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    step(*tool, "--require-hashes", "--no-deps", "-r", lock)
    stamp(lock).write_text(digest(lock), encoding="utf-8")


def make_environment():
    """Make .venv from nothing, with the locked packages and the project itself."""
    for finished in VENV.glob("*.sha256"):
        finished.unlink()
    shutil.rmtree(VENV, ignore_errors=not VENV.exists())
    VENV.mkdir()  # fails here where nothing can be written
    VENV.rmdir()
    say("setting up .venv with the locked packages (once, 1 to 3 minutes) ...")
    if shutil.which("uv"):
        step(shutil.which("uv"), "venv", "--quiet", "--python", sys.executable, VENV)
    else:
        step(sys.executable, "-P", "-m", "venv", VENV)
    # A relative .pth makes the project importable: no build backend, no network, no fixed path.
    packages = sysconfig.get_path("purelib", "venv", {"base": str(VENV)})
    link = Path(packages, "hyreport.pth")
    link.write_text(os.path.relpath(str(ROOT), packages) + "\n", encoding="utf-8")
    install(LOCK)


def main(arguments):
    """Run one verb and return its exit status."""
    if problem():
        sys.exit(problem())
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE)
        return 0
    asks_help = arguments[0] != "test" and {"-h", "--help"} & set(arguments[1:])
    if asks_help and not installed(LOCK):
        # The command line needs no package to tell of itself.
        return become([sys.executable, "-P", "-m", "hyreport", *arguments], environment())
    if not installed(LOCK):
        make_environment()
    wants_lab = arguments[0] == "lab" or (arguments[0] == "test" and "--full" in arguments)
    if wants_lab and not asks_help and not installed(LAB_LOCK):
        say("adding JupyterLab to .venv (once, about a minute) ...")
        install(LAB_LOCK)
    # -P: nothing in the caller's folder is imported, while paths still mean what they mean there.
    python = [str(venv_python()), "-P", "-m"]
    if arguments[0] == "test":
        os.chdir(str(ROOT))
        variables = environment()
        variables.pop("PYTHONOPTIMIZE", None)  # tests are assertions
        # Without it pytest would prepare each of these assertions again in every run.
        variables.pop("PYTHONDONTWRITEBYTECODE", None)
        return become([*python, "pytest", *ON_ALL_CORES, *arguments[1:]], variables)
    return become([*python, "hyreport", *arguments], environment())


def start(arguments):
    """Run a verb; what stops it before it begins is told in a line, with the verb's own status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends the set-up as Ctrl-C does
    try:
        return main(arguments)
    except KeyboardInterrupt:
        line = "hyreport: interrupted; the same command starts again."
    except SystemExit as stop:
        line = stop.code
    except OSError as error:
        line = (
            f"hyreport: error: {error.filename or VENV}: found {error.strerror}, expected a folder "
            "that may be written and has room. To fix: close what uses it, free some room, or copy "
            "the project to a folder of your own"
        )
    print(line, file=sys.stderr)
    # For verify, 1 would say that something differs.
    return 2 if arguments[:1] == ["verify"] else 1


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
