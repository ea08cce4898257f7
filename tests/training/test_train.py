from pathlib import Path

import pytest

from pipeline.restore.decode import Decoder
from pipeline.restore.model import RestorationModel, load
from pipeline.restore.readings import LineCondition
from pipeline.training import TextSource, train
from pipeline.training.pairs import Pair, write_pairs

TEXT = (
    "Ủy ban nhân dân tỉnh ban hành kế hoạch phát triển văn hóa đọc số {}",
    "Sở Tài chính chủ trì, phối hợp với các sở, ban, ngành thực hiện nhiệm vụ {}",
    "Các cơ quan, đơn vị chịu trách nhiệm thi hành quyết định này trước ngày {}",
)
PAIRS = [Pair("phát triển văn hóa đọc", "phat trién van héa doc"), Pair("thực hiện kế hoạch", "thwe hién ké hoach")]


@pytest.fixture(scope="module")
def learnt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, object]]:
    folder = tmp_path_factory.mktemp("train")
    lines = [
        line.format(f"mục {word} {number}") for number in range(9) for word in ["một", "hai", "ba"] for line in TEXT
    ]
    (folder / "text.txt").write_text("\n".join(lines), encoding="utf-8")
    write_pairs([PAIRS * 9], "eng", folder / "eng.xz")
    write_pairs([[Pair("kế hoạch phát triển", "kê hoạch phát triển")] * 9], "vie", folder / "vie.xz")
    sources = [TextSource((folder / "text.txt",), 1.0)]
    pairs = [folder / "eng.xz", folder / "vie.xz"]
    card = train(sources, pairs, folder / "one.safetensors")
    train(sources, pairs, folder / "two.safetensors")
    return folder / "one.safetensors", folder / "two.safetensors", card


def test_the_same_text_gives_the_same_bytes(learnt: tuple[Path, Path, dict[str, object]]) -> None:
    assert learnt[0].read_bytes() == learnt[1].read_bytes()


def test_what_was_learnt_reads_back(learnt: tuple[Path, Path, dict[str, object]]) -> None:
    readings = Decoder(RestorationModel(learnt[0])).decode(["phat trien van hoa doc"], [LineCondition.STRIPPED])[0]
    assert [reading.text for reading in readings] == ["phát", "triển", "văn", "hóa", "đọc"]


def test_the_card_says_what_it_was_learnt_from(learnt: tuple[Path, Path, dict[str, object]]) -> None:
    card = RestorationModel(learnt[0]).card
    assert card == learnt[2]
    assert list(card["texts"][0]["files"]) == ["text.txt"]
    assert set(card["channels"]) == {"misread", "slight"}


def test_the_channels_of_an_earlier_model_are_taken_and_places_are_known(
    learnt: tuple[Path, Path, dict[str, object]], tmp_path: Path
) -> None:
    text = learnt[0].parent / "text.txt"
    card = train([TextSource((text,), 1.0)], [learnt[0]], tmp_path / "new.safetensors", places=0.1)
    assert (card["channels"], card["pairs"]) == (learnt[2]["channels"], learnt[2]["pairs"])
    assert {"tẻh", "hđnd"} <= set(RestorationModel(tmp_path / "new.safetensors").words)


def test_near_words_are_those_that_a_reader_of_vietnamese_mistakes(
    learnt: tuple[Path, Path, dict[str, object]],
) -> None:
    model = RestorationModel(learnt[0])
    first, size = model.near.begins[model.ids["kế"]], model.near.sizes[model.ids["kế"]]
    assert "kế" not in {model.words[at] for at in model.near.words[first : first + size]}
    assert len(model.near.words) == len(model.near.costs) == model.near.sizes.sum()


def test_the_model_that_ships_keeps_to_its_size() -> None:
    file = Path(load.__module__.replace(".", "/")).parent / "model.safetensors"
    assert (Path(__file__).parents[2] / file).stat().st_size <= 40_000_000
    assert load().card["channels"]["misread"]["syllables"] + load().card["channels"]["slight"]["syllables"] >= 1_000_000


def test_another_file_is_no_model(tmp_path: Path) -> None:
    from safetensors.numpy import save_file

    save_file({}, tmp_path / "a.safetensors", {"card": '{"format": 0}'})
    with pytest.raises(ValueError, match="no restoration model"):
        RestorationModel(tmp_path / "a.safetensors")
