"""The templates and assets of all that is shown in a browser: one folder, one environment."""

from __future__ import annotations

from functools import cache, partial
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from pipeline.messages import Language, say

_FOLDER: Final = "assets"


def render(template: str, language: Language, **context: Any) -> str:
    """Fill a template.

    Args:
        template: the name of its file.
        language: of the words around what is shown: there `say` gives those of a plan's page, `word` those of the desk,
            `name_of` those of values, by their whole keys.
        context: what else it names.
    """
    return _environment().get_template(template).render(
        language=language,
        say=partial(_said, "page.", language),
        word=partial(_said, "desk.", language),
        name_of=partial(_said, "", language),
        **context,
    )  # fmt: skip


def _said(room: str, language: Language, key: str, **params: object) -> str:
    return say(f"{room}{key}", language, **params)


@cache
def asset(name: str) -> bytes:
    """A style or a script, by the name of its file."""
    return files("pipeline.web").joinpath(_FOLDER, name).read_bytes()


def compile_templates() -> None:
    """Read all templates, so that none is read when it is asked for."""
    for name in _environment().list_templates(extensions=["j2"]):
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("pipeline.web", _FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
