"""Who an agency is, by what plans call it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.register import Home, changes, identify, successor, titles

LAI_CHAU = Home("VN-01", date(2023, 2, 1), "Sở Văn hóa, Thể thao và Du lịch tỉnh Lai Châu")
VINH_LONG = Home("VN-49", date(2023, 3, 22), "Ủy ban nhân dân tỉnh Vĩnh Long")
HAI_PHONG = Home("VN-HP", date(2023, 2, 23), "Ủy ban nhân dân thành phố Hải Phòng")
QUANG_NGAI = Home("VN-29", date(2024, 11, 6), "Ủy ban nhân dân tỉnh Quảng Ngãi")
TIEN_GIANG = Home("VN-46", date(2024, 5, 1), "Ủy ban nhân dân tỉnh Tiền Giang")
TAM_DUONG = Home("VN-01", date(2023, 2, 1), "Ủy ban nhân dân huyện Tam Đường")
LE_CHAN = Home("VN-HP", date(2025, 9, 1), "Ủy ban nhân dân phường Lê Chân")
HEALTH = Home(None, date(2014, 1, 10), "Bộ Y tế")
GOVERNMENT = Home(None, date(2014, 1, 10), "Chính phủ")


@pytest.mark.parametrize(
    ("name", "home", "key"),
    [
        ("Sở Văn hóa, Thể thao và Du lịch", LAI_CHAU, "department.culture@VN-01"),
        ("Sở Văn hoá và Thể thao", LAI_CHAU, "department.culture@VN-01"),
        ("Sở VH,TT&DL", LAI_CHAU, "department.culture@VN-01"),
        ("SVHTTDL", LAI_CHAU, "department.culture@VN-01"),
        ("Giám đốc Sở", LAI_CHAU, "department.culture@VN-01"),
        ("Sở Văn hóa và Thể thao", HAI_PHONG, "department.culture@VN-HP"),
        ("Sở Du lịch", HAI_PHONG, "department.tourism@VN-HP"),
        ("Giám đốc Sở Y tế", VINH_LONG, "department.health@VN-49"),
        ("Sở LĐ-TB&XH", VINH_LONG, "department.labour@VN-49"),
        ("Ban Dân tộc - Tôn giáo tỉnh", QUANG_NGAI, "department.ethnic_religious@VN-29"),
        ("Sở Tư pháp tỉnh KonTum", HEALTH, "department.justice@VN-28"),
        ("UBND tỉnh", LAI_CHAU, "committee@VN-01"),
        ("Ủy ban nhân dân tỉnh", LAI_CHAU, "committee@VN-01"),
        ("CT, các PCT UBND TP", HAI_PHONG, "committee@VN-HP"),
        ("UBND thành phố", LAI_CHAU, "committee@VN-01-105"),  # its only city
        ("UBND thị xã Đức Phổ", QUANG_NGAI, "committee@VN-29-534"),
        ("UBND huyện Đức Phổ", QUANG_NGAI, "committee@VN-29-534"),  # raised since
        ("UBND huyện Cai Lậy", TIEN_GIANG, "committee@VN-46-820"),
        ("UBND thị xã Cai Lậy", TIEN_GIANG, "committee@VN-46-817"),
        ("UBND xã Bản Bo, huyện Tam Đường", VINH_LONG, "committee@VN-49-xa-ban-bo"),  # none of Vĩnh Long's
        ("UBND xã Bản Bo, huyện Tam Đường, tỉnh Lai Châu", VINH_LONG, "committee@VN-01-106-03424"),
        ("UBND huyện", TAM_DUONG, "committee@VN-01-106"),
        ("Huyện ủy", TAM_DUONG, "party@VN-01-106"),
        ("Huyện ủy Tam Đường", LAI_CHAU, "party@VN-01-106"),
        ("Phòng Văn hóa và Thông tin", TAM_DUONG, "district_office.culture@VN-01-106"),
        ("Phòng Văn hóa - Xã hội", LE_CHAN, "district_office.culture@VN-HP-11383"),
        ("UBND phường", LE_CHAN, "committee@VN-HP-11383"),
        (
            "Phòng Quản lý Văn hóa và Gia đình",
            LAI_CHAU,
            "unit.phong-quan-ly-van-hoa-va-gia-dinh@department.culture@VN-01",
        ),
        ("TT Tỉnh ủy", QUANG_NGAI, "party@VN-29"),
        ("Thường trực HĐND TP", HAI_PHONG, "people_council@VN-HP"),
        ("VPUB: CVP, PCVP, KGVX", QUANG_NGAI, "committee_office@VN-29"),
        ("BTT UBMTTQ Việt Nam tỉnh", QUANG_NGAI, "front@VN-29"),
        ("Thành Đoàn Hải Phòng", HAI_PHONG, "union.youth@VN-HP"),
        ("Tỉnh đoàn", QUANG_NGAI, "union.youth@VN-29"),
        ("Đoàn TNCS Hồ Chí Minh tỉnh", QUANG_NGAI, "union.youth@VN-29"),
        ("Thư viện tỉnh", LAI_CHAU, "library@VN-01"),
        ("Đài PT&TH HP", HAI_PHONG, "broadcaster@VN-HP"),
        ("Báo Vĩnh Long", VINH_LONG, "press@VN-49"),
        ("Công an TP", HAI_PHONG, "police@VN-HP"),
        ("Chánh Thanh tra tỉnh", QUANG_NGAI, "inspectorate@VN-29"),
        ("Kho bạc Nhà nước", QUANG_NGAI, "treasury@VN-29"),
        ("Kho bạc Nhà nước", HEALTH, "treasury.state@VN"),
        ("Cục Hải quan tỉnh Bà Rịa - Vũng Tàu", HEALTH, "customs@VN-43"),
        ("Bộ VHTTDL", HAI_PHONG, "ministry.culture@VN"),
        ("Bộ", HEALTH, "ministry.health@VN"),
        ("Bộ trưởng (để b/c)", HEALTH, "ministry.health@VN"),
        ("Vụ Pháp chế", HEALTH, "unit.phap-che@ministry.health@VN"),
        ("Vụ Pháp chế Bộ Xây dựng", HEALTH, "unit.phap-che@ministry.construction@VN"),
        ("Vụ Pháp chế", GOVERNMENT, "unit.phap-che@VN"),
        ("Cục Kiểm tra VBQPPL (Bộ Tư pháp)", HEALTH, "bureau.kiem-tra-vbqppl@ministry.justice@VN"),
        ("Cục Thuế xuất nhập khẩu", GOVERNMENT, "bureau.thue-xuat-nhap-khau@VN"),  # no tax office of a place
        ("Thống đốc Ngân hàng Nhà nước", GOVERNMENT, "ministry.bank@VN"),
        ("Thủ tướng, các Phó Thủ tướng Chính phủ", HEALTH, "prime_minister@VN"),
        ("Ủy ban TW Mặt trận Tổ quốc Việt Nam", GOVERNMENT, "front.central@VN"),
        ("Lưu: VT, KGVX", QUANG_NGAI, "note.luu-vt-kgvx@VN-29"),
    ],
)
def test_a_name_has_one_key(name, home, key):
    entry = identify(name, home)
    assert (entry.key, entry.collective) == (key, False)


@pytest.mark.parametrize(
    ("name", "home", "key", "level"),
    [
        ("UBND các huyện, thị xã, thành phố", QUANG_NGAI, "each.committee.district@VN-29", "district"),
        ("Chủ tịch Ủy ban nhân dân cấp huyện", QUANG_NGAI, "each.committee.district@VN-29", "district"),
        ("UBND quận, huyện", HAI_PHONG, "each.committee.district@VN-HP", "district"),
        ("UBND huyện", LAI_CHAU, "each.committee.district@VN-01", "district"),
        # "truyền thanh" is a service of districts; provinces have "phát thanh"
        (
            "Trung tâm Văn hóa - Thể thao và Truyền thanh",
            HAI_PHONG,
            "each.centre.van-hoa-the-thao-va-truyen-thanh.district@VN-HP",
            "district",
        ),
        (
            "Trung tâm Văn hóa, Thể thao và Truyền thanh các quận, huyện",
            HAI_PHONG,
            "each.centre.van-hoa-the-thao-va-truyen-thanh.district@VN-HP",
            "district",
        ),
        ("Đài Truyền thanh", LAI_CHAU, "each.broadcaster.district@VN-01", "district"),
        # of both, so of no level
        (
            "các cơ quan báo chí Trung ương, địa phương",
            HAI_PHONG,
            "each.press.co-quan-bao-chi.trung-uong-dia-phuong@VN-HP",
            None,
        ),
        (
            "các cơ quan báo chí Trung ương và địa phương",
            HAI_PHONG,
            "each.press.co-quan-bao-chi.trung-uong-dia-phuong@VN-HP",
            None,
        ),
        ("các cơ quan báo chí địa phương", HAI_PHONG, "each.press.co-quan-bao-chi.district@VN-HP", "district"),
        ("UBND các xã, thị trấn", TAM_DUONG, "each.committee.commune@VN-01-106", "commune"),
        ("Ủy ban nhân dân tỉnh", GOVERNMENT, "each.committee.province@VN", "province"),
        ("UBND các tỉnh, TP trực thuộc TW", GOVERNMENT, "each.committee.province@VN", "province"),
        ("Sở Y tế", GOVERNMENT, "each.department.health@VN", "province"),
        ("Sở Y tế các tỉnh, thành phố trực thuộc TW", HEALTH, "each.department.health@VN", "province"),
        ("Phòng Văn hóa và Thông tin", LAI_CHAU, "each.district_office.culture@VN-01", "district"),
        ("các Sở, ban, ngành liên quan", VINH_LONG, "each.group.so-ban-nganh.province@VN-49", "province"),
        ("Thủ trưởng các Sở, ban, ngành tỉnh", VINH_LONG, "each.group.so-ban-nganh.province@VN-49", "province"),
        ("Các Bộ", GOVERNMENT, "each.ministry@VN", "central"),
        ("các đơn vị thuộc Bộ có liên quan", HEALTH, "each.group.don-vi@ministry.health@VN", "central"),
        ("các Vụ", HEALTH, "each.unit@ministry.health@VN", "central"),
        ("các địa phương", QUANG_NGAI, "each.locality.district@VN-29", "district"),
        ("các địa phương", GOVERNMENT, "each.locality.province@VN", "province"),
        ("Công an tỉnh, Viện kiểm sát nhân dân tỉnh", QUANG_NGAI, None, None),
        ("UB MTTQVN TP và các đoàn thể", HAI_PHONG, None, None),
        ("Các Sở: Tài chính, Nội vụ", QUANG_NGAI, "each.department.tai-chinh-noi-vu@VN-29", "province"),
    ],
)
def test_a_group_is_no_single_agency(name, home, key, level):
    entry = identify(name, home)
    assert entry.collective
    assert key is None or (entry.key, entry.level) == (key, level)
    assert entry.successor is None


@pytest.mark.parametrize(
    ("name", "home", "full"),
    [
        ("Sở VHTTDL", LAI_CHAU, "Sở Văn hóa, Thể thao và Du lịch tỉnh Lai Châu"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", HAI_PHONG, "Sở Giáo dục và Đào tạo thành phố Hải Phòng"),
        ("UBND huyện Bình Sơn", QUANG_NGAI, "Ủy ban nhân dân huyện Bình Sơn, tỉnh Quảng Ngãi"),
        ("UBND xã Phổ Phong", QUANG_NGAI, "Ủy ban nhân dân xã Phổ Phong, thị xã Đức Phổ, tỉnh Quảng Ngãi"),
        ("Tỉnh ủy", QUANG_NGAI, "Tỉnh ủy Quảng Ngãi"),
        ("Báo HP", HAI_PHONG, "Báo Hải Phòng"),
        ("Vụ Pháp chế", HEALTH, "Vụ Pháp chế Bộ Y tế"),
        ("Thị trấn Tam Đường", LAI_CHAU, "Thị trấn Tam Đường, huyện Tam Đường, tỉnh Lai Châu"),
    ],
)
def test_a_name_is_written_in_full(name, home, full):
    assert identify(name, home).name == full


def test_an_entry_says_where_its_agency_is():
    entry = identify("UBND huyện Gò Công Đông", TIEN_GIANG)
    assert (entry.kind, entry.level, entry.place, entry.place_name) == (
        "committee", "district", "VN-46-824", "huyện Gò Công Đông",
    )  # fmt: skip
    assert (entry.province, entry.current_province) == ("VN-46", "VN-45")
    central = identify("Bộ Tài chính", TIEN_GIANG)
    assert (central.level, central.place, central.province) == ("central", None, None)


def test_hue_is_a_city_of_its_own_since_2025():
    before, since = (identify("UBND thành phố Huế", Home("VN-26", day)) for day in (date(2024, 6, 1), date(2025, 1, 1)))
    assert (before.level, before.place) == ("district", "VN-26-thanh-pho-hue")
    assert (since.level, since.place, since.place_name) == ("province", "VN-26", "thành phố Huế")
    assert identify("UBND tỉnh", Home("VN-26", date(2024, 6, 1))).name == "Ủy ban nhân dân tỉnh Thừa Thiên Huế"


@pytest.mark.parametrize(
    ("name", "home", "after"),
    [
        ("Sở Thông tin và Truyền thông", VINH_LONG, "department.science@VN-49"),
        ("Sở Kế hoạch và Đầu tư", TIEN_GIANG, "department.finance@VN-45"),
        ("Sở Tài chính", TIEN_GIANG, "department.finance@VN-45"),
        ("Sở Tài chính", VINH_LONG, None),
        ("Sở Nông nghiệp và Phát triển nông thôn", VINH_LONG, "department.agriculture_environment@VN-49"),
        ("Sở Thương mại", VINH_LONG, "department.industry_trade@VN-49"),
        ("Sở Thủy sản", VINH_LONG, "department.agriculture_environment@VN-49"),  # 2008, then 2025
        ("Bộ Giao thông vận tải", HEALTH, "ministry.construction@VN"),
        ("Ủy ban Dân tộc", HEALTH, "ministry.ethnic_religious@VN"),
        ("Bộ Y tế", HEALTH, None),
        ("UBND huyện Bình Sơn", QUANG_NGAI, None),
        ("UBND xã Phổ Phong", QUANG_NGAI, "committee@VN-29-21457"),
        ("Vụ Pháp chế", HEALTH, None),
    ],
)
def test_mergers_are_followed_to_today(name, home, after):
    entry = identify(name, home)
    assert entry.successor == after
    assert after is None or successor(after) is None


def test_a_change_has_its_day_and_source():
    first, second = changes("department.planning@VN-46")
    assert (first.on, first.into) == (date(2025, 3, 1), "department.finance@VN-46")
    assert (second.on, second.into) == (date(2025, 7, 1), "department.finance@VN-45")
    assert "45/2025/NĐ-CP" in first.source and "202/2025/QH15" in second.source
    assert changes("department.finance@VN-49") == ()


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("police@VN-29-524", date(2025, 3, 1)),
        ("committee@VN-29-524", date(2025, 7, 1)),
        ("court@VN-29-524", date(2025, 7, 1)),
    ],
)
def test_districts_agencies_ended(key, day):
    (end,) = changes(key)
    assert (end.on, end.into) == (day, None)


def test_an_unknown_agency_keeps_to_its_province():
    here, there = (identify("Câu chuyện không tên", home) for home in (LAI_CHAU, VINH_LONG))
    assert here.kind == there.kind == "other"
    assert here.key != there.key


NAMES = [
    "Sở VHTTDL", "UBND các huyện, thành phố (p/h)", "TT Tỉnh ủy", "UB MTTQVN TP và các đoàn thể", "Vụ Pháp chế",
    "Trung tâm Văn hóa, TT&TT các huyện, TP", "Báo HP, chuyên đề ANHP", "Đài PT&TH HP", "Cục Hải quan tỉnh Điện Biên",
    "Các Sở: Tài chính, Nội vụ", "HĐND, UBND các tỉnh: Kon Tum, Gia Lai", "UBND xã Phổ Phong",
    "Công ty TNHH MTV Lại Linh", "Phòng Chống lụt, bão", "Huyện ủy, UBND huyện Bình Sơn", "Lưu: VT, NC(Tr212)",
]  # fmt: skip
HOMES = [
    Home(),
    LAI_CHAU,
    HAI_PHONG,
    QUANG_NGAI,
    TAM_DUONG,
    LE_CHAN,
    HEALTH,
    GOVERNMENT,
    Home("VN-99"),
    Home("x", None, "y"),
]


@given(st.sampled_from(NAMES), st.sampled_from(HOMES), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_and_blanks_change_no_key(name, home, change):
    expected = identify(name, home)
    found = identify("  " + change(name).replace(" ", "  ") + " ", home)
    assert (found.key, found.collective) == (expected.key, expected.collective)


WORDS = st.sampled_from(
    ["các", "Sở", "Bộ", "UBND", "tỉnh", "huyện", "thành phố", "xã", ",", ";", ":", "(", ")", "-", "và", "thuộc", "của"]
    + ["Y tế", "Tài chính", "Văn hóa", "Chủ tịch", "Phòng", "Ban", "Công an", "Lai Châu", "Hải Phòng", "Tam Đường"]
    + ["cấp", "Trung ương", "Việt Nam", "liên quan", "Lưu", "ủy", "đoàn", "địa phương", "ngành", "Vụ", "Cục", "Tỉnh ủy"]
)


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=12).map(" ".join)), st.sampled_from(HOMES))
def test_any_text_is_somebody(name, home):
    entry = identify(name, home)
    assert entry.kind in titles()["kind"]
    assert entry.sector is None or entry.sector in titles()["sector"]
    assert entry.level is None or entry.level in titles()["level"]
    assert "@" in entry.key
    chain = [entry.key]
    while (after := successor(chain[-1])) is not None:
        assert after not in chain
        chain.append(after)
