"""Names of places and persons in text that lost its marks: those that are known speak for their syllables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise, takewhile

from pipeline.knowledge.agencies import person_words
from pipeline.knowledge.places import communes, current_communes, districts, former_districts, levels, provinces
from pipeline.language.accents import remove_accents
from pipeline.language.syllables import inventory
from pipeline.language.tones import modern

NameSyllables = tuple[str, ...]
Hint = tuple[int, str, float]  # a word of a run, a syllable that it may be, what speaks for it (log)

# What a name says for each of its syllables: of a province that the document names, of another one, of a person; and
# what the word of a level before it adds ("xa Bao Loc").
OWN, OTHER, PERSON, LEVEL = 6.5, 1.5, 2.5, 2.0
SIGNER = 6.0  # of a person whose name is a line by itself, as below a signature
_WORD = re.compile(r"[^\W\d_]+|[^\w\s]|\d+")
LONGEST = 5  # syllables of the name of a place
FULL_NAME = range(3, 5)  # those of a person: surname, middle, given


def split(name: str) -> NameSyllables:
    """The syllables of a name, in lower case, without a number behind it ("Đam Rông 1")."""
    return tuple(word for word in re.split(r"[\s-]+", modern(name.lower())) if word.isalpha())


@cache
def _places() -> Mapping[NameSyllables, Mapping[NameSyllables, frozenset[str]]]:
    """Names of places by their syllables without marks, each with the provinces of today that it lies in.

    Provinces themselves lie in "".
    """
    found: dict[NameSyllables, dict[NameSyllables, set[str]]] = defaultdict(lambda: defaultdict(set))
    today = {row.code: row.current_code for row in provinces()}
    local = [(one.name, one.province) for one in districts()]
    local += [(one.name, one.province) for one in former_districts()]
    of = {row.code: row.province for row in districts()}
    local += [(commune.name, of[commune.district]) for commune in communes()]
    named = [(name, today[province]) for name, province in local]
    named += [(commune.name, commune.province) for commune in current_communes()]
    named += [(name, "") for row in provinces() for name in (row.name, row.current_name)]
    for name, code in named:
        syllables = split(name)
        found[tuple(map(remove_accents, syllables))][syllables].add(code)
    return {bare: {name: frozenset(codes) for name, codes in spelt.items()} for bare, spelt in found.items()}


def is_place(words: Sequence[str]) -> bool:
    """Whether words are the whole name of a place."""
    name = tuple(modern(word.lower()) for word in words)
    return name in _places().get(tuple(map(remove_accents, name)), {})


@cache
def _provinces() -> tuple[re.Pattern[str], Mapping[NameSyllables, str]]:
    """A pattern of the names of provinces, and the province of today that each is or lies in."""
    named = ((name, row.current_code) for row in provinces() for name in (row.name, row.current_name, *row.also))
    codes = {split(name): code for name, code in named}
    either = "|".join(r"[\s-]+".join(map(re.escape, name)) for name in sorted(codes, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)"), codes


def named_provinces(text: str) -> list[str]:
    """The codes of the provinces of today that a text names, or that the old ones it names lie in, the first first."""
    pattern, codes = _provinces()
    return list(dict.fromkeys(codes[split(found.group())] for found in pattern.finditer(modern(text.lower()))))


@cache
def _levels() -> Mapping[str, str]:
    """The last syllables of the words of levels, by their letters without marks."""
    last = (modern(word.split()[-1]) for word, one in levels().words.items() if one.in_text)
    return {remove_accents(syllable): syllable for syllable in last}


@cache
def _persons() -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Surnames, and the other names of persons, by their letters without marks."""
    words = person_words()
    out: tuple[dict[str, list[str]], dict[str, list[str]]] = (defaultdict(list), defaultdict(list))
    for spelt, by_letters in zip((words.surnames, {*words.surnames, *words.middle, *words.given}), out, strict=True):
        for name in sorted(spelt):
            by_letters[remove_accents(name)].append(name)
    return dict(out[0]), dict(out[1])


def hints(words: Sequence[str], capitals: bool, own: Sequence[str], alone: bool = False) -> Iterator[Hint]:
    """Find what may be names in a run of words that lost their marks.

    Args:
        words: as they were read.
        capitals: whether the line is in capitals, where a place can be told by the word of a level alone.
        own: the codes of the provinces that the document names, its own first.
        alone: whether they are the whole of a line.
    """
    bare = [remove_accents(modern(word.lower())) for word in words]
    at = 0
    while at < len(words):
        run = len(list(takewhile(lambda word: word[0].isupper(), words[at:])))
        found = list(_places_in(bare, at, run, capitals, own))
        if not capitals and not any(weight >= OWN for _, _, weight in found):
            person = list(_person_in(bare, at, at + run, SIGNER if alone and run == len(words) else PERSON))
            found = person if alone and person else found or person
        yield from found
        at += max(run, 1)


def _person_in(bare: Sequence[str], first: int, end: int, weight: float) -> Iterator[Hint]:
    """The name of a person that ends a run of words with capitals ("TT Le Tan Dung")."""
    surnames, others = _persons()
    for at in range(first, end):
        if end - at in FULL_NAME and bare[at] in surnames:
            yield from ((at, word, weight) for word in surnames[bare[at]])
            yield from ((n, word, weight) for n in range(at + 1, end) for word in others.get(bare[n], ()))
            return


def _places_in(bare: Sequence[str], first: int, run: int, capitals: bool, own: Sequence[str]) -> Iterator[Hint]:
    """The names of places in a run of words with capitals, the longest first."""
    at, end = first, first + run
    while at < end:
        size, near, others = _longest(bare[at : min(end, at + LONGEST)], own)
        if not near and bare[at] in _levels() and _longest(bare[at + 1 : min(end, at + 1 + LONGEST)], own)[1]:
            at += 1  # "Tinh Binh Phuoc" is no Tịnh Bình
            continue
        level = _levels().get(bare[at - 1]) if at else None
        if (level and near) or (size > 1 and not capitals):
            weight = (OWN if near else OTHER) + (LEVEL if level else 0.0)
            yield from ((at + n, word, weight) for name in near or others for n, word in enumerate(name))
            if level and near:
                yield at - 1, level, LEVEL
        else:
            size = 1
        at += size


def _longest(bare: Sequence[str], own: Sequence[str]) -> tuple[int, list[NameSyllables], list[NameSyllables]]:
    """The longest name that begins some words: its size, its spellings in provinces that are named, and elsewhere."""
    for size in range(len(bare), 0, -1):
        spelt = _places().get(tuple(bare[:size]))
        if spelt:
            near = [name for name, codes in spelt.items() if not codes.isdisjoint((*own, ""))]
            home = [name for name in near if not spelt[name].isdisjoint((*own[:1], ""))]
            return size, home or near, [name for name in spelt if name not in near]
    return 1, [], []


def recurring(lines: Iterable[str]) -> Iterator[str]:
    """Find the words of names that a text has more than once: two capitalised syllables behind each other ("Móng Sến").

    Args:
        lines: in the order of the text; a name may go on in the next.
    """
    words = [word for line in lines for word in _WORD.findall(line)]
    pairs = Counter(pair for pair in pairwise(words) if all(map(str.istitle, pair)))
    for pair, times in pairs.items():
        if times > 1 and all(modern(word.lower()) in inventory() for word in pair):
            yield from pair
