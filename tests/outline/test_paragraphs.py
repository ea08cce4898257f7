"""Printed lines joined into paragraphs."""

import pytest

from pipeline.document import Furniture, Line, Side
from pipeline.outline.paragraphs import join, rows_of
from tests.documents import document, line, printed


def joined(text, *more):
    """The paragraphs of a document: marker and words of each."""
    found = join(rows_of(document(text, *more)))
    return [f"{one.marker.label} {one.passage.text}" if one.marker else one.passage.text for one in found]


WRAPPED = """Nhằm triển khai thực hiện kịp thời Quyết định số 1520/QĐ-TTg ngày

09/12/2022 của Thủ tướng Chính phủ phê duyệt Chương trình “Đẩy mạnh các

hoạt động phục vụ học tập suốt đời”.

Tiếp tục nâng cao nhận thức của hệ thống chính trị và Nhân dân trên địa

bàn về việc học tập suốt đời."""


def test_blank_lines_between_all_lines_do_not_end_a_paragraph():
    assert [one.split()[-1] for one in joined(WRAPPED)] == ["đời”.", "đời."]


def test_a_line_that_ends_short_of_the_margin_ends_its_paragraph():
    text = """Ủy ban nhân dân tỉnh giao Sở Văn hóa, Thể thao và Du lịch theo dõi việc
thực hiện và báo cáo kết quả.
Các sở, ban, ngành liên quan và Ủy ban nhân dân các huyện, thị xã chủ động
bố trí kinh phí cho hoạt động của thư viện công cộng theo phân cấp ngân
sách."""
    assert [one.split()[0] for one in joined(text)] == ["Ủy", "Các"]


def test_an_unwrapped_paragraph_goes_on_over_a_page_break_in_mid_sentence():
    broken = (
        "- Phát triển đồng bộ, hiện đại mạng lưới thư viện trên địa bàn tỉnh theo hướng củng cố, phát triển những thư "
        "viện đang có, xây dựng mới các thư viện tại\n\nnhững địa bàn có nhu cầu; hiện đại hóa mạng lưới thư viện."
    )
    others = "- Nâng cao năng lực, chất lượng phục vụ độc giả; khai thác có hiệu quả nguồn vốn tài liệu; " * 2
    found = joined("\n\n".join([others, others, broken, others, others]))
    assert found[2] == broken.replace("\n\n", " ")


def test_a_wrapped_line_that_begins_with_a_dash_is_no_bullet():
    text = """- Sở Văn hóa, Thể thao và Du lịch phối hợp với Sở Giáo dục và Đào tạo, Sở Lao động
- Thương binh và Xã hội tổ chức các lớp bồi dưỡng cho người làm công tác thư viện
trên địa bàn tỉnh.
- Sở Tài chính thẩm định dự toán kinh phí thực hiện Kế hoạch theo quy định của pháp
luật hiện hành."""
    assert [one.split()[1:3] for one in joined(text)] == [["Sở", "Văn"], ["Sở", "Tài"]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("theo quy định tại Khoản", "3 - Điều 61 Luật Lâm nghiệp, gửi Bộ Tài chính."),
        ("theo khoản 2 và khoản", "3. Điều 61 của Luật này, gửi Bộ Tài chính."),
        ("quy định tại điểm", "b) Khoản 2 của Nghị định, gửi Bộ Tài chính."),
        ("các giải pháp tại mục 2, mục", "4. Phần này được làm trước."),
    ],
)
def test_the_number_of_a_part_of_a_document_on_a_line_of_its_own_is_no_item(before, after):
    text = f"1. Sở Tài chính thẩm định dự toán.\n2. Sở Y tế rà soát các việc được giao {before}\n{after}\n3. Sở Nội vụ."
    long = text.replace("Sở Y tế rà soát", "Sở Y tế rà soát, tổng hợp, đề xuất sửa đổi, bổ sung và hoàn thiện " * 3)
    for written in (text, long):
        assert [one.split()[0] for one in joined(written)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "before", ["thanh toán mọi khoản", "khảo sát các địa điểm", "đặt ra nhiều mục", "chuẩn bị hồ sơ"]
)
def test_what_only_ends_as_a_citation_does_keeps_the_item_below(before):
    assert [one.split()[0] for one in joined(f"1. Sở Y tế {before}\n2. Sở Nội vụ.")] == ["1", "2"]


def test_a_wrapped_line_that_begins_with_a_document_number_is_no_item():
    text = """Ủy ban nhân dân thành phố ban hành kế hoạch triển khai thực hiện Chỉ thị số
20/CT-TTg ngày 01/11/2022 của Thủ tướng Chính phủ về đẩy mạnh đổi mới hoạt
động của thư viện trong phát triển kỹ năng đọc, tiếp cận và xử lý thông tin
cho thiếu nhi."""
    assert len(joined(text)) == 1


def test_a_wrapped_line_that_begins_with_a_day_is_no_item():
    text = """1. Tổ chức Ngày Sách và Văn hóa đọc Việt Nam trên địa bàn tỉnh vào ngày
21/4 hằng năm; giới thiệu sách mới tại các thư viện công cộng và các trường
học."""
    assert len(joined(text)) == 1


def test_a_bold_number_on_a_line_of_its_own_begins_an_item_although_others_are_skipped():
    words = ["**1. Sách**", "- Mua sách mới.", "**5.**", "**Bạn đọc**", "- Phát thẻ đọc."]
    rows = [line(text, starts_paragraph="Bạn" not in text) for text in words]
    assert joined(rows) == ["1 Sách", "- Mua sách mới.", "5 Bạn đọc", "- Phát thẻ đọc."]


def test_a_line_that_ends_in_the_first_word_of_a_ministry_goes_on_with_its_name():
    text = """a) Phổ biến quy định mới về thư viện công cộng đến toàn thể cán bộ, công chức
của xã; cập nhật thông tin bạn đọc vào phần mềm dùng chung của tỉnh.
b) Định kỳ tổng hợp, báo cáo Ủy ban nhân dân tỉnh, Bộ
Tài chính về số sách được mua trong năm và số sách còn thiếu của các xã trên
địa bàn tỉnh."""
    assert len(joined(text)) == 2


def test_an_item_begins_a_paragraph_although_the_line_before_has_no_stop():
    assert joined("I. MỤC ĐÍCH\n1. Mục đích\n- Nâng cao nhận thức.") == [
        "I MỤC ĐÍCH",
        "1 Mục đích",
        "- Nâng cao nhận thức.",
    ]


def test_a_heading_of_the_format_stands_alone():
    assert joined("Mở đầu\n## 2. Yêu cầu\nPhải thiết thực.") == ["Mở đầu", "2 Yêu cầu", "Phải thiết thực."]


@pytest.mark.parametrize(("starts", "count"), [(True, 2), (False, 1)])
def test_where_the_format_says_so_a_paragraph_begins(starts, count):
    lines = [line("Nâng cao nhận thức."), line("Mua sách mới.", starts_paragraph=starts)]
    assert len(joined(lines)) == count


def test_the_columns_of_a_block_are_not_joined():
    lines = [line("ỦY BAN", column=Side.LEFT), line("nhân dân", column=Side.RIGHT)]
    assert len(joined(lines)) == 2


def test_furniture_and_tables_are_left_out_and_a_sentence_goes_on_around_them():
    lines = [
        line("Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp với"),
        Line("2", "2", furniture=Furniture.PAGE_NUMBER),
        Line("STT", "STT", table=0),
        line("các cơ quan liên quan."),
    ]
    assert joined(lines) == ["Sở Văn hóa, Thể thao và Du lịch chủ trì, phối hợp với các cơ quan liên quan."]


def test_an_indent_begins_a_paragraph_on_a_printed_page():
    full = "Sở Văn hóa, Thể thao và Du lịch theo dõi, đôn đốc việc thực hiện Kế hoạch này."
    assert len(joined(printed((85, full), (85, full), (113, full), (85, full), (85, full)))) == 2


def test_an_indent_behind_a_short_line_begins_a_paragraph_even_with_a_small_letter():
    full = "Sở Văn hóa, Thể thao và Du lịch theo dõi, đôn đốc việc thực hiện Kế hoạch này và"
    assert len(joined(printed((85, full), (85, "báo cáo."), (113, "e-mail: thuvien"), (85, full), (85, full)))) == 3


def test_a_line_of_the_next_page_goes_on_with_the_sentence():
    full = "Sở Văn hóa, Thể thao và Du lịch theo dõi, đôn đốc việc thực hiện Kế hoạch này và"
    rest = "báo cáo kết quả về Ủy ban nhân dân tỉnh."
    assert len(joined(printed((85, full), (85, full), (85, full)), printed((85, rest), (85, rest)))) == 1


def test_a_heading_alone_at_the_foot_of_a_page_does_not_go_on_with_the_text_of_the_next():
    full = "Sở Văn hóa, Thể thao và Du lịch theo dõi, đôn đốc việc thực hiện Kế hoạch này và"
    text = [(113, "Sở Văn hóa chủ trì tổ chức cuộc thi vẽ tranh cho học sinh ở các trường và"), (85, "thư viện.")]
    foot = printed((113, "**1. Tổ chức cuộc thi vẽ tranh về sách**"))
    page = printed(*[(85, full)] * 5, (85, "báo cáo."))
    assert "1 Tổ chức cuộc thi vẽ tranh về sách" in joined(page, foot, printed(*text, *[(85, full)] * 5))


def test_a_number_that_a_line_breaks_is_whole():
    assert joined(f"1. Thực hiện tốt Kế hoạch số 45/KH-\nUBND ngày 03/4/2026.{WRAPPED}")[0].startswith(
        "1 Thực hiện tốt Kế hoạch số 45/KH-UBND ngày"
    )


def test_runs_of_spaces_become_one_and_keep_the_way_back():
    text = "Quyết định số   596/QĐ-UBND,  ngày 22/3/2023 "
    (one,) = join(rows_of(document(text)))
    start, end = one.passage.text.index("596"), one.passage.text.index(",")
    first, last = one.passage.locate(start, end)
    assert (one.passage.text, text[first:last]) == ("Quyết định số 596/QĐ-UBND, ngày 22/3/2023", "596/QĐ-UBND")


def test_a_text_of_short_lines_is_not_wrapped_at_its_longest():
    rows = rows_of(document("1. Mua sách\n- Sách mới.\n- Sách cũ.\n2. Bán sách\n- Sách mới."))
    assert len(join(rows)) == 5


def test_small_roman_numerals_are_told_from_letters_by_what_stands_before():
    lines = ["i) Một;", "ii) Hai;", "iii) Ba;", "iv) Bốn;", "v) Năm."]
    styles = {one.marker.style.name for one in join(rows_of(document("\n".join(lines))))}
    assert styles == {"bracket_roman"}


def test_the_letter_i_goes_on_behind_h():
    lines = ["g) Bảy;", "h) Tám;", "i) Chín;", "k) Mười."]
    styles = {one.marker.style.name for one in join(rows_of(document("\n".join(lines))))}
    assert styles == {"letter"}


def test_each_ground_is_a_paragraph_whatever_ends_the_one_before():
    text = """Căn cứ Nghị định số 43/2023/NĐ-CP ngày 30/6/2023 của Chính phủ quy định về Thanh tra,
Căn cứ Thông tư số 02/2007/TT-BNV ngày 25/5/2007 của Bộ trưởng Bộ Nội vụ hướng dẫn thi hành
Nghị định và xếp lương khi nâng ngạch, chuyển ngạch, chuyển loại công chức, viên chức nhà nước
và Luật Thanh tra;"""
    assert [" ".join(one.split()[2:4]) for one in joined(text)] == ["Nghị định", "Thông tư"]


CONVERTED = """I.
MỤC ĐÍCH

- Trồng rừng ven
biển, chăm sóc rừng ở các xã.

- Ban Quản
Lý Rừng và Kiểm lâm, các hạt
trực thuộc tuần tra.

II. TỔ
CHỨC THỰC HIỆN

1.
Sở Nông nghiệp

- Chỉ đạo các chủ
rừng; tổng hợp, báo cáo kết quả trồng rừng hằng quý của các xã về tỉnh
trước ngày 25.

- Cấp giống
cây cho các xã.

- Kiểm tra việc
trồng rừng ở các xã, xử lý cây
chết.

2. Các xã

- Giao đất cho
người dân.

- Vận động
người dân chăm cây, không thả trâu bò vào rừng mới trồng, không đốt nương làm rẫy
gần rừng.
"""


def test_blank_lines_of_which_none_stands_in_a_sentence_divide_paragraphs():
    lines = ["Sở Y tế mở lớp tập huấn cho thủ thư của các bệnh viện trong tỉnh, mua giá sách."] * 3
    wrapped = ["Sở Y tế mở lớp tập huấn cho thủ thư của các bệnh viện trong tỉnh. Trước khi", "mở lớp, kê giá sách."]
    assert joined("\n\n".join(lines)) == lines
    assert joined("\n\n".join([*lines, *wrapped]))[-1].endswith("Trước khi mở lớp, kê giá sách.")


def test_where_blank_lines_divide_paragraphs_other_line_ends_do_not():
    assert joined(CONVERTED) == [
        "I MỤC ĐÍCH",
        "- Trồng rừng ven biển, chăm sóc rừng ở các xã.",
        "- Ban Quản Lý Rừng và Kiểm lâm, các hạt trực thuộc tuần tra.",
        "II TỔ CHỨC THỰC HIỆN",
        "1 Sở Nông nghiệp",
        "- Chỉ đạo các chủ rừng; tổng hợp, báo cáo kết quả trồng rừng hằng quý của các xã về tỉnh trước ngày 25.",
        "- Cấp giống cây cho các xã.",
        "- Kiểm tra việc trồng rừng ở các xã, xử lý cây chết.",
        "2 Các xã",
        "- Giao đất cho người dân.",
        "- Vận động người dân chăm cây, không thả trâu bò vào rừng mới trồng, không đốt nương làm rẫy gần rừng.",
    ]


def test_where_blank_lines_divide_paragraphs_a_line_about_an_item_still_begins_one():
    who = "Đơn vị chủ trì: Ban Quản lý rừng; đơn vị phối hợp: Kiểm lâm."
    item = "cây cho các xã."
    assert [one for one in joined(CONVERTED.replace(item, f"{item}\n{who}")) if who[:10] in one] == [who]


def test_where_blank_lines_divide_paragraphs_one_in_mid_sentence_does_not():
    whole = CONVERTED + "\n\n- Mua cây giống.\n\n- Trồng cây.\n\n- Bán cây." * 3
    assert joined(whole.replace("trồng rừng ở các xã, xử lý cây\n", "trồng rừng ở các xã, xử lý cây\n\n")) == joined(
        whole
    )


@pytest.mark.parametrize(("ends", "found"), [("báo cáo Thủ tướng", 1), ("báo cáo Thủ tướng.", 2)])
def test_blank_lines_around_the_end_of_a_page_part_no_sentence(ends, found):
    above = [
        "- Chủ trì, phối hợp với các bộ, ngành và địa phương rà soát, tháo gỡ khó khăn cho các",
        f"doanh nghiệp nhỏ và vừa trong việc vay vốn, giãn nợ và giảm lãi suất, {ends}",
    ]
    below = ["Chính phủ trong tháng 3 năm 2020 về kết quả hỗ trợ các doanh nghiệp và người lao động.", "Sở Y tế họp."]
    mark = Line("--- PAGE BREAK ---", "--- PAGE BREAK ---", furniture=Furniture.PAGE_NUMBER)
    rows = rows_of(document([*map(line, above), line(""), mark, line(""), *map(line, below)]))
    assert len(join(rows)) == found


def test_a_bullet_alone_on_its_line_begins_an_item_that_stands_below():
    assert joined("- Trồng cây ven\nsông.\n-\nMua sách mới.") == ["- Trồng cây ven sông.", "- Mua sách mới."]


def test_a_dash_alone_in_mid_sentence_is_a_stain():
    assert len(joined("Trồng cây ven\n-\nsông lớn của tỉnh.")) == 1


@pytest.mark.parametrize(("left", "count"), [(85, 1), (113, 2)])
def test_a_numeral_in_brackets_at_the_edge_goes_on_with_a_list_that_began_inside_a_line(left, count):
    first = "Công tác lưu trữ đã có nhiều kết quả: (i) Các kho đã được tu bổ, sửa chữa kịp;"
    full = "(ii) Sở Nội vụ đã ban hành danh mục hồ sơ và hướng dẫn các huyện lập hồ sơ của"
    assert len(joined(printed((85, first), (left, full), (85, "mình.")))) == count


def test_a_numeral_in_brackets_at_the_edge_goes_on_with_those_that_begin_lines():
    rows = ["(i) Sở Nội vụ ban hành danh mục;", "(ii) Sở Tài chính bố trí kinh phí;", "(iii) Các huyện lập hồ sơ."]
    assert len(joined(printed(*((85, text) for text in rows)))) == 3
