"""A text cut into pieces by what was found in it."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.schema import Evidence, Restoration
from pipeline.web.page.findings import ShownValue
from pipeline.web.page.marking import pieces

TEXT = "Sở Tài chính chủ trì,\nbáo cáo trước ngày 15/11."


def found(id_, start, end, kind="agency"):
    evidence = Evidence(page=None, start=start, end=end, quote=TEXT[start:end], boxes=[])
    return ShownValue(id_, kind, "", "", "", "", "", None, evidence)


def restored(line, raw, word):
    return Restoration(page=None, line=line, raw=raw, restored=word, probability=0.5, runner_up=None)


def test_a_finding_within_another_stands_last():
    made = list(pieces(TEXT, [found("name", 0, 12), found("item", 0, 47, "item")], []))
    assert made[0].ids == ("item", "name") and made[0].text == "Sở Tài chính"
    assert made[1].ids == ("item",)


def test_a_restored_word_is_told_by_its_line():
    made = list(pieces("đạt tỷ\nđạt tỷ", [], [restored(2, "ty", "tỷ")]))
    assert [(one.text, one.raw) for one in made] == [("đạt tỷ\nđạt ", None), ("tỷ", "ty")]


def test_restored_words_of_one_line_follow_each_other():
    made = list(pieces("tỷ lệ tỷ", [], [restored(1, "ty", "tỷ"), restored(1, "tv", "tỷ")]))
    assert [one.raw for one in made if one.raw] == ["ty", "tv"]


def test_what_stands_behind_the_text_is_passed_over():
    assert [one.ids for one in pieces("ngắn", [found("a", 2, 90)], [])] == [()]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=12))
def test_the_pieces_are_the_text(spans):
    findings = [found(str(at), start, end) for at, (start, end) in enumerate(spans)]
    made = list(pieces(TEXT, findings, [restored(1, "tri", "trì")]))
    assert "".join(one.text for one in made) == TEXT
    for one in findings:
        if one.evidence.start < one.evidence.end <= len(TEXT):
            over = "".join(piece.text for piece in made if one.id in piece.ids)
            assert over == TEXT[one.evidence.start : one.evidence.end]
