"""Decoding lines: the most probable printed words by the noisy channel (how words are misread) and a language model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from pipeline.language.accents import remove_accents
from pipeline.language.syllables import bare_inventory, inventory
from pipeline.language.tones import modern
from pipeline.restore.candidates import Lookup, Options, except_for, is_mendable, single
from pipeline.restore.markers import signs
from pipeline.restore.model import SLIGHT, Array, RestorationModel
from pipeline.restore.pieces import LatticeNode, LinePassage, Wrong, cut
from pipeline.restore.proper_names import hints, named_provinces
from pipeline.restore.readings import LineCondition, RestoredReading
from pipeline.restore.sifting import Texts, compounds, gains, unlikely
from pipeline.restore.tokens import BOUNDARY, CLASSES, UNKNOWN
from pipeline.restore.undecoded.lost_letters import SIGN
from pipeline.restore.unmarked.form_cues import cues, year_of_issue

WIDTH, BEAM = 24, 14.0  # states kept at a place, and how far (natural logarithm) behind the best
SCALE = 1.0  # of the language model against the channel
HOPE = -1.0  # log odds of the best reading below which a word of a right line is not in question
# A second look with the document's own words: what is not certain at the first is looked at again, with the words that
# were read with confidence counted at a share of the whole, and trusted to a power.
CERTAIN, CONFIDENT = 0.97, 0.9
FEW = 50  # confident words that are too few to go by
SHARE, TRUST = 0.5, 0.7
LIKELY = 0.02  # chance of having been misread from which a word is in question, whatever the language model says
DIRTY = 0.15  # noise from which every word of right lines is in question
LEAN, LEAST, MOST_NOISE = 0.3, 0.005, 4.0  # the noise it is estimated with, and its bounds
TOGETHER = 64  # passages that are sifted at once
SOME = 4000  # characters that are looked at first: of a clean text no more
OTHERS = 100
UNSEEN = 2.0  # in dirty text about half of the wrong words are doubted with that noise (typeset pages, three scans)


def _is_letter(word: str) -> bool:
    """Whether a piece is one letter without a mark: a word that is no more than part of one ("phố i")."""
    return len(word) == 1 and word.isascii()


def _as_read(lines: Sequence[str], read: Iterable[Iterable[tuple[int, RestoredReading]]]) -> str:
    """The lines as far as they are read, and as they are where nothing was."""
    words: dict[int, list[str]] = {}
    for readings in read:
        for line, reading in readings:
            words.setdefault(line, []).append(reading.text)
    return "\n".join(" ".join(words.get(at, [line])) for at, line in enumerate(lines))


class Decoder:
    """Restores lines with one model; caches the candidates of each word."""

    def __init__(self, model: RestorationModel, noise: float = 1.0, stands: frozenset[str] | None = None) -> None:
        """Make one for a document.

        Args:
            model: the model.
            noise: how much dirtier than the pairs the channel was learnt from a reader of Vietnamese was here.
            stands: the letters that are not among those that the document lost; None where nothing says which.
        """
        self.model = model
        self.lookup = Lookup(model, noise, stands)
        self._provinces: list[str] = []  # that the document has named so far, the first first
        self._year: int | None = None  # when it was issued
        self._boundary = model.ids[BOUNDARY]
        self._unknown = model.ids[UNKNOWN]

    def decode(
        self,
        lines: Sequence[str],
        kinds: Sequence[LineCondition],
        wrong: Sequence[Wrong] | None = None,
        begins: Collection[int] = (),
    ) -> list[list[RestoredReading]]:
        """Restore lines.

        Args:
            lines: in the order of the document.
            kinds: the condition of each line.
            wrong: for each character of each line the probability that its word was misread, where OCR gives a
                confidence.
            begins: the lines that go on with none before them, as the first one of a cell.

        Returns:
            The readings of each line from left to right; punctuation has none, nor has a foreign line. Of typed right
            lines only words in question have one.
        """
        found: list[list[RestoredReading]] = [[] for _ in lines]
        for line, sign in signs(lines, kinds):
            found[line].append(sign)
        passages = list(cut(lines, kinds, wrong or [()] * len(lines), self.lookup, begins))
        for passage in passages:
            passage.typed = self.lookup.noise < DIRTY and all(
                place.kind in (LineCondition.RIGHT, LineCondition.FOREIGN) and place.wrong is None
                for place in passage.places
            )
        typed = [passage for passage in passages if passage.typed]
        for first in range(0, len(typed), TOGETHER):
            self._question_typed(typed[first : first + TOGETHER])
        for passage in passages:
            if not passage.typed:
                self._question_read(passage)
        windows = [window for passage in passages for window in passage.windows()]
        read = [list(self._solve(window, None)) for window in windows]
        bonus = self._own_words(passages, read)
        if LineCondition.STRIPPED in kinds:
            provinces = named_provinces(_as_read(lines, read))
            self._provinces += [code for code in provinces if code not in self._provinces]
            self._year = self._year or year_of_issue(lines)
        for window, readings in zip(windows, read, strict=True):
            named = self._hear(window, readings, lines)
            # How often a syllable stands in a document says nothing of a compound of two.
            slip = window.typed and any(place.joined is not None for place in window.places)
            unsure = bonus is not None and not slip and any(reading.probability < CERTAIN for _, reading in readings)
            for line, reading in self._solve(window, bonus) if named or unsure else readings:
                found[line].append(reading)
        return found

    def _hear(self, window: LinePassage, read: Sequence[tuple[int, RestoredReading]], lines: Sequence[str]) -> bool:
        """Let names and the form of a document speak for syllables without marks; False where they are so read."""
        sure = {(line, one.start): modern(one.text.lower()) for line, one in read if one.probability >= CERTAIN}
        found = False
        for place, syllable, weight in self._said(window, lines):
            options = place.options
            hit = options.words == self.model.ids.get(syllable, self._unknown)
            place.options = options._replace(costs=options.costs + np.where(hit, weight, 0).astype(np.float32))
            found = found or sure.get((place.line, place.piece.start)) != syllable
        return found

    def _said(self, window: LinePassage, lines: Sequence[str]) -> Iterator[tuple[LatticeNode, str, float]]:
        """The places of which something is known, each with the syllable that it may be and what speaks for it."""
        for run in window.stripped_runs():
            texts = [place.text for place in run]
            alone = run[0].line == run[-1].line and " ".join(texts) == lines[run[0].line].strip()
            for at, syllable, weight in hints(texts, run[0].form == 2, self._provinces, alone):
                yield run[at], syllable, weight
        for at, syllable, weight in cues(window.places, lines, self._year):
            yield window.places[at], syllable, weight

    def _own_words(self, passages: list[LinePassage], read: list[list[tuple[int, RestoredReading]]]) -> Array | None:
        """What a word's use in this document says for it (log); None where there is too little to go by.

        The unigram rescaling of Kneser, Peters and Klakow (1997), with the words that are read with confidence.
        """
        typed = [place for passage in passages if passage.typed for place in passage.places]
        sure = [place.options.words.item(0) for place in typed if not place.asked]
        confident = (
            self.model.ids.get(modern(reading.text.lower()), 0)
            for readings in read
            for _, reading in readings
            if reading.probability >= CONFIDENT
        )
        own = np.bincount([*sure, *confident], minlength=len(self.model.words)).astype(np.float64)
        own[: len(CLASSES)] = 0
        if own.sum() < FEW:
            return None
        bonus = TRUST * np.log((1 - SHARE) + SHARE * own / own.sum() / self.model.unigrams)
        bonus[: len(CLASSES)] = 0
        return np.asarray(bonus, np.float32)

    def estimate_noise(self, lines: Sequence[str]) -> float:
        """Estimate how much noisier right lines are than what the channel was learnt from.

        Args:
            lines: lines read as Vietnamese.

        Returns:
            The expected share of misread words, taken with a noise that leans neither way, over that in the training
            pairs.
        """
        kinds = [LineCondition.RIGHT] * len(lines)
        words, wrong = 0.0, defaultdict[str, float](float)
        few = lines[:: max(1, sum(map(len, lines)) // SOME)]
        passages = list(cut(few, kinds[: len(few)], [()] * len(few), self.lookup))
        texts = Texts(self.model, [passage.told for passage in passages])
        smalls = np.zeros(len(texts.words), bool)
        smalls[texts.within] = [place.text[0].islower() for passage in passages for place in passage.places]
        tries = texts.parted(*gains(self.model, texts, smalls, LEAN))
        for passage, (tried, gain) in zip(passages, tries, strict=True):
            told = passage.told
            small = np.array([place.text[0].islower() for place in passage.places])
            odds = np.zeros(len(told))
            np.add.at(odds, tried, np.exp(gain))
            for at in np.flatnonzero(
                told == self._unknown
            ).tolist():  # of these what has the letters of a syllable is no loan
                odds[at] = remove_accents(passage.places[at].text.lower()) in bare_inventory()
            words += float(small.sum())
            for at in np.flatnonzero(small & (odds > 0)).tolist():
                wrong[passage.places[at].text] += odds[at] / (1 + odds[at])
        noise = self._noise(wrong, words)
        if noise < DIRTY / UNSEEN / 2:
            return noise
        usual = self.lookup
        self.lookup = Lookup(self.model, LEAN)
        words, wrong = 0.0, defaultdict[str, float](float)
        for line, readings in zip(lines, self.decode(lines, kinds), strict=True):
            for reading in readings:
                if line[reading.start].isupper() or SIGN in line[reading.start : reading.end]:  # names are rare words
                    continue
                same = modern(reading.text.lower()) == modern(line[reading.start : reading.end].lower())
                wrong[line[reading.start : reading.end]] += 1 - reading.probability if same else reading.probability
                words += 1
        self.lookup = usual
        noise = self._noise(wrong, words)
        return min(noise * UNSEEN, MOST_NOISE) if noise >= DIRTY / UNSEEN else noise

    def _noise(self, wrong: Mapping[str, float], words: float) -> float:
        # Few words say little: they are taken with others in which nothing was wrong. One odd word says nothing of the
        # others: it may be rare ("lụt, bão, úng"), or the one slip of its typist.
        told = sum(wrong.values()) - max(wrong.values(), default=0.0)
        return max(told / (words + OTHERS) / float(self.model.card["channels"][SLIGHT]["misread"]), LEAST)

    def _question_typed(self, passages: Sequence[LinePassage]) -> None:
        """Look up the few words of typed right lines that may be slips, as another would fit far better."""
        told = [passage.told for passage in passages]
        texts = Texts(self.model, told)
        mendable = np.zeros(len(texts.words), bool)
        mendable[texts.within] = [place.is_mendable for passage in passages for place in passage.places]
        tried, gain = gains(self.model, texts, mendable, self.lookup.noise)
        better = gain > HOPE
        slips = texts.parted(tried[better])
        joined = texts.parted(*compounds(self.model, texts.words))
        for passage, own, (at,), (seconds, ones, others) in zip(passages, told, slips, joined, strict=True):
            odd = np.zeros(len(own), bool)
            odd[at] = True
            for second, one, other in zip(seconds.tolist(), ones.tolist(), others.tolist(), strict=True):
                before, place = passage.places[second - 1 : second + 1]
                if self._unknown in own[second - 1 : second + 1]:
                    continue  # mended by itself
                if before.line == place.line and place.piece.spaced and place.piece.start == before.piece.end + 1:
                    place.joined = self.lookup.slipped(before.text, place.text, one, other)
            self._look_up(passage, own, odd)

    def _question_read(self, passage: LinePassage) -> None:
        """Look up the words of other lines that are to be searched: of right ones those that are in question."""
        places, told = passage.places, passage.told
        odd = np.zeros(len(told), bool)
        if self.lookup.noise >= DIRTY:
            odd[:] = True
        else:
            odd[unlikely(self.model, told)] = len(places) > 1  # nothing beside a word alone in a cell speaks against it
            odd |= np.array([place.wrong is not None and place.wrong > LIKELY for place in places])
        self._look_up(passage, told, odd)

    def _look_up(self, passage: LinePassage, told: Array, odd: Array) -> None:
        """Give the odd words of a passage, and those that nobody knows, their readings."""
        places = passage.places
        for at in np.flatnonzero(odd | (told == self._unknown)).tolist():
            place = places[at]
            if SIGN in place.text:
                cited = place.kind is LineCondition.FOREIGN and place.text.isupper()
                place.options = self.lookup.filled(place.text, 2 if cited else place.form)
            elif place.kind is LineCondition.RIGHT and place.piece.kind == "word" and is_mendable(place.text):
                if any(self._is_cut(*pair) for pair in pairwise(places[max(at - 1, 0) : at + 2])):
                    continue
                place.options = self.lookup.options(place.text, "word", LineCondition.RIGHT, place.form)
                if place.wrong is not None:
                    place.options = self.lookup.weighed(place.options, place.text, place.wrong)
        self._join(places)
        for at, place in enumerate(places):
            if passage.typed and place.joined is not None:  # what is one slip is not read as two beside it
                for one, words in ((at - 1, place.joined.words), (at, place.joined.seconds)):
                    if words.item(0) != told[one]:
                        places[one].options = except_for(places[one].options, words.item(0))

    def _join(self, places: Sequence[LatticeNode]) -> None:
        """Let two pieces of a right line be the word that a space parted ("nă m", "phố i")."""
        for before, after in pairwise(places):
            if len(before.text) > 2 and len(after.text) > 2:
                continue
            right = before.kind is after.kind is LineCondition.RIGHT and before.line == after.line
            right = right and after.wrong is None  # a reader of pictures reads other signs for what it parts
            apart = after.piece.spaced and after.piece.start == before.piece.end + 1
            if right and apart and after.text.islower() and self._is_cut(before, after):
                after.joined = self.lookup.parted(before.text + after.text, before.form)

    def _is_cut(self, before: LatticeNode, after: LatticeNode) -> bool:
        """Whether two pieces are one word that a space parted ("h ợp"): mending one of them would spoil it."""
        if min(len(before.text), len(after.text)) > 2 or not (before.text + after.text).isalpha():
            return False
        if modern((before.text + after.text).lower()) not in inventory():
            return False
        words = (modern(one.lower()) for one in (before.text, after.text))
        return not all(word in inventory() and not _is_letter(word) for word in words)

    def _solve(self, window: LinePassage, bonus: Array | None) -> Iterator[tuple[int, RestoredReading]]:
        """Search the lattice of a window; the readings with the numbers of their lines.

        `bonus` says how much likelier (log) each word is in this document than elsewhere.
        """
        places = window.places
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
        parts.append(single(self.model, self._boundary))
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
            if place.piece.kind in self.lookup.marks or (window.typed and not place.asked):
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
