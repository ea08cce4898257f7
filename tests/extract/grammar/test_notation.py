"""Patterns are read into expressions, and what is no pattern is refused with its place."""

import pytest

from pipeline.extract.grammar.notation import (
    Anchor,
    Choice,
    Labelled,
    Literal,
    Look,
    Named,
    Repeat,
    Series,
    Skip,
    parse,
)

A, B, C, D = (Named(one) for one in "ABCD")
LITTLE = Literal(("a",))
REPEATED = Series((Repeat(A, 0, 1), Repeat(B, 0, 64), Repeat(C, 1, 64), Repeat(D, 2, 3)))
LOOKS = Series((Look(LITTLE, True, False), Look(B, False, False), Look(C, False, True), Look(D, True, True)))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("'Hằng năm'", Literal(("hằng", "năm"))),
        ("'15/8'", Literal(("15", "/", "8"))),
        ("A point", Series((A, Named("point")))),
        ("'a' | B C", Choice((LITTLE, Series((B, C))))),
        ("x:('a' | B)", Labelled("x", Choice((LITTLE, B)))),
        ("A? B* C+ D{2,3}", REPEATED),
        ("!'a' &B <C <!D", LOOKS),
        ("^ A ~ '%' $", Series((Anchor("^"), A, Anchor("~"), Literal(("%",)), Anchor("$")))),
        ("..5 B", Skip(5, B)),
    ],
)
def test_a_pattern_is_read(pattern: str, expected: object) -> None:
    assert parse(pattern) == expected


@pytest.mark.parametrize("pattern", ["", "(A", "A )", "| A", "'a", "A ? ?x:", "1", "day-of-month:A"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="expected at"):
        parse(pattern)
