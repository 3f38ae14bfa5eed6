"""Where things stand in the project; the only module that knows folders."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "data" / "raw"
PROCESSED = ROOT / "data" / "processed"
NOTEBOOKS = ROOT / "notebooks"
ARTIFACTS = ROOT / "artifacts"
ASSETS = Path(__file__).resolve().parent / "assets"
REPORT_ID = "hengyang-2018"
