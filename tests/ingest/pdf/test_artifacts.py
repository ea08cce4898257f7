"""Running heads that the tags of a file tell are furniture; tags that cannot be right are not believed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from pipeline.document import Furniture
from pipeline.ingest import ingest

Save = Callable[[str, bytes | str], Path]
HEADS = ("Phần mở đầu", "Phần nhiệm vụ", "Phần tổ chức")
TEXT = "Các phòng, đơn vị tổ chức thực hiện tốt nội dung của kế hoạch"


def tagged(made: bytes, every: bool) -> bytes:
    """A file whose tags mark the first line of each page, or every line, as an artifact."""
    pdf = pikepdf.open(io.BytesIO(made))
    pdf.Root["/StructTreeRoot"] = Dictionary(Type=Name.StructTreeRoot)
    for page in pdf.pages:
        lines = page.Contents.read_bytes().decode().split("\n")
        marked = [f"/Artifact BMC {line} EMC" if every or not at else line for at, line in enumerate(lines)]
        page["/Contents"] = pdf.make_stream("\n".join(marked).encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("every", "aside"), [(False, list(HEADS[1:])), (True, [])])
def test_a_running_head_is_known_by_its_tag(
    maker: Callable[[], Any], save: Save, every: bool, aside: list[str]
) -> None:
    pdf = maker()
    for head in HEADS:
        pdf.page().text(72, 50, head)
        for row in range(10):
            pdf.text(72, 90 + 18 * row, TEXT)
    document = ingest(save("a.pdf", tagged(pdf.bytes(), every)))
    assert [line.text for _, line in document.lines() if line.furniture is Furniture.RUNNING_HEAD] == aside
