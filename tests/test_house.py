"""What keeps the code easy to find one's way in: names that are told apart, small files, small folders."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PIPELINE = Path(__file__).parents[1] / "pipeline"
MODULES = sorted(PIPELINE.rglob("*.py"))
LINES, MODULES_OF_A_FOLDER = 400, 15
TYPE_NAME = re.compile(r"_?[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*")


# Names that two modules share on purpose, and why.
SHARED_NAMES = {"Box": "a box on a page as the pipeline reads it, and as the contract writes it"}


def _type_names(module: Path) -> Iterator[str]:
    """The names of a module's own classes and aliases of types; a type variable is neither."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp() | ast.Name()):
                if TYPE_NAME.fullmatch(name):
                    yield name


def test_no_two_types_share_a_name():
    names = Counter(name for module in MODULES for name in set(_type_names(module)))
    assert {name for name, count in names.items() if count > 1} == set(SHARED_NAMES)


def test_no_module_is_longer_than_one_can_read():
    long = {str(one.relative_to(PIPELINE)): len(one.read_text(encoding="utf-8").splitlines()) for one in MODULES}
    assert {name: lines for name, lines in long.items() if lines > LINES} == {}


def test_no_folder_holds_more_modules_than_one_can_survey():
    folders = Counter(str(module.parent.relative_to(PIPELINE)) for module in MODULES)
    assert {name: count for name, count in folders.items() if count > MODULES_OF_A_FOLDER} == {}
