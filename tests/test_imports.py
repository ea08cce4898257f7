"""Importing does no work: nothing is read, started or asked for until a function is called."""

import json
import subprocess
import sys
from pathlib import Path
from pkgutil import walk_packages

import pytest

PROJECT = Path(__file__).parents[1]
ALEMBIC = "pipeline.store.migrations.env"  # a script of Alembic's, which runs it
HEAVY = {"PIL", "alembic", "cv2", "docx", "edtf", "icalendar", "numpy", "pandas", "pdfplumber", "pikepdf", "polars"}
HEAVY |= {"psutil", "pyarrow", "pypdfium2", "pytesseract", "safetensors", "spacy", "sqlalchemy", "tesserocr"}
WATCHED = """
import atexit, importlib, json, os, sys, threading
seen = []
folder = {folder!r}

def noting(register):
    def noted(*arguments, **more):
        if sys._getframe(1).f_code.co_filename.startswith(folder):
            seen.append([module, "asks to be called at exit or fork"])
        return register(*arguments, **more)
    return noted

atexit.register = noting(atexit.register)
if hasattr(os, "register_at_fork"):
    os.register_at_fork = noting(os.register_at_fork)

def watch(event, arguments):
    if event == "open" and str(arguments[0]).startswith(folder) and "__pycache__" not in str(arguments[0]):
        if not str(arguments[0]).endswith((".py", ".pyc", ".so", ".pyd")):
            seen.append([module, "reads " + str(arguments[0])[len(folder):]])
    elif event in ("subprocess.Popen", "os.system", "os.fork", "socket.connect", "sqlite3.connect"):
        seen.append([module, event])

sys.addaudithook(watch)
for module in {modules!r}:
    before = {{**os.environ, "LD_LIBRARY_PATH": ""}}  # OpenCV sets this one itself
    importlib.import_module(module)
    if {{**os.environ, "LD_LIBRARY_PATH": ""}} != before:
        seen.append([module, "changes the environment"])
    if threading.active_count() > 1:
        seen.append([module, "starts a thread"])
print(json.dumps(seen))
"""
LOADED = """
import json, sys
sys.argv = {arguments!r}
try:
    {code}
except SystemExit:
    pass
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""


def answer(code):
    """What a fresh interpreter prints last, as JSON."""
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_no_module_works_when_it_is_imported():
    folder = str(PROJECT / "pipeline")
    modules = [one.name for one in walk_packages([folder], "pipeline.") if one.name != ALEMBIC]
    assert len(modules) > 200
    assert answer(WATCHED.format(folder=folder, modules=modules)) == []


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("import pipeline", []),
        ("import pipeline.store", []),
        ("from pipeline.cli import main; main()", ["kehoach", "--help"]),
        ("from pipeline.cli import main; main()", ["kehoach", "run", "--help"]),
    ],
)
def test_heavy_libraries_are_loaded_where_they_are_needed(code, arguments):
    assert HEAVY.isdisjoint(answer(LOADED.format(code=code, arguments=arguments)))
