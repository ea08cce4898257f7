"""Lists whose marks were lost."""

from collections.abc import Iterator, Sequence

from pipeline.document import Node
from pipeline.outline import outline
from tests.cases import cases
from tests.documents import document, part

TEXT = "II. NHIỆM VỤ\nHội sách\nMở hội sách.\nKho sách\nKiểm kê kho sách."


def leaves(nodes: Sequence[Node], above: str = "") -> Iterator[str]:
    for node in nodes:
        said = [one.text for one in (node.title, node.body) if one is not None]
        label = f"{node.number}. " if node.style in ("roman", "decimal") else ""
        if node.children:
            yield from leaves(node.children, label + said[0])
        elif node.style not in ("shared", "aside"):
            yield " > ".join([*([above] if above and not label else []), label + " > ".join(said)])


@cases("outline/unmarked", text=str, items=list[str])
def test_titles_and_items_that_take_turns_are_told_without_marks(text: str, items: list[str]) -> None:
    assert list(leaves(part(text.strip()).nodes)) == items


def test_what_was_told_without_marks_is_said() -> None:
    said = outline(document(TEXT)).notices
    assert [(one.code, dict(one.params)) for one in said if one.code == "W318"] == [("W318", {"text": "NHIỆM VỤ"})]
    assert "W318" not in [one.code for one in outline(document(TEXT.replace("Kho sách\n", ""))).notices]


TITLES = (
    "KẾ HOẠCH\nMua sách\n\nCăn cứ Luật Thư viện.\n\n{}\n\nGiữ sách sạch.\n\nNHIỆM VỤ\n\n{}\n\nTỔ CHỨC THỰC HIỆN\n\n{}\n"
)


def titles(text: str) -> list[str]:
    return [one.title.text for one in part(text).nodes if one.style == "muc" and one.title is not None]


def test_a_numbered_sentence_is_no_title_and_every_known_title_is_one() -> None:
    known = ["NHIỆM VỤ", "TỔ CHỨC THỰC HIỆN"]
    told = "1. Sở Văn hóa chủ trì.\n2. Kinh phí lấy từ ngân sách tỉnh."
    assert titles(TITLES.format("MỤC TIÊU", "Mua sách mới.", told)) == ["MỤC TIÊU", *known]
    assert titles(TITLES.format("MỤC ĐÍCH", "1. Mua sách mới.", told)) == ["MỤC ĐÍCH", *known]
    assert titles(TITLES.format("CHUYỆN XƯA", "Mua sách mới.", told)) == known
    assert titles(TITLES.format("CHUYỆN XƯA", "Mua sách mới.", "Sở Văn hóa chủ trì.")) == known
