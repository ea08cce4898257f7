"""What a document that comes is called."""

import pytest

from pipeline.errors import UnsupportedFormatError
from pipeline.web.desk.arrivals.names import free_name, own_name


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("Kế hoạch số 12.pdf", "Kế hoạch số 12.pdf"),
        ("2026/tháng 3/kh.docx", "2026/tháng 3/kh.docx"),
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Users\\Lan\\kh.pdf", "C_/Users/Lan/kh.pdf"),
        ("<script>alert(1)</script>.pdf", "_script_alert(1)_/script_.pdf"),
        ("a\x00b\nc\u202efdp.pdf", "a b c fdp.pdf"),
        (".kehoach", "kehoach"),
        ("...", "document"),
        ("", "document"),
        ("con.pdf", "_con.pdf"),
        ("kh .pdf. ", "kh.pdf"),
        ("e\u0302.txt", "ê.txt"),
        ("a/" * 30 + "kh.pdf", "a/a/a/a/a/a/a/kh.pdf"),
        ("x" * 400 + ".pdf", "x" * 150 + ".pdf"),
        ("ế" * 200 + ".pdf", "ế" * 50 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_far_as_every_system_allows(sent, name):
    assert own_name(sent).as_posix() == name


@pytest.mark.parametrize("sent", ["plan.json", "a/plan.corrections.JSONL", "x.part", "Kehoach.TOML", ".kehoach.db"])
def test_what_is_named_as_the_desks_own_files_is_refused(sent):
    with pytest.raises(UnsupportedFormatError):
        own_name(sent)


def test_a_name_that_is_taken_is_counted_on():
    taken = {"a/kh.pdf", "a/kh-2.pdf"}
    assert free_name(own_name("a/kh.pdf"), lambda one: one.as_posix() in taken).as_posix() == "a/kh-3.pdf"
