"""Matching the targets of two plans, and finding how matched targets differ.

Two targets are a pair by what they count, whom, in which sentence and under which headings; the figure then says
whether they agree. A target that counts something of another kind (a share here, a number there), or goes another way
(a level here, a rise there), is only a pair where the whole sentence says the same, and never agrees.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.compare.contrasts import contrast, same_scope
from pipeline.compare.model import TargetField
from pipeline.compare.pairing import Candidate, pairs
from pipeline.compare.places import PlaceNames
from pipeline.compare.similarity import Grams, blend, field_of, grams
from pipeline.language.folding import folded
from pipeline.language.syllables import Syllables
from pipeline.schema import Provision, Target

_SUBJECT, _SENTENCE, _CLAUSE, _HEADINGS = 0.45, 0.35, 0.1, 0.1  # what each part counts in the likeness of two targets
_ALIKE = 0.5  # from here on two targets are for the same thing
_SUBJECTS = 0.3  # the least that what they count must be alike, where sentences hold several things
_SENTENCES = 0.2  # the least that their sentences must be: "triệu đồng" is counted everywhere
_ONE_SENTENCE = 0.75  # from here on two sentences with one subject each say the same, whatever they count
_OTHER_DUE, _NO_DUE = 0.15, 0.05  # another year is less likely the counterpart, and so is none
_SAME_FIGURE = 0.01  # of targets that are otherwise alike, those with the same figure go together
_PERCENT = "%"


@dataclass(frozen=True)
class ComparableTarget:
    """A target with the features it is matched by.

    `id` is the item's id, "#" and the place among the item's targets. `subject` and `unit` are folded syllables without
    place names; `counted` (the subject), `clause`, `sentence` and `headings` are sets of grams. `alone`: its item
    counts one thing only.
    """

    id: str
    provision: Provision
    target: Target
    subject: Syllables  # without places
    counted: Grams
    clause: Grams
    sentence: Grams
    headings: Grams
    unit: Syllables
    alone: bool  # whether its item counts one thing only


def aims(provisions: Sequence[Provision], places: PlaceNames) -> list[ComparableTarget]:
    """Prepare the targets of provisions for matching, in document order; place names of their own plan are left out."""
    found = []
    for provision in provisions:
        sentence = grams(places.syllables(provision.text), numbers=False) or frozenset({provision.text})
        headings = frozenset[str]().union(*(grams(places.syllables(one), numbers=False) for one in provision.headings))
        alone = len({target.subject for target in provision.targets}) == 1
        for place, target in enumerate(provision.targets, 1):
            subject = places.syllables(target.subject or target.statement)
            found.append(
                ComparableTarget(
                    id=f"{provision.id}#{place}",
                    provision=provision,
                    target=target,
                    subject=subject,
                    counted=grams(subject) or frozenset({target.text}),
                    clause=grams(places.syllables(target.statement), numbers=False),
                    sentence=sentence,
                    headings=headings,
                    unit=places.syllables(target.unit or ""),
                    alone=alone,
                )
            )
    return found


def match(a: Sequence[ComparableTarget], b: Sequence[ComparableTarget]) -> list[Candidate]:
    """Pair the targets that are for the same thing, one to one."""
    return pairs(_candidates(a, b))


def differences(a: ComparableTarget, b: ComparableTarget) -> list[TargetField]:
    """List the fields in which two matched targets differ, in the order of the fields."""
    one, other = a.target, b.target
    differ = {
        TargetField.SUBJECT: not same_scope(a.subject, b.subject),
        TargetField.VALUE: one.value != other.value,
        TargetField.VALUE_MAX: one.value_max != other.value_max,
        TargetField.COMPARISON: one.comparison is not other.comparison,
        TargetField.UNIT: a.unit != b.unit or (one.unit == _PERCENT) is not (other.unit == _PERCENT),
        TargetField.OF: one.of != other.of,
        TargetField.PER: one.per != other.per,
        TargetField.DIRECTION: one.direction is not other.direction,
        TargetField.DUE: _end(one.due) != _end(other.due),
        TargetField.BASELINE: _plain(one.baseline) != _plain(other.baseline),
    }
    return [field for field, is_so in differ.items() if is_so]


def _candidates(a: Sequence[ComparableTarget], b: Sequence[ComparableTarget]) -> Iterator[Candidate]:
    if not a or not b:
        return
    counted = field_of(a, b, lambda one: one.counted)
    clause = field_of(a, b, lambda one: one.clause)
    sentence = field_of(a, b, lambda one: one.sentence)
    headings = field_of(a, b, lambda one: one.headings)
    alone = np.array([one.alone for one in b])
    for at, one in enumerate(a):
        subjects, sentences = counted.dice(at), sentence.dice(at)
        others = ((_CLAUSE, clause.dice(at)), (_HEADINGS, headings.dice(at)))
        # A bullet of one plan is a few words of a long sentence of the other.
        said = (sentences + np.fmax(sentence.within_a(at), sentence.within_b(at))) / 2
        parts = ((_SUBJECT, subjects), (_SENTENCE, said), *others)
        likeness = np.where((subjects >= _SUBJECTS) & (said >= _SENTENCES), blend(parts), 0.0)
        speak = (sentences >= _ONE_SENTENCE) & alone & one.alone  # for what they count, which is one thing each
        likeness = np.where(speak, np.maximum(likeness, sentences), likeness)
        for other in map(int, np.flatnonzero(likeness >= _ALIKE)):
            there = b[other]
            if contrast(one.subject, there.subject):
                continue
            if sentences[other] < _ONE_SENTENCE and not _same_kind(one, there):
                continue
            yield Candidate(at, other, float(likeness[other]), _preference(one.target, there.target))


def _same_kind(a: ComparableTarget, b: ComparableTarget) -> bool:
    """Whether the figures can be set beside each other: shares with shares, the same counted noun, the same way."""
    if a.target.direction is not b.target.direction:
        return False
    if (a.target.unit == _PERCENT) is not (b.target.unit == _PERCENT):
        return False
    return not a.unit or not b.unit or bool(set(a.unit) & set(b.unit))


def _preference(a: Target, b: Target) -> float:
    """Which of several targets that are equally alike is the counterpart: the one of the same year and figure."""
    figure = _SAME_FIGURE if (a.value, a.value_max) == (b.value, b.value_max) else 0.0
    if _end(a.due) == _end(b.due):
        return figure
    return figure - (_NO_DUE if a.due is None or b.due is None else _OTHER_DUE)


def _end(due: str | None) -> str | None:
    """A year and its last day are the same time."""
    return due.removesuffix("-12-31") if due else None


def _plain(text: str | None) -> str | None:
    return None if text is None else folded(text)
