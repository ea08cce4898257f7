"""Counting how names go on: the lists, and that they are the same from the same texts."""

import lzma

from pipeline.training.names import mine

LINES = [
    "Gửi Vụ Pháp chế, Vụ Kế hoạch tài chính; Vụ Pháp chế.",
    "Gửi Vụ Pháp chế, Vụ Kế hoạch tài chính; Vụ Pháp chế chủ trì.",
    *(f"Sở {sector} chủ trì công việc này." for sector in ("Y tế", "Nội vụ", "Tài chính")),
    *["Cơ quan phải chủ trì công việc của các sở xây dựng."] * 40,
]


def rows(folder, name):
    return [line for line in (folder / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def test_names_and_what_stands_behind_them_are_counted(tmp_path):
    text = tmp_path / "text.txt.xz"
    text.write_bytes(lzma.compress("\n".join(LINES).encode()))
    found = mine([text], tmp_path / "out")
    names, behind, pairs = (rows(tmp_path / "out", name) for name in ("names.csv", "behind.csv", "pairs.csv"))
    assert names == ["name,count", "vụ kế hoạch tài chính,2", "vụ pháp chế,4"]
    assert "chủ,trì,3,40,0" in behind
    assert "sở,xây,0,0,40" in behind
    assert found == {"names.csv": len(names) - 1, "behind.csv": len(behind) - 1, "pairs.csv": len(pairs) - 1}


def test_the_same_texts_give_the_same_bytes(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("\n".join(LINES), encoding="utf-8")
    for folder in ("one", "two"):
        mine([text], tmp_path / folder)
    for name in ("names.csv", "behind.csv", "pairs.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_head_says_from_what_the_lists_are(tmp_path):
    text = tmp_path / "plans.txt"
    text.write_text("\n".join(LINES), encoding="utf-8")
    mine([text], tmp_path)
    assert "from plans.txt; by_hand.toml" in (tmp_path / "names.csv").read_text(encoding="utf-8")
