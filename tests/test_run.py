"""One document through all stages."""

import hashlib

import pytest

from pipeline.errors import KehoachError, MissingKeeperError, notice
from pipeline.run import run
from pipeline.settings import Settings

TEXT = """UBND TỈNH HÀ GIANG
Số: 5/KH-UBND
Hà Giang, ngày 2 tháng 1 năm 2023
KẾ HOẠCH
Mua sách năm 2023
I. NHIỆM VỤ
1. Sở Tài chính bố trí kinh phí trước ngày 30 tháng 11 năm 2023.
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ke-hoach.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_becomes_a_plan(file):
    (task,) = run(file).tasks
    assert (task.id, task.agencies[0].name, task.deadlines[0].edtf) == ("I.1", "Sở Tài chính", "../2023-11-30")


def test_a_plan_knows_the_text_its_offsets_point_into(file):
    plan = run(file)
    assert plan.text[plan.tasks[0].evidence.start :].startswith("Sở Tài chính bố trí")


def test_a_plan_says_what_it_was_read_from(file):
    source = run(str(file)).source
    assert (source.file_name, source.sha256) == ("ke-hoach.txt", hashlib.sha256(TEXT.encode()).hexdigest())


def test_what_cannot_be_read_is_a_coded_error(tmp_path):
    with pytest.raises(KehoachError) as raised:
        run(tmp_path / "none.pdf")
    assert raised.value.code == "E107"


@pytest.mark.parametrize("asked", ["searchable_pdf", "hocr", "alto"])
def test_copies_that_nobody_would_make_are_an_error(file, asked):
    with pytest.raises(MissingKeeperError) as raised:
        run(file, Settings(**{asked: True}))
    assert raised.value.text().startswith(f"E804 {asked}: ")


def test_the_settings_given_hold(file):
    with pytest.raises(KehoachError) as raised:
        run(file, Settings(max_characters=10))
    assert raised.value.code == "E108"


def test_what_is_kept_of_the_document_goes_with_its_plan(file):
    def keep(path, document, settings):
        assert (path, document.name) == (file, file.name)
        return {"copy": settings.lang.encode()}, (notice("W214", reason="why"),)

    plan = run(file, Settings(lang="vi"), keep)
    assert plan.files == {"copy": b"vi"}
    assert [(warning.code, warning.page) for warning in plan.warnings] == [("W214", None)]


def test_nothing_is_kept_of_a_document_where_nobody_asks(file):
    assert run(file).files == {}
