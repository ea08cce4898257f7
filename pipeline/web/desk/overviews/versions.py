"""Two plans side by side, versions of one above all: what was added, dropped and changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.messages import Language
from pipeline.web.desk.asking import Asking, Desk, TheDesk
from pipeline.web.desk.inbox import answer
from pipeline.web.desk.overviews.questions import PAGE, file_of, page_of, question, shown
from pipeline.web.desk.stored import reading

if TYPE_CHECKING:
    from pipeline.compare import PlanComparison
    from pipeline.compare.model import ItemPair, ItemSide, TargetPair, TargetSide

router = APIRouter(include_in_schema=False)
KINDS: Final = ("targets", "objectives", "tasks")
_COLUMNS: Final[Mapping[str, type]] = {
    "kind": str, "status": str, "a_ref": str, "a_page": int, "a_text": str, "b_ref": str, "b_page": int, "b_text": str,
    "differs_in": str,
}  # fmt: skip
_MOST_WORDS: Final = 1500  # of a text that is cut at words: the time grows with more than the square
_WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
_SENTENCES: Final = re.compile(r"[^.;\n]+[.;\n]*\s*|[.;\n]+\s*")


@dataclass(frozen=True)
class SideBySide:
    """A row: what each plan says, cut into pieces of which some are only there; what else differs."""

    status: str
    a: ItemSide | TargetSide | None
    b: ItemSide | TargetSide | None
    a_pieces: Sequence[tuple[str, bool]]
    b_pieces: Sequence[tuple[str, bool]]
    lines: Sequence[str]


def compared(desk: Desk, a: str, b: str) -> PlanComparison:
    """Put two plans of the desk side by side, with their corrections.

    Raises:
        NotServedError: there is no plan of one of the names.
    """
    from pipeline.compare import compare

    return compare(desk.shelf.opened(a).plan, desk.shelf.opened(b).plan)


@router.get("/versions")
def versions(request: Request, asked: Asking, desk: TheDesk) -> Response:
    """The plans of which there are several versions; two plans side by side where they are named."""
    wanted, page = question(request, "/versions", "a", "b", "all"), page_of(request)
    if {"a", "b"} <= wanted.given.keys():
        found = compared(desk, wanted.given["a"], wanted.given["b"])
        rows = {kind: list(_rows(found, kind, asked.language, "all" in wanted.given)) for kind in KINDS}
        return answer(
            request, asked, "side_by_side.html.j2", wanted=wanted, given=wanted.given, to=wanted.to, found=found,
            rows=rows, counts={kind: getattr(found.counts, kind) for kind in KINDS},
        )  # fmt: skip

    def ask() -> dict[str, Any]:
        from pipeline.store.query.listing import plans_of_versions

        with reading(desk) as connection:
            entries, total = plans_of_versions(connection, PAGE, (page - 1) * PAGE)
        return {"entries": entries, "pages": max(1, -(-total // PAGE))}

    values = shown(ask, {"entries": [], "pages": 1})
    names = desk.shelf.names() if values["entries"] else {}
    return answer(
        request, asked, "versions.html.j2", wanted=wanted, given=wanted.given, to=wanted.to, page=page, names=names,
        **values,
    )  # fmt: skip


@router.get("/versions.{form}")
def versions_file(request: Request, asked: Asking, desk: TheDesk, form: Literal["csv", "xlsx"]) -> Response:
    """Two plans side by side as a file: all rows, the equal ones too."""
    wanted = question(request, "/versions", "a", "b")
    found = compared(desk, wanted.given.get("a", ""), wanted.given.get("b", ""))
    rows = [
        {
            "kind": kind.removesuffix("s"),
            "status": one.status,
            "differs_in": "; ".join(one.lines),
            **{f"{name}_ref": side.id if side else None for name, side in (("a", one.a), ("b", one.b))},
            **{f"{name}_page": side.page if side else None for name, side in (("a", one.a), ("b", one.b))},
            **{f"{name}_text": _text(side) if side else None for name, side in (("a", one.a), ("b", one.b))},
        }
        for kind in KINDS
        for one in _rows(found, kind, asked.language, True)
    ]
    return file_of(rows, _COLUMNS, "side by side", form)


def _rows(found: PlanComparison, kind: str, language: Language, every: bool) -> Iterator[SideBySide]:
    from pipeline.compare.report import differs, item_differences, target_differences

    pairs: Sequence[TargetPair | ItemPair] = getattr(found, kind)
    for pair in pairs:
        if not every and not differs(pair):
            continue
        lines = target_differences(pair, language) if kind == "targets" else item_differences(pair, language)  # type: ignore[arg-type]
        a, b = (_text(side) if side else "" for side in (pair.a, pair.b))
        pieces = cut(a, b) if pair.a and pair.b else ([(a, False)], [(b, False)])
        yield SideBySide(str(pair.status), pair.a, pair.b, *pieces, list(lines))


def _text(side: ItemSide | TargetSide) -> str:
    """What a side says: an item its words, a target its clause."""
    return side.text if not hasattr(side, "statement") else str(side.statement)


def cut(a: str, b: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Cut two texts at words, long ones at sentences, into pieces, and tell of each whether the other text lacks it."""
    words_a, words_b = _WORDS.findall(a), _WORDS.findall(b)
    if len(words_a) + len(words_b) > 2 * _MOST_WORDS:
        words_a, words_b = _SENTENCES.findall(a), _SENTENCES.findall(b)
    pieces_a, pieces_b = [], []
    for how, first_a, last_a, first_b, last_b in SequenceMatcher(None, words_a, words_b, False).get_opcodes():
        pieces_a.append(("".join(words_a[first_a:last_a]), how != "equal"))
        pieces_b.append(("".join(words_b[first_b:last_b]), how != "equal"))
    return [one for one in pieces_a if one[0]], [one for one in pieces_b if one[0]]
