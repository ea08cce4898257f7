"""Writing a plan as JSON, and the JSON Schema of all plans."""

from __future__ import annotations

import json
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from pipeline.schema.plan import Plan
from pipeline.schema.version import SCHEMA_VERSION

SCHEMA_FILE: Final = f"kehoach-plan-{SCHEMA_VERSION}.json"
"""The name of the schema's file in `schemas/`."""


def plan_json(plan: Plan) -> str:
    """Write the content of `<stem>.json`: UTF-8 letters, indented, keys in the order of the fields."""
    return plan.model_dump_json(indent=2, by_alias=True) + "\n"


class _AsWritten(GenerateJsonSchema):
    """Every key is always written; a title made of the key's name would only repeat it."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def field_is_required(self, field: Any, total: bool) -> bool:
        return True


def json_schema() -> dict[str, Any]:
    """Make the JSON Schema (2020-12) of the contract."""
    made = Plan.model_json_schema(mode="serialization", schema_generator=_AsWritten)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:kehoach:plan:{SCHEMA_VERSION}",
        "title": f"kehoach plan {SCHEMA_VERSION}",
    }
    return head | {key: value for key, value in made.items() if key not in head}


def schema_json() -> str:
    """Write the content of the schema's file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
