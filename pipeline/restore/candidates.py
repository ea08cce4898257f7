"""Candidate readings of each piece of a line, with their probabilities."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from pipeline.language.accents import other_marks, remove_accents, without_tone
from pipeline.language.casing import like
from pipeline.language.syllables import bare_inventory, inventory, other_spelling
from pipeline.language.tones import modern
from pipeline.restore.model import MISREAD, SLIGHT, Array, RestorationModel
from pipeline.restore.readings import LineCondition
from pipeline.restore.tokens import BOUNDARY, COMMA, NUMBER, STOP, UNKNOWN
from pipeline.restore.undecoded.lost_letters import SIGN, fitting

MOST, RATIO = 120, 1e-6  # readings of a word, and how much less likely than its best
LONGEST = 15  # characters of a word that is looked up; longer ones stay
DIGIT = -1.2  # a number says nothing of its digits: an odds for each
LETTER = -3.4  # nor does an unknown word of its letters
LOOKALIKE = -4.0  # what more speaks against leaving a word that has the letters of a syllable
CAPITAL = -1.5  # the same in capitals that spell no syllable: an abbreviation, and rarely misread
SPACE_LOST, SPACE_READ = math.log(0.006), math.log(0.002)  # measured on pairs: two words read as one, one as two
SLIPPED, MARKS = -4.5, 2  # a compound typed with other marks on its syllables, and how many these are at most
MARK = (
    -5.2
)  # how likely (log) one mark at least is lost or misread on a picture: of 429 such slips 420 are mended, not 389
CLEAN = 0.05  # noise below which a word that is none was rather typed so than misread
RARE = 0.1  # how much rarer than its other spelling a word is that is read as that one ("kĩ", kỹ)
LOST = -12.0  # a word of which letters were lost stays where nothing fits
CASE, CASE_FLOOR = 0.8, 1e-3  # how far the case of a word without marks is trusted, and what is added to each share
TONE_LOST = -2.5  # of a word that has letters with marks and no tone, in a text that lost part of its marks
BAD = -9.0  # a word whose best reading is worse than this may be two words, or half of one

# The forms of a reading: small, Title, UPPER; letter by letter as the source; two words as the source; as it stands.
LOWER, TITLE, UPPER, LIKE_SOURCE, CUT, AS_IT_IS = 0, 1, 2, 3, 4, 9


class Options(NamedTuple):
    """The candidates of a piece, arrays of shape (n,).

    `words` are ids, `seconds` those of the second of two words (the boundary's id where there is one word), `costs` log
    probabilities, `forms` letter cases.
    """

    words: Array
    seconds: Array
    costs: Array
    forms: Array


def is_numeral(text: str) -> bool:
    """Tell whether a word looks like a Roman numeral."""
    return set(text) <= set("IVXLC")


def is_mendable(text: str) -> bool:
    """Tell whether a word of a right line may be changed: letters only, no numeral ("VI"), no abbreviation ("GĐ")."""
    if text.isupper() and (is_numeral(text) or remove_accents(text.lower()) not in bare_inventory()):
        return False
    return text.isalpha()


def single(model: RestorationModel, word: int) -> Options:
    """The one candidate of a piece that is a word as it stands."""
    ids = np.array([[word], [model.ids[BOUNDARY]]], np.uint16)
    return Options(ids[0], ids[1], np.zeros(1, np.float32), np.array([AS_IT_IS], np.uint8))


def except_for(options: Options, word: int) -> Options:
    """The candidates of a piece but for one word."""
    kept = options.words != word
    return Options(*(part[kept] for part in options))


@lru_cache(maxsize=1 << 14)
def _told(model: RestorationModel, text: str) -> Options:
    """The one candidate of a word; one in a spelling that is much the rarer is read as in the other."""
    word = modern(text.lower())
    unknown = model.ids[UNKNOWN]
    own, spelling = (model.ids.get(one or "", unknown) for one in (word, other_spelling(word)))
    rare = spelling != unknown and RARE * model.unigrams[spelling] > model.unigrams[own]
    return single(model, spelling if rare else own)


class Lookup:
    """Finds the candidates of words, and caches them."""

    def __init__(self, model: RestorationModel, noise: float = 1.0, stands: frozenset[str] | None = None) -> None:
        """`noise` and `stands` are those of the `Decoder`."""
        self.model = model
        self.noise = noise
        self._stands = stands
        self._boundary = model.ids[BOUNDARY]
        self._unknown = model.ids[UNKNOWN]
        self._number = model.ids[NUMBER]
        self._seen: dict[tuple[str, LineCondition, int], Options] = {}
        self.marks = {"stop": single(model, model.ids[STOP]), "comma": single(model, model.ids[COMMA])}
        self._one_number = single(model, self._number)

    def as_it_is(self, text: str, what: str) -> Options:
        """The one candidate of a word or number that is not in question."""
        if what == "number":
            return self._one_number
        return _told(self.model, text)

    def in_citation(self, text: str, what: str, kind: LineCondition) -> Options:
        """The candidates of a part of a document's number: as it stands, but that a D may have been a Đ (QD, QĐ).

        Args:
            text: what was read.
            what: "word" or "number".
            kind: the condition of the line.
        """
        found = self.model.keys.get(text.lower(), ()) if kind is not LineCondition.RIGHT and what == "word" else ()
        alike = np.array([at for at in found if self.model.words[at].replace("đ", "d") == text.lower()], np.uint16)
        if not len(alike):
            return self.as_it_is(text, what)
        return self._with(alike, np.zeros(len(alike), np.float32), np.full(len(alike), LIKE_SOURCE, np.uint8))

    def options(self, text: str, what: str, kind: LineCondition, place: int) -> Options:
        """The candidates of a word or number.

        Args:
            text: what was read.
            what: "word" or "number".
            kind: the condition of the line.
            place: 0 inside a sentence, 1 at its beginning, 2 in a line of capitals.
        """
        key = (text, kind, place)
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._look_up(text, what, kind, place)
        return found

    def filled(self, text: str, place: int) -> Options:
        """The candidates of a word of which letters were lost, or the word as it stands where nothing fits.

        Args:
            text: what is left of it, with signs for its letters.
            place: as for `options`.
        """
        key = (text, LineCondition.RIGHT, place)
        found = self._seen.get(key)
        if found is None:
            words, costs = fitting(self.model, text, self._stands)
            if not len(words) and text.strip(SIGN):  # what stands around it was no letter
                text = text.strip(SIGN)
                words, costs = fitting(self.model, text, self._stands)
            capital = text[0].isupper() or text[0] == SIGN and place == 1
            form = (
                UPPER
                if place == 2 or text.isupper() and len(text.replace(SIGN, "")) > 1
                else TITLE
                if capital
                else LOWER
            )
            forms = np.full(len(words), form, np.uint8)
            if form == LOWER and text[0] == SIGN and len(words):
                forms[self.model.begin_capital(words)] = TITLE
            found = self._with(
                np.append(words, np.uint16(self._unknown)),
                np.append(costs, np.float32(LOST)),
                np.append(forms, np.uint8(AS_IT_IS)),
            )
            self._seen[key] = found
        return found

    def weighed(self, options: Options, text: str, wrong: float) -> Options:
        """The candidates of a word of a right line, for another probability than the usual one that it was misread.

        Args:
            options: its candidates as `options` gives them.
            text: what was read.
            wrong: the probability that it was misread.
        """
        options = self._with_other_marks(options, text)
        usual = float(self.model.card["channels"][SLIGHT]["misread"]) * self.noise
        other = (options.words != self.model.ids.get(modern(text.lower()))) & (options.forms != AS_IT_IS)
        shift = math.log(wrong / (1 - wrong) / (usual / (1 - usual)))
        return options._replace(costs=options.costs + np.where(other, shift, 0).astype(np.float32))

    def _with_other_marks(self, options: Options, text: str) -> Options:
        """The candidates of a word read from a picture, with those that one mark tells from it: small type loses any.

        The pairs the channel was learnt from have never seen "để" read as "đẻ".
        """
        word = modern(text.lower())
        own = self.model.ids.get(word)
        alike = self.model.keys.get(remove_accents(word), ()) if own is not None else ()
        near = [at for at in alike if at != own and other_marks(self.model.words[at], word) == 1]
        if not near:
            return options
        known = np.isin(options.words, near)
        options = options._replace(costs=np.where(known, np.maximum(options.costs, MARK), options.costs))
        new = np.setdiff1d(np.array(near, np.uint16), options.words)
        form = LOWER if text.islower() else UPPER if text.isupper() and len(text) > 1 else TITLE
        more = self._with(new, np.full(len(new), MARK, np.float32), np.full(len(new), form, np.uint8))
        return Options(*(np.concatenate(pair) for pair in zip(options, more, strict=True)))

    def _look_up(self, text: str, what: str, kind: LineCondition, place: int) -> Options:
        """The readings of a word or number that has not been met."""
        lowered = modern(text.lower())
        own = self.model.ids.get(lowered)
        if what == "number" and kind is not LineCondition.MISREAD:
            return self.as_it_is(text, what)
        if kind is LineCondition.STRIPPED:
            if place != 2 and text.isupper() and (len(text) == 1 or is_numeral(text)):
                return self.as_it_is(text, what)
            bare = remove_accents(lowered)
            alike = self.model.keys.get(bare if own is not None else lowered)
            if alike is None:
                return self.as_it_is(text, what)
            costs = np.zeros(len(alike), np.float32)
            if bare != lowered:  # it has its letters, and may have lost its tone
                known = self.model.words
                alike = np.array([at for at in alike if lowered in (known[at], without_tone(known[at]))], np.uint16)
                costs = np.where(alike == own, 0, TONE_LOST).astype(np.float32)
            costs = costs + self._in_case(text, alike, place)
            return self._with(alike, costs, np.full(len(alike), LIKE_SOURCE, np.uint8))
        if len(text) > LONGEST:
            return self.as_it_is(text, what)
        channel = self.model.channel(SLIGHT if kind is LineCondition.RIGHT else MISREAD)
        words, forms, costs = channel.candidates(modern(text), place, MOST, RATIO)
        if kind is LineCondition.RIGHT:
            costs = costs + np.where(words == own, 0, math.log(self.noise)).astype(np.float32)
        keep, cost = (self._number, DIGIT) if what == "number" else (self._unknown, LETTER)
        if what == "word" and text.isupper() and len(text) > 2 and remove_accents(lowered) not in bare_inventory():
            cost = CAPITAL
        kept = cost * len(text) + (LOOKALIKE if what == "word" and remove_accents(lowered) in bare_inventory() else 0)
        spelling = self.model.ids.get(other_spelling(lowered) or "") if kind is LineCondition.RIGHT else None
        if spelling is not None:  # as likely as what it is another spelling of, and written as it stands
            keep, kept = spelling, 0.0
        if kind is LineCondition.RIGHT and own is None and spelling is None:
            return self._run_together(lowered, place, words, costs, forms, len(text))
        options = self._with(
            np.append(words, np.uint16(keep)),
            np.append(costs, np.float32(kept)),
            np.append(forms, np.uint8(AS_IT_IS)),
        )
        if kind is LineCondition.MISREAD and what == "word" and len(text) >= 4 and (not len(words) or costs[0] < BAD):
            options = self._split(text, place, options)
        return options

    def _in_case(self, text: str, words: Array, place: int) -> Array:
        """What the letter case of a word that lost its marks says (log) for each it may be: names have capitals."""
        if place == 2:
            return np.zeros(len(words), np.float32)
        form = LOWER if text.islower() else UPPER if text.isupper() and len(text) > 1 else TITLE
        odds = np.log(self.model.cases[place, words, form] + CASE_FLOOR)
        return np.asarray(CASE * (odds - odds.max()), np.float32)

    def _run_together(self, text: str, place: int, words: Array, costs: Array, forms: Array, length: int) -> Options:
        """The readings of a word that is none, two run together among them; a loan stays ("bitum", "molypđen")."""
        ids = self.model.ids
        if self.noise < CLEAN:
            spelt = np.array([self.model.words[word] in inventory() for word in words], bool)
            words, costs, forms = words[spelt], costs[spelt], forms[spelt]
        cuts = [
            (ids[text[:at]], ids[text[at:]])
            for at in range(1, len(text))
            if not text.isascii()
            and text[:at] in inventory()
            and text[at:] in inventory()
            and text[:at] in ids
            and text[at:] in ids
        ]
        one = self._with(
            np.append(words, np.uint16(self._unknown)),
            np.append(costs, np.float32(LETTER * length)),
            np.append(forms, np.uint8(AS_IT_IS)),
        )
        return Options(
            np.concatenate([one.words, np.array([cut[0] for cut in cuts], np.uint16)]),
            np.concatenate([one.seconds, np.array([cut[1] for cut in cuts], np.uint16)]),
            np.concatenate([one.costs, np.full(len(cuts), SPACE_LOST, np.float32)]),
            np.concatenate([one.forms, np.full(len(cuts), CUT, np.uint8)]),
        )

    def _with(self, words: Array, costs: Array, forms: Array) -> Options:
        return Options(words, np.full(len(words), self._boundary, np.uint16), costs, forms)

    def _split(self, text: str, place: int, whole: Options) -> Options:
        """The readings of a word that may be two words run together, besides those it has."""
        channel = self.model.channel(MISREAD)
        found: list[tuple[float, int, int]] = []
        for at in range(1, len(text)):
            left, _, chances = channel.candidates(text[:at], place, 5, 1e-2)
            right, _, others = channel.candidates(text[at:], place if place == 2 else 0, 5, 1e-2)
            found += [
                (float(a + b) + SPACE_LOST, int(first), int(second))
                for first, a in zip(left, chances, strict=True)
                for second, b in zip(right, others, strict=True)
            ]
        found.sort(reverse=True)
        best = found[:20]
        return Options(
            np.concatenate([whole.words, np.array([one[1] for one in best], np.uint16)]),
            np.concatenate([whole.seconds, np.array([one[2] for one in best], np.uint16)]),
            np.concatenate([whole.costs, np.array([one[0] for one in best], np.float32)]),
            np.concatenate([whole.forms, np.full(len(best), 2 if place == 2 else 0, np.uint8)]),
        )

    def joined(self, before: tuple[str, Options], text: str, own: Options, where: int) -> Options | None:
        """The candidates of two pieces as one word, where at least one of them is hardly a word; else None.

        Args:
            before: the first piece and its candidates.
            text: the second.
            own: its candidates.
            where: the place of the first, as for `options`.
        """
        if len(before[0]) + len(text) > 8 or min(len(before[0]), len(text)) > 2:
            return None
        if min(_best(before[1]), _best(own)) > BAD:
            return None
        options = self.options(before[0] + text, "word", LineCondition.MISREAD, where)
        real = (options.seconds == self._boundary) & (options.forms != AS_IT_IS)
        if not real.any():
            return None
        words, costs, forms = options.words[real][:20], options.costs[real][:20], options.forms[real][:20]
        return self._with(words, costs + np.float32(SPACE_READ), forms)

    def parted(self, text: str, where: int) -> Options | None:
        """The candidate of two pieces of a right line as the word that they are together; None for an unknown one.

        Args:
            text: both pieces.
            where: the place of the first, as for `options`.
        """
        word = self.model.ids.get(modern(text.lower()))
        if word is None:
            return None
        form = UPPER if where == 2 else int(text[0].isupper())
        words, costs = np.array([word], np.uint16), np.array([SPACE_READ], np.float32)
        return self._with(words, costs, np.array([form], np.uint8))

    def slipped(self, before: str, text: str, first: int, second: int) -> Options | None:
        """Two words as the compound they may have been typed for, one slip; None where their letters say otherwise.

        Args:
            before: the first word as it stands.
            text: the second.
            first: the id of the compound's first word.
            second: that of its second.
        """
        form = UPPER if before.isupper() and text.isupper() else int(before.istitle())
        if not (before + text).isalpha() or (form != UPPER and not text.islower()):
            return None
        written, meant = (before.lower(), text.lower()), (self.model.words[first], self.model.words[second])
        if sum(map(other_marks, written, meant)) > MARKS:
            return None
        words, seconds = np.array([first], np.uint16), np.array([second], np.uint16)
        return Options(words, seconds, np.array([SLIPPED], np.float32), np.array([form], np.uint8))

    def surface(self, word: int, second: int, form: int, raw: str) -> str:
        """Write a candidate as it was printed.

        Args:
            word: the id of the word.
            second: that of a second one, or the boundary's.
            form: the letter case.
            raw: what was read.
        """
        if form == AS_IT_IS:
            return raw
        text = self.model.words[word]
        if form == CUT:  # two words run together, letter for letter
            return f"{raw[: len(text)]} {raw[len(text) :]}"
        if second != self._boundary:
            other = self.model.words[second]
            return f"{_dressed(text, form)} {_dressed(other, 2 if form == 2 else 0)}"
        if form == LIKE_SOURCE:
            return text if raw.islower() else like(text, raw)
        mixed = form == UPPER and raw.isalpha() and not raw.isupper() and not raw.istitle() and text not in inventory()
        if mixed and len(text) == len(raw):
            return like(text, raw)
        return _dressed(text, form)


def _dressed(word: str, form: int) -> str:
    return (word, word.capitalize(), word.upper())[form]


def _best(options: Options) -> float:
    real = options.costs[options.forms != AS_IT_IS]
    return float(real.max()) if len(real) else -math.inf
