"""A reader for tests: what a file says becomes of it."""

from hashlib import sha256

from pipeline.errors import DamagedError, ProtectedError
from tests.plans import TEXT, a_plan


def read(path, settings):
    """A plan of a file, or a failure where the file says so."""
    content = path.read_text()
    if content == "fail":
        raise ProtectedError(file=path.name, page=2)
    if content == "other failure":
        raise DamagedError(file=path.name, reason="=2")
    plan = a_plan(path.name, f"{TEXT}\n{content}")
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(plan.text)
