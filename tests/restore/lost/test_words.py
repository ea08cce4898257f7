from pipeline.document import Document, Line, Page, TextOrigin
from pipeline.restore import restore
from tests.cases import cases


@cases("restored_lines/mixed", line=str, right=str)
def test_a_word_that_a_digit_or_a_space_spoils_is_read_back(line: str, right: str) -> None:
    page = Page(1, (Line(line, line),), TextOrigin.PLAIN, "text")
    done = restore(Document("plan", "0" * 64, "text/plain", (page,), has_pages=False))
    assert done.pages[0].lines[0].text == right
