"""Evaluating outputs against gold annotations: precision, recall and F1, and each difference."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import FileAccessError, GoldNotFoundError, InvalidOutputError
from pipeline.evaluate.compare import compare, compare_missing
from pipeline.evaluate.gold import read_gold, unknown_keys
from pipeline.evaluate.judged import JudgedValue, judge_plan
from pipeline.evaluate.report import DocumentReport, Report
from pipeline.evaluate.tally import Difference, DifferenceKind, Score, ScoredKind, Tally
from pipeline.schema import Plan

__all__ = [
    "Difference",
    "DocumentReport",
    "ScoredKind",
    "Report",
    "Score",
    "Tally",
    "DifferenceKind",
    "evaluate",
    "judge",
    "read_plan",
]


def evaluate(gold: Path, outputs: Path) -> Report:
    """Compare outputs with gold.

    Args:
        gold: a gold file, or a folder of them (`<stem>.json`).
        outputs: one plan as JSON, or a folder with `<stem>.json` for each (`<source>.json`, as `run` names it where two
            files share a stem); the text beside it (`<stem>.txt`)
            is used where it is there. A gold file without an output misses everything.

    Raises:
        InvalidGoldError: a gold file is none.
        InvalidOutputError: an output does not keep the contract.
        GoldNotFoundError: the folder has no gold file.
        FileAccessError: a file or folder cannot be opened.
    """
    golds = sorted(gold.glob("*.json")) if gold.is_dir() else [gold]
    if not golds:
        raise GoldNotFoundError(file=gold.name)
    if not outputs.exists():
        raise FileAccessError(file=outputs.name, reason="no such file or folder")
    if outputs.is_file() and len(golds) > 1:
        golds = [one for one in golds if one.stem == outputs.stem]
        if not golds:
            raise GoldNotFoundError(file=gold.name)
    return Report(tuple(_evaluate_one(one, _output(one, outputs)) for one in golds))


def judge(gold: Path, outputs: Path) -> dict[str, list[JudgedValue]]:
    """Judge every value of the outputs that have a gold file, by the names of the documents.

    Args:
        gold: a folder of gold files (`<stem>.json`).
        outputs: a folder with `<stem>.json` for each; one without an output is left out.

    Raises:
        InvalidGoldError: a gold file is none.
        InvalidOutputError: an output does not keep the contract.
        GoldNotFoundError: no gold file of the folder has an output.
        FileAccessError: a file or folder cannot be opened.
    """
    pairs = [(one, _output(one, outputs)) for one in sorted(gold.glob("*.json"))]
    found = {one.stem: list(judge_plan(read_gold(one), read_plan(out))) for one, out in pairs if out.exists()}
    if not found:
        raise GoldNotFoundError(file=gold.name)
    return found


def _output(gold: Path, outputs: Path) -> Path:
    """Where the output of a gold file is: in a folder by its stem, else by its source's whole name ("a.docx.json")."""
    if not outputs.is_dir():
        return outputs
    named = outputs / f"{gold.stem}.json"
    source = None if named.exists() else read_gold(gold).source
    whole = outputs / f"{source}.json"
    return whole if source is not None and whole.exists() else named


def _evaluate_one(gold_file: Path, output: Path) -> DocumentReport:
    gold = read_gold(gold_file)
    notes = tuple(f"{gold_file.name}: key {key} is not known and was not read" for key in unknown_keys(gold))
    if not output.exists():
        missing = f"there is no output {output.name}: everything is missed"
        return DocumentReport(gold_file.stem, compare_missing(gold), (*notes, missing), gold.held_out, missing=True)
    return DocumentReport(gold_file.stem, compare(gold, read_plan(output)), notes, gold.held_out)


def read_plan(path: Path) -> Plan:
    """A plan from its JSON, with the text beside it where that is there.

    Raises:
        InvalidOutputError: it does not keep the contract.
        FileAccessError: it cannot be opened.
    """
    try:
        plan = Plan.model_validate_json(path.read_bytes())
        text = path.with_suffix(".txt")
        return plan.with_text(text.read_text(encoding="utf-8")) if text.exists() else plan
    except ValidationError as error:
        first = error.errors()[0]
        reason = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise InvalidOutputError(file=path.name, reason=reason) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise FileAccessError(file=path.name, reason=reason) from error
