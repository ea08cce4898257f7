import pytest

from pipeline.ingest.text.markdown import is_markdown, read_marks


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (r"đạt từ $80\%$ trở lên", "đạt từ 80% trở lên"),
        (r"đạt \(80\%\) số xã", "đạt 80% số xã"),
        (r"đạt $\mathrm{80}\%$ số xã", "đạt 80% số xã"),
        (r"đạt $\geq 95\%$; giảm $\leq 2{,}5\%$", "đạt ≥95%; giảm ≤2,5%"),
        (r"trồng $10^{6}$ cây trên $1.500\,m^2$", "trồng 10⁶ cây trên 1.500 m²"),
        (r"ở $25^{\circ}C$", "ở 25°C"),
        (r"cấp xã $\rightarrow$ cấp tỉnh", "cấp xã → cấp tỉnh"),
        (r"có $120$ điểm", "có 120 điểm"),
        ("trị giá 100$ và 200$ mỗi xã", "trị giá 100$ và 200$ mỗi xã"),
        ("giá $100 mỗi bộ, $200 mỗi hộp", "giá $100 mỗi bộ, $200 mỗi hộp"),
    ],
)
def test_formulas_are_read_as_they_are_printed(raw: str, text: str) -> None:
    assert read_marks(raw).cleaned.text == text


def test_a_text_with_a_formula_is_markdown() -> None:
    assert is_markdown(r"1. Tỷ lệ đạt $80\%$.")
    assert not is_markdown("1. Trị giá $100 và $200.")
