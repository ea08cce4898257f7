"""The catalogue and the code agree, in both languages."""

import ast
import pickle
import re
from pathlib import Path
from string import Formatter

import pytest

import pipeline
from pipeline.errors import DamagedError, KehoachError, notice
from pipeline.messages import catalogue, say

CODE = re.compile(r"[EWC]\d{3}")
KEY = re.compile(r"(?:cli|compare)\.[a-z_.]+|place")
PACKAGE = Path(pipeline.__file__).parent


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
CODES = {string for string in STRINGS if CODE.fullmatch(string)}
KEYS = {string for string in STRINGS if KEY.fullmatch(string)}
PATTERN = re.compile(r"(?:cli|compare|kind|role|status|versions)\.[\w.*]+")
MADE = [re.compile(string.replace("*", r"\w+")) for string in STRINGS if PATTERN.fullmatch(string)]


def fields(message):
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


@pytest.mark.parametrize("key", sorted(CODES | KEYS))
def test_what_the_code_says_is_in_the_catalogue(key):
    assert key in catalogue()


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_what_is_in_the_catalogue_is_said(key):
    assert key in CODES | KEYS or any(made.fullmatch(key) for made in MADE)


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_each_message_is_in_both_languages_with_the_same_parameters(key):
    entry = catalogue()[key]
    assert set(entry) == {"en", "vi"}
    assert entry["en"].strip() and entry["vi"].strip()
    assert fields(entry["en"]) == fields(entry["vi"])


def test_a_code_the_catalogue_lacks_fails_at_once():
    with pytest.raises(KeyError):
        notice("E999")


def kinds(base=KehoachError):
    """Every exception class below `base`."""
    return {below for one in base.__subclasses__() for below in (one, *kinds(one))}


def own_code(kind):
    """The code that a class states itself; None of a family."""
    return vars(kind).get("code")


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
