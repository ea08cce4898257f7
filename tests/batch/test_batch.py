"""A batch from files to files."""

import json
import os
import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.batch import Figures, collect, open_journal, run_batch
from pipeline.batch.naming import assign
from pipeline.batch.outputs import same_name
from pipeline.batch.writing import write
from pipeline.errors import ProtectedError
from pipeline.ingest import ingest
from pipeline.schema.checking import check
from pipeline.schema.rendering import plan_json
from pipeline.settings import Settings
from tests.plans import TEXT, a_plan

SETTINGS = Settings(jobs=2, document_seconds=20, sandbox="off")  # some that read here do what a document may not


def read(path, settings):
    """Fails where the file says so, else gives a plan whose text is the file's own."""
    content = path.read_text()
    if content == "fail":
        raise ProtectedError(file=path.name, page=2)
    return plan_of(path, TEXT + "\n" + content)


def plan_of(path, text=TEXT):
    """A plan that says it came from a file."""
    plan = a_plan(path.name, text)
    digest = sha256(path.read_bytes()).hexdigest()
    return plan.model_copy(update={"source": plan.source.model_copy(update={"sha256": digest})}).with_text(text)


def refuse(path, settings):
    raise ProtectedError(file=path.name)


@pytest.fixture
def out(tmp_path):
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def files(folder, **contents):
    made = []
    for name, content in contents.items():
        made.append(folder / f"{name}.txt")
        made[-1].write_text(content)
    return made


def batch(paths, out, reader=read, again=None, **choices):
    """What becomes of files that are given by name, and of folders, where no earlier run counts."""
    with open_journal(out, SETTINGS) as journal:
        found = list(run_batch(collect(paths, out), journal, reader, SETTINGS, again, resume=False, **choices))
    return sorted(found, key=lambda result: result.index)


def names(folder):
    """The outputs in a folder."""
    return sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))


def held(out):
    """The outputs that lie in a folder, by the name of their document and its digest."""
    plans = {path: json.loads(path.read_text()) for path in out.rglob("*.json*")}
    return {
        str(path.relative_to(out)): (plan["source"]["file_name"], plan["source"]["sha256"])
        for path, plan in plans.items()
    }


def crash(path, settings):
    """Dies where the file says so."""
    if path.read_text() in ("crash", "hopeless"):
        os.abort()
    return read(path, settings)


def again(error, path, settings):
    """Reads what died, and says in its text why it was read once more."""
    if path.read_text() == "hopeless":
        os.abort()
    return a_plan(path.name, f"{TEXT}\n{error.code}")


def test_a_document_whose_process_died_is_read_in_another_way(tmp_path, out):
    paths = files(tmp_path, a="một", b="crash", c="hopeless", d="fail")
    results = batch(paths, out, crash, again)
    assert [result.error and result.error.code for result in results] == [None, None, "E109", "E103"]
    assert (out / "a.txt").read_text() == TEXT + "\nmột\n"
    assert (out / "b.txt").read_text() == TEXT + "\nE109\n"


def test_each_document_becomes_two_files_that_keep_the_contract(tmp_path, out):
    batch(files(tmp_path, a="một", b="hai"), out)
    assert names(out) == ["a.json", "a.txt", "b.json", "b.txt"]
    text = (out / "a.txt").read_text()
    assert text == TEXT + "\nmột\n"
    assert check((out / "a.json").read_bytes(), text) == []


def test_the_same_input_gives_the_same_bytes(tmp_path, out):
    paths = files(tmp_path, **{f"n{i}": str(i) for i in range(8)})
    batch(paths, out)
    first = {name: (out / name).read_bytes() for name in names(out)}
    batch(list(reversed(paths)), out)
    assert {name: (out / name).read_bytes() for name in names(out)} == first


def test_figures_count_what_the_plan_holds(tmp_path, out):
    (result,) = batch(files(tmp_path, a=""), out)
    assert result.figures == Figures(
        pages=None, tasks=1, agencies=1, deadlines=1, targets=1, restored=0, confidence=0.9
    )
    assert [warning.code for warning in result.warnings] == ["W403"]


def test_a_failed_document_costs_no_other(tmp_path, out):
    first, failed, last = batch(files(tmp_path, a="", b="fail", c=""), out)
    assert first.figures and last.figures
    assert failed.error is not None
    assert failed.error.text().startswith(f"E103 {tmp_path / 'b.txt'}, p. 2: ")
    assert not (out / "b.json").exists()


def test_an_older_output_of_a_failed_document_is_set_aside(tmp_path, out):
    (path,) = files(tmp_path, a="một")
    batch([path], out)
    (result,) = batch([path], out, refuse)
    assert [new.name for _, new in result.stale] == ["a.json.stale", "a.txt.stale"]
    assert names(out) == ["a.json.stale", "a.txt.stale"]


def test_an_output_that_cannot_be_written_is_an_error_of_its_document(tmp_path, out):
    long = tmp_path / ("x" * 251)
    long.write_text("")
    written, failed = batch([*files(tmp_path, b=""), long], out)
    assert failed.error is not None
    assert failed.error.code == "E115"
    assert written.figures
    assert (out / "b.json").exists()


def test_files_of_one_stem_get_their_whole_names(tmp_path, out):
    paths = [tmp_path / "a.md", tmp_path / "a.txt"]
    for path in paths:
        path.write_text(path.name)
    batch(paths, out)
    assert names(out) == ["a.md.json", "a.md.txt", "a.txt.json", "a.txt.txt"]
    assert json.loads((out / "a.md.json").read_text())["source"]["file_name"] == "a.md"


def test_a_source_is_never_overwritten(tmp_path):
    (path,) = files(tmp_path, a="một")
    (result,) = batch([path], tmp_path)
    assert result.output == tmp_path / "a.txt.json"
    assert path.read_text() == "một"


def test_vietnamese_letters_are_written_as_themselves(tmp_path, out):
    batch(files(tmp_path, a=""), out)
    assert "Sở Tài chính" in (out / "a.json").read_bytes().decode()


def test_a_text_that_is_no_unicode_is_an_error_of_its_document(tmp_path, out):
    def broken(path: Path, settings: Settings):
        return a_plan(path.name, TEXT + "\ud800")

    (result,) = batch(files(tmp_path, a=""), out, broken)
    assert result.error is not None
    assert result.error.code == "E112"


def test_a_second_folder_with_the_same_names_overwrites_nothing(tmp_path, out):
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kh.txt").write_text(name)
    batch([tmp_path / "x"], out)
    before = held(out)
    (result,) = batch([tmp_path / "y"], out)
    assert result.error is not None
    assert result.error.code == "E120"
    assert held(out) == before


def test_another_document_is_overwritten_where_that_is_asked_for(tmp_path, out):
    (path,) = files(tmp_path, a="một")
    batch([path], out)
    path.write_text("hai")
    (result,) = batch([path], out, replace=True)
    assert result.figures
    assert (out / "a.txt").read_text() == TEXT + "\nhai\n"


def test_a_failure_sets_the_output_of_no_other_document_aside(tmp_path, out):
    for name, content in (("x", "một"), ("y", "fail")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kh.txt").write_text(content)
    batch([tmp_path / "x"], out)
    before = held(out)
    (result,) = batch([tmp_path / "y"], out)
    assert (result.stale, held(out)) == ((), before)


def test_what_another_program_wrote_meanwhile_is_not_overwritten(tmp_path, out):
    def overtaken(path, settings):
        (out / "a.json").write_text('{"source": {"file_name": "a.txt", "sha256": "1"}}')
        return read(path, settings)

    (result,) = batch(files(tmp_path, a="một"), out, overtaken)
    assert result.error is not None
    assert result.error.code == "E120"
    assert names(out) == ["a.json"]


def test_the_place_of_the_output_is_told(tmp_path, out):
    (tmp_path / "in" / "2023").mkdir(parents=True)
    (tmp_path / "in" / "2023" / "kh.txt").write_text("")
    (result,) = batch([tmp_path / "in"], out)
    assert result.output == out / "2023" / "kh.json"
    assert result.output.exists()


def test_a_link_to_itself_and_a_fifo_cost_only_themselves(tmp_path, out):
    (tmp_path / "in").mkdir()
    files(tmp_path / "in", b="một kế hoạch")
    (tmp_path / "in" / "a.txt").symlink_to("a.txt")
    os.mkfifo(tmp_path / "in" / "c.txt")
    found = batch([tmp_path / "in"], out, lambda path, settings: (ingest(path, settings), read(path, settings))[1])
    assert [result.error and result.error.code for result in found] == ["E107", None, "E122"]


FILES = st.lists(
    st.tuples(
        st.sampled_from(["", "x/", "y/", "X/"]),
        st.sampled_from(["a", "A", "K\u1ebe", "KE\u0302\u0301", "a.pdf"]),
        st.sampled_from(["", ".pdf", ".docx", ".PDF"]),
        st.sampled_from(["1", "2", "3"]),
    ),
    min_size=1,
    max_size=6,
)


# Two of one name in other normal forms, of which one has the content of a third in another folder.
TWINS = [("", "K\u1ebe", ".pdf", "3"), ("", "KE\u0302\u0301", ".pdf", "1"), ("x/", "K\u1ebe", ".pdf", "3")]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(runs=st.lists(st.tuples(FILES, st.sampled_from(["in", "in/x", "in/y", "each"])), min_size=1, max_size=4))
@example(runs=[(TWINS, "each")])
def test_no_output_is_ever_overwritten_by_another_document(runs):
    """Whatever comes in whatever order, and whether the file system knows case and normal forms or not.

    Between runs files come, change and go; each run is of a folder or of files by name.
    """
    with TemporaryDirectory() as folder:
        top, out = Path(folder), Path(folder) / "out"
        out.mkdir()
        for made, given_ in runs:
            shutil.rmtree(top / "in", ignore_errors=True)
            for where, stem, ending, content in made:
                path = top / "in" / where / f"{stem}{ending}"
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.is_dir():
                    path.write_text(content)
            paths = sorted((top / "in").rglob("*.*")) if given_ == "each" else [top / given_]
            found = collect([path for path in paths if path.exists()], out)
            before = held(out)
            jobs = assign(found, out)
            for job in jobs:
                plan = plan_of(job.path)
                files = {"json": plan_json(plan).encode(), "txt": plan.text.encode()}
                if job.error is None and write(out, job.stem, files, plan.source.sha256) is None:
                    assert held(out)[f"{job.stem}.json"] == (job.path.name, plan.source.sha256)
            after = held(out)
            assert {name: after[name][1] for name in before} == {name: digest for name, (_, digest) in before.items()}
            assert len({same_name(name) for name in after}) == len(after)
            again = {job.path: job.stem for job in assign(found, out) if not job.error}
            assert again == {job.path: job.stem for job in jobs if not job.error}
