"""The commands that restore text and learn to."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli import main

pytestmark = pytest.mark.slow  # each test starts the command anew

PROJECT = Path(__file__).parents[1]
RESTORED = "Ủy ban nhân dân tỉnh tổ chức thực hiện Chỉ thị số 20/CT-TTg ngày 01/11/2022"
TYPED = "Uy ban nhan dan tinh to chuc thuc hien Chi thi so 20/CT-TTg ngay 01/11/2022"


def restore_process(*arguments, given=b""):
    code = "from pipeline.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "restore", *arguments], input=given, cwd=PROJECT, capture_output=True
    )


def test_restore_prints_a_line_for_a_line(tmp_path):
    (tmp_path / "a.txt").write_text(f"{TYPED}\n\n  {TYPED}\n", encoding="utf-8")
    done = restore_process(str(tmp_path / "a.txt"))
    assert done.returncode == 0
    assert done.stdout.decode() == f"{RESTORED}\n\n  {RESTORED}\n"


def test_restore_reads_standard_input():
    assert restore_process("-", given=TYPED.encode()).stdout.decode() == RESTORED + "\n"


def test_restore_gives_each_word_its_place():
    said = restore_process("--tokens", "-", given=f"\n{TYPED}".encode()).stdout.decode().splitlines()
    first = json.loads(said[0])
    assert (first["line"], first["raw"], first["raw_start"], first["raw_end"]) == (2, "Uy", 0, 2)
    assert 0 < first["probability"] <= 1


def test_restore_says_what_is_doubtful_in_the_language_asked_for():
    done = restore_process("--verbose", "corpus/hai-phong-2023.txt")
    assert "W206" in done.stderr.decode()
    assert "được khôi phục thành" in restore_process("-v", "corpus/hai-phong-2023.txt", "--lang", "vi").stderr.decode()


def test_restore_counts_what_is_doubtful():
    done = restore_process("corpus/hai-phong-2023.txt")
    assert done.returncode == 0
    assert "W202 × 1 in corpus/hai-phong-2023.txt: " in done.stderr.decode()


@pytest.mark.parametrize("given", [b"", b"\x00\x01", b"\xff\xfe\xfa" * 9, b"a" * 1_000_000, "中文".encode()])
def test_restore_ends_well_on_any_bytes(given):
    done = restore_process("-", given=given)
    assert done.returncode == 0
    assert not done.stderr.count(b"Traceback")


def test_restore_of_a_missing_file_is_an_error_in_words(tmp_path):
    done = restore_process(str(tmp_path / "none.txt"))
    assert done.returncode == 1
    assert b"E107" in done.stderr


@pytest.mark.parametrize(
    ("limit", "code"), [({"KEHOACH_DOCUMENT_SECONDS": "0.01"}, "E110"), ({"KEHOACH_DOCUMENT_MEMORY_MB": "1"}, "E111")]
)
def test_restore_has_the_limits_of_a_batch(limit, code, monkeypatch):
    for name, value in limit.items():
        monkeypatch.setenv(name, value)
    done = restore_process("corpus/can-tho-2023.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    assert code in done.stderr.decode()


def test_restore_takes_no_more_from_standard_input_than_a_file_may_have(monkeypatch):
    monkeypatch.setenv("KEHOACH_MAX_FILE_MB", "1")
    done = restore_process("-", given=b"a" * (1 << 20) + b"b")
    assert done.returncode == 1 and "E108" in done.stderr.decode()


@pytest.mark.parametrize("text", ["x=a.txt", "0=a.txt", "0.5=", "a.txt"])
def test_train_says_how_texts_are_given(text, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["train", "--text", text, "--pairs", "p.xz", "--out", str(tmp_path / "m")])
    assert ended.value.code == 2
    assert text in capsys.readouterr().err


def test_train_of_a_missing_file_is_an_error_in_words(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["train", "--text", f"1={tmp_path / 'none.txt'}", "--pairs", "p.xz", "--out", str(tmp_path / "m")])
    assert ended.value.code == 1
    assert "E107" in capsys.readouterr().err


def test_pairs_without_text_are_an_error_in_words(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(
            ["pairs", str(tmp_path / "none.txt"), "--font", str(tmp_path / "none.ttf"), "--out", str(tmp_path / "p.xz")]
        )
    assert ended.value.code == 1
    assert "E107" in capsys.readouterr().err
