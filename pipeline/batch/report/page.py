"""The report of a run as one HTML page that needs nothing beside it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from pipeline.batch.report.overview import Overview, failures_by_code, severities, warnings_by_code
from pipeline.batch.result import FileResult
from pipeline.messages import Language, say

MARK: Final = b'<meta name="generator" content="kehoach report">'
"""What a report is known by, near its beginning."""

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --lost: #c0392b; --doubtful: #b9770e; }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin-bottom: .2rem } h2 { font-size: 1.15rem; margin-top: 2rem }
.about { color: #777; margin-top: 0 }
.counts { display: flex; flex-wrap: wrap; gap: .7rem; padding: 0; list-style: none }
.counts li { border: 1px solid var(--line); border-radius: .4rem; padding: .4rem .9rem }
.counts b { display: block; font-size: 1.4rem; font-variant-numeric: tabular-nums }
table { border-collapse: collapse; width: 100% }
th { text-align: left; font-weight: 600; border-bottom: 2px solid var(--line); position: sticky; top: 0;
  background: Canvas }
th, td { padding: .25rem .6rem .25rem 0; vertical-align: top } td { border-bottom: 1px solid var(--line) }
th.n, td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.file { overflow-wrap: anywhere } .lost { color: var(--lost); font-weight: 600 } .doubtful { color: var(--doubtful) }
details { margin: .3rem 0 } summary { cursor: pointer }
"""
_Cell = tuple[str, str]
"""The class of a cell and its HTML."""


def page(
    found: Overview,
    results: Iterable[FileResult],
    about: str,
    link: Callable[[FileResult], str | None],
    language: Language,
) -> Iterator[str]:
    """The page, part by part.

    Args:
        found: what was counted.
        results: what became of each document.
        about: the folder and the time of the run.
        link: the address of the output of a document, as seen from the page.
        language: of the words.
    """

    def word(name: str) -> str:
        return escape(say(f"cli.report.{name}", language))

    def column(name: str) -> str:
        return escape(say(f"cli.column.{name}", language))

    def file(one: FileResult) -> _Cell:
        address, name = link(one), escape(str(one.path))
        return "file", f'<a href="{escape(quote(os.fsencode(address)))}">{name}</a>' if address else name

    def ranked(
        heading: str, ranks: Sequence[FileResult], last: str, value: Callable[[FileResult], _Cell]
    ) -> Iterator[str]:
        if ranks:
            yield f"<h2>{word(heading)}</h2>"
            rows = [[("n", str(at)), file(one), value(one)] for at, one in enumerate(ranks, 1)]
            yield from _table([("n", ""), ("", word("document")), (rows[0][-1][0], word(last))], rows)

    yield f'<!doctype html><html lang="{language}"><meta charset="utf-8">{MARK.decode()}'
    yield f'<meta name="viewport" content="width=device-width"><title>{word("title")}</title><style>{_STYLE}</style>'
    yield f'<h1>{word("title")}</h1><p class="about">{escape(about)}</p><ul class="counts">'
    counts = {word("written"): found.written, word("failed"): found.failed, word("waiting"): found.waiting}
    for name, count in {**counts, **{column(name): count for name, count in found.figures.items()}}.items():
        yield f"<li><b>{count:,}</b>{name}</li>"
    yield f"<li><b>{found.seconds:,.0f}</b>{column('seconds')}</li></ul>"
    if found.unconfined:
        parts = ", ".join(say(f"cli.sandbox.{part}", language) for part in found.unconfined)
        yield f'<p class="doubtful">{escape(say("cli.report.unconfined", language, parts=parts))}</p>'
    yield f"<h2>{word('failures')}</h2>"
    yield from _failures(found, language, word, file) if found.failures else (f"<p>{word('none')}</p>",)
    yield f"<h2>{word('warnings')}</h2>"
    yield from _warnings(found, language, word) if found.codes else (f"<p>{word('none')}</p>",)
    yield from ranked("least_sure", found.least_sure, "confidence", lambda one: ("n", _sure(one)))
    yield from ranked("slowest", found.slowest, "seconds", lambda one: ("n", f"{one.seconds:.2f}"))
    yield from ranked(
        "restored", found.restored, "pages", lambda one: ("n", str(one.figures.restored if one.figures else ""))
    )
    yield from ranked("doubles", found.doubles, "same_as", lambda one: ("file", escape(str(one.same_as))))
    yield f"<h2>{word('documents')}</h2>"
    heads = [("", column("file"))]
    heads += [("n", column(name)) for name in ("pages", "tasks", "agencies", "deadlines", "targets")]
    heads += [("n", word(name)) for name in ("lost", "doubtful", "note", "confidence", "seconds")]
    yield from _table(heads, ([file(one), *_figures(one)] for one in results))


def _sure(one: FileResult) -> str:
    return "–" if one.figures is None or one.figures.confidence is None else f"{one.figures.confidence:.3f}"


def _failures(
    found: Overview, language: Language, word: Callable[[str], str], file: Callable[[FileResult], _Cell]
) -> Iterator[str]:
    for kind in failures_by_code(found, language):
        heading = f'<span class="lost">{kind.code}</span> × {len(kind.results):,}: {escape(kind.message)}'
        yield f"<details><summary>{heading}</summary>"
        told = ((one, one.error.message(language)) for one in kind.results if one.error)
        yield from _table(
            [("", word("document")), ("", word("message"))], ([file(one), ("", escape(said))] for one, said in told)
        )
        yield "</details>"


def _warnings(found: Overview, language: Language, word: Callable[[str], str]) -> Iterator[str]:
    yield from _table(
        [
            ("", word("severity")),
            ("", word("code")),
            ("n", word("files")),
            ("n", word("times")),
            ("", word("message")),
        ],
        (
            [
                (kind.severity, word(kind.severity)),
                ("", kind.code),
                ("n", f"{kind.documents:,}"),
                ("n", f"{kind.times:,}"),
                ("", escape(kind.message)),
            ]
            for kind in warnings_by_code(found, language)
        ),
    )


def _figures(one: FileResult) -> list[_Cell]:
    if one.figures is None:
        return [("lost", one.error.code if one.error else ""), *[("", "")] * 8, ("n", f"{one.seconds:.2f}")]
    found, lost = one.figures, severities(one)
    counts = [found.pages, found.tasks, found.agencies, found.deadlines, found.targets]
    cells = [("n", "–" if count is None else f"{count:,}") for count in counts]
    cells += [(f"n {name}" if count else "n", str(count)) for name, count in lost.items()]
    return [*cells, ("n", _sure(one)), ("n", f"{one.seconds:.2f}")]


def _table(heads: Sequence[_Cell], rows: Iterable[Sequence[_Cell]]) -> Iterator[str]:
    yield f"<table><thead>{_line('th', heads)}</thead><tbody>"
    for row in rows:
        yield _line("td", row)
    yield "</tbody></table>"


def _line(tag: str, cells: Sequence[_Cell]) -> str:
    made = (f'<{tag} class="{kind}">{cell}</{tag}>' if kind else f"<{tag}>{cell}</{tag}>" for kind, cell in cells)
    return f"<tr>{''.join(made)}</tr>\n"
