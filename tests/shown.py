"""What documents show, and what happens.

A block ```sh holds commands that end well; a block ```console holds commands behind "$ " and what each prints; a block
```sql is a statement over the store, the table behind it its answer; a block ``` directly behind ```python is what that
prints. `renewed` gives the document with every answer as it is now: a test compares the two, `--regenerate-docs` writes
it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text

from pipeline.store.database import open_store

PROJECT = Path(__file__).parents[1]
_IN = "(?:(?!^```).)*"
_BLOCK = re.compile(
    rf"^```sh\n(?P<sh>{_IN})^```"
    rf"|^```console\n(?P<console>{_IN})^```"
    rf"|^```sql\n(?P<sql>{_IN})^```\n\n(?P<answer>(?:\|[^\n]*\n)*)"
    rf"|^```python\n(?P<python>{_IN})^```(?P<prints>\n\n^```\n{_IN}^```)?",
    re.DOTALL | re.MULTILINE,
)
_SHIM = f"""#!/bin/sh
exec {sys.executable} -c 'from pipeline.cli import main; main()' "$@"
"""


def checkout(folder: Path, program: str = _SHIM) -> Path:
    """A fresh clone as the documents' commands need it, set up: what they may change is copied, the rest linked.

    Args:
        folder: where it is made.
        program: what stands for `kehoach` there.
    """
    for name in ("corpus", "outputs", "tests/data", "tests/gold"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("*.db*"))
    for name in ("Makefile", "pipeline", "pyproject.toml", "requirements.lock", "scripts"):
        (folder / name).symlink_to(PROJECT / name)
    shim = folder / ".venv" / "bin" / "kehoach"
    shim.parent.mkdir(parents=True)
    shim.write_text(program)
    shim.chmod(0o755)
    (folder / ".venv" / ".ready").touch()
    return folder


def renewed(document: str, folder: Path, left_out: Container[str] | None = None) -> str:
    """The document with the answers that its commands, statements and lines of Python give in `folder`.

    Args:
        document: its blocks are run from the top down.
        folder: of `checkout`.
        left_out: lines of its blocks ```sh that are not run; None where none of them is.
    """
    names: dict[str, Any] = {}

    def answer(block: re.Match[str]) -> str:
        if (lines := block["sh"]) is not None:
            for line in lines.splitlines():
                if left_out is not None and line not in left_out:
                    shell(line, folder)
            return block.group()
        if (commands := block["console"]) is not None:
            return f"```console\n{_console(commands, folder)}```"
        if (statement := block["sql"]) is not None:
            gap = "" if block["answer"] else "\n"
            return f"```sql\n{statement}```\n\n{table(statement, str(folder / 'outputs' / 'plans.db'))}{gap}"
        printed = _python(block["python"], names, folder)
        return f"```python\n{block['python']}```" + (f"\n\n```\n{printed}```" if block["prints"] else "")

    return _BLOCK.sub(answer, document)


def statements(document: str) -> list[tuple[str, str]]:
    """The SQL of a document with its answers."""
    return [(block["sql"], block["answer"]) for block in _BLOCK.finditer(document) if block["sql"] is not None]


def _console(commands: str, folder: Path) -> str:
    """Each command and what it prints now; one may go on over lines that end in a backslash."""
    found = re.findall(r"^\$ ((?:.*\\\n)*.*)$", commands, re.MULTILINE)
    return "".join(f"$ {command}\n{shell(command, folder)}" for command in found)


def shell(command: str, folder: Path) -> str:
    """What a command prints, messages too, without blanks at the ends of lines."""
    bins = os.pathsep.join((str(folder / ".venv" / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]))
    knobs = {name: value for name, value in os.environ.items() if not name.startswith("KEHOACH_") or "CACHE" in name}
    environment = {**knobs, "PATH": bins, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1", "KEHOACH_LANG": "en"}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def _python(code: str, names: dict[str, Any], folder: Path) -> str:
    said = io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(said):
        exec(code, names)
    return "".join(f"{line.rstrip()}\n" for line in said.getvalue().splitlines())


def rows(statement: str, address: str) -> tuple[list[str], list[list[str]]]:
    """The names of a statement's columns and its rows, as texts."""
    with open_store(address) as store, store.reading() as connection:
        result = connection.execute(text(statement.strip().rstrip(";")))
        return list(result.keys()), [[_cell(cell) for cell in row] for row in result]


def table(statement: str, address: str) -> str:
    """The answer of a statement as a table."""
    names, found = rows(statement, address)
    return markdown(names, found)


def markdown(names: Sequence[str], found: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [names, ["---"] * len(names), *found]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("|", "\\|")
