"""A kind of contract for import-linter: behind which doors each outside library stands."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsField(fields.Field[dict[str, list[str]]]):
    """A table of libraries, each with the modules or packages of ours that may import it."""

    def parse(self, raw_data: object) -> dict[str, list[str]]:
        """Check the table as TOML gives it."""
        if not isinstance(raw_data, dict) or not all(isinstance(doors, list) for doors in raw_data.values()):
            raise fields.ValidationError("Expected a table of libraries, each with a list of modules.")
        return raw_data


class LibraryDoors(Contract):
    """Only the doors of a library import it, every library has one, and every door is used.

    `doors` is a table: for each library, by its import name, the modules or packages that may import it (with all below
    them), without the name of the root package. Libraries of Python itself are free for all. What
    `require("library", …)` or `import_module("library")` imports by a literal name counts as well.
    """

    type_name = "library_doors"
    doors = DoorsField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Compare what is imported with the table."""
        (root,) = self.session_options["root_packages"]
        faults: list[str] = []
        unused = {(library, door) for library, doors in self.doors.items() for door in doors}
        ours = {name for name in graph.modules if name == root or name.startswith(f"{root}.")}
        lines: dict[tuple[str, str], set[int]] = defaultdict(set)
        for importer, library, line in _imported_by_name(root):
            lines[library, importer].add(line)
        for library in graph.modules - ours:
            for importer in graph.find_modules_that_directly_import(library):
                found = graph.get_import_details(importer=importer, imported=library)
                lines[library, importer].update(one["line_number"] for one in found)
        for (library, importer), at in sorted(lines.items()):
            if library in sys.stdlib_module_names:
                continue
            allowed = self.doors.get(library, [])
            entered = {door for door in allowed if f"{importer}.".startswith(f"{root}.{door}.")}
            unused -= {(library, door) for door in entered}
            if not entered:
                where, known = ", ".join(map(str, sorted(at))), ", ".join(allowed) or "none"
                faults.append(f"{importer} imports {library} (l. {where}); its doors: {known}")
        faults += [f"{library} has the door {door}, where nothing imports it" for library, door in sorted(unused)]
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print what is imported beside the doors."""
        for fault in check.metadata["faults"]:
            output.print_error(f"- {fault}", bold=False)


def _imported_by_name(root: str) -> Iterator[tuple[str, str, int]]:
    """The libraries that modules of a package import by a literal name: module, library, line."""
    spec = find_spec(root)
    for folder in map(Path, spec.submodule_search_locations or [] if spec else []):
        for file in sorted(folder.rglob("*.py")):
            parts = file.relative_to(folder.parent).with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                    continue
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", None)
                library = str(node.args[0].value).partition(".")[0]
                if called in ("require", "import_module") and library not in ("", root):
                    yield module, library, node.lineno
