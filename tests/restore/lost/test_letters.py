from pipeline.ingest import ingest_text
from pipeline.restore import restore
from tests.cases import cases

AROUND = "\nCác s?, ban, ngành t? ch?c th?c hi?n k? ho?ch này; k?t qu? báo cáo ?y ban nhân dân t?nh."


@cases("restored_lines/letters_gone", read=str, right=str)
def test_letters_that_were_lost_come_back(read: str, right: str) -> None:
    done = restore(ingest_text((read + AROUND * ("?" in read)).encode(), "a.txt"))
    assert done.text.split("\n")[0] == right


@cases("restored_lines/no_letters_gone", line=str)
def test_signs_that_stand_for_themselves_stay(line: str) -> None:
    assert restore(ingest_text(line.encode(), "a.txt")).text == line


def test_a_text_that_lost_letters_says_so() -> None:
    done = restore(ingest_text("Sở N\ufffdi vụ thực hiện kế hoạch này của Ủy ban nhân dân tỉnh".encode(), "a.txt"))
    assert "W237" in [notice.code for notice in done.notices]
