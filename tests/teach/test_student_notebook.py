"""A student's notebook of version 0.1 goes on working: every cell of it, with the names of then."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[1] / "frozen" / "student_0.1.ipynb"


@pytest.mark.full
def test_a_student_notebook_of_0_1_runs_to_its_end(tmp_path):
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert sum(cell.cell_type == "code" for cell in notebook.cells) > 50
    options = {
        "timeout": 120,
        "kernel_name": "python3",
        "resources": {"metadata": {"path": tmp_path}},
    }
    NotebookClient(notebook, **options).execute()
    said = [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error" or output.get("name") == "stderr"
    ]
    assert said == []
