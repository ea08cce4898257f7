"""Evidence of a value: where it was printed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Box = Annotated[
    list[float], Field(min_length=4, max_length=4, description="[x0, y0, x1, y1] in points, top left origin")
]


class ContractModel(BaseModel):
    """The base of every model of the contract: closed, frozen, keys in the order of the fields, numbers finite."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False)


class Evidence(ContractModel):
    """A stretch of the plan's restored text: `text[start:end] == quote`."""

    page: int | None = Field(description="page number from 1; null where the source has no pages")
    start: int = Field(ge=0, description="offset of the first code point in <stem>.txt")
    end: int = Field(ge=0, description="offset behind the last code point in <stem>.txt")
    quote: str = Field(description="the exact text at these offsets, line breaks included")
    boxes: list[Box] = Field(description="boxes on the page image, one a line; empty where the source has no pages")
