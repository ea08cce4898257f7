"""The kind of import contract that says behind which doors outside libraries stand."""

import pytest
from grimp import ImportGraph

from scripts.import_contracts import LibraryDoors


def faults(doors, *imports):
    """What the contract finds where each of `imports` is a module and what it imports."""
    graph = ImportGraph()
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported, line_number=3, line_contents="")
    options = {"doors": doors}
    contract = LibraryDoors("doors", {"root_packages": ["house"]}, options)
    check = contract.check(graph, verbose=False)
    assert check.kept == (not check.metadata["faults"])
    return check.metadata["faults"]


@pytest.mark.parametrize("importer", ["house.room", "house.room.cupboard"])
def test_a_door_and_what_is_below_it_may_import_its_library(importer):
    assert faults({"lib": ["room"]}, (importer, "lib")) == []


@pytest.mark.parametrize("importer", ["house.other", "house.roomy", "house"])
def test_no_other_module_may(importer):
    found = faults({"lib": ["room"]}, (importer, "lib"), ("house.room", "lib"))
    assert found == [f"{importer} imports lib (l. 3); its doors: room"]


def test_a_library_that_is_not_in_the_table_has_no_door():
    assert faults({}, ("house.room", "lib")) == ["house.room imports lib (l. 3); its doors: none"]


def test_modules_of_the_house_and_of_python_need_no_door():
    assert faults({}, ("house.room", "house.other"), ("house.room", "json")) == []


def test_a_door_that_nobody_uses_is_a_fault():
    found = faults({"lib": ["room", "other"]}, ("house.room", "lib"))
    assert found == ["lib has the door other, where nothing imports it"]


@pytest.mark.parametrize("call", ['require("lib.part", "XLSX")', 'importlib.import_module("lib")'])
def test_what_is_imported_by_a_literal_name_needs_a_door(call, tmp_path, monkeypatch):
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "__init__.py").touch()
    (tmp_path / "house" / "room.py").write_text(f"import_module('json')\nname(import_module(name), {call})\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert faults({}, ("house.room", "house.other")) == ["house.room imports lib (l. 2); its doors: none"]
    assert faults({"lib": ["room"]}, ("house.room", "house.other")) == []
