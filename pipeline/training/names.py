"""Counting over texts how names of agencies go on, and what stands behind them.

Three lists come out (`pipeline/knowledge/agencies/mined/`). What stands behind names is counted behind those whose end
is certain: a ministry or department with its sector, an authority with the word of its level. Names of other kinds are
first those that stand, several times, in lists and between signs; with what these say of where names end
(`pipeline.extract.agencies.endings`) all others are cut, twice, and counted.
"""

from __future__ import annotations

import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pipeline.extract.agencies.endings import JOINS, NUMBER, Endings, words_of
from pipeline.knowledge.agencies import Bound, CountBehind, by_hand, kinds, sector_names, words_in_texts
from pipeline.knowledge.places import levels
from pipeline.language.folding import fold
from pipeline.language.normal import nfc

_LONGEST = 120  # characters behind a kind that are looked at
_WORDS = 16  # of them
_MOST_WORDS = 12  # of a name
_SEED = 2  # times that a name stands in a list before others are cut by it
_STRONG_NAMES, _STRONG_ORDERS = 4, 200  # different names, or times behind words of orders: what surely stands behind
_SHARE = 0.3  # of the times that a longer name with such words in it stands alone
_ROUNDS = 2
_NAMES, _BEHIND, _ORDERS, _NOUNS = 2, 2, 5, 30  # fewer are left out of the lists
_MUCH, _LITTLE = 1000, 0.02  # what stands so often may be a smaller share
_PAIR, _PAIR_SHARE = 30, 0.05  # the same of pairs of syllables
_SIGNS = re.compile(r"[^\w\s]|\d+")
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")


@dataclass(slots=True)
class _Counts:
    """What is counted line by line."""

    runs: Counter[tuple[str, tuple[str, ...], bool]] = field(default_factory=Counter)  # kind, what follows, in a list
    behind: Counter[tuple[str, str]] = field(default_factory=Counter)
    behind_which: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    orders: Counter[tuple[str, str]] = field(default_factory=Counter)
    nouns: Counter[tuple[str, str]] = field(default_factory=Counter)
    syllables: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)


def mine(texts: Sequence[Path], folder: Path) -> dict[str, int]:
    """Count over texts, and write names.csv, behind.csv and pairs.csv; the same texts give the same bytes.

    Args:
        texts: UTF-8, plain or .xz, one paragraph a line.
        folder: where the three files are written.

    Returns:
        The number of rows of each file.

    Raises:
        OSError: a file cannot be read or written.
        UnicodeDecodeError: a text is not UTF-8.
    """
    counts = _Counts()
    for file in texts:
        for line in _lines(file):
            _count(line, counts)
    behind = {
        key: CountBehind(counts.behind[key], counts.orders[key], counts.nouns[key])
        for key in {*counts.behind, *counts.orders, *counts.nouns}
        if len(counts.behind_which.get(key, ())) >= _BEHIND
        or counts.orders[key] >= _ORDERS
        or counts.nouns[key] >= _NOUNS
    }
    shares = {
        pair: share
        for pair, seen in counts.pairs.items()
        if seen >= _PAIR
        and (share := _share(seen, pair, counts.syllables)) >= (_PAIR_SHARE if seen < _MUCH else _LITTLE)
    }
    names = _cut(counts, behind, shares)
    inside = {word for name in names for word in name}
    shares = {pair: share for pair, share in shares.items() if pair[0] in inside or pair[1] in inside}
    source = ", ".join(sorted(file.name for file in texts))
    folder.mkdir(parents=True, exist_ok=True)
    rows = {
        "names.csv": [f"{_joined(name)},{seen}" for name, seen in sorted(names.items())],
        "behind.csv": [f"{a},{b},{one.names},{one.orders},{one.nouns}" for (a, b), one in sorted(behind.items())],
        "pairs.csv": [f"{a},{b},{share:.3f}" for (a, b), share in sorted(shares.items())],
    }
    for name, lines in rows.items():
        text = "\n".join([*_HEADS[name].format(source=source).splitlines(), *lines])
        (folder / name).write_text(text + "\n", encoding="utf-8")
    return {name: len(lines) for name, lines in rows.items()}


def _share(seen: int, pair: tuple[str, str], syllables: Mapping[str, int]) -> float:
    """How much two syllables belong together: the share of either that stands with the other."""
    return seen / min(syllables[one] for one in pair)


_HEADS = {
    "names.csv": """\
# Names as they stand in texts, folded, with their kind in front, and how often; numbers are "#".
# Who reads it: extract (where a name ends).
# Made by `kehoach mine` from {source}; by_hand.toml strikes and adds.
name,count""",
    "behind.csv": """\
# How often two words stand right behind names whose end is certain, and behind words of orders and of nouns.
# Who reads it: extract (where a name ends).
# Made by `kehoach mine` from {source}; by_hand.toml strikes and adds.
first,second,names,orders,nouns""",
    "pairs.csv": """\
# Two syllables that follow each other in any text, and the share of the rarer one that stands with the other.
# Who reads it: extract (where a name ends).
# Made by `kehoach mine` from {source}.
first,second,share""",
}


def _joined(name: Sequence[str]) -> str:
    whole = " ".join(name)
    return f'"{whole}"' if "," in whole else whole


def _lines(file: Path) -> Iterator[str]:
    opener = lzma.open if file.suffix == ".xz" else open
    with opener(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield nfc(line)


@cache
def _opening() -> re.Pattern[str]:
    """The kinds that a name follows, and what goes on behind them."""
    words = {word for word, bound in words_in_texts().items() if bound in (Bound.OPEN, Bound.PLACED, Bound.LOCAL)}
    named = [one for one in kinds().kind if one.of != "state" and one.follows in ("name", "loose", "body")]
    given = {word for one in named for word in one.words}
    left_out = {word for one in kinds().kind if one.code in ("note", "other") for word in one.words}
    found = sorted((words | given) - left_out, key=lambda word: (-len(word), word))
    any_case = "|".join(f"{re.escape(word[0])}(?i:{re.escape(word[1:])})" for word in found)
    return re.compile(rf"(?<!\w)(?:{any_case})(?= [^\W\d_])")


@cache
def _certain() -> re.Pattern[str]:
    """Names whose end is certain, in front of a word in small letters."""
    lists = words_in_texts()
    sectored = "|".join(word for word, bound in lists.items() if bound is Bound.SECTORED)
    sectors = "|".join(sorted(map(re.escape, sector_names()), key=lambda one: (-len(one), one)))
    placed = "|".join(word for word, bound in lists.items() if bound is Bound.PLACED)
    complete = "|".join(word for word, bound in lists.items() if bound is Bound.COMPLETE and len(word.split()) > 2)
    words = (word for word, one in levels().words.items() if one.level)
    level = "|".join(sorted(words, key=lambda one: (-len(one), one)))
    return re.compile(
        rf"(?<!\w)(?:(?:{sectored}) (?:{sectors})|(?:{placed}) (?:cấp )?(?:{level})|{complete}) "
        r"(?P<behind>(?P<first>[^\W\d_]+) (?P<second>[^\W\d_]+))"
    )


@cache
def _ordering() -> re.Pattern[str]:
    """Two words behind one that an order, or a noun, follows."""
    words = f"(?:(?P<order>{'|'.join(by_hand().orders)})|{'|'.join(by_hand().nouns)})"
    return re.compile(rf"(?<!\w){words} (?=(?P<first>[^\W\d_]+) (?P<second>[^\W\d_]+))")


@cache
def _listed() -> re.Pattern[str]:
    """What stands before a name: a sign, or a word that names go with."""
    return re.compile(rf"(?:[,;(+:–-]|(?<!\w)(?:{'|'.join(by_hand().before)}))\s*$", re.IGNORECASE)


@cache
def _levels() -> frozenset[str]:
    return frozenset(word for word, one in levels().words.items() if one.level) | {"cấp", "các", "thành"}


def _count(line: str, counts: _Counts) -> None:
    low = line.lower()
    for part in _SIGNS.split(low):
        words = part.split()
        counts.syllables.update(words)
        counts.pairs.update(zip(words, words[1:], strict=False))
    for found in _ordering().finditer(low):
        counted = counts.orders if found["order"] else counts.nouns
        counted[found["first"], found["second"]] += 1
    for found in _certain().finditer(line):
        joined = found["first"] in JOINS and not found["second"].islower()
        if found["first"].islower() and found["first"] not in _levels() and not joined:
            two = found["first"], found["second"].lower()
            counts.behind[two] += 1
            counts.behind_which[two].add(found.group()[: -len(found["behind"])])
    for found in _opening().finditer(line):
        listed = not line[: found.start()].strip() or bool(
            _listed().search(line[max(0, found.start() - 12) : found.start()])
        )
        if not line[found.end() + 1].isupper() and (not listed or not line[: found.start()].strip(" -+")):
            continue
        counts.runs[found.group(), tuple(_run(line, found.end())), listed] += 1


def _run(line: str, at: int) -> Iterator[str]:
    """What follows a kind: up to a sign that stands in no name, which is the last, or to another kind."""
    before = ""
    for at_word, found in enumerate(_TOKEN.finditer(line, at, at + _LONGEST)):
        word = found.group()
        if at_word == _WORDS:
            return
        if not word[0].isalnum() and word not in JOINS:
            yield word
            return
        if before in JOINS and word.lower() in ("các", "những"):
            yield "."
            return
        joined = before in JOINS or before in ("hoặc", "thuộc", "của")
        if word[0].isupper() and joined and _opening().match(line, found.start()):
            yield "."
            return
        yield word
        before = word
    yield "."


def _cut(
    counts: _Counts, behind: Mapping[tuple[str, str], CountBehind], shares: Mapping[tuple[str, str], float]
) -> Counter[tuple[str, ...]]:
    """Names and how often they stand in the texts."""
    strong = {key for key, which in counts.behind_which.items() if len(which) >= _STRONG_NAMES}
    strong |= {key for key, seen in counts.orders.items() if seen >= _STRONG_ORDERS}
    names = _seed(counts.runs, strong)
    for _ in range(_ROUNDS):
        model = Endings(sorted(names.items()), behind, shares)
        cut: Counter[tuple[str, ...]] = Counter()
        for (kind, run, _), seen in counts.runs.items():
            head = words_of(fold(kind))
            name = head + _name(model, head, run)
            if len(head) < len(name) <= _MOST_WORDS and (
                name[len(head)] == "các" or not model.is_small(name[len(head)])
            ):
                cut[tuple(name)] += seen
        names = Counter({name: seen for name, seen in cut.items() if seen >= _NAMES})
    return names


def _seed(
    runs: Mapping[tuple[str, tuple[str, ...], bool], int], strong: Iterable[tuple[str, str]]
) -> Counter[tuple[str, ...]]:
    """Names that stand in lists and between signs, several times."""
    alone: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for (kind, run, listed), seen in runs.items():
        if listed and run and not run[-1][0].isalnum():
            end = next((at for at, word in enumerate(run) if not word[0].isalnum() and word not in ("-", "&", "/")), 0)
            if end:
                alone[kind, run[:end]] += seen
    certain = frozenset(strong)
    out: Counter[tuple[str, ...]] = Counter()
    for (kind, words), seen in alone.items():
        if seen < _SEED:
            continue
        low = [fold(word) for word in words]
        cut = next(
            (
                at
                for at in range(1, len(low))
                if words[at].islower() and (low[at], low[at + 1] if at + 1 < len(low) else "") in certain
            ),
            0,
        )
        if cut and seen < max(_NAMES, _SHARE * alone[kind, words[:cut]]):
            continue
        out[tuple(words_of(fold(kind)) + [NUMBER if word[0].isdigit() else word for word in low])] += seen
    return out


def _name(model: Endings, head: Sequence[str], run: Sequence[str]) -> list[str]:
    """The words of a run that belong to the name."""
    out: list[str] = []
    low = [NUMBER if word[0].isdigit() else fold(word) for word in run]
    for at, word in enumerate(run):
        if not word[0].isalnum() and (word not in JOINS or at + 1 == len(run) or not run[at + 1][0].isalnum()):
            break
        if not word[0].isupper():
            if out and low[at] in _levels():
                break
            before = [*head, *out]
            behind = low[at + 1] if at + 1 < len(run) and run[at + 1][0].isalnum() else None
            if not model.goes_on(before[-2] if len(before) > 1 else "^", before[-1], low[at], behind):
                break
        out.append(low[at])
    while out and (out[-1] in JOINS or out[-1] in ("của", "thuộc", "hoặc")):
        out.pop()
    return out
