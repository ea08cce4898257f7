"""The written forms of the contract."""

import json
from pathlib import Path

import jsonschema
import pytest

from pipeline.schema import Plan
from pipeline.schema.rendering import SCHEMA_FILE, json_schema, plan_json, schema_json
from tests.plans import a_plan

PROJECT = Path(__file__).parents[2]


def test_the_schema_in_the_repository_is_that_of_the_models():
    """If this fails: raise SCHEMA_VERSION if the change is seen outside, then `kehoach schema --write`."""
    assert (PROJECT / "schemas" / SCHEMA_FILE).read_text(encoding="utf-8") == schema_json()


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json_schema()["$id"] == "urn:kehoach:plan:2.0"


def models(schema):
    return {"Plan": schema} | {name: model for name, model in schema["$defs"].items() if "properties" in model}


@pytest.mark.parametrize("name", sorted(models(json_schema())))
def test_each_model_is_open_and_complete_and_described(name):
    model = models(json_schema())[name]
    assert "additionalProperties" not in model  # a reader meets fields of a later version
    assert model["required"] == list(model["properties"])
    assert model["description"]
    assert [key for key, field in model["properties"].items() if not field.get("description")] == []


def enumerations(node, described=""):
    """Each list of values in a schema, with what is said where it stands."""
    described = node.get("description", described)
    if "enum" in node or "const" in node:
        yield node.get("enum", [node.get("const")]), described
    for name, below in node.items():
        for one in below if isinstance(below, list) else [below]:
            if isinstance(one, dict):
                yield from enumerations(one, described if name == "anyOf" else "")


def test_each_value_of_an_enumeration_is_described():
    found = list(enumerations(json_schema()))
    assert len(found) > 10
    assert [value for values, described in found for value in values if f"{value}: " not in described] == []


def test_a_plan_keeps_the_schema():
    jsonschema.validate(json.loads(plan_json(a_plan())), json_schema())


def test_a_plan_is_written_with_its_letters_and_keys_in_order():
    printed = plan_json(a_plan())
    assert "Sở Tài chính" in printed
    assert printed.endswith("}\n")
    assert list(json.loads(printed)) == list(Plan.model_fields)


def test_a_plan_comes_back_from_its_json():
    assert Plan.model_validate_json(plan_json(a_plan())) == Plan.model_validate(a_plan().model_dump(by_alias=True))
