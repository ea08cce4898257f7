"""Calibration: of the values with a confidence of 0.9, are nine in ten right?

Expected calibration error as in Guo et al., On Calibration of Modern Neural Networks (2017), with bins of a tenth below
0.5 and of a twentieth above.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from pipeline.evaluate.judged import JudgedValue
from pipeline.extract.confidence import WAYS, ConfidenceShares

BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
PRIOR = 4  # values that are taken for granted for each class, so that few do not say that all or none are right
SUREST = 0.99  # no share is higher: that hundreds were right does not say that all are
DOUBTED = 0.7  # what a doubt is taken to leave of a share before any doubted value was counted
_HEADER = """\
# The share of values that were right on labelled documents, by what was read and how.
#
# Who reads it: extract/confidence.py. Made by `kehoach evaluate --calibration --shares`; docs/confidence.md says on
# which documents it was measured and on which it was tested. `scan`: its text was read from a picture, or restored;
# `clean`: any other; `doubted`: there is a doubt about it, whatever it was read from.
"""


@dataclass(frozen=True)
class CalibrationBin:
    """The values whose confidence lies in one bin: their number, mean confidence and the share that is right."""

    low: float
    count: int
    confidence: float
    right: float


def learn(values: Iterable[JudgedValue]) -> ConfidenceShares:
    """The share of right values of each class.

    No share is above `SUREST`. Each is mixed with `PRIOR` values of what is known without it: a way of finding with its
    kind, a picture with what is clean, a doubt with `DOUBTED` of that. A picture or a doubt never makes a value surer.
    """
    held: dict[tuple[str, ...], list[bool]] = defaultdict(list)
    for one in values:
        held[one.what, one.how, "doubted" if one.doubted else "scan" if one.scan else "clean"].append(one.right)
        if not one.doubted:
            held[(one.what,)].append(one.right)
    shares: dict[str, dict[str, dict[str, float]]] = {}
    for what, ways in WAYS.items():
        shares[what] = {}
        for how in ways:
            clean = _mixed(held[what, how, "clean"], fmean(held[(what,)]) if held[(what,)] else 0.5)
            scan = min(clean, _mixed(held[what, how, "scan"], clean))
            doubted = min(clean, _mixed(held[what, how, "doubted"], DOUBTED * clean))
            shares[what][how] = {"clean": clean, "scan": scan, "doubted": doubted}
    return shares


def _mixed(right: Sequence[bool], prior: float) -> float:
    return min(SUREST, round((sum(right) + PRIOR * prior) / (len(right) + PRIOR), 3))


def shares_toml(shares: ConfidenceShares) -> str:
    """The shares as `pipeline/extract/confidence.toml` has them."""
    blocks = [_HEADER]
    for what, ways in shares.items():
        lines = [f"[{what}]"]
        for how, one in ways.items():
            lines.append(f"{how} = {{ " + ", ".join(f"{name} = {value:.2f}" for name, value in one.items()) + " }")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def said_by(shares: ConfidenceShares, value: JudgedValue) -> float:
    """The confidence that the shares give a value."""
    return shares[value.what][value.how]["doubted" if value.doubted else "scan" if value.scan else "clean"]


def curve(values: Iterable[tuple[float, bool]]) -> list[CalibrationBin]:
    """The bins that hold values, from the least confident up; a value is its confidence and whether it is right."""
    held: dict[float, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in values:
        held[max(low for low in BINS if low <= confidence)].append((confidence, right))
    return [
        CalibrationBin(low, len(some), fmean(one for one, _ in some), fmean(right for _, right in some))
        for low, some in sorted(held.items())
    ]


def expected_error(bins: Sequence[CalibrationBin]) -> float:
    """The mean distance of confidence and share right, each bin weighted with its values; 0.0 without values."""
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / total if total else 0.0


@dataclass(frozen=True)
class CalibrationReport:
    """The calibration of documents kept aside.

    `documents`: the values of each by its name; `kept_aside`: the names of those that nothing was learnt from;
    `shares`: learnt from the others.
    """

    documents: Mapping[str, Sequence[JudgedValue]]
    kept_aside: tuple[str, ...]
    shares: ConfidenceShares

    def curve(self, what: str | None = None, *, stated: bool = False) -> list[CalibrationBin]:
        """The curve of one kind of value on the documents kept aside; of all values, items left out, without one.

        Args:
            what: the kind.
            stated: with the confidence that the outputs state, not that of the shares learnt.
        """
        return curve(
            (one.confidence if stated else said_by(self.shares, one), one.right)
            for name in self.kept_aside
            for one in self.documents[name]
            if (one.what == what if what else one.what != "item")
        )

    def render(self) -> str:
        """Write the report as plain text."""
        blocks = [f"kept aside: {len(self.kept_aside)} of {len(self.documents)} documents", ", ".join(self.kept_aside)]
        for what in (*WAYS, None):
            bins = self.curve(what)
            name = "all values" if what is None else "items by themselves" if what == "item" else what
            lines = [f"{name}: {sum(one.count for one in bins)}, expected calibration error {expected_error(bins):.3f}"]
            if bins:
                lines.append("  from   number   said  right")
            lines += [f"  {one.low:.2f} {one.count:8}  {one.confidence:5.3f}  {one.right:5.3f}" for one in bins]
            blocks.append("\n".join(lines))
        stated = expected_error(self.curve(stated=True))
        blocks.append(f"all values with the confidence that the outputs state: {stated:.3f}")
        return "\n\n".join(blocks)


def keep_aside(documents: Mapping[str, Sequence[JudgedValue]], every: int, first: int = 0) -> CalibrationReport:
    """Keep each n-th document aside, by name, and learn from the others.

    Args:
        documents: the values of each by its name.
        every: n.
        first: the place of the first kept aside.
    """
    names = sorted(documents)
    aside = tuple(names[first::every])
    shares = learn(one for name in names if name not in aside for one in documents[name])
    return CalibrationReport(documents, aside, shares)
