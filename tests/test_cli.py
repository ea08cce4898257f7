"""The command: what goes where, and how it exits."""

import inspect
import json
import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from pipeline.archive import searchable
from pipeline.batch import open_journal
from pipeline.cli import SOME_FAILED, WRONG_USAGE, app, main
from pipeline.errors import FileAccessError, ProtectedError
from pipeline.messages import catalogue, say
from pipeline.schema.rendering import plan_json, schema_json
from pipeline.settings import Settings
from tests.cases import cases
from tests.ingest.pdf.made import rows, typed
from tests.plans import TEXT, a_plan

PROJECT = Path(__file__).parents[1]
COMMANDS = ["run", "restore", "train", "pairs", "mine", "schema", "validate", "explain", "upgrade", "evaluate"]
COMMANDS += ["page", "corrections", "serve", "watch", "report", "load", "plans", "remove", "use", "search", "calendar"]
COMMANDS += ["compare", "export", "mcp"]


def read(path, settings):
    """Stands for `pipeline.run.run`: fails where the file says so, else gives a plan."""
    if not path.exists():
        raise FileAccessError(file=str(path), reason="No such file")
    if path.read_text() == "fail":
        raise ProtectedError(file=str(path), page=2)
    plan = a_plan(path.name)
    digest = sha256(path.read_bytes()).hexdigest()
    return plan.model_copy(update={"source": plan.source.model_copy(update={"sha256": digest})}).with_text(plan.text)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with two plans, the locale of a server, and a reader that needs no stages."""
    monkeypatch.chdir(tmp_path)
    knobs = [f"KEHOACH_{name.upper()}" for name in Settings.model_fields]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", *knobs):
        monkeypatch.delenv(name, raising=False)
    module = ModuleType("pipeline.run")
    module.prepare = lambda: None
    module.run = read
    monkeypatch.setitem(sys.modules, "pipeline.run", module)
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.txt").write_text(name)
    return tmp_path


@dataclass
class Ended:
    code: int | str | None
    out: str
    err: str


@pytest.fixture
def kehoach(capfd):
    def run(*arguments):
        handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        return Ended(ended.value.code, *capfd.readouterr())

    return run


def names(folder):
    """The outputs in a folder."""
    return sorted(file.name for file in Path(folder).iterdir() if not file.name.startswith("."))


def test_a_copy_that_kills_its_process_does_not_cost_the_result(tmp_path, kehoach, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("c.pdf").write_bytes(typed(rows()))
    monkeypatch.setattr(searchable, "searchable_pdf", lambda *_: os.abort())
    ended = kehoach("run", "c.pdf", "--searchable-pdf")
    assert ended.code == 0
    assert names("outputs") == ["c.json", "c.txt"]
    codes = [one["code"] for one in json.loads(Path("outputs/c.json").read_text())["warnings"]]
    assert "W215" in codes and "W215" in ended.err


def test_run_writes_results_and_prints_the_table(folder, kehoach):
    ended = kehoach("run", "in")
    assert ended.code == 0
    assert names("outputs") == ["a.json", "a.txt", "b.json", "b.txt"]
    assert [line.split()[:6] for line in ended.out.splitlines()[2:]] == [
        ["a.txt", "–", "1", "1", "1", "1"],
        ["b.txt", "–", "1", "1", "1", "1"],
    ]
    assert ended.err == f"W403 × 2 in a.txt, b.txt: {say('W403')}\n"


def test_who_joins_a_run_that_has_none_of_its_documents_does_not_end_well(folder, kehoach):
    out = Path("out")
    out.mkdir()
    with open_journal(out, Settings()) as journal:
        journal.begin([], [])
        journal.plan({}, [], [])
        ended = kehoach("run", "in", "--out", "out", "--join")
    assert (ended.code, names("out")) == (SOME_FAILED, [])
    assert say("cli.not_in_run", count=2) in ended.err


def test_run_says_what_failed_and_writes_the_rest(folder, kehoach):
    Path("in/a.txt").write_text("fail")
    ended = kehoach("run", "in", "none.txt", "--out", "new/out", "-j", "2")
    assert ended.code == SOME_FAILED
    assert names("new/out") == ["b.json", "b.txt"]
    assert f"E103 in/a.txt, p. 2: {say('E103')}\n" in ended.err
    assert "E107 none.txt: " in ended.err
    assert say("cli.failed", failed=2, all=3) in ended.err
    assert "E103" in ended.out


def test_run_speaks_vietnamese_when_asked(folder, kehoach):
    Path("in/a.txt").write_text("fail")
    ended = kehoach("--lang", "vi", "run", "in")
    assert f"E103 in/a.txt, trang 2: {say('E103', 'vi')}\n" in ended.err
    assert "nhiệm vụ" in ended.out


def test_a_document_of_the_same_name_is_named_and_overwritten_when_asked(folder, kehoach):
    kehoach("run", "in")
    Path("in/a.txt").write_text("another")
    ended = kehoach("run", "in")
    assert ended.code == SOME_FAILED
    assert "E120 in/a.txt: outputs/a.json came from another document, a.txt" in ended.err
    assert kehoach("run", "in", "--replace").code == 0


def test_a_run_is_reported_and_logged_where_that_is_asked_for(folder, kehoach):
    Path("in/a.txt").write_text("fail")
    ended = kehoach("run", "in", "--report", "report", "--log", "log.jsonl")
    assert ended.code == SOME_FAILED
    assert names("report") == ["report.csv", "report.html", "report.json"]
    assert say("cli.written", file="report/report.html") in ended.err
    events = [json.loads(line)["event"] for line in Path("log.jsonl").read_text().splitlines()]
    assert sorted(events) == ["began", "document", "document", "ended", "error", "warning"]
    assert kehoach("report", "outputs").code == 0
    for name in names("report"):
        assert Path("outputs", name).exists()


def test_a_report_of_a_folder_without_a_run_is_an_error(folder, kehoach):
    ended = kehoach("report", "in")
    assert (ended.code, ended.err) == (SOME_FAILED, f"E903 in: {say('E903')}\n")


def test_a_second_run_says_what_it_passed_over_and_what_failed_before(folder, kehoach):
    Path("in/a.txt").write_text("fail")
    kehoach("run", "in")
    ended = kehoach("run", "in")
    assert ended.code == SOME_FAILED
    assert say("cli.passed", count=2, all=2) in ended.err
    assert say("cli.passed_failed", count=1) in ended.err
    Path("in/a.txt").write_text("a")
    assert kehoach("run", "in", "--retry-failed").code == 0


def test_results_whose_documents_are_gone_are_listed(folder, kehoach):
    kehoach("run", "in")
    Path("in/a.txt").unlink()
    ended = kehoach("run", "in")
    assert ended.code == 0
    assert ended.err.endswith(f"{say('cli.left', count=1, paths='in')}\n  outputs/a.json\n")
    assert "outputs/a.json" not in kehoach("run", "in/b.txt").err


def test_a_long_file_name_is_printed_whole(folder, kehoach):
    name = "ke-hoach-" * 20 + ".txt"
    Path(name).write_text("")
    assert name in kehoach("run", name).out


@cases("commands/wrong_usage", arguments=list[str], says=str)
def test_wrong_usage_is_said_and_writes_nothing(folder, kehoach, arguments, says):
    Path("empty").mkdir()
    ended = kehoach(*arguments)
    assert ended.code == WRONG_USAGE
    assert says in ended.out + ended.err
    assert list(folder.rglob("*.json")) == []


def test_a_wrong_environment_variable_is_named(folder, kehoach, monkeypatch):
    monkeypatch.setenv("KEHOACH_JOBS", "many")
    ended = kehoach("run", "in")
    assert ended.code == WRONG_USAGE
    assert "KEHOACH_JOBS" in ended.err


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_unknown_environment_variable_is_named_with_the_nearest(folder, kehoach, monkeypatch, language):
    monkeypatch.setenv("KEHOACH_JOB", "2")
    ended = kehoach("--lang", language, "run", "in")
    assert ended.code == WRONG_USAGE
    assert ended.err == f"E801 KEHOACH_JOB: {say('E801', language, near='KEHOACH_JOBS')}\n"


def test_a_wrong_language_is_said_of_the_option(folder, kehoach):
    takes = say("E802", value="fr", takes="auto, vi, en")
    assert kehoach("--lang", "fr", "run", "in").err == f"E802 --lang: {takes}\n"


@pytest.fixture
def seen(monkeypatch):
    """The settings with which batches are run."""
    noted = []
    monkeypatch.setattr("pipeline.batch.run_batch", lambda *given: Noted(noted, given[3]))
    return noted


def test_the_command_line_wins_over_the_environment(folder, kehoach, monkeypatch, seen):
    monkeypatch.setenv("KEHOACH_JOBS", "7")
    kehoach("run", "in", "-j", "3")
    assert [settings.jobs for settings in seen] == [3]


def test_a_file_of_settings_in_the_folder_of_results_counts(folder, kehoach, seen):
    Path("results").mkdir()
    Path("results/kehoach.toml").write_text("jobs = 5\n")
    kehoach("run", "in", "-o", "results")
    assert [settings.jobs for settings in seen] == [5]


def test_a_wrong_name_in_the_file_of_settings_is_wrong_usage(folder, kehoach, seen):
    Path("outputs").mkdir()
    Path("outputs/kehoach.toml").write_text("job = 5\n")
    ended = kehoach("run", "in")
    assert (ended.code, seen) == (WRONG_USAGE, [])
    assert ended.err == f"E801 outputs/kehoach.toml: job: {say('E801', near='jobs')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("schema",),
        ("schema", "--write"),
        ("evaluate", str(PROJECT / "tests" / "gold"), str(PROJECT / "outputs")),
        ("validate", "in/a.json"),
    ],
)
def test_a_command_does_nothing_where_a_setting_is_wrong(folder, kehoach, arguments):
    Path("outputs").mkdir()
    Path("outputs/kehoach.toml").write_text("job = 5\n")
    ended = kehoach(*arguments)
    assert (ended.code, ended.out) == (WRONG_USAGE, "")
    assert ended.err.startswith("E801 ") and not Path("schemas").exists()


class Noted:
    """A batch that only keeps what it was told."""

    def __init__(self, seen, settings):
        seen.append(settings)

    def __iter__(self):
        return iter(())

    def close(self):
        pass


def test_the_schema_is_printed(folder, kehoach):
    ended = kehoach("schema")
    assert (ended.code, ended.out, ended.err) == (0, schema_json(), "")


def test_the_schema_is_written_under_its_version(folder, kehoach):
    ended = kehoach("schema", "--write")
    assert (ended.code, ended.out) == (0, "")
    assert Path("schemas/kehoach-plan-2.0.json").read_text() == schema_json()


def test_a_good_file_is_valid(folder, kehoach):
    Path("a.json").write_text(plan_json(a_plan()))
    Path("a.txt").write_text(TEXT)
    ended = kehoach("validate", "a.json")
    assert (ended.code, ended.out, ended.err) == (0, "", say("cli.valid", good=1, all=1) + "\n")


def test_violations_are_listed_with_their_place(folder, kehoach):
    Path("a.json").write_text(plan_json(a_plan()))
    Path("a.txt").write_text(TEXT.replace("100%", "99 %"))
    ended = kehoach("validate", "a.json")
    assert ended.code == SOME_FAILED
    assert ended.out.startswith("a.json: $.tasks[0].targets[0].evidence.quote: C509 ")


def test_validation_says_when_quotes_were_not_compared(folder, kehoach):
    Path("a.json").write_text(plan_json(a_plan()))
    ended = kehoach("validate", "a.json")
    assert ended.code == 0
    assert say("cli.unchecked", file="a.json", text="a.txt") in ended.err


def test_a_file_that_cannot_be_opened_is_not_valid(folder, kehoach):
    Path("a.json").write_text(plan_json(a_plan()))
    ended = kehoach("validate", "none.json", "a.json")
    assert ended.code == SOME_FAILED
    assert "E107 none.json: " in ended.err
    assert say("cli.valid", good=1, all=2) in ended.err


def test_evaluate_prints_the_report(folder, kehoach, monkeypatch):
    asked = []

    def compare(gold, outputs):
        asked.append((gold, outputs))
        return SimpleNamespace(render=lambda: "F1 1.00", documents=())

    monkeypatch.setattr("pipeline.evaluate.evaluate", compare)
    ended = kehoach("evaluate", "gold", "outputs")
    assert (ended.code, ended.out) == (0, "F1 1.00\n")
    assert asked == [(Path("gold"), Path("outputs"))]


def test_evaluate_says_what_cannot_be_compared(folder, kehoach):
    ended = kehoach("evaluate", "none", "none")
    assert ended.code == SOME_FAILED
    assert re.match(r"E\d{3} none: ", ended.err)


def test_the_version_is_printed(folder, kehoach):
    assert re.fullmatch(r"kehoach \d+\.\d+\.\d+\n", kehoach("--version").out)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_the_language_asked_for(folder, kehoach, monkeypatch, command, language):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("LANG", f"{language}_XX.UTF-8")
    shown = " ".join(kehoach(command, "--help").out.split())
    first_sentence = say(f"cli.{command}", language, settings="").split(". ")[0].split("\n")[0]
    assert first_sentence in shown
    assert say("cli.option.help", language) in shown


def test_every_command_and_option_has_a_help_text():
    """The texts are keys; tests/test_errors.py sees that each is in both languages."""
    assert app.info.help in catalogue()
    assert sorted(command.callback.__name__ for command in app.registered_commands) == sorted(COMMANDS)
    for command in app.registered_commands:
        assert command.help == f"cli.{command.callback.__name__}"
        for name, one in inspect.signature(command.callback, eval_str=True).parameters.items():
            for information in getattr(one.annotation, "__metadata__", ()):
                assert information.help.startswith("cli."), name


def test_help_loads_nothing_heavy():
    code = "import sys; from pipeline.cli import main\n"
    code += "try: main(['run', '--help'])\nfinally: print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PROJECT)
    loaded = set(ended.stdout.splitlines()[-1].split())
    assert "pipeline.cli" in loaded
    assert loaded & {"spacy", "numpy", "pdfplumber", "pypdfium2", "docx", "pipeline.batch"} == set()


def test_the_json_that_is_written_is_valid(folder, kehoach):
    kehoach("run", "in")
    ended = kehoach("validate", "outputs/a.json", "outputs/b.json")
    assert (ended.code, ended.out) == (0, "")
    assert json.loads(Path("outputs/a.json").read_text())["source"]["file_name"] == "a.txt"


def test_an_evaluation_without_an_output_fails(folder, kehoach):
    Path("gold").mkdir()
    Path("gold/a.json").write_text('{"tasks": []}')
    Path("outputs").mkdir()
    ended = kehoach("evaluate", "gold", "outputs")
    assert ended.code == SOME_FAILED
    assert "no difference" not in ended.out


def test_the_language_may_stand_behind_the_command(folder, kehoach):
    assert kehoach("run", "none.txt", "--lang", "vi").err == kehoach("--lang", "vi", "run", "none.txt").err


@cases("commands/wrong_usage_vi", arguments=list[str], says=str)
def test_wrong_usage_is_said_in_vietnamese(arguments, says, capsys):
    with pytest.raises(SystemExit) as end:
        main(["--lang", "vi", *arguments])
    assert end.value.code == WRONG_USAGE
    assert says in capsys.readouterr().err
