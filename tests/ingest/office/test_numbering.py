from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pipeline.ingest.office.numbering import Numbering, numeral
from pipeline.ingest.office.styles import Styles
from tests.cases import cases


def level(at: int, text: str, form: str = "decimal", extra: str = "") -> str:
    start = "" if "w:start " in extra else '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{at}">{start}<w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>', styles: str = ""
) -> Numbering:
    root = parse_xml(
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{nums}</w:numbering>'
    )
    return Numbering(root, Styles(parse_xml(f"<w:styles {nsdecls('w')}>{styles}</w:styles>")))


def paragraph(at: int | None, number: int = 1) -> Any:
    ilvl = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    return parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:numPr>{ilvl}<w:numId w:val="{number}"/></w:numPr></w:pPr></w:p>')


def labels(lists: Numbering, *steps: tuple[int, int] | int) -> list[str]:
    out = []
    for step in steps:
        at, number = step if isinstance(step, tuple) else (step, 1)
        out.append(lists.label(paragraph(at, number), None).strip())
    return out


THREE = level(0, "%1.", "upperRoman") + level(1, "%2.") + level(2, "%3)", "lowerLetter")


def test_levels_count_and_begin_anew_below_a_higher_one() -> None:
    steps = labels(numbering(THREE), 0, 1, 1, 2, 2, 1, 2, 0, 1)
    assert steps == ["I.", "1.", "2.", "a)", "b)", "3.", "a)", "II.", "1."]


def test_a_number_made_of_several_levels() -> None:
    assert labels(numbering(level(0, "%1.") + level(1, "%1.%2.")), 0, 1, 1, 0, 1) == [
        "1.",
        "1.1.",
        "1.2.",
        "2.",
        "2.1.",
    ]


def test_a_level_that_never_begins_anew() -> None:
    lists = numbering(level(0, "%1.") + level(1, "Điều %2.", extra='<w:lvlRestart w:val="0"/>'))
    assert labels(lists, 0, 1, 0, 1) == ["1.", "Điều 1.", "2.", "Điều 2."]


def test_a_level_used_before_the_one_above_counts_it_as_begun() -> None:
    assert labels(numbering(level(0, "%1.") + level(1, "%1.%2.")), 1, 1, 0) == ["1.1.", "1.2.", "2."]


def test_a_legal_level_prints_digits() -> None:
    lists = numbering(level(0, "%1.", "upperRoman") + level(1, "%1.%2", extra="<w:isLgl/>"))
    assert labels(lists, 0, 1) == ["I.", "1.1"]


def test_lists_of_one_definition_go_on_counting() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    )
    assert labels(numbering(THREE, nums), (0, 1), (0, 2)) == ["I.", "II."]


def test_a_start_override_begins_anew() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    assert labels(numbering(THREE, nums), (0, 1), (0, 1), (0, 2), (0, 2)) == ["I.", "II.", "V.", "VI."]


def test_a_level_override_replaces_the_level() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        + level(0, "Chương %1")
        + "</w:lvlOverride></w:num>"
    )
    assert labels(numbering(THREE, nums), 0, 0) == ["Chương 1", "Chương 2"]


def test_a_bullet_prints_its_sign() -> None:
    assert labels(numbering(level(0, "-", "bullet")), 0, 0) == ["-", "-"]


def test_what_follows_the_number() -> None:
    lists = numbering(level(0, "%1.", extra='<w:suff w:val="nothing"/>'))
    assert lists.label(paragraph(0), None) == "1."


def test_number_zero_takes_a_paragraph_out_of_its_list() -> None:
    assert numbering(THREE).label(paragraph(0, 0), None) == ""


def test_a_style_carries_its_list_and_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="MucCon"><w:basedOn w:val="Muc"/></w:style>'
    )
    lists = numbering(level(0, "%1.") + level(1, "%1.%2.", extra='<w:pStyle w:val="Muc"/>'), styles=styles)
    plain = parse_xml(f"<w:p {nsdecls('w')}/>")
    assert lists.label(plain, "MucCon").strip() == "1.1."


def test_a_circle_of_styles_ends() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    assert numbering(THREE, styles=styles).label(parse_xml(f"<w:p {nsdecls('w')}/>"), "A") == ""


@cases("numerals/word", number=int, form=str, printed=str)
def test_numerals(number: int, form: str, printed: str) -> None:
    assert numeral(number, form) == printed
