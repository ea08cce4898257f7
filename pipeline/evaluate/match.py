"""Matching predicted provisions with gold items.

Items stand in document order on both sides, so the pairs come from a monotone alignment; what it leaves over (a list
written in another order) is paired afterwards by similarity alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.evaluate.gold import GoldItem
from pipeline.evaluate.similarity import align, assign, behind_heading, common, likeness
from pipeline.language.syllables import Syllables, syllables
from pipeline.schema import Provision

SAME = 0.8  # from this likeness on, two texts are the same item
_PREFIXED = 0.97  # likeness counts this much when one side has a heading in front that the other has not
_NUMBER_BONUS, _PAGE_BONUS = 0.1, 0.02  # ties between repeated sentences: too small to outweigh a lost pair
_LONGEST = 1500  # syllables an item may have when its end is looked for in the plan's text


@dataclass(frozen=True)
class ExpectedItem:
    """A gold item prepared for matching, all as folded syllables.

    `texts` are whole texts it may be; `starts` and `ends` its first and last words, where only these are given.
    """

    item: GoldItem
    texts: tuple[Syllables, ...]
    starts: Syllables = ()
    ends: Syllables = ()

    @property
    def words(self) -> Syllables:
        """The most that is known of its text."""
        return self.texts[0] if self.texts else self.starts + self.ends


@dataclass(frozen=True)
class PredictedItem:
    """A predicted provision prepared for matching; `texts` as in `ExpectedItem`."""

    provision: Provision
    texts: tuple[Syllables, ...]


@dataclass(frozen=True)
class Pairing:
    """The pairs, missed gold items and extra predictions, all in document order."""

    pairs: tuple[tuple[ExpectedItem, PredictedItem], ...]
    missed: tuple[ExpectedItem, ...]
    extra: tuple[PredictedItem, ...]


def prepare_gold(items: Sequence[GoldItem], plan_text: str) -> tuple[ExpectedItem, ...]:
    """Prepare gold items for matching; those that give only edges are looked up in the plan's text, if any."""
    document = syllables(plan_text)
    wanted, cursor = [], 0
    for item in items:
        if item.text is not None:
            wanted.append(ExpectedItem(item, _variants(item.text)))
            continue
        starts, ends = syllables(item.starts or ""), syllables(item.ends or "")
        if not ends or starts[-len(ends) :] == ends:  # a short item stands whole in `starts`
            wanted.append(ExpectedItem(item, _variants(item.starts or "")))
            continue
        span = _locate(document, starts, ends, cursor) or _locate(document, starts, ends, 0)
        if span is None:
            wanted.append(ExpectedItem(item, (), starts, ends))
        else:
            wanted.append(ExpectedItem(item, (document[slice(*span)],), starts, ends))
            cursor = span[0] + 1
    return tuple(wanted)


def prepare_found(provisions: Sequence[Provision]) -> tuple[PredictedItem, ...]:
    """Prepare predicted provisions for matching: as they are, and without a heading in front."""
    return tuple(PredictedItem(provision, _variants(provision.text)) for provision in provisions)


def match(wanted: Sequence[ExpectedItem], found: Sequence[PredictedItem]) -> Pairing:
    """Pair the gold and predicted items that say the same, one to one (similarity of `SAME` or more)."""
    weights = [[_weight(one, other) for other in found] for one in wanted]
    pairs = align(weights)
    rows = sorted(set(range(len(wanted))) - {row for row, _ in pairs})
    columns = sorted(set(range(len(found))) - {column for _, column in pairs})
    left = assign([[weights[row][column] for column in columns] for row in rows])
    pairs = sorted(pairs + [(rows[row], columns[column]) for row, column in left])
    used_rows, used_columns = {row for row, _ in pairs}, {column for _, column in pairs}
    return Pairing(
        tuple((wanted[row], found[column]) for row, column in pairs),
        tuple(one for row, one in enumerate(wanted) if row not in used_rows),
        tuple(other for column, other in enumerate(found) if column not in used_columns),
    )


def same_number(item: GoldItem, number: str | None) -> bool:
    """Tell whether a printed path is one the gold item allows; spaces and closing signs ("a)", "1.") do not count."""
    return _plain_number(number) in {_plain_number(one) for one in (item.number, *item.number_alt)}


def resemblance(one: ExpectedItem, other: PredictedItem) -> float:
    """The similarity of a gold and a predicted item, 0 to 1; anything below `SAME` may be given as 0."""
    best = 0.0
    for i, mine in enumerate(one.texts):
        for j, theirs in enumerate(other.texts):
            if not (i and j):  # with both headings cut off, "Năm 2019: …" and "Năm 2020: …" would be the same
                best = max(best, (_PREFIXED if i or j else 1.0) * likeness(mine, theirs, SAME))
    if one.starts and best < 1.0:
        best = max(best, *(_edges(one.starts, one.ends, text) for text in other.texts))
    return best


def _edges(starts: Syllables, ends: Syllables, text: Syllables) -> float:
    """Likeness of first and last words; a text that shares only one edge was cut elsewhere."""
    first = common(starts, text[: len(starts)])
    last = common(ends, text[-len(ends) :])
    if 2 * first < len(starts) or 2 * last < len(ends):
        return 0.0
    return (first + last) / (len(starts) + len(ends))


def _weight(one: ExpectedItem, other: PredictedItem) -> float:
    score = resemblance(one, other)
    if score < SAME:
        return 0.0
    page = other.provision.evidence.page
    score += _NUMBER_BONUS * same_number(one.item, other.provision.number)
    return score + _PAGE_BONUS * (page is not None and page == one.item.page)


def _variants(text: str) -> tuple[Syllables, ...]:
    """The text, and where it opens with a heading and a colon, the text without it."""
    whole, rest = syllables(text), behind_heading(text)
    return (whole,) if rest is None else (whole, rest)


def _plain_number(number: str | None) -> str | None:
    return None if number is None else "".join(number.split()).rstrip(".):").casefold()


def _locate(document: Syllables, starts: Syllables, ends: Syllables, cursor: int) -> tuple[int, int] | None:
    """The first stretch of `document` from `cursor` on that opens with `starts` and closes with `ends`."""
    if not starts or not ends:
        return None
    at = _find(document, starts, cursor, len(document))
    if at is None:
        return None
    end = _find(document, ends, at + 1, at + _LONGEST)
    return None if end is None else (at, end + len(ends))


def _find(document: Syllables, part: Syllables, start: int, stop: int) -> int | None:
    for at in range(start, min(stop, len(document)) - len(part) + 1):
        if document[at] == part[0] and document[at : at + len(part)] == part:
            return at
    return None
