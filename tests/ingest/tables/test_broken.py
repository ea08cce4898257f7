"""Tables as copies break them: by pipes, by bars on lines of their own, by lines, by blanks."""

from pipeline.ingest.text.reading import read_text
from tests.cases import cases
from tests.documents import table_texts

Rows = tuple[tuple[str, ...], ...]


def rows(text: str) -> Rows:
    """The cells of the first table of a text; () without one."""
    page = read_text(text)[1][0]
    return table_texts(page, 0) if page.tables else ()


@cases("tables/broken_pipes", text=str, rows=Rows)
def test_rows_of_pipes_that_were_broken(text: str, rows: Rows) -> None:
    page = read_text(text)[1][0]
    assert table_texts(page, 0) == rows
