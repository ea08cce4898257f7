from pipeline.restore.proper_names import hints, named_provinces


def told(line: str, capitals: bool = False, own: set[str] | None = None) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for at, syllable, _ in hints(line.split(), capitals, own or set()):
        found.setdefault(at, set()).add(syllable)
    return found


def test_provinces_of_today_and_those_that_lie_in_them() -> None:
    assert named_provinces("UBND tỉnh Bình Thuận, thành phố HUẾ") == {"VN-35", "VN-26"}


def test_a_place_of_a_province_that_is_named_is_preferred() -> None:
    assert told("phuong Van Phu", own={"VN-02"}) == {0: {"phường"}, 1: {"văn"}, 2: {"phú"}}


def test_a_place_of_any_province_where_none_is_named() -> None:
    assert told("phuong Van Phu")[1] == {"văn", "vân", "vạn"}


def test_the_word_of_a_level_begins_no_name_before_a_province() -> None:
    assert told("Tinh Binh Phuoc Thang")[1] == {"bình"}


def test_small_words_are_no_names() -> None:
    assert told("cao lanh") == {}


def test_in_capitals_only_behind_the_word_of_a_level() -> None:
    assert told("TRUONG CAO LANH", capitals=True, own={"VN-45"}) == {}
    assert told("HUYEN CAO LANH", capitals=True, own={"VN-45"})[2] == {"lãnh"}


def test_a_person_by_the_surname() -> None:
    assert told("Tran Ngoc Phuc") == {0: {"trần"}, 1: {"ngọc"}, 2: {"phúc"}}
