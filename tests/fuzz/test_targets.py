"""What fuzzing found, and that the fuzzer itself runs; `make fuzz` looks for more."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS, WORDS

PROJECT = Path(__file__).parents[2]
FOUND = [
    ("extract", "KẾ HOẠCH\n1. Sở Nội vụ chủ trì,\1\0 phối hợp\2 Sở Tài chính\3 thực hiện.".encode()),
    ("extract", "Số: /KH-S\nLai Châu, ngày 01 tháng 02 năm 2023\nKẾ HOẠCH\nMua sách\n1. Sở Nội vụ mua.".encode()),
]
"""The name of a door, and bytes that it failed on once."""


@pytest.mark.parametrize(("door", "data"), FOUND, ids=[f"{door} {at}" for at, (door, _) in enumerate(FOUND)])
def test_what_was_found_is_mended(door, data):
    TARGETS[door][0](data)


@pytest.mark.parametrize("door", TARGETS)
def test_inputs_to_begin_with_keep_the_promises(door):
    call, seeds = TARGETS[door]
    for seed in list(seeds())[:4]:
        call(seed)


@pytest.mark.parametrize("door", ["language", "outline", "extract"])
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from([*WORDS, "\n", " ", "1. ", "\t"]) | st.text(max_size=3), max_size=30))
def test_any_order_of_words_keeps_the_promises(door, parts):
    TARGETS[door][0]("".join(parts).encode("utf-8", "replace"))


@pytest.mark.slow
@pytest.mark.parametrize("door", TARGETS)
def test_the_fuzzer_runs(door, tmp_path):
    """The same few inputs at each door; what is new is for `make fuzz`."""
    if importlib.util.find_spec("atheris") is None:
        assert not (os.environ.get("KEHOACH_TEST_REQUIRE") and sys.version_info < (3, 15)), "atheris is missing"
        pytest.skip("atheris is not installed")
    command = [sys.executable, "-m", "tests.fuzz.run", door, "--runs", "60"]
    command += ["--seconds", "60", "--found", str(tmp_path / "found")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    found = [path.read_bytes() for path in (tmp_path / "found").iterdir()]
    assert (done.returncode, found) == (0, []), done.stderr[-3000:]
    assert int(re.search(r"number_of_executed_units: (\d+)", done.stderr).group(1)) > 0
