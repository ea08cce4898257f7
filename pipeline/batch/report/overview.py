"""What a folder of outputs holds, and what is wrong with it, counted over the documents of its last run."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from pipeline.batch.result import FileResult
from pipeline.messages import Language, general, severity

_LISTED: Final = 20
"""Documents in a list of the slowest and the like."""
_SEVERITIES: Final = ("lost", "doubtful", "note")
_FIGURES: Final = ("pages", "tasks", "agencies", "deadlines", "targets")


@dataclass
class Overview:
    """Counts over documents: `codes` has how often each warning is there, `failures` the documents that failed."""

    waiting: int
    unconfined: Sequence[str] = ()
    written: int = 0
    failed: int = 0
    seconds: float = 0.0
    figures: Counter[str] = field(default_factory=Counter)
    failures: dict[str, list[FileResult]] = field(default_factory=dict)
    codes: dict[str, Counter[str]] = field(default_factory=dict)
    slowest: list[FileResult] = field(default_factory=list)
    least_sure: list[FileResult] = field(default_factory=list)
    restored: list[FileResult] = field(default_factory=list)
    doubles: list[FileResult] = field(default_factory=list)

    def add(self, result: FileResult) -> None:
        """Count a document in."""
        self.seconds += result.seconds
        if result.error:
            self.failed += 1
            self.failures.setdefault(result.error.code, []).append(result)
        self.written += result.figures is not None
        for name in _FIGURES if result.figures else ():
            self.figures[name] += getattr(result.figures, name) or 0
        count = Counter(warning.code for warning in result.warnings)
        for code, times in count.items():
            self.codes.setdefault(code, Counter()).update(documents=1, times=times)
        if result.same_as:
            self.doubles.append(result)


def overview(results: Iterable[FileResult], waiting: int, unconfined: Sequence[str] = ()) -> Overview:
    """Look over the documents of a run.

    Args:
        results: what became of each; gone through more than once.
        waiting: how many have not been read yet.
        unconfined: what the processes that read were not kept from.
    """
    made = Overview(waiting, unconfined)
    for result in results:
        made.add(result)
    read = (one for one in results if one.same_as is None)
    made.slowest = heapq.nlargest(_LISTED, read, key=lambda one: one.seconds)
    sure = (one for one in results if one.figures and one.figures.confidence is not None)
    made.least_sure = heapq.nsmallest(_LISTED, sure, key=_confidence)
    many = (one for one in results if one.figures and one.figures.restored)
    made.restored = heapq.nlargest(_LISTED, many, key=lambda one: one.figures.restored if one.figures else 0)
    return made


def _confidence(result: FileResult) -> float:
    return result.figures.confidence or 0.0 if result.figures else 1.0


def severities(result: FileResult) -> dict[str, int]:
    """How many warnings of each severity a document has."""
    count = Counter(str(warning.severity) for warning in result.warnings)
    return {name: count[name] for name in _SEVERITIES}


@dataclass(frozen=True)
class WarningCount:
    """A warning, in how many documents it is and how often in all, and what it says."""

    code: str
    severity: str
    documents: int
    times: int
    message: str


@dataclass(frozen=True)
class FailureCount:
    """A failure, what it says and what to do, and the documents that it cost."""

    code: str
    message: str
    results: Sequence[FileResult]


def warnings_by_code(found: Overview, language: Language) -> list[WarningCount]:
    """The warnings that there are, those first by which something was lost, then the commonest."""
    made = [
        WarningCount(code, severity(code), count["documents"], count["times"], general(code, language))
        for code, count in found.codes.items()
    ]
    return sorted(made, key=lambda one: (_SEVERITIES.index(one.severity), -one.documents, one.code))


def failures_by_code(found: Overview, language: Language) -> list[FailureCount]:
    """The failures that there are, the commonest first."""
    made = [FailureCount(code, general(code, language), results) for code, results in found.failures.items()]
    return sorted(made, key=lambda one: (-len(one.results), one.code))


def as_json(found: Overview, language: Language) -> dict[str, Any]:
    """The overview as JSON; its keys are those that a program can rely on, its messages are for people."""
    return {
        "report": "kehoach run",
        "documents": {"written": found.written, "failed": found.failed, "waiting": found.waiting},
        "unconfined": list(found.unconfined),
        "seconds": round(found.seconds, 2),
        "figures": {name: found.figures[name] for name in _FIGURES},
        "failures": [
            {"code": one.code, "message": one.message, "documents": [str(result.path) for result in one.results]}
            for one in failures_by_code(found, language)
        ],
        "warnings": [asdict(one) for one in warnings_by_code(found, language)],
        "slowest": [{"document": str(one.path), "seconds": round(one.seconds, 2)} for one in found.slowest],
        "least_sure": [
            {"document": str(one.path), "confidence": one.figures.confidence} for one in found.least_sure if one.figures
        ],
        "restored": [
            {"document": str(one.path), "pages": one.figures.restored} for one in found.restored if one.figures
        ],
        "doubles": [{"document": str(one.path), "same_as": str(one.same_as)} for one in found.doubles],
    }
