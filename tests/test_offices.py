"""One plan, whatever an office saves it as, is read as the same plan: ten layouts, nine formats."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.ingest.office.conversion import program
from pipeline.run import run
from pipeline.schema import Plan
from pipeline.settings import Settings
from tests.layouts import docx, markdown
from tests.layouts.offices import OFFICES
from tests.libreoffice import save

FRESH = Settings(cache="off")
CONVERTED = ("doc", "odt", "rtf", "html", "pdf")
OTHERWISE = {
    ("levels", "html"): "LibreOffice writes lists as <ol>, which has no numbers like 1.1",
    ("cell_lists", "html"): "LibreOffice writes lists as <ul>, which has round bullets alone",
    (
        "framed",
        "pdf",
    ): "the rules of a frame and of the table in it make one grid, with an empty column more",
}
# Where a value stands, and what depends on that.
PLACES = {"boxes", "confidence", "evidence", "made_by", "places", "restorations", "source", "warnings"}

over_layouts = pytest.mark.parametrize("layout", OFFICES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The plans as DOCX, Markdown and text, and, where LibreOffice is there, in the formats that it saves."""
    made = tmp_path_factory.mktemp("offices")
    for name, make in OFFICES.items():
        docx.write(make(), made / f"{name}.docx")
        markdown.write(make(), made / f"{name}.md", repeats=False)
        markdown.write_text(make(), made / f"{name}.txt")
    if office := program():
        for suffix in CONVERTED:
            save(office, [made / f"{name}.docx" for name in OFFICES], suffix, made)
    yield made


@pytest.fixture(scope="module")
def plans(folder: Path) -> dict[str, Plan]:
    """What is read of each plan in DOCX."""
    return {name: run(folder / f"{name}.docx", FRESH) for name in OFFICES}


def without_places(value: Any) -> Any:
    """A plan as JSON without what says where something stands."""
    if isinstance(value, dict):
        return {key: without_places(one) for key, one in value.items() if key not in PLACES}
    return [without_places(one) for one in value] if isinstance(value, list) else value


def meaning(plan: Plan) -> Any:
    return without_places(plan.model_dump(mode="json"))


@over_layouts
def test_all_items_are_read(plans: dict[str, Plan], layout: str) -> None:
    made, plan = OFFICES[layout](), plans[layout]
    wanted = [*made.body, *(item.text for item in (*made.tasks, *made.objectives))]
    assert sorted(one.text for one in (*plan.objectives, *plan.tasks)) == sorted(wanted)


@over_layouts
@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_text_says_what_the_docx_says(folder: Path, plans: dict[str, Plan], layout: str, suffix: str) -> None:
    assert meaning(run(folder / f"{layout}.{suffix}", FRESH)) == meaning(plans[layout])


@pytest.mark.slow
@pytest.mark.skipif(
    program() is None and not os.environ.get("KEHOACH_TEST_REQUIRE"), reason="LibreOffice is not installed"
)
@over_layouts
@pytest.mark.parametrize("suffix", CONVERTED)
def test_other_formats_say_what_the_docx_says(folder: Path, plans: dict[str, Plan], layout: str, suffix: str) -> None:
    if reason := OTHERWISE.get((layout, suffix)):
        pytest.skip(reason)
    assert meaning(run(folder / f"{layout}.{suffix}", FRESH)) == meaning(plans[layout])
