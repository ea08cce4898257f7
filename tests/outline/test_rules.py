"""What the data files say about titles."""

import pytest

from pipeline.outline.rules import kind_of
from pipeline.schema import SectionKind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", SectionKind.PURPOSE),
        ("Mục đích", SectionKind.PURPOSE),
        ("Yêu cầu", SectionKind.REQUIREMENT),
        ("QUAN ĐIỂM CHỈ ĐẠO", SectionKind.VIEWPOINT),
        ("Nguyên tắc", SectionKind.VIEWPOINT),
        ("MỤC TIÊU", SectionKind.OBJECTIVE),
        ("Mục tiêu cụ thể đến năm 2030", SectionKind.OBJECTIVE),
        ("Các chỉ tiêu chủ yếu", SectionKind.OBJECTIVE),
        ("Tầm nhìn đến năm 2045", SectionKind.OBJECTIVE),
        ("NHIỆM VỤ, GIẢI PHÁP", SectionKind.TASK),
        ("NHIỆM VỤ VÀ GIẢI PHÁP", SectionKind.TASK),
        ("Mục tiêu, nhiệm vụ", SectionKind.TASK),
        ("Nội dung thực hiện", SectionKind.TASK),
        ("TỔ CHỨC THỰC HIỆN", SectionKind.ORGANISATION),
        ("PHÂN CÔNG NHIỆM VỤ", SectionKind.ORGANISATION),
        ("Trách nhiệm của các sở, ngành", SectionKind.ORGANISATION),
        ("KINH PHÍ THỰC HIỆN", SectionKind.FUNDING),
        ("Nguồn vốn", SectionKind.FUNDING),
        ("CHẾ ĐỘ BÁO CÁO", SectionKind.REPORTING),
        ("Đặc điểm tình hình", SectionKind.OTHER),
        ("Thực trạng", SectionKind.OTHER),
        ("Thời gian, địa điểm", SectionKind.OTHER),
        ("PHỤ LỤC", SectionKind.OTHER),
    ],
)
def test_a_title_says_what_its_section_is_about(title, kind):
    assert kind_of(title) is kind


@pytest.mark.parametrize("title", ["Sở Tài chính", "Công tác tuyên truyền", "Yêu cầu các sở, ngành phối hợp", "a"])
def test_other_titles_say_nothing(title):
    assert kind_of(title) is None
