"""Invisible text of a page: what the OCR of a scanner left there, which the copy replaces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator, Pdf, PdfError, Stream

from pipeline.archive.pdf.page import copied, inherited

INVISIBLE = 3  # ISO 32000-1, table 106: neither fill nor stroke text
DEEPEST = 12  # forms within forms
_SHOW = frozenset({"Tj", "TJ", "'", '"'})
_MOVE = frozenset({"Td", "TD", "Tm", "T*", "BT", "ET"})


class _Stripped(NamedTuple):
    """Instructions left, forms to exchange (by name), and the fonts and forms that are still used."""

    instructions: list[ContentStreamInstruction] | None
    forms: dict[str, Object]
    used: set[str]


def remove_invisible_text(pdf: Pdf, page: Object) -> bool:
    """Remove what a page shows in text rendering mode 3, its forms included, and the fonts that only such text used.

    Visible text stays as it is; so does invisible text that visible text goes on from without a place of its own.
    Forms that other pages share are exchanged for new ones.

    Returns:
        False where the content of the page cannot be parsed: it then stays as it was.
    """
    resources = inherited(page, "/Resources")
    try:
        done = _strip(pdf, page, resources, 0, 0)
        if done is None:
            return True
        kept = _resources(resources, done)
        if done.instructions is not None:
            page["/Contents"] = pdf.make_indirect(pdf.make_stream(pikepdf.unparse_content_stream(done.instructions)))
        page["/Resources"] = kept
    except (PdfError, ValueError, TypeError, AttributeError, RecursionError):
        return False
    return True


def _resources(resources: Object | None, done: _Stripped) -> Dictionary:
    """The resources without the fonts that nothing uses any more, with the new forms."""
    out = copied(resources)
    if "/Font" in out:
        fonts = {name: font for name, font in out["/Font"].items() if name in done.used}
        out["/Font"] = Dictionary(fonts)
        if not fonts:
            del out["/Font"]
    if done.forms:
        objects = copied(out["/XObject"])
        for name, form in done.forms.items():
            objects[name] = form
        out["/XObject"] = objects
    return out


def _strip(pdf: Pdf, holder: Object, resources: Object | None, mode: int, depth: int) -> _Stripped | None:
    """What is left of a page or a form; None where it shows no invisible text."""
    if depth > DEEPEST:
        return None
    forms = (resources or Dictionary()).get("/XObject") or Dictionary()
    changed: dict[str, Object] = {}
    untouched: set[str] = set()
    shared: set[str] = set()  # fonts that a form without resources of its own may use

    def enter(name: str, mode: int) -> None:
        form = forms.get(name)
        if name in untouched or not isinstance(form, Stream) or form.get("/Subtype") != Name.Form:
            return
        own = form.get("/Resources")
        if own is None:
            shared.update(((resources or Dictionary()).get("/Font") or Dictionary()).keys())
        done = _strip(pdf, form, own if own is not None else resources, mode, depth + 1)
        if done is None:
            untouched.add(name)
            changed.pop(name, None)
        elif name not in changed:
            changed[name] = _form(pdf, form, own, done)

    instructions = pikepdf.parse_content_stream(holder)
    kept, used, dropped = _filtered(instructions, mode, enter)
    if not dropped and not changed:
        return None
    return _Stripped(kept if dropped else None, changed, used | shared)


def _form(pdf: Pdf, form: Object, own: Object | None, done: _Stripped) -> Object:
    data = pikepdf.unparse_content_stream(done.instructions) if done.instructions is not None else form.read_bytes()
    entries = {key: value for key, value in form.items() if key not in ("/Length", "/Filter", "/DecodeParms")}
    if own is not None:
        entries["/Resources"] = _resources(own, done)
    return pdf.make_indirect(Stream(pdf, data, Dictionary(entries)))


def _filtered(
    instructions: Sequence[object], mode: int, enter: Callable[[str, int], None]
) -> tuple[list[ContentStreamInstruction], set[str], int]:
    """The instructions without invisible text, the fonts they use, and how many were dropped."""
    kept: list[ContentStreamInstruction] = []
    held: list[tuple[int, ContentStreamInstruction]] = []  # dropped since the last move: visible text may lean on them
    used: set[str] = set()
    stack: list[tuple[int, str]] = []
    font, dropped = "", 0
    for one in instructions:
        operator = str(one.operator)  # type: ignore[attr-defined]
        operands = one.operands  # type: ignore[attr-defined]
        if operator == "q":
            stack.append((mode, font))
        elif operator == "Q" and stack:
            mode, font = stack.pop()
        elif operator == "Tr" and operands:
            mode = int(operands[0])
        elif operator == "Tf" and operands:
            font = str(operands[0])
        elif operator == "Do" and operands:
            enter(str(operands[0]), mode)
        if operator in _MOVE or operator in ("'", '"'):
            dropped += len(held)
            held = []
        if operator in _SHOW:
            if mode == INVISIBLE:
                held.append((len(kept), one))  # type: ignore[arg-type]
                kept.extend(_moves(operator, operands))
                continue
            used.add(font)
            for at, shown in reversed(held):
                if str(shown.operator) in ("Tj", "TJ"):
                    kept.insert(at, shown)
            dropped += sum(str(shown.operator) not in ("Tj", "TJ") for _, shown in held)
            held = []
        kept.append(one)  # type: ignore[arg-type]
    return kept, used, dropped + len(held)


def _moves(operator: str, operands: object) -> list[ContentStreamInstruction]:
    """What ' and " do beside showing text: they begin a new line, and " sets the spacing."""
    if operator == "'":
        return [ContentStreamInstruction(Array(), Operator("T*"))]
    if operator == '"':
        word, char = operands[0], operands[1]  # type: ignore[index]
        return [
            ContentStreamInstruction([word], Operator("Tw")),
            ContentStreamInstruction([char], Operator("Tc")),
            ContentStreamInstruction([], Operator("T*")),
        ]
    return []
