import numpy as np
import pytest

from pipeline.restore.model import load
from pipeline.restore.sifting import Texts, compounds, gains
from pipeline.restore.tokens import UNKNOWN, words

CLEAN = 0.005


def ids(line: str) -> np.ndarray:
    return np.array([load().ids.get(word, load().ids[UNKNOWN]) for word in words(line)], np.uint16)


def best(line: str, mendable: bool = True) -> tuple[int, float]:
    texts = Texts(load(), [ids(line)])
    ((at, gain),) = texts.parted(*gains(load(), texts, texts.within & mendable, CLEAN))
    return (int(at[gain.argmax()]), float(gain.max())) if len(at) else (-1, -np.inf)


def test_a_slip_gains_where_it_stands() -> None:
    place, gain = best("giải quyết đơn thư khiếu nai, tố cáo của công dân")
    assert place == 5
    assert gain > 0


@pytest.mark.parametrize("line", ["giải quyết đơn thư khiếu nại, tố cáo của công dân", "hội", ""])
def test_right_words_gain_nothing(line: str) -> None:
    assert best(line)[1] < -1


def test_what_cannot_be_mended_is_not_tried() -> None:
    assert best("giải quyết đơn thư khiếu nai, tố cáo", mendable=False)[0] == -1


def test_a_compound_with_other_marks_is_found() -> None:
    model = load()
    pairs = zip(*compounds(model, ids("năm 2026, phần đầu đạt 90%")), strict=True)
    found = [(at, model.words[a], model.words[b]) for at, a, b in pairs]
    assert found == [(4, "phấn", "đấu")]


def test_a_compound_as_it_should_be_is_none() -> None:
    assert [len(one) for one in compounds(load(), ids("phấn đấu đạt 90%, củng cố tổ chức"))] == [0, 0, 0]


def test_texts_that_are_sifted_together_gain_what_each_gains_alone() -> None:
    lines = ("giải quyết đơn thư khiếu nai, tố cáo", "", "hội", "tăng cường cong tác quản lí", "cong tác")
    texts = Texts(load(), [ids(line) for line in lines])
    together = texts.parted(*gains(load(), texts, texts.within, CLEAN))
    for line, (at, gain) in zip(lines, together, strict=True):
        one = Texts(load(), [ids(line)])
        ((alone, its_gain),) = one.parted(*gains(load(), one, one.within, CLEAN))
        assert (at.tolist(), gain.tolist()) == (alone.tolist(), its_gain.tolist())
