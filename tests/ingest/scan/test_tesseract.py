"""The door to Tesseract: the program and kept processes of tesserocr read the same way; one that dies costs a page."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PIL import Image

from pipeline.ingest.scan.tesseract import pool
from pipeline.ingest.scan.tesseract.engine import Tesseract, TesseractFailure
from pipeline.ingest.scan.tesseract.pool import EngineConfig
from tests.processes import gone, wait_for

DATA = Path(__file__).parents[2] / "data"
PRINTED = "phục vụ học tập suốt đời"
PROGRAM = Tesseract(keep=False)
KEPT = Tesseract()

needs_program = pytest.mark.skipif(PROGRAM.problem() is not None, reason="Tesseract with vie is not installed")
needs_kept = pytest.mark.skipif(
    pool.version() is None or KEPT.trained() is None, reason="tesserocr or its data are not installed"
)
pytestmark = [pytest.mark.ocr, pytest.mark.usefixtures("children")]
both = pytest.mark.parametrize(
    "read", [pytest.param(PROGRAM, marks=needs_program, id="program"), pytest.param(KEPT, marks=needs_kept, id="kept")]
)


@pytest.fixture
def kind() -> EngineConfig:
    file = KEPT.trained()
    assert file is not None
    return EngineConfig(file.parent, "vie", 1)


@pytest.fixture(scope="module")
def scan() -> Image.Image:
    return Image.open(DATA / "scan.png").convert("L")


@both
def test_lines_have_words_places_and_confidences(read, scan):
    lines = read.lines(scan, 150)
    assert PRINTED in " ".join(word.text for line in lines for word in line.words)
    [title] = [line for line in lines if [word.text for word in line.words] == ["KẾ", "HOẠCH"]]
    first, last = title.words[0].box, title.words[-1].box
    assert first[0] == pytest.approx(592, abs=6) and last[2] == pytest.approx(742, abs=6)
    assert first[1] < title.slope * first[0] + title.base <= first[3] + 8
    assert title.size == pytest.approx(35, abs=10) and all(0.5 < word.confidence <= 1 for word in title.words)


@both
def test_a_picture_is_read_as_text_in_any_mode(read, scan):
    texts = {read(scan.convert(mode), 150) for mode in ("L", "RGB", "RGBA")}
    assert len(texts) == 1 and PRINTED in texts.pop()
    assert "KẾ HOẠCH" in read(scan.convert("1"), 150)


@both
def test_the_layout_is_the_one_that_was_asked_for(read, scan):
    title = scan.crop((560, 160, 780, 225))
    assert read(title, 150).strip() == "KẾ HOẠCH"
    assert len(replace(read, layout=10).lines(title, 150)) <= 1  # a single character


@both
def test_a_blank_picture_has_no_lines(read):
    assert read.lines(Image.new("L", (300, 200), 255), 150) == ()


@both
def test_data_that_are_not_there_are_a_problem(read, tmp_path):
    assert "xyz" in (replace(read, language="xyz").problem() or "")
    assert replace(read, data=tmp_path).problem()
    assert read.problem() is None


@both
def test_data_that_are_damaged_are_a_problem_or_a_failure(read, scan, tmp_path):
    (tmp_path / "vie.traineddata").write_bytes(b"no data")
    damaged = replace(read, data=tmp_path)
    if damaged.problem() is None:  # the program says so only when it reads
        with pytest.raises(TesseractFailure):
            damaged.lines(scan, 150)


@needs_program
@needs_kept
def test_the_version_tells_what_reads():
    assert KEPT.version().startswith("tesserocr ") and KEPT.version().endswith(PROGRAM.version())
    assert "tesserocr" not in PROGRAM.version()


@needs_program
def test_without_tesserocr_the_program_reads(scan, monkeypatch):
    monkeypatch.setattr(pool, "version", lambda: None)
    assert KEPT.problem() is None and KEPT.version() == PROGRAM.version()
    assert KEPT.lines(scan, 150) == PROGRAM.lines(scan, 150)


@needs_program
def test_where_tesserocr_does_not_start_the_program_reads(scan, tmp_path, monkeypatch):
    (tmp_path / "broken.py").write_text("raise SystemExit(3)")
    monkeypatch.setattr(pool, "PROGRAM", tmp_path / "broken.py")
    # Data in another folder: what was found out of the usual ones is remembered.
    (tmp_path / "vie.traineddata").symlink_to(KEPT.trained())
    elsewhere = replace(KEPT, data=tmp_path)
    assert elsewhere.problem() is None and "tesserocr" not in elsewhere.version()
    assert PRINTED in elsewhere(scan, 150)


@needs_kept
def test_a_process_that_is_killed_while_it_starts_does_not_change_what_reads(scan, children, tmp_path, monkeypatch):
    """The program reads another text than the process does."""
    (tmp_path / "killed.py").write_text(
        f"import os, runpy, signal, sys\nmark = {str(tmp_path / 'mark')!r}\n"
        "if not os.path.exists(mark):\n    open(mark, 'w').close()\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"runpy.run_path({str(pool.PROGRAM)!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(pool, "PROGRAM", tmp_path / "killed.py")
    (tmp_path / "vie.traineddata").symlink_to(KEPT.trained())
    assert replace(KEPT, data=tmp_path).version().startswith("tesserocr ")
    assert (tmp_path / "mark").exists()


@needs_kept
def test_where_each_process_is_killed_nothing_else_reads(scan, children, tmp_path, monkeypatch):
    (tmp_path / "killed.py").write_text("import os\nos.kill(os.getpid(), 9)")
    monkeypatch.setattr(pool, "PROGRAM", tmp_path / "killed.py")
    (tmp_path / "vie.traineddata").symlink_to(KEPT.trained())
    with pytest.raises(TesseractFailure, match="SIGKILL"):
        replace(KEPT, data=tmp_path).lines(scan, 150)


@needs_kept
def test_a_process_reads_one_picture_after_another_the_same(scan, children, kind):
    other = scan.crop((0, 0, 1240, 240))
    first = KEPT.lines(scan, 150)
    with children.one(kind) as child:
        pid = child.pid
    KEPT.lines(other, 150)
    assert KEPT.lines(scan, 150) == first
    with children.one(kind) as child:
        assert child.pid == pid


@needs_kept
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("os._exit(3)", "exit status 3"),
        ("raise RuntimeError('out of order')", "out of order"),
    ],
)
def test_a_process_that_fails_costs_its_picture_alone(fault, reason, faulty, scan):
    faulty(fault)
    with pytest.raises(TesseractFailure, match=reason):
        KEPT.lines(scan, 150)
    assert PRINTED in KEPT(scan, 150)


@needs_kept
def test_a_process_that_hangs_is_killed(hanging, scan):
    with pytest.raises(TesseractFailure, match="timeout"):
        KEPT.lines(scan, 150)
    assert PRINTED in KEPT(scan, 150)


@needs_kept
def test_a_process_has_the_seconds_that_are_allowed(faulty, scan):
    faulty("time.sleep(600)")
    with pytest.raises(TesseractFailure, match="timeout"):
        replace(KEPT, seconds=0.5).lines(scan, 150)


@needs_kept
def test_a_process_that_went_while_it_waited_is_replaced(scan, children, kind):
    with children.one(kind) as child:
        pid = child.pid
    psutil.Process(pid).kill()
    assert gone(pid)
    assert PRINTED in KEPT(scan, 150)


@needs_kept
def test_a_process_that_went_when_it_was_asked_is_replaced(faulty, scan):
    faulty("os._exit(0)")  # as when it has waited long enough
    assert PRINTED in KEPT(scan, 150)


@needs_kept
def test_a_picture_whose_process_was_killed_is_read_once_more(faulty, scan):
    faulty("os.kill(os.getpid(), signal.SIGKILL)")
    assert PRINTED in KEPT(scan, 150)


@needs_kept
def test_a_process_at_work_goes_with_its_parent(faulty, scan, kind, tmp_path):
    """It does not read on until its time is up."""
    faulty(f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid())); time.sleep(600)")
    forked = os.fork()
    if not forked:
        pool.children().forget()
        KEPT.lines(scan, 150)
        os._exit(1)
    assert wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
    os.kill(forked, signal.SIGKILL)
    os.waitpid(forked, 0)
    assert gone(int((tmp_path / "pid").read_text()))


@needs_kept
def test_a_process_stays_in_the_group_and_goes_with_its_parent(children, kind):
    with children.one(kind) as child:
        assert os.getpgid(child.pid) == os.getpgid(0)
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from pipeline.ingest.scan.tesseract.pool import Child, EngineConfig\n"
        f"child = Child(EngineConfig(Path({str(kind.folder)!r}), 'vie', 1)); print(child.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[3]
    said = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True)
    assert gone(int(said.stdout))


@needs_kept
def test_a_forked_process_does_not_use_its_parents(kind, monkeypatch):
    monkeypatch.undo()  # the processes of the module: they are what a fork forgets
    with pool.children().one(kind) as child:
        pid = child.pid
    forked = os.fork()
    if not forked:
        mine = pool.children()._waiting(kind)
        os._exit(0 if mine is None else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    with pool.children().one(kind) as child:
        assert child.pid == pid
    pool.children().end()
    assert gone(pid)
