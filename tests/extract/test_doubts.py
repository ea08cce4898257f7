"""Words by which nothing was read make their item doubtful, where they stand."""

from pipeline.extract import extract
from pipeline.extract.confidence import confidence
from pipeline.outline import outline
from tests.cases import cases
from tests.documents import document

HEAD = "UBND TỈNH HÀ GIANG\nSố: 5/KH-UBND\nHà Giang, ngày 2 tháng 1 năm 2023\nKẾ HOẠCH\nMua sách năm 2023\n"


def the_task(order):
    made = document(f"{HEAD}I. NHIỆM VỤ\n1. {order}")
    (task,) = extract(made, outline(made)).tasks
    return task


@cases("doubts/unread", order=str, doubts=list[str])
def test_words_of_a_role_or_a_time_without_one_are_doubts(order, doubts):
    found = [one for one in the_task(order).doubts if one.code in ("W414", "W415")]
    assert [f"{one.code} {one.evidence.quote}" for one in found] == doubts


def test_such_a_doubt_lowers_the_item_and_none_of_its_values():
    task = the_task("Sở Y tế là đầu mối mua sách.")
    (agency,) = task.agencies
    assert agency.confidence == confidence("agency", "text")
    assert task.confidence == min(agency.confidence, confidence("item", "item", doubted=True))


def test_a_figure_that_says_nothing_of_what_is_a_doubt_and_trusted_less():
    task = the_task("Phấn đấu đến năm 2023 đạt 80%.")
    (target,) = task.targets
    assert target.subject is None
    assert ("W416", "80%") in [(one.code, one.evidence.quote) for one in task.doubts]
    assert target.confidence == confidence("target", "text", doubted=True)


def test_lines_that_say_who_carries_an_order_out_are_not_told_as_left_out():
    made = document(f"{HEAD}I. NHIỆM VỤ\n1. Mở 05 lớp\n- Sở Y tế chủ trì, phối hợp với Sở Nội vụ;\n2. Mua sách.")
    assert "W422" not in [one.code for one in extract(made, outline(made)).warnings]
