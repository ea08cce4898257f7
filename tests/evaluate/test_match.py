"""Which predicted provision is taken for which gold item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.evaluate.gold import GoldItem
from pipeline.evaluate.match import match, prepare_found, prepare_gold, same_number
from pipeline.schema import Provision

Fields = dict[str, Any]
LONG = "Tổ chức hội nghị tập huấn nghiệp vụ cho cán bộ thư viện cấp huyện và cấp xã trên địa bàn toàn tỉnh"


@pytest.fixture
def paired(provision_of: Callable[..., Fields]) -> Callable[..., list[tuple[int, int]]]:
    """Pairs (gold index, predicted index) of items given as (number, text) or as gold fields."""

    def run(golds: list[Fields], found: list[tuple[str | None, str]], text: str = "") -> list[tuple[int, int]]:
        items = [GoldItem.model_validate(one) for one in golds]
        provisions = [
            Provision.model_validate(provision_of({"number": number, "text": words}, index))
            for index, (number, words) in enumerate(found)
        ]
        pairing = match(prepare_gold(items, text), prepare_found(provisions))
        rows, columns = [id(one) for one in items], [id(one) for one in provisions]
        pairs = pairing.pairs
        return [(rows.index(id(one.item)), columns.index(id(other.provision))) for one, other in pairs]

    return run


def test_heading_in_front_of_the_predicted_text(paired: Callable[..., object]) -> None:
    gold = [{"number": "1", "text": "Nâng cao chất lượng phục vụ"}]
    assert paired(gold, [("1", "Bảo tàng: Nâng cao chất lượng phục vụ")]) == [(0, 0)]


def test_heading_in_front_of_the_gold_text(paired: Callable[..., object]) -> None:
    gold = [{"number": "1", "text": "Bảo tàng: Nâng cao chất lượng phục vụ"}]
    assert paired(gold, [("1", "Nâng cao chất lượng phục vụ")]) == [(0, 0)]


def test_same_words_behind_different_headings_are_two_items(paired: Callable[..., object]) -> None:
    gold = [{"number": "1", "text": "Năm 2019: Bổ sung sách"}]
    assert paired(gold, [("1", "Quý IV: Bổ sung sách")]) == []


def test_half_of_the_text_is_another_item(paired: Callable[..., object]) -> None:
    assert paired([{"number": "1", "text": LONG}], [("1", LONG[: len(LONG) // 2])]) == []


def test_a_few_other_words_do_not_matter(paired: Callable[..., object]) -> None:
    assert paired([{"number": "1", "text": LONG}], [("1", LONG.replace("nghiệp vụ ", ""))]) == [(0, 0)]


def test_a_repeated_sentence_lost_in_the_middle_is_told_by_its_number(paired: Callable[..., object]) -> None:
    gold = [{"number": number, "text": LONG} for number in ("1.a", "2.a", "3.a")]
    assert paired(gold, [("1.a", LONG), ("3.a", LONG)]) == [(0, 0), (2, 1)]


def test_neighbours_tell_repeated_sentences_apart(paired: Callable[..., object]) -> None:
    other = "Mua sắm thiết bị phục vụ bạn đọc"
    gold = [{"number": "1", "text": text} for text in (LONG, other, LONG)]
    assert paired(gold, [("1", other), ("1", LONG)]) == [(1, 0), (2, 1)]


def test_page_tells_repeated_sentences_apart(provision_of: Callable[..., Fields]) -> None:
    items = [GoldItem(number="1", text=LONG, page=page) for page in (2, 5)]
    found = Provision.model_validate(provision_of({"number": "1", "text": LONG, "page": 5}))
    pairing = match(prepare_gold(items, ""), prepare_found([found]))
    assert [one.item.page for one, _ in pairing.pairs] == [5]


def test_items_in_another_order_are_still_paired(paired: Callable[..., object]) -> None:
    texts = ["Mua sách mới", "Sửa chữa phòng đọc", "Tổ chức ngày hội sách"]
    gold = [{"number": "1", "text": text} for text in texts]
    assert paired(gold, [("1", text) for text in reversed(texts)]) == [(0, 2), (1, 1), (2, 0)]


@pytest.mark.parametrize("text", ["", f"Kế hoạch\n1. {LONG.replace('cho', 'cho' + chr(10))}\n2. Khác\n"])
def test_an_item_given_by_its_edges(paired: Callable[..., object], text: str) -> None:
    gold = [{"number": "1", "page": 1, "starts": "Tổ chức hội nghị tập huấn nghiệp", "ends": "bàn toàn tỉnh"}]
    assert paired(gold, [("1", LONG)], text) == [(0, 0)]


def test_edges_of_an_item_whose_first_words_alone_agree(paired: Callable[..., object]) -> None:
    gold = [{"number": "1", "starts": "Tổ chức hội nghị tập huấn nghiệp", "ends": "báo cáo trước ngày"}]
    assert paired(gold, [("1", LONG)]) == []


def test_a_short_item_stands_whole_in_its_first_words(paired: Callable[..., object]) -> None:
    gold = [{"number": "1", "starts": "Mua sách mới cho thiếu nhi", "ends": "cho thiếu nhi"}]
    assert paired(gold, [("1", "Mua sách mới cho thiếu nhi")]) == [(0, 0)]


def test_a_short_item_is_not_the_longer_one_it_opens(paired: Callable[..., object]) -> None:
    gold = [{"number": "1", "starts": "Mua sách mới cho thiếu nhi", "ends": "cho thiếu nhi"}]
    assert paired(gold, [("1", "Mua sách mới cho thiếu nhi, sửa phòng đọc, bàn ghế cho thiếu nhi")]) == []


@pytest.mark.parametrize("number", ["III.1.a", "III. 1.a", "III.1.a)", "Điều 1.III.1.a"])
def test_number_as_the_gold_allows_it(number: str) -> None:
    assert same_number(GoldItem(number="Điều 1.III.1.a", number_alt=["III.1.a"]), number)


@pytest.mark.parametrize("number", ["III.1", "III.1.b", None])
def test_another_number(number: str | None) -> None:
    assert not same_number(GoldItem(number="III.1.a"), number)
