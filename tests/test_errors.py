"""The catalogue and the code agree, in both languages."""

import ast
import pickle
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

import pipeline
from pipeline.errors import DamagedError, KehoachError, ProtectedError, notice
from pipeline.messages import LANGUAGES, Loss, catalogue, placeholders, say

CODE = re.compile(r"[EWC]\d{3}")
KEY = re.compile(r"(?:cli|compare|desk|page)\.(?!bmp|css|js|html)[a-z_.]+|place")
ALLOWED = {  # what reads JSON knows a warning by its code alone
    "export/archive_record.py",  # that a plan's language is not Vietnamese
    "schema/upgrade/items.py",  # plans of 1.0 and 1.1
    "schema/upgrade/upgrading.py",
    "schema/upgrade/warnings.py",
    "store/loading/rows.py",  # that a copy is not whole
    "store/migrations/versions/0002_contract_2.py",
    "web/page/questions.py",  # which list of an item a doubt is about
}
PACKAGE = Path(pipeline.__file__).parent
MESSAGES = PACKAGE / "messages"


def strings(node):
    """Every text in the code below `node`; what is computed in an f-string as *."""
    if isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    else:
        for below in ast.iter_child_nodes(node):
            yield from strings(below)


STRINGS = {
    string for path in sorted(PACKAGE.rglob("*.py")) for string in strings(ast.parse(path.read_text(encoding="utf-8")))
}
TEMPLATES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.j2")))
ROOMS = {"say": "page.", "word": "desk.", "name_of": ""}  # functions of the templates, and what they put before a key
STRINGS |= {
    f"{ROOMS[name]}{key}{'*' if more else ''}"
    for name, key, more in re.findall(r"\b(say|word|name_of)\([\"']([a-z_.]+)[\"']( ~)?", TEMPLATES)
}
CODES = {string for string in STRINGS if CODE.fullmatch(string)}
KEYS = {string for string in STRINGS if KEY.fullmatch(string)}
PATTERN = re.compile(r"(?:cli|compare|desk|kind|page|role|status|versions)\.[\w.*]+")
MADE = [re.compile(string.replace("*", r"\w+")) for string in STRINGS if PATTERN.fullmatch(string)]


@pytest.mark.parametrize("key", sorted(CODES | KEYS))
def test_what_the_code_says_is_in_the_catalogue(key):
    assert key in catalogue()


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_what_is_in_the_catalogue_is_said(key):
    assert key in CODES | KEYS or any(made.fullmatch(key) for made in MADE)


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_each_message_is_in_both_languages_with_the_same_parameters(key):
    english, vietnamese = (catalogue()[key].words[language] for language in LANGUAGES)
    assert english.what.strip() and vietnamese.what.strip()
    assert placeholders(english.message) == placeholders(vietnamese.message)


@pytest.mark.parametrize("key", [key for key in sorted(catalogue()) if re.fullmatch(r"[EW]\d{3}", key)])
def test_each_error_and_warning_says_what_to_do_and_what_was_lost(key):
    assert catalogue()[key].lost in get_args(Loss)
    for words in catalogue()[key].words.values():
        assert bool(words.do) != bool(words.advice)


def test_a_key_is_in_one_file_of_the_catalogue():
    keys = Counter(
        key for file in sorted(MESSAGES.glob("*.toml")) for key in tomllib.loads(file.read_text(encoding="utf-8"))
    )
    assert keys == Counter(dict.fromkeys(catalogue(), 1))


def kinds(base=KehoachError):
    """Every exception class below `base`."""
    return {below for one in base.__subclasses__() for below in (one, *kinds(one))}


def own_code(kind):
    """The code that a class states itself; None of a family."""
    return vars(kind).get("code")


def said_in_code():
    """Every place that raises an error or makes a notice of a code it names: where, the code, the parameters given."""
    codes = {kind.__name__: code for kind in kinds() if (code := own_code(kind))}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                given = {keyword.arg for keyword in node.keywords}
                if node.func.id in codes:
                    yield f"{path.name}:{node.lineno}", codes[node.func.id], given - {"file", "page"}
                elif node.func.id == "notice" and isinstance(node.args[0], ast.Constant):
                    yield f"{path.name}:{node.lineno}", node.args[0].value, given - {"page"}


def test_every_message_is_given_the_parameters_it_wants():
    wrong = [
        (where, code, given)
        for where, code, given in said_in_code()
        if given != placeholders(catalogue()[code].words["en"].message)
    ]
    assert wrong == []


def test_a_code_the_catalogue_lacks_fails_at_once():
    with pytest.raises(KeyError):
        notice("E999")


def test_each_code_of_an_error_has_one_class():
    codes = sorted(code for kind in kinds() if (code := own_code(kind)))
    assert codes == sorted(key for key in catalogue() if re.fullmatch(r"E\d{3}", key))


@pytest.mark.parametrize("kind", sorted((kind for kind in kinds() if not own_code(kind)), key=str))
def test_a_family_has_members(kind):
    assert kinds(kind)


def test_no_flow_hangs_on_a_code():
    """Callers catch classes and look at values: a code is for people, and for programs outside."""
    compared = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare) and any(CODE.fullmatch(string) for string in strings(node))
    ]
    assert compared == []


def test_an_error_says_code_file_page_and_what_to_do():
    error = DamagedError(file="a.pdf", page=3, reason="no xref")
    assert str(error) == error.text() == "E105 a.pdf, p. 3: " + say("E105", reason="no xref")
    assert error.text("vi") == "E105 a.pdf, trang 3: " + say("E105", "vi", reason="no xref")


def test_an_error_crosses_to_another_process():
    error = DamagedError(file="a.pdf", page=3, reason="no xref")
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.text()) == (DamagedError, error.text())


def test_an_error_can_be_told_of_the_file_with_its_folder():
    error = DamagedError(file="a.pdf", page=3, reason="no xref").renamed("in/a.pdf")
    assert (type(error), error.text()) == (DamagedError, "E105 in/a.pdf, p. 3: " + say("E105", reason="no xref"))


def test_a_notice_is_said_in_both_languages_from_its_parameters():
    said = notice("W204", 3, reason="no xref")
    assert (said.text(), said.text("vi")) == (say("W204", reason="no xref"), say("W204", "vi", reason="no xref"))


def codes_at_large(tree):
    """The lines with a code that is neither an argument nor stated by a class: what follows would hang on it."""
    named = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            named |= {id(one) for part in node.body for one in ast.walk(part) if isinstance(part, ast.Assign)}
        elif isinstance(node, ast.Call):
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            arguments += [
                one for given in arguments if isinstance(given, ast.IfExp) for one in (given.body, given.orelse)
            ]
            named |= {id(one) for one in arguments}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
        if id(node) not in named and not node.value.startswith("C")
    ]


def test_no_program_flow_hangs_on_a_code():
    found = {path: codes_at_large(ast.parse(path.read_text(encoding="utf-8"))) for path in PACKAGE.rglob("*.py")}
    assert {str(path.relative_to(PACKAGE)) for path, lines in found.items() if lines} <= ALLOWED


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('notice("W201" if whole else "W202", 3)', []),
        ('class Wrong(Exception):\n    code = "E101"', []),
        ('notice("W201" if code == "W203" else "W202")', [1]),
        ('FOREIGN = "W203"', [1]),
        ('def kind():\n    return 1, "W309"', [2]),
        ('class Wrong:\n    def is_it(self, code):\n        return code == "E101"', [3]),
    ],
)
def test_a_code_at_large_is_seen(code, lines):
    assert codes_at_large(ast.parse(code)) == lines


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("kế hoạch.pdf", "kế hoạch.pdf"),
        ("\x1b[31mred\x1b]0;t\x07.pdf", "␛[31mred␛]0;t␇.pdf"),
        ("a\nE999 b: forged", "a␊E999 b: forged"),
        ("a\u202efdp.exe", "a\ufffdfdp.exe"),
        ("\x9b31m", "\ufffd31m"),
    ],
)
def test_names_are_printed_and_command_no_terminal(name, shown):
    assert ProtectedError(file=name).text().startswith(f"E103 {shown}: ")
    assert ProtectedError(file=name, page=2).text().startswith(f"E103 {shown}, p. 2: ")
    assert shown in say("cli.left", "en", count=1, paths=name)
