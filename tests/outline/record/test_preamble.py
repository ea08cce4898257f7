"""What announces the orders of a letter without marks."""

import pytest

from pipeline.outline import outline
from tests.documents import document

HEAD = """ỦY BAN NHÂN DÂN
TỈNH LÂM ĐỒNG
Số: 55/UBND-VX
Lâm Đồng, ngày 12 tháng 3 năm 2025
V/v phòng dịch

Kính gửi: Các sở, ban, ngành

"""
TOLD = "Ngày 5/3/2025, Bộ Y tế có Công văn số 15/BYT-DP yêu cầu các tỉnh tăng cường phòng dịch, trong đó nêu:"
STATE = "Dịch đang gia tăng tại nhiều nơi.\n\nSố ca mắc đã tăng 20% so với cùng kỳ."
ASKED = "Ủy ban nhân dân tỉnh yêu cầu các sở thực hiện như sau:"
ORDER = "Sở Y tế phun thuốc tại các ổ dịch."


@pytest.mark.parametrize(
    ("said", "orders"),
    [
        ([TOLD, STATE], []),
        ([TOLD, STATE, ASKED, ORDER], [ORDER]),
        (["Bộ Y tế ban hành Công văn số 15/BYT-DP, Ủy ban nhân dân tỉnh yêu cầu các sở:", ORDER], [ORDER]),
        (["Các sở làm như sau:", STATE, ORDER], [ORDER]),
    ],
)
def test_what_others_asked_in_the_past_announces_no_orders(said, orders):
    nodes = outline(document(HEAD + "\n\n".join(said))).parts[0].nodes
    assert [one.body.text for one in nodes if one.style in ("order", "paragraph") and one.body] == orders
