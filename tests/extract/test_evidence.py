"""Where a value is printed."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Box, Document, Furniture, Line, Page, RestoredToken, TextOrigin, Word
from pipeline.extract.evidence import Locator
from pipeline.outline.paragraphs import paragraph, rows_of
from tests.documents import document, printed

WORDS = st.lists(st.text("aăđ1.,", min_size=1, max_size=5), min_size=1, max_size=5)
LINES = st.lists(st.builds(str.join, st.sampled_from([" ", "  ", "   "]), WORDS), min_size=1, max_size=4)


def whole(lines):
    """A document, and its one paragraph."""
    made = document("\n".join(lines))
    return made, paragraph(rows_of(made)).passage


def stretch(data, text):
    """A stretch of `text` that begins and ends with a letter."""
    letters = [index for index, char in enumerate(text) if char != " "]
    start, last = sorted((data.draw(st.sampled_from(letters)), data.draw(st.sampled_from(letters))))
    return start, last + 1


@given(LINES, st.data())
def test_a_stretch_of_a_passage_is_found_in_the_text(lines, data):
    made, passage = whole(lines)
    start, end = stretch(data, passage.text)
    first, last = passage.locate(start, end)
    assert made.text[first:last].split() == passage.text[start:end].split()


@given(LINES, st.data())
def test_what_is_cut_out_of_a_passage_stands_where_it_stood(lines, data):
    _, passage = whole(lines)
    start, end = stretch(data, passage.text)
    cut = passage.cut(start, end)
    assert (cut.text, cut.locate(0, len(cut.text))) == (passage.text[start:end], passage.locate(start, end))


@given(LINES)
def test_a_cut_leaves_out_the_spaces_around_it(lines):
    _, passage = whole(lines)
    padded = passage.cut(0, 1) + passage.cut(0, 1)
    assert padded.cut(1).text == padded.text[2:]


@given(LINES)
def test_the_quote_is_the_text_at_its_offsets(lines):
    made = document("\n".join(lines))
    found = Locator(made).evidence(paragraph(rows_of(made)).passage)
    assert found.quote == made.text[found.start : found.end]


def test_two_passages_joined_keep_both_ways_back():
    made = document("Sở Tài chính\nbáo cáo")
    one, two = (paragraph([row]).passage for row in rows_of(made))
    joined = one + two
    first, last = joined.locate(joined.text.index("báo"), len(joined.text))
    assert made.text[first:last] == "báo cáo"


def test_a_text_without_pages_gives_no_page_and_no_boxes():
    made = document("Sở Tài chính")
    found = Locator(made).evidence(paragraph(rows_of(made)).passage)
    assert (found.page, found.boxes) == (None, [])


def test_a_value_over_a_page_break_has_its_first_page_and_a_box_a_line():
    one, two = printed((85, "Sở Tài")), printed((90, "chính"))
    made = document(one, two)
    found = Locator(made).evidence(paragraph(rows_of(made)).passage)
    assert (found.page, [box[0] for box in found.boxes]) == (1, [85, 90])


def test_the_box_is_that_of_the_words_alone():
    text = "Giao Sở Tài chính"
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        words.append(Word(start, start + len(word), Box(start, 0, start + len(word), 10)))
        at = start
    made = document([Line(text, text, box=Box(0, 0, 17, 10), words=tuple(words))], [])
    found = Locator(made).evidence(paragraph(rows_of(made)).passage, 5)
    assert found.boxes == [[5, 0, 17, 10]]


def test_furniture_between_two_lines_has_no_box():
    before, after = printed((85, "Sở Tài")), printed((85, "chính"))
    number = [Line("2", "2", box=Box(300, 20, 305, 30), furniture=Furniture.PAGE_NUMBER)]
    made = document(before + number + after, [])
    found = Locator(made).evidence(paragraph(rows_of(made)).passage)
    assert [box[0] for box in found.boxes] == [85, 85]


def test_a_stretch_with_a_doubtful_word_is_doubtful():
    tokens = (RestoredToken(0, 3, 0, 3, 0.99, "Số"), RestoredToken(4, 8, 4, 8, 0.6, "chính"))
    line = Line("Sở Tài chính", "So Tai chinh", tokens=tokens)
    page = Page(1, (line,), TextOrigin.RESTORED_LAYER, "misread")
    locator = Locator(Document("a", "0" * 64, "text/plain", (page,), has_pages=False))
    assert locator.is_doubtful(locator.between(0, 12))
    assert not locator.is_doubtful(locator.between(0, 3))
