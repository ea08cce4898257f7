"""Groups of agencies."""

import pytest

from pipeline.extract.groups import group, titled_group
from pipeline.extract.mention import Grade
from pipeline.extract.tokens import spelled_out


def found(text, held=False):
    return group(spelled_out(text), 0, held=held)


@pytest.mark.parametrize(
    ("text", "name", "grade"),
    [
        ("các sở, ban, ngành liên quan tổ chức", "các sở, ban, ngành liên quan", Grade.STRONG),
        ("các cơ quan, đơn vị có liên quan", "các cơ quan, đơn vị có liên quan", Grade.WEAK),
        (
            "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
            "các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
            Grade.STRONG,
        ),
        ("các đoàn thể chủ động", "các đoàn thể", Grade.STRONG),
        ("một số địa phương", "một số địa phương", Grade.WEAK),
        ("cơ quan, đơn vị liên quan", "cơ quan, đơn vị liên quan", Grade.WEAK),
        ("chính quyền địa phương", "chính quyền địa phương", Grade.STRONG),
        (
            "các tỉnh, thành phố trực thuộc Trung ương",
            "các tỉnh, thành phố trực thuộc Trung ương",
            Grade.STRONG,
        ),
        ("các Bộ, cơ quan và các địa phương liên quan", "các Bộ, cơ quan và các địa phương liên quan", Grade.STRONG),
        ("các trường đại học trên địa bàn", "các trường đại học trên địa bàn", Grade.STRONG),
    ],
)
def test_group_nouns_with_their_qualifiers_are_one(text, name, grade):
    assert [(one.name, one.grade) for one in found(text)] == [(name, grade)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("các Sở: Nội vụ, Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
        (
            "các Sở: Văn hóa, Thể thao và Du lịch, Giáo dục và Đào tạo và Nội vụ",
            ["Sở Văn hóa, Thể thao và Du lịch", "Sở Giáo dục và Đào tạo", "Sở Nội vụ"],
        ),
        ("các Vụ: Pháp chế, Tổ chức cán bộ chủ trì", ["Vụ Pháp chế", "Vụ Tổ chức cán bộ"]),
        ("các Phòng Giáo dục và Đào tạo kiện toàn thư viện", ["các Phòng Giáo dục và Đào tạo"]),
        ("các Phòng: Văn hóa và Thông tin, Nội vụ", ["Phòng Văn hóa và Thông tin", "Phòng Nội vụ"]),
    ],
)
def test_a_list_that_shares_its_head_is_one_each(text, names):
    assert [one.name for one in found(text)] == names


@pytest.mark.parametrize("text", ["các lớp tập huấn", "các hoạt động", "cơ quan", "đơn vị", "tổ chức các lớp"])
def test_other_nouns_are_no_group(text):
    assert found(text) == []


def test_behind_an_office_no_plural_is_needed():
    assert [one.name for one in found("cơ quan, đơn vị", held=True)] == ["cơ quan, đơn vị"]


@pytest.mark.parametrize("text", ["tổ chức thực hiện Kế hoạch này", "tổ chức"])
def test_to_chuc_behind_an_office_is_the_verb(text):
    assert found(text, held=True) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Các cơ sở đào tạo trọng điểm về an toàn thông tin:", "Các cơ sở đào tạo trọng điểm về an toàn thông tin"),
        ("Các đơn vị triển khai nhiệm vụ", None),
        ("Các giải pháp", None),
        ("Đơn vị sự nghiệp", None),
    ],
)
def test_a_title_that_is_one_group(title, name):
    found = titled_group(spelled_out(title))
    assert (found and found.name) == name
