from pipeline.training.alignment import aligned
from tests.cases import cases


@cases("training/alignments", printed=str, read=str, pairs=list[tuple[str, str]])
def test_words_find_their_readings(printed: str, read: str, pairs: list[tuple[str, str]]) -> None:
    assert list(aligned(printed.split(), read.split())) == pairs
