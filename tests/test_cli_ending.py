"""What ends a command is said as what it was: a file that cannot be written, or one that cannot be read."""

import errno
import os

import pytest

from pipeline.cli.app import ended_by


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [
        (errno.ENOSPC, None, "E115"),
        (errno.EROFS, "elsewhere/a", "E115"),
        (errno.EACCES, "out/deep/a.json", "E115"),
        (errno.EACCES, "kehoach-17-x1/a.pdf", "E115"),
        (errno.EACCES, "inbox/a.pdf", "E107"),
        (errno.EACCES, "outer/a.pdf", "E107"),
        (errno.EIO, "inbox", "E107"),
        (errno.ENETUNREACH, None, "E107"),
    ],
)
def test_only_a_write_is_said_to_be_one(tmp_path, number, name, code):
    named = [] if name is None else [str(tmp_path / name)]
    said = ended_by(OSError(number, os.strerror(number), *named), tmp_path / "out")
    assert (said.code, os.strerror(number) in said.message()) == (code, True)
