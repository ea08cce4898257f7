from pipeline.document import Document
from pipeline.ingest.text.reading import read_text
from pipeline.restore import restore
from pipeline.restore.model import load
from pipeline.restore.undecoded.lost_letters import MANY, fitting, standing
from tests.cases import cases


def restored(text: str) -> Document:
    kind, pages = read_text(text)
    return restore(Document("a.txt", "0" * 64, kind, pages))


@cases("restored_lines/lost_letters", line=str, right=str)
def test_letters_that_were_lost_are_told_from_the_words_around_them(line: str, right: str) -> None:
    assert [one.text for _, one in restored(line).lines()] == [right]


def test_what_was_told_is_listed_and_the_document_says_that_letters_were_lost() -> None:
    done = restored("Sở Nội vụ chủ tr\ufffd, phối hợp với c\ufffdc sở")
    assert [(one.raw, one.restored) for one in done.restorations] == [("tr\ufffd", "trì"), ("c\ufffdc", "các")]
    assert [(one.code, dict(one.params)) for one in done.notices] == [("W237", {"count": "2"})]


def test_a_doubtful_word_says_what_else_it_may_be() -> None:
    (word,) = restored("giải thích để dân hiểu, tr\ufffdnh đi lại nhiều lần").restorations
    assert word.probability < 0.8 and word.runner_up is not None


def test_a_text_without_lost_letters_says_nothing_of_them() -> None:
    assert not restored("Sở Nội vụ chủ trì, phối hợp với các sở").notices


def test_letters_that_stand_in_a_text_of_many_lost_ones_were_not_lost() -> None:
    text = "ngữ m\ufffd nghĩa " * MANY
    stands = standing([text])
    assert stands is not None and "ữ" in stands and "à" not in stands
    words, odds = fitting(load(), "m\ufffd", stands)
    told = {load().words[word]: odds[at] for at, word in enumerate(words)}
    assert told["mà"] == 0 and told["mĩ"] < told["mà"]


def test_few_lost_letters_say_nothing_of_which_they_are() -> None:
    assert standing(["c\ufffdc"]) is None
