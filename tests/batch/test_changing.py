"""Files that change or go while they are read: what is written of one is of one document, or nothing is written."""

import json
import os
from hashlib import sha256
from itertools import count
from pathlib import Path
from unittest.mock import patch

import docx
import pytest

from pipeline.batch.result import read_document
from pipeline.ingest import reading
from pipeline.run import prepare, run
from pipeline.settings import Settings
from tests.ingest.pdf.made import rows, typed

SETTINGS = Settings(jobs=1, sandbox="off")
WORDS = ("KẾ HOẠCH", "I. NHIỆM VỤ", "1. Sở Tài chính bố trí kinh phí trước ngày 30 tháng 11 năm 2024.")


def as_txt(path, number):
    path.write_text("\n".join([*WORDS, f"2. Việc {number}."]))


def as_docx(path, number):
    document = docx.Document()
    for words in (*WORDS, f"2. Việc {number}."):
        document.add_paragraph(words)
    document.save(str(path))


def as_pdf(path, number):
    path.write_bytes(typed(rows()) + b"%" * number)


def replaced(path, make):
    """Another document takes its place, as a program saves that writes beside and renames."""
    beside = path.with_name(f".{path.name}")
    make(beside, 2)
    beside.replace(path)


def overwritten(path, make):
    make(path, 2)


def cut(path, make):
    os.truncate(path, path.stat().st_size // 2)


def removed(path, make):
    path.unlink()


def meanwhile(change, make):
    """Reads a file that is changed once its bytes were looked at; PDF and DOCX are opened again after that."""
    once = []

    def read(path, settings):
        sniff = reading.sniff

        def then(path, data):
            found = sniff(path, data)
            if not once:
                once.append(change(path, make))
            return found

        with patch.object(reading, "sniff", then):
            return run(path, settings)

    return read


@pytest.fixture(scope="module", autouse=True)
def loaded():
    """The model is loaded once, for all processes that are forked."""
    prepare()


@pytest.mark.parametrize("change", [replaced, overwritten, cut, removed])
@pytest.mark.parametrize("make", [as_txt, as_docx, as_pdf])
def test_a_file_that_changes_while_it_is_read_is_read_again(place, make, change):
    path = place.inside / f"a.{make.__name__.removeprefix('as_')}"
    make(path, 1)
    content = sha256(path.read_bytes()).hexdigest()
    _, (result,) = place.run(SETTINGS, meanwhile(change, make))
    if change is removed:
        assert result.error is None or result.error.code == "E107"
        assert [read_from(one) for one in place.out.glob("*.json")] == [content] * (result.error is None)
        return
    assert result.error.code == "E127"
    assert place.outputs() == {}
    _, (result,) = place.run(SETTINGS, run)
    if change is cut and make is not as_txt:
        assert result.error.code == "E105" or read_from(place.out / "a.json")
        return
    assert result.error is None
    assert read_from(place.out / "a.json") == sha256(path.read_bytes()).hexdigest() != content


def read_from(path):
    """The digest of what a plan says it was read from."""
    return json.loads(path.read_bytes())["source"]["sha256"]


def test_a_mount_that_gives_a_file_another_inode_each_time_has_not_changed_it(place, monkeypatch):
    """As those of some programs that show a network's folders do."""
    place.write(a="1")
    numbers, stat = count(1), Path.stat

    def of_a_mount(path, **asked):
        found = stat(path, **asked)
        exact = {name: getattr(found, name) for name in dir(found) if name.endswith("_ns")}
        return os.stat_result((found.st_mode, next(numbers), *found[2:]), exact)

    monkeypatch.setattr(Path, "stat", of_a_mount)
    assert read_document(run, place.inside / "a.txt", SETTINGS).files


def test_a_file_that_was_removed_before_it_was_read_is_named(place):
    place.write(a="1", b="2", c="3")
    asked = iter(range(100))

    def going_on():
        if next(asked) == 2:
            (place.inside / "c.txt").unlink()
        return True

    _, results = place.run(SETTINGS, run, going_on=going_on)
    assert [result.error and result.error.code for result in results][2] == "E107"
    assert len(place.outputs()) == 4
