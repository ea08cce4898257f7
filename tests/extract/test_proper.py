"""Where a proper name ends."""

import pytest

from pipeline.extract.proper import proper
from pipeline.extract.tokens import spelled_out


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tổ chức cán bộ chủ trì", "Tổ chức cán bộ"),
        ("Quản lý Khám, chữa bệnh phối hợp", "Quản lý Khám, chữa bệnh"),
        ("Văn hóa, Thể thao và Truyền thanh huyện", "Văn hóa, Thể thao và Truyền thanh"),
        ("Kế hoạch - Tài chính", "Kế hoạch - Tài chính"),
        ("Pháp chế, Sở Y tế", "Pháp chế"),
        ("Pháp chế và Sở Y tế", "Pháp chế"),
        ("Công nghệ thông tin và Bộ Nội vụ", "Công nghệ thông tin"),
        ("Thư viện để phục vụ", "Thư viện"),
        ("chuyên môn", ""),
    ],
)
def test_a_name_goes_on_to_a_word_that_ends_it(text, name):
    found = spelled_out(text)
    end = proper(found, 0, 0)
    assert (text[: found[end - 1].end] if end else "") == name
