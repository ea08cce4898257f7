"""A plan from its JSON, whatever wrote it."""

from __future__ import annotations

import json

from pydantic import ValidationError

from pipeline.errors import InvalidPlanError, PlanVersionError
from pipeline.schema import SCHEMA_VERSION, Plan


def parse(data: bytes, file: str) -> Plan:
    """The plan in the JSON `data` of `file`; raises PlanVersionError or InvalidPlanError."""
    try:
        return Plan.model_validate_json(data)
    except ValidationError as error:
        version = _schema_version(data)
        if version is not None and version.split(".")[0] != SCHEMA_VERSION.split(".")[0]:
            raise PlanVersionError(file=file, found=version, known=SCHEMA_VERSION) from error
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InvalidPlanError(file=file, reason=f"{where}: {first['msg']}" if where else first["msg"]) from error


def _schema_version(data: bytes) -> str | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    version = found.get("schema_version") if isinstance(found, dict) else None
    return version if isinstance(version, str) else None
