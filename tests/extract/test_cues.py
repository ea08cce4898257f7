"""The patterns of roles.toml at their borders."""

import pytest

from pipeline.extract import cues


@pytest.mark.parametrize(
    ("role", "text", "found"),
    [
        ("cooperating", "chủ trì, phối hợp với ", True),
        ("cooperating", "phối hợp chặt chẽ, thường xuyên với ", True),
        ("cooperating", "phối hợp với sở y tế mở lớp. giao ", False),
        ("reports_to", "định kỳ báo cáo kết quả về ", True),
        ("directed", "chỉ đạo, hướng dẫn, kiểm tra ", True),
        ("directed", "ban chỉ đạo tỉnh và ", False),
        ("lead", "cơ quan chủ trì: ", True),
    ],
)
def test_a_cue_ends_right_before_the_agency(role, text, found):
    assert bool(cues.before(role).search(text)) is found


@pytest.mark.parametrize(
    ("role", "text", "found"),
    [
        ("lead", " chủ trì, phối hợp", True),
        ("lead", ", chủ trì mở lớp", True),
        ("lead", " chủ trương mở lớp", False),
        ("responsible", " chịu trách nhiệm", True),
        ("responsible", " mở lớp", False),
    ],
)
def test_a_cue_begins_right_behind_the_agency(role, text, found):
    assert bool(cues.after(role).match(text)) is found


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("chủ trì mua sách", True),
        ("- chủ trì", True),
        ("là cơ quan thường trực, chủ trì mua sách", True),
        ("phối hợp", False),
        ("chủ trương", False),
    ],
)
def test_an_item_may_open_with_the_lead(text, opens):
    assert bool(cues.lead_opening().match(text)) is opens


@pytest.mark.parametrize(
    ("text", "about"),
    [("", True), ("hằng năm, ", True), ("trên cơ sở kế hoạch này, ", True), ("xây dựng trụ sở ", False)],
)
def test_little_may_stand_before_the_subject(text, about):
    assert bool(cues.subject().match(text)) is about
