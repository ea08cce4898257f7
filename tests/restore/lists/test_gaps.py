from pipeline.document import DOUBTFUL
from pipeline.restore.lists.gaps import filled
from tests.cases import cases


@cases("restored_numbers/layers", lines=list, right=dict, doubted=bool | None)
def test_a_sign_is_what_the_numbering_misses(lines: list[str], right: dict[str, str], doubted: bool | None) -> None:
    found = dict(filled(lines))
    assert {str(at): reading.text for at, reading in found.items()} == right
    assert all((reading.probability < DOUBTFUL) == bool(doubted) for reading in found.values())


def test_what_stood_there_is_said() -> None:
    [(at, reading)] = filled(["I. MỤC ĐÍCH", "  Il . NỘI DUNG", None, "III. KINH PHÍ"])
    assert (at, reading.start, reading.end, reading.text, reading.runner_up) == (1, 2, 6, "II.", "Il .")


@cases("restored_numbers/miswritten", lines=list[str], right=list[str])
def test_a_numeral_that_was_copied_wrong_is_told_by_those_around_it(lines: list[str], right: list[str]) -> None:
    found = dict(filled(lines))
    assert [found[at].text if at in found else f"{line.split('.')[0]}." for at, line in enumerate(lines)] == right


def test_the_rest_of_a_citation_on_the_next_line_is_no_number_of_an_item() -> None:
    lines = ["1. Sở Y tế rà soát theo khoản 1,", "2, Điều 5 Nghị định số 10/2025/NĐ-CP.", "2. Sở Nội vụ mua sách."]
    assert list(filled(lines)) == []
