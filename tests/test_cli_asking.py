"""The commands that ask the store: what they print and how they exit."""

import json

import pytest

from pipeline.cli import WRONG_USAGE, main
from pipeline.messages import say
from tests.cases import cases
from tests.store.conftest import OUTPUTS, fill

WORDS = {"en": "lead: ", "vi": "chủ trì: "}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = str(tmp_path_factory.mktemp("store") / "plans.db")
    fill(made, OUTPUTS)
    return made


@pytest.fixture
def kehoach(capfd, monkeypatch, store):
    monkeypatch.setenv("KEHOACH_DATABASE", store)

    def run(*arguments, language="en"):
        with pytest.raises(SystemExit) as ended:
            main(["--lang", language, *arguments])
        out, err = capfd.readouterr()
        return ended.value.code, out, err

    return run


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "--role", "lead"),
        ("search", "thu vien xa"),
        ("calendar", "--from", "2023-01-01", "--to", "2030-12-31"),
    ],
)
def test_no_line_ends_in_blanks_or_is_wider_than_the_page(kehoach, arguments, language):
    code, out, _ = kehoach(*arguments, language=language)
    assert code == 0
    lines = out.splitlines()
    assert len(lines) > 10
    assert [line for line in lines if line != line.rstrip() or len(line) > 120] == []
    assert ("lead" not in arguments) or WORDS[language] in out


def refs(out):
    """The items printed, plan by plan."""
    lines = [line.split() for line in out.splitlines()]
    return [words[0] for line, words in zip(out.splitlines(), lines, strict=True) if line.startswith("  ") and words]


def test_items_found_without_words_stand_as_in_their_plan(kehoach):
    _, out, _ = kehoach("search", "--plan", "can-tho-2023.txt", "--kind", "objective")
    found = [ref for ref in refs(out) if ref.startswith("II.")]
    assert [ref.partition("-")[0] for ref in found] == ["II.1", *["II.2"] * 3, *["II.2.b"] * 2, *["II.2.c"] * 2]
    plan = json.loads((OUTPUTS / "can-tho-2023.json").read_text(encoding="utf-8"))
    assert found == [one["id"] for one in plan["objectives"] if one["id"].startswith("II.")]


def test_items_found_by_words_stand_best_first(kehoach):
    _, out, _ = kehoach("search", "thư viện tự học", "--plan", "can-tho-2023.txt", "--json")
    best = [json.loads(line)["ref"] for line in out.splitlines()]
    _, out, _ = kehoach("search", "thư viện tự học", "--plan", "can-tho-2023.txt")
    assert [ref for ref in refs(out) if ref in best] == best
    assert len(best) > 2


def test_each_line_of_json_is_one_item_or_entry(kehoach):
    _, out, err = kehoach("search", "--role", "lead", "--json", "--limit", "3")
    assert [len(json.loads(line)["assigned"]) > 0 for line in out.splitlines()] == [True] * 3
    assert "there are more" in err
    _, out, _ = kehoach("calendar", "--from", "01/12/2023", "--to", "31/12/2023", "--json")
    assert {json.loads(line)["due"] for line in out.splitlines()} == {"2023-12-31"}


@cases("commands/not_asked", arguments=tuple[str, ...], says=str)
def test_what_cannot_be_asked_is_said(kehoach, arguments, says):
    code, out, err = kehoach(*arguments)
    assert code in (1, WRONG_USAGE)
    assert out == ""
    assert says in err


def test_compare_shows_what_was_asked_for(kehoach):
    _, out, _ = kehoach("compare", "can-tho-2023", "vinh-long-2023", "--kind", "target", "--differing")
    assert "100% thư viện lực lượng vũ trang" in out
    assert "60% thư viện công cộng cấp xã" not in out
    assert "tasks:" not in out


def test_a_plan_issued_with_a_decision_goes_by_its_number(kehoach):
    """It has no number of its own, and its file's name says nothing to a reader."""
    _, out, _ = kehoach("search", "--plan", "596/QĐ-UBND", "--limit", "1")
    assert out.startswith("596/QĐ-UBND · Ủy ban nhân dân tỉnh Vĩnh Long · ")
    _, out, _ = kehoach("calendar", "--from", "2023-11-15", "--to", "2023-11-15")
    assert "  596/QĐ-UBND ket-" in out
    code, out, _ = kehoach("compare", "140/KH-UBND", "596/QĐ-UBND", "--kind", "target", "--differing")
    assert (code, "B: 596/QĐ-UBND" in out) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("load", str(OUTPUTS), "--database", "{folder}/plans.db"),
        ("search", "x", "--database", "{folder}/plans.db"),
        ("calendar", "--database", "{folder}/plans.db"),
        ("compare", "x", "y", "--database", "{folder}/plans.db"),
        ("export", "-f", "csv", "-o", "made", "--database", "{folder}/plans.db"),
    ],
)
def test_a_file_of_settings_lies_beside_what_a_command_works_on(kehoach, tmp_path, arguments):
    (tmp_path / "kehoach.toml").write_text("databases = 1\n")
    code, out, err = kehoach(*(one.format(folder=tmp_path) for one in arguments))
    assert (code, out) == (WRONG_USAGE, "")
    assert err == f"E801 {tmp_path}/kehoach.toml: databases: {say('E801', near='database')}\n"


@pytest.mark.parametrize("named", ["", "lai-chau-2023.json"])
def test_a_file_of_settings_in_what_is_loaded_does_not_count(kehoach, tmp_path, named):
    received = tmp_path / "received"
    received.mkdir()
    (received / "lai-chau-2023.json").write_bytes((OUTPUTS / "lai-chau-2023.json").read_bytes())
    (received / "kehoach.toml").write_text(f'database = "{received}/theirs.db"\nunknown = 1\n')
    database = tmp_path / "plans.db"
    assert kehoach("load", str(received / named), "--database", str(database)) == (0, f"{database}: 1 added\n", "")
    assert not (received / "theirs.db").exists()
