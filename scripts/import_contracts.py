"""A kind of contract for import-linter: behind which doors each outside library stands."""

from __future__ import annotations

import sys

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
    them), without the name of the root package. Libraries of Python itself are free for all.
    """

    type_name = "library_doors"
    doors = DoorsField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Compare what is imported with the table."""
        (root,) = self.session_options["root_packages"]
        faults: list[str] = []
        unused = {(library, door) for library, doors in self.doors.items() for door in doors}
        ours = {name for name in graph.modules if name == root or name.startswith(f"{root}.")}
        for library in sorted(graph.modules - ours - sys.stdlib_module_names):
            allowed = self.doors.get(library, [])
            for importer in sorted(graph.find_modules_that_directly_import(library)):
                entered = {door for door in allowed if f"{importer}.".startswith(f"{root}.{door}.")}
                unused -= {(library, door) for door in entered}
                if not entered:
                    found = graph.get_import_details(importer=importer, imported=library)
                    lines = ", ".join(str(one["line_number"]) for one in found)
                    known = ", ".join(allowed) or "none"
                    faults.append(f"{importer} imports {library} (l. {lines}); its doors: {known}")
        faults += [f"{library} has the door {door}, where nothing imports it" for library, door in sorted(unused)]
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print what is imported beside the doors."""
        for fault in check.metadata["faults"]:
            output.print_error(f"- {fault}", bold=False)
