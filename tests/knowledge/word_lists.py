"""Every list of words under pipeline/: in data files and in Python code."""

import ast
import csv
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.language.folding import fold

PROJECT = Path(__file__).parents[2]
PIPELINE = PROJECT / "pipeline"
_ALTERNATIVE = re.compile(r"[^|()\[\]]+")
_SIGNS = re.compile(r"[][()|\\?*+^$]")  # of a pattern
_WORDS = re.compile(r"[^\W\d_]+(?:[ ,-]+[^\W\d_]+)*")
_VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")


@dataclass(frozen=True)
class WordList:
    """A list: its file, where it stands there, and its words, folded."""

    file: str
    at: str
    words: frozenset[str]
    plain: bool = True  # no alternatives of a pattern

    def __str__(self) -> str:
        return f"{self.file} {self.at}"


def in_data() -> Iterator[WordList]:
    """The lists of all data files: arrays, keys and texts of tables, alternatives of patterns, columns, lines."""
    for path in sorted(PIPELINE.rglob("*")):
        name = str(path.relative_to(PROJECT))
        if path.parent.name == "mined" and path.suffix == ".csv":
            continue  # counts over texts: any word may stand there
        if path.suffix == ".toml":
            yield from _toml(name, "", tomllib.loads(path.read_text(encoding="utf-8")))
        elif path.suffix == ".csv":
            lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
            rows = list(csv.DictReader(lines))
            for column in rows[0]:
                yield plain(name, column, (row[column] for row in rows))
        elif path.suffix == ".txt":
            yield plain(name, "lines", path.read_text(encoding="utf-8").splitlines())


def in_code() -> Iterator[WordList]:
    """The lists of Python code: what stands in one tuple, set, list, dictionary or pattern."""
    for path in sorted(PIPELINE.rglob("*.py")):
        name = str(path.relative_to(PROJECT))
        for at, node in _expressions(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Tuple | ast.List | ast.Set):
                yield plain(name, at, _strings(node.elts))
            elif isinstance(node, ast.Dict):
                yield plain(name, at, _strings(node.keys))
            elif isinstance(node, ast.JoinedStr):
                yield pattern(name, at, ["".join(_strings(node.values, between="|"))])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
                yield pattern(name, at, [node.value])


def _expressions(tree: ast.AST, at: str = "module") -> Iterator[tuple[str, ast.AST]]:
    """All expressions, each with what it stands in: the name of a constant, function or class of the module."""
    for node in ast.iter_child_nodes(tree):
        name = at
        if at == "module":
            match node:
                case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.Assign(targets=[ast.Name(id=name)]):
                    pass
                case ast.AnnAssign(target=ast.Name(id=name)):
                    pass
        yield name, node
        if not isinstance(node, ast.JoinedStr):
            yield from _expressions(node, name)


def _strings(nodes: list[Any], between: str | None = None) -> Iterator[str]:
    """The texts among expressions; `between` in place of what is no text."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif between is not None:
            yield between


def _toml(name: str, at: str, value: Any) -> Iterator[WordList]:
    if isinstance(value, dict):
        yield plain(name, at or "keys", value)
        yield plain(name, f"{at} =", (one for one in value.values() if isinstance(one, str)))
        for key, one in value.items():
            yield from _toml(name, f"{at}.{key}".lstrip("."), one)
    elif isinstance(value, list):
        strings = [one for one in value if isinstance(one, str)]
        yield plain(name, at, (one for one in strings if not _SIGNS.search(one)))
        yield pattern(name, at, strings)
        for number, one in enumerate(value):
            if isinstance(one, dict):
                yield from _toml(name, f"{at}[{one.get('name') or one.get('code') or number}]", one)
    elif isinstance(value, str) and "|" in value:
        yield pattern(name, at, [value])


def plain(name: str, at: str, words: Iterable[str]) -> WordList:
    """A list, of what in it is Vietnamese words; the signs of a pattern around them are left out."""
    found = (match.group() for word in words for match in [_WORDS.search(fold(word))] if match)
    return WordList(name, at, frozenset(word for word in found if _VIETNAMESE.search(word)))


def pattern(name: str, at: str, patterns: Iterable[str]) -> WordList:
    """The alternatives of patterns."""
    parts = (part for one in patterns if "|" in one for part in _ALTERNATIVE.findall(one))
    return replace(plain(name, at, parts), plain=False)
