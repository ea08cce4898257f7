"""Evidence is marked in a text only where it stands there for certain."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.inline_marks import InlineMark, write
from pipeline.schema import Evidence

QUOTE = "Sở Tài chính\nbố trí  100% kinh\nphí, Sở Nội vụ phối hợp"
TEXT = " ".join(QUOTE.split())
AT = 40  # where the quote begins in the plan's text


def stand(start, end, quote=QUOTE):
    return Evidence(page=None, start=AT + start, end=AT + end, quote=quote[start:end], boxes=[])


def mark(words, quote=QUOTE, name="b"):
    start = quote.index(words)
    return InlineMark(stand(start, start + len(words), quote), name, ())


def written(text, quote, *marks):
    paragraph = ET.Element("p")
    write(paragraph, text, Evidence(page=None, start=AT, end=AT + len(quote), quote=quote, boxes=[]), marks)
    return ET.tostring(paragraph, encoding="unicode")


def test_each_stands_in_its_place_over_line_breaks_too():
    marks = [mark("kinh\nphí"), mark("Sở Nội vụ"), mark("100%", name="i"), mark("Sở Tài chính")]
    assert written(TEXT, QUOTE, *marks) == (
        "<p><b>Sở Tài chính</b> bố trí <i>100%</i> <b>kinh phí</b>, <b>Sở Nội vụ</b> phối hợp</p>"
    )


def test_of_two_that_overlap_one_is_marked():
    marks = [mark("Tài chính"), mark("Sở Tài"), mark("Sở Tài chính", name="i")]
    assert written(TEXT, QUOTE, *marks) == f"<p><i>Sở Tài chính</i>{TEXT[12:]}</p>"


@pytest.mark.parametrize("text", [TEXT.replace("bố", "bổ"), f"- {TEXT}", TEXT.replace("100% ", "")])
def test_a_text_that_is_not_the_quote_stays_plain(text):
    assert written(text, QUOTE, mark("Sở Tài chính")) == f"<p>{text}</p>"


def test_a_text_that_ends_before_the_quote_is_marked_as_far_as_it_goes():
    marks = [mark("Sở Tài chính"), mark("Sở Nội vụ")]
    assert written(TEXT[:20], QUOTE, *marks) == f"<p><b>Sở Tài chính</b>{TEXT[12:20]}</p>"


def test_evidence_outside_the_text_is_not_looked_for_in_it():
    elsewhere = Evidence(page=None, start=3, end=15, quote="Sở Tài chính", boxes=[])
    assert written(TEXT, QUOTE, InlineMark(elsewhere, "b", ())) == f"<p>{TEXT}</p>"


SPANS = st.lists(st.tuples(st.integers(-3, 30), st.integers(1, 12)), max_size=5)


@given(st.text("ab \n\t\x00\xa0&<", max_size=25), SPANS)
def test_marks_never_change_the_text(quote, spans):
    text = " ".join(quote.split())
    marks = [
        InlineMark(
            Evidence(page=None, start=AT + at, end=AT + at + size, quote=quote[max(at, 0) : at + size], boxes=[]),
            "b",
            (),
        )
        for at, size in spans
    ]
    read = ET.fromstring(written(text, quote, *marks))
    assert "".join(read.itertext()) == text.replace("\x00", "")
