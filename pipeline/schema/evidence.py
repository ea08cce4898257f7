"""Evidence of a value: where it was printed."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue

Box = Annotated[
    list[float],
    Field(min_length=4, max_length=4, description="[x0, y0, x1, y1] in the unit of its page, from the top left corner"),
]


class Described(StrEnum):
    """An enumeration whose values say what they mean; the JSON Schema tells it."""

    description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """Make a member of its value, as JSON writes it, and what it means."""
        made = str.__new__(cls, value)
        made._value_ = value
        made.description = description
        return made

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        made = handler(schema)
        meanings = "; ".join(f"{one.value}: {one.description}" for one in cls)
        return made | {"description": f"{cls.__doc__} {meanings}"}


class ContractModel(BaseModel):
    """The base of every model of the contract: frozen, keys in the order of the fields, numbers finite.

    A field that a later version added is left out on reading; `check` names it.
    """

    model_config = ConfigDict(
        extra="ignore", frozen=True, populate_by_name=True, use_attribute_docstrings=True, allow_inf_nan=False
    )


class Evidence(ContractModel):
    """A stretch of the plan's restored text: `text[start:end] == quote`."""

    page: int | None = Field(description="page number from 1; null where the source has no pages")
    start: int = Field(ge=0, description="offset of the first code point in <stem>.txt")
    end: int = Field(ge=0, description="offset behind the last code point in <stem>.txt")
    quote: str = Field(description="the exact text at these offsets, line breaks included")
    boxes: list[Box] = Field(description="boxes on the page image, one a line; empty where the source has no pages")
    rule: str | None = Field(
        default=None,
        description="id of the rule, or role of the table's column, that made the value; null for a whole item and in "
        "a plan upgraded from 1.x",
    )
