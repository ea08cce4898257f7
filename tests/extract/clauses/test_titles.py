"""Headings that say whose orders stand below them."""

import pytest

from pipeline.extract.agencies.mentions import find
from pipeline.extract.clauses.titles import title_roles
from pipeline.extract.tokens import spelled_out
from pipeline.schema import SectionKind


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("NHIỆM VỤ CỦA SỞ Y TẾ", ["SỞ Y TẾ"]),
        ("NHIỆM VỤ CHỦ YẾU CỦA SỞ Y TẾ", ["SỞ Y TẾ"]),
        ("Nhiệm vụ, giải pháp của Sở Y tế", ["Sở Y tế"]),
        ("Trách nhiệm cụ thể của Sở Y tế, Sở Tài chính", ["Sở Y tế", "Sở Tài chính"]),
        ("Nhiệm vụ chủ yếu của Sở Y tế trong năm học", []),
        ("Nâng cao nhiệm vụ của Sở Y tế", []),
    ],
)
def test_the_tasks_of_a_body_are_its_own(text, names):
    found = title_roles(text, find(spelled_out(text)), SectionKind.TASK)
    assert [text[one.mention.start : one.mention.end] for one in found] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tổ chức Đoàn Thanh niên Cộng sản Hồ Chí Minh", ["Đoàn Thanh niên Cộng sản Hồ Chí Minh"]),
        ("Tổ chức Hội Nông dân xã", ["Hội Nông dân xã"]),
        ("Tổ chức Đoàn kiểm tra của Sở Y tế", []),
        ("Tổ chức Sở Y tế", []),
    ],
)
def test_what_a_body_is_may_stand_before_its_name(text, names):
    found = title_roles(text, find(spelled_out(text)), SectionKind.ORGANISATION)
    assert [text[one.mention.start : one.mention.end] for one in found] == names
