"""The catalogue and the code agree, in both languages."""

import ast
import pickle
import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pipeline
from pipeline.errors import KehoachError, catalogue, notice, say, translate

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


@pytest.mark.parametrize("key", [key for key in sorted(catalogue()) if CODE.fullmatch(key)])
def test_a_stored_message_can_be_said_in_vietnamese(key):
    params = {name: f"⟨{name} 1⟩" for name in fields(catalogue()[key]["en"])}
    assert translate(key, say(key, "en", **params), "vi") == say(key, "vi", **params)


@given(st.text())
def test_any_parameter_survives_translation(reason):
    assert translate("E105", say("E105", reason=reason), "vi") == say("E105", "vi", reason=reason)


@pytest.mark.parametrize("code", ["E105", "W999"])
def test_a_message_of_another_version_stays_as_it_is(code):
    assert translate(code, "words of another time", "vi") == "words of another time"


def test_a_code_the_catalogue_lacks_fails_at_once():
    with pytest.raises(KeyError):
        notice("E999")


def test_an_error_says_code_file_page_and_what_to_do():
    error = KehoachError("E105", file="a.pdf", page=3, reason="no xref")
    assert error.text() == "E105 a.pdf, p. 3: " + say("E105", reason="no xref")
    assert error.text("vi") == "E105 a.pdf, trang 3: " + say("E105", "vi", reason="no xref")


def test_an_error_crosses_to_another_process():
    error = KehoachError("E105", file="a.pdf", page=3, reason="no xref")
    back = pickle.loads(pickle.dumps(error))
    assert (back.code, back.file, back.notice) == (error.code, error.file, error.notice)
