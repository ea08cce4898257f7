"""Draws docs/kehoach.svg from real output: the summary of a run, and one item with what was read in it marked."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

PROJECT = Path(__file__).parents[1]
STYLES = {"lead": "black on #8fd18f", "responsible": "black on #b9e3a0", "cooperating": "black on #9cc8f0"}
STYLES |= {"directed": "black on #d9b8f0", "reports_to": "black on #f5d58a", "deadline": "black on #f2a6a6"}
ITEM = "V.10"


def marked(plan: dict[str, object], text: str) -> Text:
    """The item with its agencies and deadlines coloured at the places their evidence names."""
    item = next(one for one in plan["tasks"] if one["id"] == ITEM)  # type: ignore[attr-defined]
    start, end = item["evidence"]["start"], item["evidence"]["end"]
    out = Text(f"{ITEM}  {text[start:end]}")
    shift = len(f"{ITEM}  ") - start
    spans = [(one["role"], one["evidence"]) for one in item["agencies"]]
    spans += [("deadline", one["evidence"]) for one in item["deadlines"]]
    for kind, place in spans:
        out.stylize(STYLES[kind], place["start"] + shift, place["end"] + shift)
    return out


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(PROJECT / ".venv/bin/kehoach"), "--lang", "vi", "run", "corpus", "--out", folder]
        environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "100"}
        run = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True)
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    console.print("$ kehoach --lang vi run corpus --out outputs\n", style="bold")
    console.print(Text.from_ansi(run.stdout.rstrip()))
    said = [line for line in Text.from_ansi(run.stderr).plain.splitlines() if re.match(r"[EW]\d{3}", line)]
    console.print("\n" + "\n".join(said) + "\n", highlight=False)
    plan = json.loads((PROJECT / "outputs/can-tho-2023.json").read_text(encoding="utf-8"))
    console.print(marked(plan, (PROJECT / "outputs/can-tho-2023.txt").read_text(encoding="utf-8")))
    legend = Text("\n")
    for kind in ("responsible", "reports_to", "deadline"):
        legend.append(f" {kind} ", STYLES[kind]).append("  ")
    console.print(legend)
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs/kehoach.svg"
    drawn = console.export_svg(title="kehoach", unique_id="kehoach")
    target.write_text(
        re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL), encoding="utf-8"
    )  # no outside fonts


if __name__ == "__main__":
    main()
