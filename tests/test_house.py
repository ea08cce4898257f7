"""What keeps the code easy to find one's way in: names that are told apart, small files, small folders."""

import ast
from collections import Counter
from pathlib import Path

PIPELINE = Path(__file__).parents[1] / "pipeline"
MODULES = sorted(PIPELINE.rglob("*.py"))
LINES, MODULES_OF_A_FOLDER = 400, 15


def test_no_two_classes_share_a_name():
    names = Counter(
        node.name
        for module in MODULES
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_no_module_is_longer_than_one_can_read():
    long = {str(one.relative_to(PIPELINE)): len(one.read_text(encoding="utf-8").splitlines()) for one in MODULES}
    assert {name: lines for name, lines in long.items() if lines > LINES} == {}


def test_no_folder_holds_more_modules_than_one_can_survey():
    folders = Counter(str(module.parent.relative_to(PIPELINE)) for module in MODULES)
    assert {name: count for name, count in folders.items() if count > MODULES_OF_A_FOLDER} == {}
