"""Decoding lines: the most probable printed words by the noisy channel (how words are misread) and a language model."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from pipeline.language.casing import in_capitals
from pipeline.language.syllables import inventory
from pipeline.language.tones import modern
from pipeline.restore.candidates import Lookup, Options, is_mendable
from pipeline.restore.markers import sign_end, signs
from pipeline.restore.model import SLIGHT, Array, RestorationModel
from pipeline.restore.pieces import LinePiece, pieces
from pipeline.restore.readings import LineCondition, RestoredReading
from pipeline.restore.tokens import BOUNDARY, CLASSES, COMMA, STOP, UNKNOWN

WIDTH, BEAM = 24, 14.0  # states kept at a place, and how far (natural logarithm) behind the best
SCALE = 1.0  # of the language model against the channel
LEAST_LIKELY = -4.5  # a word of a right line that the language model finds likelier than this is not in question
# A second look with the document's own words: what is not certain at the first is looked at again, with the words that
# were read with confidence counted at a share of the whole, and trusted to a power.
CERTAIN, CONFIDENT = 0.97, 0.9
FEW = 50  # confident words that are too few to go by
SHARE, TRUST = 0.5, 0.7
LIKELY = 0.02  # chance of having been misread from which a word is in question, whatever the language model says
DIRTY = 0.15  # noise from which every word of right lines is in question
LEAN, LEAST, MOST_NOISE = 0.3, 0.005, 4.0  # the noise it is estimated with, and its bounds
OTHERS = 100
UNSEEN = 2.0  # in dirty text about half of the wrong words are doubted with that noise (typeset pages, three scans)
PASSAGE = 400  # pieces decoded together, at most


@dataclass
class _LatticeNode:
    """A piece in a passage: its line, what it is, and the edges of the lattice that end behind it."""

    line: int
    piece: LinePiece
    text: str
    kind: LineCondition
    form: int  # 0 inside a sentence, 1 at its beginning, 2 in a line of capitals
    options: Options
    joined: Options | None = None  # read together with the piece before
    wrong: float | None = None  # the chance that it was misread, as its reader's confidence says
    first: int = field(default=0)  # the first of its edges


Wrong = Sequence[float]

_CHUNK = re.compile(r"\S+")
_CITATION = re.compile(r"\d.*[/-].*[A-ZĐÐ]{2}|[A-ZĐÐ]{2}[A-ZĐÐa-z]*-[A-ZĐÐ]{2}|\d/\d|^/[A-ZĐÐ]{2}")
_ADDRESS = re.compile(r"://|www\.|@|[^\W_]\.(?:vn|com|org|net|edu|gov|info)(?![^\W_])", re.IGNORECASE)
CHUNK = 60  # characters without a space: what is longer is no word, and stays


class Decoder:
    """Restores lines with one model; caches the candidates of each word."""

    def __init__(self, model: RestorationModel, noise: float = 1.0) -> None:
        """`noise` is how much dirtier than the pairs the channel was learnt from a reader of Vietnamese was here."""
        self.model = model
        self.lookup = Lookup(model, noise)
        self._boundary = model.ids[BOUNDARY]
        self._unknown = model.ids[UNKNOWN]
        single = self.lookup.single
        self._marks = {"stop": single(model.ids[STOP]), "comma": single(model.ids[COMMA])}

    def decode(
        self, lines: Sequence[str], kinds: Sequence[LineCondition], wrong: Sequence[Wrong] | None = None
    ) -> list[list[RestoredReading]]:
        """Restore lines.

        Args:
            lines: in the order of the document.
            kinds: the condition of each line.
            wrong: for each character of each line the probability that its word was misread, where OCR gives a
                confidence.

        Returns:
            The readings of each line from left to right; punctuation has none, and a foreign line has none.
        """
        found: list[list[RestoredReading]] = [[] for _ in lines]
        for line, sign in signs(lines, kinds):
            found[line].append(sign)
        passages = list(self._passages(lines, kinds, wrong or [()] * len(lines)))
        read = [list(self._solve(passage, None)) for passage in passages]
        bonus = self._own_words(reading for readings in read for _, reading in readings)
        for passage, readings in zip(passages, read, strict=True):
            again = bonus is not None and any(reading.probability < CERTAIN for _, reading in readings)
            for line, reading in self._solve(passage, bonus) if again else readings:
                found[line].append(reading)
        return found

    def _own_words(self, readings: Iterable[RestoredReading]) -> Array | None:
        """What a word's use in this document says for it (log); None where there is too little to go by.

        The unigram rescaling of Kneser, Peters and Klakow (1997), with the words that are read with confidence.
        """
        counts: Counter[int] = Counter()
        for reading in readings:
            if reading.probability >= CONFIDENT:
                word = self.model.ids.get(modern(reading.text.lower()))
                if word is not None:
                    counts[word] += 1
        if counts.total() < FEW:
            return None
        usual = self.model.unigrams
        own = np.zeros(len(usual))
        own[list(counts)] = list(counts.values())
        bonus = TRUST * np.log((1 - SHARE) + SHARE * own / counts.total() / usual)
        bonus[: len(CLASSES)] = 0
        return bonus.astype(np.float32)

    def estimate_noise(self, lines: Sequence[str]) -> float:
        """Estimate how much noisier right lines are than what the channel was learnt from.

        Args:
            lines: lines read as Vietnamese.

        Returns:
            The expected share of misread words, taken with a noise that leans neither way, over that in the training
            pairs.
        """
        usual = self.lookup
        self.lookup = Lookup(self.model, LEAN)
        wrong = words = 0.0
        for line, readings in zip(lines, self.decode(lines, [LineCondition.RIGHT] * len(lines)), strict=True):
            for reading in readings:
                if line[reading.start].isupper():  # names are rare words, not slips
                    continue
                same = modern(reading.text.lower()) == modern(line[reading.start : reading.end].lower())
                wrong += 1 - reading.probability if same else reading.probability
                words += 1
        self.lookup = usual
        share = float(self.model.card["channels"][SLIGHT]["misread"])
        # Few words say little: they are taken with others in which nothing was wrong.
        noise = max(wrong / (words + OTHERS) / share, LEAST) if words else 1.0
        return min(noise * UNSEEN, MOST_NOISE) if noise >= DIRTY / UNSEEN else noise

    def _passages(
        self, lines: Sequence[str], kinds: Sequence[LineCondition], wrong: Sequence[Wrong]
    ) -> Iterator[list[_LatticeNode]]:
        """The pieces of each paragraph; a very long one is cut."""
        places: list[_LatticeNode] = []
        fresh = True
        for number, (line, kind, chances) in enumerate(zip(lines, kinds, wrong, strict=True)):
            item = sign_end(line, kind)
            if item or kind is LineCondition.FOREIGN or not line.strip():
                if places:
                    yield places
                places, fresh = [], True
            if kind is LineCondition.FOREIGN:
                continue
            capitals = in_capitals(line, share=0.7, letters=6)
            cited = deque(_citations(line))
            last: _LatticeNode | None = None
            for piece in pieces(line):
                text = line[piece.start : piece.end]
                if piece.kind == "mark" or piece.start < item:
                    last = None
                    continue
                if piece.kind in self._marks:
                    places.append(_LatticeNode(number, piece, text, kind, 0, self._marks[piece.kind]))
                    fresh, last = piece.kind == "stop" or fresh, None
                    continue
                form = 2 if capitals and _may_be_capital(text) else int(fresh)
                while cited and cited[0][1] <= piece.start:
                    cited.popleft()
                if cited and cited[0][0] <= piece.start:
                    options = self.lookup.in_citation(text, piece.kind, LineCondition.RIGHT if cited[0][2] else kind)
                    place = _LatticeNode(number, piece, text, LineCondition.FOREIGN, form, options)
                elif kind is LineCondition.RIGHT:
                    place = _LatticeNode(number, piece, text, kind, form, self.lookup.as_it_is(text, piece.kind))
                    place.wrong = max(chances[piece.start : piece.end], default=None) if chances else None
                else:
                    place = _LatticeNode(
                        number, piece, text, kind, form, self.lookup.options(text, piece.kind, kind, form)
                    )
                if last is not None and piece.spaced and kind is LineCondition.MISREAD:
                    before = last.text, last.options
                    place.joined = self.lookup.joined(before, text, place.options, 2 if form == 2 else 0)
                places.append(place)
                fresh, last = False, place
                if len(places) >= PASSAGE:
                    yield places
                    places = []
                    last = None
        if places:
            yield places

    def _question(self, places: list[_LatticeNode]) -> bool:
        """Look up words of right lines the language model finds unlikely, and those before them; False for none."""
        told = np.array([place.options.words[0] for place in places], np.uint16)
        if self.lookup.noise >= DIRTY:
            odd = np.ones(len(told), bool)
        else:
            odd = self.model.trie.score(told, self._boundary) < LEAST_LIKELY
        odd |= np.array([place.wrong is not None and place.wrong > LIKELY for place in places])
        odd[:-1] |= odd[1:]
        found = False
        for at in np.flatnonzero(odd | (told == self._unknown)).tolist():
            place = places[at]
            if place.kind is LineCondition.RIGHT and place.piece.kind == "word" and is_mendable(place.text):
                if any(self._is_cut(*pair) for pair in pairwise(places[max(at - 1, 0) : at + 2])):
                    continue
                place.options = self.lookup.options(place.text, "word", LineCondition.RIGHT, place.form)
                if place.wrong is not None:
                    place.options = self.lookup.weighed(place.options, place.text, place.wrong)
                found = True
        return found

    def _is_cut(self, before: _LatticeNode, after: _LatticeNode) -> bool:
        """Whether two pieces are one word that a space parted ("h ợp"): mending one of them would spoil it."""
        if min(len(before.text), len(after.text)) > 2 or not (before.text + after.text).isalpha():
            return False
        words = (modern(one.lower()) for one in (before.text, after.text))
        return not all(word in inventory() for word in words) and (
            modern((before.text + after.text).lower()) in inventory()
        )

    def _solve(self, places: list[_LatticeNode], bonus: Array | None) -> Iterator[tuple[int, RestoredReading]]:
        """Search the lattice of a passage; the readings with the numbers of their lines.

        `bonus` says how much likelier (log) each word is in this document than elsewhere.
        """
        asked = self._question(places)
        if not asked and all(place.kind in (LineCondition.RIGHT, LineCondition.FOREIGN) for place in places):
            for place in places:
                if place.piece.kind not in self._marks:
                    yield place.line, RestoredReading(place.piece.start, place.piece.end, place.text, 1.0)
            return
        parts: list[Options] = []
        sources: list[int] = []
        targets: list[int] = []
        sizes: list[int] = []
        total = 0
        for node, place in enumerate(places, 1):
            place.first = total
            for back, options in ((1, place.options), (2, place.joined)):
                if options is not None:
                    parts.append(options)
                    sources.append(node - back)
                    targets.append(node)
                    sizes.append(len(options.words))
                    total += len(options.words)
        parts.append(self.lookup.single(self._boundary))
        sources.append(len(places))
        targets.append(len(places) + 1)
        sizes.append(1)
        words = np.concatenate([part.words for part in parts])
        seconds = np.concatenate([part.seconds for part in parts])
        forms = np.concatenate([part.forms for part in parts])
        costs = np.concatenate([part.costs for part in parts])
        if bonus is not None:
            costs = costs + bonus[words] + bonus[seconds]
        path, posterior = self.model.trie.decode(
            len(places) + 1,
            np.repeat(np.array(sources, np.int32), sizes),
            np.repeat(np.array(targets, np.int32), sizes),
            words,
            seconds,
            costs,
            self._boundary,
            SCALE,
            WIDTH,
            BEAM,
        )
        ends = np.repeat(np.array(targets, np.int32), sizes)
        begins = np.repeat(np.array(sources, np.int32), sizes)
        for edge in path[:-1]:
            node = int(ends[edge])
            place = places[node - 1]
            if place.piece.kind in self._marks:
                continue
            whole = int(begins[edge]) == node - 1
            first = place.first if whole else place.first + len(place.options.words)
            last = first + len(place.options.words if whole or place.joined is None else place.joined.words)
            part = posterior[first:last]
            best = int(part.argmax())
            probability = float(part[best])
            start = place.piece.start if whole else places[node - 2].piece.start
            raw = place.text if whole else places[node - 2].text + place.text
            text = self._written(first + best, words, seconds, forms, raw)
            runner_up = None
            if len(part) > 1:
                part[best] = -1.0
                other = self._written(first + int(part.argmax()), words, seconds, forms, raw)
                runner_up = other if other != text else None
            yield place.line, RestoredReading(start, place.piece.end, text, probability, runner_up)

    def _written(self, edge: int, words: Array, seconds: Array, forms: Array, raw: str) -> str:
        return self.lookup.surface(int(words[edge]), int(seconds[edge]), int(forms[edge]), raw)


def _citations(line: str) -> list[tuple[int, int, bool]]:
    """Where documents' numbers and addresses stand ("20/CT-TTg", "haiphong.gov.vn"); True for what never changes."""
    found = []
    for match in _CHUNK.finditer(line):
        chunk = match.group()
        address = len(chunk) > CHUNK or bool(_ADDRESS.search(chunk))
        if address or _CITATION.search(chunk):
            found.append((*match.span(), address))
    return found


def _may_be_capital(word: str) -> bool:
    """Whether a word of a line in capitals may be in capitals too."""
    return 2 * sum(letter.islower() for letter in word) <= len(word)
