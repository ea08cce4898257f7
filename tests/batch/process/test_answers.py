"""What a worker answers crosses as it was, and what is no answer is told."""

import json
import struct

import pytest

from pipeline.batch.process.answers import DOCUMENT, TEXT, BadAnswerError, members_in, packed, unpacked
from pipeline.batch.result import Failure, Pages, read_document
from pipeline.errors import ProtectedError, notice
from pipeline.ingest.containers import Member
from pipeline.settings import Settings
from tests.plans import a_plan


def message(said, *files):
    head = json.dumps(said).encode()
    return struct.pack("!Q", len(head)) + head + b"".join(files)


def document(**changes):
    """A document's answer, with parts of it changed."""
    parts = {"sha256": "0" * 64, "figures": {"pages": 1, "tasks": 1, "agencies": 0, "deadlines": 0, "targets": 0}}
    parts |= {"warnings": [], "files": [["json", 2], ["txt", 1]]} | changes
    return message({"made": [parts["sha256"], parts["figures"], parts["warnings"]], "files": parts["files"]}, b"{}a")


def test_a_document_crosses_as_it_was(tmp_path):
    made = read_document(lambda path, settings: a_plan(), tmp_path / "a.txt", Settings())
    found = unpacked(b"".join(packed(made, DOCUMENT)), DOCUMENT)
    assert (found.sha256, found.files, found.figures, list(found.warnings)) == (
        made.sha256,
        made.files,
        made.figures,
        list(made.warnings),
    )


def test_a_failure_crosses_with_its_class():
    found = unpacked(b"".join(packed(Failure(ProtectedError(file="a.pdf", page=3), "trace"), DOCUMENT)), DOCUMENT)
    assert isinstance(found, Failure) and isinstance(found.error, ProtectedError)
    assert (found.error.file, found.error.page, found.detail) == ("a.pdf", 3, "trace")


def test_a_text_crosses_with_its_notices():
    made = ("kế hoạch\n\udcff", (notice("W211", 2, reason="?"),))
    assert unpacked(b"".join(packed(made, TEXT)), TEXT) == made


def test_members_cross(tmp_path):
    from pathlib import Path

    made = (Member(Path("a/b.txt"), tmp_path / "0"), Member(Path("c.pdf"), error=ProtectedError(file="c.pdf")))
    found = unpacked(b"".join(packed(made, members_in(tmp_path))), members_in(tmp_path))
    assert found[0] == made[0]
    assert (found[1].within, found[1].error.code) == (made[1].within, "E103")
    assert unpacked(b"".join(packed(None, members_in(tmp_path))), members_in(tmp_path)) is None


def test_how_far_a_document_has_come_crosses():
    assert unpacked(b"".join(packed(Pages(3, 12), DOCUMENT)), DOCUMENT) == Pages(3, 12)


@pytest.mark.parametrize("within, path", [("../a", "0"), ("/a", "0"), ("a", "/etc/passwd"), ("a", "x/../../y")])
def test_a_member_lies_where_it_was_to_be_unpacked_to(tmp_path, within, path):
    said = message({"made": [[within, str(tmp_path / path), None]], "files": []})
    with pytest.raises(BadAnswerError):
        unpacked(said, members_in(tmp_path))


def test_what_is_changed_below_is_an_answer():
    assert unpacked(document(), DOCUMENT).files == {"json": b"{}", "txt": b"a"}


@pytest.mark.parametrize(
    "bad",
    [
        b"",
        b"\0" * 8,
        struct.pack("!Q", 1 << 60) + b"{}",
        b"\x80\x04\x95" + b"." * 30,  # a pickle
        message({"made": [], "files": []}),
        message("[" * 100_000),
        struct.pack("!Q", 200_000) + b"[" * 200_000,
        document(files=[["json", 2], ["txt", 2]]),
        document(files=[["json", 2]]),
        document(files=[["json", -1], ["txt", 4]]),
        document(files=[["json", 2], ["../txt", 1]]),
        document(files=[["json", 2], ["txt", True]]),
        document(sha256="../../etc/passwd"),
        document(sha256=7),
        document(figures={"pages": "1"}),
        document(figures={"pages": float("nan"), "tasks": 1, "agencies": 0, "deadlines": 0, "targets": 0}),
        document(figures={"unknown": 1}),
        document(warnings=[{"code": "W211", "severity": "lost", "params": {}, "page": None, "item": None}]),
        document(warnings=[{"code": "W999", "severity": "lost", "params": {}, "page": None, "item": None}]),
        message({"pages": [3], "files": []}),
        message({"pages": [13, 12], "files": []}),
        message({"pages": ["3", 12], "files": []}),
        message({"pages": [0, 1 << 60], "files": []}),
        message({"failed": ["E999", "a", None, {}], "detail": "", "files": []}),
        message({"failed": ["E110", "a", None, {}], "detail": "", "files": []}),  # without what fills its words
        message({"failed": ["E103", "a", "1", {}], "detail": "", "files": []}),
        message({"failed": ["E103", None, None, {}], "detail": "", "files": []}),
    ],
)
def test_anything_else_is_no_answer(bad):
    with pytest.raises(BadAnswerError):
        unpacked(bad, DOCUMENT)
