"""The readers of a passage as components of spaCy, for whoever goes on from what they find.

What they find stands in `doc.spans`, under "agencies", "clauses", "times", "amounts" and "refused", where displaCy and
components of others see it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.extract.grammar import Refusal
from pipeline.extract.passages import STEPS, PassageReading
from pipeline.extract.tokens import TOKEN

COMPONENTS = tuple(step.__name__ for step in STEPS)
GROUPS = ("agencies", "clauses", "times", "amounts", "refused")
_SPACED = re.compile(rf"({TOKEN.pattern})( ?)|(\s+)")  # with the blank behind; any other blanks are a token


class SyllableTokenizer:
    """Splits text into syllables, numbers and punctuation; whitespace is kept so that `doc.text` is the text."""

    def __init__(self, vocab: Vocab) -> None:
        """A tokenizer over `vocab`."""
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of `text`."""
        found = _SPACED.findall(text)
        return Doc(self.vocab, words=[word or gap for word, _, gap in found], spaces=[bool(one[1]) for one in found])

    def to_disk(self, path: object, **kwargs: object) -> None:
        """Nothing to write: the tokenizer has no state."""

    def from_disk(self, path: object, **kwargs: object) -> SyllableTokenizer:
        """Nothing to read."""
        return self

    def to_bytes(self, **kwargs: object) -> bytes:
        """Nothing to write."""
        return b""

    def from_bytes(self, data: bytes, **kwargs: object) -> SyllableTokenizer:
        """Nothing to read."""
        return self


@spacy.registry.tokenizers("kehoach.syllables.v1")
def create_tokenizer() -> Callable[[Language], SyllableTokenizer]:
    """The factory that spaCy's configuration names."""
    return lambda nlp: SyllableTokenizer(nlp.vocab)


Doc.set_extension("reading", default=None, force=True)


def _component(step: Callable[[PassageReading], None]) -> Callable[[Doc], Doc]:
    def read(doc: Doc) -> Doc:
        if doc._.reading is None:  # it came without a context
            doc._.reading = PassageReading(doc.text)
        for group in GROUPS:
            if group not in doc.spans:
                doc.spans[group] = []
        step(doc._.reading)
        for group, start, end, rule in _found(doc._.reading, step.__name__):
            span = doc.char_span(start, end, rule, span_id=rule, alignment_mode="expand")
            if span is not None:
                doc.spans[group].append(span)
        return doc

    return read


def _found(read: PassageReading, step: str) -> Iterator[tuple[str, int, int, str]]:
    """What a step has found, by groups of spans: offsets, and the rule that made each, its label and id."""
    refused: Sequence[Refusal] = ()
    match step:
        case "agencies":
            yield from ((step, one.start, one.end, "agency") for one in read.mentions)
        case "clauses":
            yield from ((step, one.start, one.end, one.rule) for one in read.clauses.clauses)
            refused = read.clauses.refused
        case "times":
            yield from ((step, one.start, one.end, one.rule) for one in read.times.deadlines)
            refused = read.times.refused
        case "amounts":
            yield from ((step, one.start, one.end, one.rule) for one in read.figures.targets)
            refused = read.figures.refused
    yield from (("refused", *one) for one in refused)


for _step in STEPS:
    Language.component(_step.__name__, func=_component(_step))


@cache
def build() -> Language:
    """Build the pipeline: Vietnamese, our syllable tokenizer, the components in their order."""
    config = {"nlp": {"tokenizer": {"@tokenizers": "kehoach.syllables.v1"}}}
    nlp = spacy.blank("vi", config=config)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
