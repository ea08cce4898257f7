"""What people corrected in a plan: `<name>.corrections.jsonl` beside the JSON, only ever added to."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from pydantic import Field, JsonValue

from pipeline.schema.evidence import ContractModel

CORRECTIONS_SUFFIX: Final = ".corrections.jsonl"
"""Behind the name of the outputs of a document."""
CORRECTED: Final = "correction"
"""The rule of a value that people made: `evidence.rule`."""
REVIEWED: Final = "review"
"""The path by which somebody says that a plan is reviewed: `new` is true."""
TAKEN_BACK: Final = "corrections"
"""The path that takes earlier lines back: those of `old`, their `at` and `by`."""


class Correction(ContractModel):
    """One correction: a line of the file.

    `path` names a field or a list of the plan, steps parted by "/"; an item is named by its id: "metadata/number",
    "tasks/III.1.a/text", "tasks/III.1.a/agencies". Of a list one element is meant: `old` null adds `new`, `new` null
    takes `old` out, with both `old` becomes `new`; `old` may give some of its fields only. The same old and new confirm
    what the machine read. "tasks/III.1.a/kind" from "task" to "objective" moves an item. "review" says that the plan is
    reviewed; "corrections" takes lines back, of `at` and `by` in `old`, as if they had never been there.
    """

    at: datetime = Field(description="when, in UTC")
    by: str = Field(min_length=1, description="who")
    path: str = Field(min_length=1, description='what: "tasks/III.1.a/agencies"')
    old: JsonValue = Field(description="what stood there; null where something is added")
    new: JsonValue = Field(description="what stands there now; null where something is taken out")
    why: str | None = Field(default=None, description="why, in words")
    item_text: str | None = Field(
        default=None, description="the item's text, by which it is found when its id has changed"
    )
    sha256: str | None = Field(default=None, description="source.sha256 of the plan it was made on")
