from collections.abc import Sequence

from pipeline.restore.proper_names import SIGNER, hints, is_place, named_provinces, recurring


def told(line: str, capitals: bool = False, own: Sequence[str] = ()) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for at, syllable, _ in hints(line.split(), capitals, own):
        found.setdefault(at, set()).add(syllable)
    return found


def test_provinces_of_today_and_those_that_lie_in_them() -> None:
    assert named_provinces("UBND tỉnh Bình Thuận, thành phố HUẾ") == ["VN-35", "VN-26"]


def test_a_place_of_a_province_that_is_named_is_preferred() -> None:
    assert told("phuong Van Phu", own=["VN-02"]) == {0: {"phường"}, 1: {"văn"}, 2: {"phú"}}


def test_a_place_of_the_first_of_the_provinces_that_are_named_before_those_of_others() -> None:
    assert told("phuong Van Phu", own=["VN-02", "VN-68"])[1] == {"văn"}
    assert told("phuong Van Phu", own=["VN-68", "VN-02"])[1] == {"vân"}


def test_a_place_of_any_province_where_none_is_named() -> None:
    assert told("phuong Van Phu")[1] == {"văn", "vân", "vạn"}


def test_the_word_of_a_level_begins_no_name_before_a_province() -> None:
    assert told("Tinh Binh Phuoc Thang")[1] == {"bình"}


def test_small_words_are_no_names() -> None:
    assert told("cao lanh") == {}


def test_in_capitals_only_behind_the_word_of_a_level() -> None:
    assert told("TRUONG CAO LANH", capitals=True, own=["VN-45"]) == {}
    assert told("HUYEN CAO LANH", capitals=True, own=["VN-45"])[2] == {"lãnh"}


def test_a_person_by_the_surname() -> None:
    assert told("Tran Ngoc Phuc") == {0: {"trần"}, 1: {"ngọc"}, 2: {"phúc"}}


def test_a_person_behind_other_capitals_by_names_that_are_surnames_too() -> None:
    assert told("TT Tran Thanh Vu") == {1: {"trần"}, 2: {"thanh", "thành", "thạnh"}, 3: {"vũ"}}


def test_a_name_that_is_a_line_is_heard_louder() -> None:
    weights = [{weight for _, _, weight in hints(["Tran", "Van", "Vu"], False, (), alone)} for alone in (True, False)]
    assert min(weights[0]) == SIGNER > max(weights[1])


def test_names_that_a_text_has_more_than_once_across_lines_too() -> None:
    lines = ["nhà máy thủy điện Móng", "Sến và đập Móng Sến; Công ty Cô phần, Công ty Cô phần"]
    assert set(recurring(lines)) == {"Móng", "Sến"}


def test_the_whole_name_of_a_place() -> None:
    assert is_place(("Lâm", "Đồng")) and not is_place(("Lâm", "Đông"))
