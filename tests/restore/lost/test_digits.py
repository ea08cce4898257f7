from pipeline.restore.lost.digits import digits
from tests.cases import cases


@cases("restored_lines/digits", line=str, right=str)
def test_a_letter_in_a_figure_is_the_digit_it_looks_like(line: str, right: str) -> None:
    read, end = "", 0
    for one in sorted(digits(line), key=lambda one: one.start):
        assert one.runner_up == line[one.start : one.end]
        read, end = read + line[end : one.start] + one.text, one.end
    assert read + line[end:] == right
