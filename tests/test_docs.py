"""What docs/ shows is what happens, and the tables there are those of the code."""

import re
from functools import partial

import pytest

from pipeline.export.exporting import FORMATS
from pipeline.extract.amounts import grammar as amounts
from pipeline.extract.clauses import reading as clauses
from pipeline.extract.times import reading as times
from pipeline.store.query.filters import NAMES
from pipeline.store.tables import counters, metadata
from pipeline.store.views import TITLES, VIEWS
from tests.forking import forked
from tests.pages import groups, messages, rules, settings
from tests.shown import PROJECT, checkout, markdown, renewed, rows, statements
from tests.store.conftest import OUTPUTS, fill, postgresql

DOCS = PROJECT / "docs"


def tables():
    """The tables and views of the store."""
    made = [
        (f"`{table.name}`", table.info["title"], table.comment, ", ".join(f"`{column.name}`" for column in table.c))
        for table in metadata.sorted_tables
        if table is not counters
    ]
    return markdown(["table", "", "holds", "columns"], made)


def views():
    made = [
        (
            f"`{name}`",
            TITLES[name][1],
            TITLES[name][0],
            ", ".join(f"`{one}`" for one, _ in query.selected_columns.items()),
        )
        for name, query in VIEWS.items()
    ]
    return markdown(["view", "", "holds", "columns"], made)


MADE = {
    "tables": tables,
    "views": views,
    "settings": settings,
    "times": lambda: rules(times.grammar()),
    "clauses": lambda: rules(clauses.grammar()),
    "amounts": lambda: rules(amounts.grammar()),
} | {group: partial(messages, group) for group in groups()}
PAGES = ("corrections.md", "extraction.md", "outputs.md", "store.md", "exports.md", "messages.md", "settings.md")


def remade(text):
    """The document with its generated parts made anew."""
    for name, make in MADE.items():
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda match, make=make: f"{match[1]}\n{make()}\n{match[2]}",
            text,
            flags=re.DOTALL,
        )
    return text


@pytest.fixture(scope="module")
def kehoach(tmp_path_factory):
    """The command for all pages; that of the README starts anew each time."""
    with forked(tmp_path_factory.mktemp("kehoach")) as program:
        yield program


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_what_is_shown_is_what_happens(name, kehoach, tmp_path, request):
    path = DOCS / name
    text = path.read_text(encoding="utf-8")
    now = renewed(remade(text), checkout(tmp_path, kehoach))
    if request.config.getoption("--regenerate-docs"):
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


def test_every_part_that_is_made_is_in_the_docs():
    text = "".join((DOCS / name).read_text(encoding="utf-8") for name in PAGES)
    assert sorted(re.findall(r"<!-- (\w+) -->", text)) == sorted(MADE)


def test_ten_questions_have_an_answer():
    """Each is asked by a command or by a statement, whose answer is compared above."""
    text = (DOCS / "store.md").read_text(encoding="utf-8")
    asked = re.split(r"^### \d+\. ", text.partition("\n## Questions")[2].partition("\n## ")[0], flags=re.MULTILINE)[1:]
    assert len(asked) >= 10
    assert all(re.search(r"```(console|sql)\n", one) for one in asked)


def test_postgresql_gives_the_same_answers():
    asked = statements((DOCS / "store.md").read_text(encoding="utf-8"))
    with postgresql() as address:
        fill(address, OUTPUTS)
        for statement, answer in asked:
            names, found = rows(statement, address)
            assert sorted(markdown(names, found).splitlines()) == sorted(answer.splitlines())


def test_a_wrong_answer_would_be_seen(tmp_path):
    shown = "```console\n$ echo 1\n2\n```\n\n```python\nprint(1)\n```\n\n```\n2\n```\n"
    assert renewed(shown, tmp_path) == shown.replace("\n2\n", "\n1\n")


def test_every_filter_and_format_is_described():
    described = (DOCS / "store.md").read_text(encoding="utf-8").partition("\n**Filters**")[2].partition("\n## ")[0]
    assert set(re.findall(r"`--([a-z-]+)", described)) - {"json"} == {name.replace("_", "-") for name in NAMES}
    table = re.findall(r"^\| (`.*?`) \|", (DOCS / "exports.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(FORMATS) <= {one for cell in table for one in re.findall(r"`([a-z-]+)`", cell)}
