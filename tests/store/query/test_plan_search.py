import pytest

from pipeline.store.query.searching import search


@pytest.mark.parametrize(
    ("words", "file", "by"),
    [
        ("140/KH-UBND", "can-tho-2023.txt", "number"),
        ("140 kh ubnd", "can-tho-2023.txt", "number"),
        ("Kế hoạch số 140/KH-UBND", "can-tho-2023.txt", "number"),
        ("kế hoạch số: 55 / KH-UBND", "hai-phong-2023.txt", "number"),
        ("596/QD-UBND", "vinh-long-2023.txt", "number"),
        ("phát triển văn hóa đọc trên địa bàn tỉnh lai châu", "lai-chau-2023.txt", "title"),
        ("le khac nam", "hai-phong-2023.txt", "signer"),
        ("thư viện thành phố cần thơ", "can-tho-library-2019.txt", "issuer"),
        ("can-tho-library-2019", "can-tho-library-2019.txt", "file"),
        ("Lê Khắc Nam 55/KH-UBND", "hai-phong-2023.txt", "names"),
    ],
)
def test_a_plan_is_found_by_its_names(corpus, words, file, by):
    found = search(words, database=corpus).plans[0]
    assert (found.file_name, found.by) == (file, by)


def test_filters_hold_for_plans_too(corpus):
    assert search("140/KH-UBND", database=corpus, province="Cần Thơ").plans
    assert search("140/KH-UBND", database=corpus, kind="target").plans
    assert not search("140/KH-UBND", database=corpus, province="Hải Phòng").plans
    assert not search("55/KH-UBND", database=corpus, kind="target").plans


def test_what_no_plan_is_called_finds_none(corpus):
    assert search("phòng cháy chữa cháy", database=corpus).plans == ()
    assert search("140/KH-UBND", database=corpus, offset=1).plans == ()


def test_words_that_name_an_agency_are_said_to(corpus):
    assert search("Sở Văn hóa, Thể thao và Du lịch", database=corpus).agency == "Sở Văn hóa, Thể thao và Du lịch"
    assert search("báo cáo kết quả", database=corpus).agency is None
