"""A folder of documents and one of outputs, between which a reader that needs nothing runs."""

from hashlib import sha256

from pipeline.batch import collect, open_journal, run_batch
from pipeline.errors import ProtectedError
from pipeline.schema import PlanWarning, Severity
from pipeline.settings import Settings
from tests.plans import TEXT, a_plan

SETTINGS = Settings(jobs=2, document_seconds=20, sandbox="off")  # what reads here leaves notes


def read(path, settings):
    """A plan of a file, which notes that it was read; or a failure where the file says so."""
    with (path.parent / ".read").open("a") as noted:
        noted.write(f"{path.name}\n")
    content = path.read_text()
    if content == "fail":
        raise ProtectedError(file=path.name, page=2)
    text = f"{TEXT}\n{content}"
    plan = a_plan(path.name, text)
    lost = [PlanWarning(code="W211", severity=Severity.LOST, params={"reason": "?"}, page=1, item=None)]
    warnings = plan.warnings + (lost if content == "lost" else [])
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source, "warnings": warnings}).with_text(text)


class Place:
    """A folder of documents and one of outputs."""

    def __init__(self, top):
        self.inside, self.out = top / "in", top / "out"
        self.inside.mkdir()
        self.out.mkdir()

    def write(self, **contents):
        for name, content in contents.items():
            (self.inside / f"{name}.txt").write_text(content)

    def run(self, settings=SETTINGS, reader=read, **choices):
        """The names of the documents that were read, and the results in order."""
        noted = self.inside / ".read"
        noted.unlink(missing_ok=True)
        with open_journal(self.out, settings) as journal:
            files = collect([self.inside], self.out)
            results = list(run_batch(files, journal, reader, settings, **choices))
        names = sorted(noted.read_text().split()) if noted.exists() else []
        return names, sorted(results, key=lambda result: result.index)

    def outputs(self):
        return {path.name: path.read_bytes() for path in self.out.iterdir() if not path.name.startswith(".")}
