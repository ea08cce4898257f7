"""A plan from its JSON, whatever wrote it."""

from __future__ import annotations

import json

from pydantic import ValidationError

from pipeline import __version__
from pipeline.errors import InvalidPlanError, PlanVersionError
from pipeline.messages import say
from pipeline.schema import SCHEMA_VERSION, Plan
from pipeline.schema.upgrade import UPGRADED, UpgradeRefusedError, upgrade

_LONGEST = 200  # characters of what is wrong, which may quote the file


def parse(data: bytes, file: str) -> Plan:
    """Read a plan from its JSON; one of contract 1.0 or 1.1 is upgraded.

    Args:
        data: the JSON.
        file: names it in messages.

    Raises:
        PlanVersionError: it keeps a version of the contract that is not known here.
        InvalidPlanError: it is no plan of the contract, or cannot be upgraded.
    """
    try:
        return Plan.model_validate_json(data)
    except ValidationError as error:
        version = _schema_version(data)
        if version in UPGRADED:
            return _upgraded(data, file)
        if version is not None and version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
            raise PlanVersionError(file=file, found=version[:_LONGEST], known=SCHEMA_VERSION) from error
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise InvalidPlanError(file=file, reason=reason[:_LONGEST]) from error


def _upgraded(data: bytes, file: str) -> Plan:
    from pipeline.extract.upgrading import PresentKnowledge

    try:
        return upgrade(json.loads(data), PresentKnowledge(), __version__)
    except UpgradeRefusedError as error:
        found = error.violation
        reason = f"{found.path}: {found.code} {say(found.code, 'en', **dict(found.params))}"
        raise InvalidPlanError(file=file, reason=reason[:_LONGEST]) from error


def _schema_version(data: bytes) -> str | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    version = found.get("schema_version") if isinstance(found, dict) else None
    return version if isinstance(version, str) else None
