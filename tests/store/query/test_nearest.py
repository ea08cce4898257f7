import json

import pytest

from pipeline.store.query.searching import search
from tests.store.conftest import OUTPUTS, fill


@pytest.fixture
def written(address, tmp_path):
    """A store of one plan whose items speak of logistics and administrative reform."""
    plan = json.loads((OUTPUTS / "can-tho-2023.json").read_text(encoding="utf-8"))
    texts = ["Phát triển dịch vụ logistics", "Đẩy mạnh cải cách hành chính năm 2023", "Chánh Văn phòng chủ trì"]
    for item, text in zip(plan["tasks"], texts, strict=False):
        item["text"] = text
    made = tmp_path / "plan.json"
    made.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    fill(address, made)
    return address


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("logictics", "logistics"),
        ("dịch vụ logictics", "dịch vụ logistics"),
        ("cải cách hành chánh", "cải cách hành chính"),
        ("cai cach hanh chanh", "cải cách hành chính"),
        ("cải cáchh hành chánh", "cải cách hành chính"),
        ("qwxzzy", None),
        ("!!!", None),
    ],
)
def test_the_nearest_is_offered_where_nothing_is_found(written, words, nearest):
    found = search(words, database=written)
    assert (len(found), found.nearest) == (0, nearest)


def test_nothing_is_offered_where_something_is_found(written):
    assert search("logistics", database=written).nearest is None
