"""Wrong usage of the command, said in the reader's language; the parser says it in English alone."""

from __future__ import annotations

import re
from typing import Any

import typer

from pipeline.cli.app import message
from pipeline.messages import Language, say

UsageError: type[Any] = typer.BadParameter.__mro__[1]
"""What the parser raises; typer gives no name to it."""

_GIVEN = re.compile(r"(?<= )['(](.*)[')]")  # the word at fault stands in the parser's message alone


def say_usage(error: Any, language: Language) -> None:
    """Say on standard error what is wrong with the arguments, and where help is."""
    words = _words(error, language)
    if words is None:
        error.show()
        return
    message(words)
    if error.ctx is not None:
        message(say("cli.usage.help", language, command=error.ctx.command_path))


def _words(error: Any, language: Language) -> str | None:
    """None where the parser's own words have to do."""
    kind = type(error).__name__
    if kind == "NoSuchOption":
        near = ", ".join(sorted(error.possibilities or ()))
        key = "cli.usage.near" if near else "cli.usage.option"
        return say(key, language, name=error.option_name, near=near)
    if kind == "BadOptionUsage":
        return say("cli.usage.value", language, name=error.option_name)
    if kind == "MissingParameter" and error.param is not None:
        return say("cli.usage.missing", language, name=_named(error.param))
    if kind == "BadParameter" and error.param is not None:
        expects = " – ".join(filter(None, (error.param.metavar, error.param.help)))
        return say("cli.usage.wrong", language, name=_named(error.param), expects=expects)
    if kind == "UsageError" and error.ctx is not None:
        known = ", ".join(sorted(getattr(error.ctx.command, "commands", ())))
        given = _GIVEN.search(error.message)
        key = "cli.usage.command" if known else "cli.usage.extra"
        return say(key, language, known=known, given=given[1] if given else "…")
    return None


def _named(param: Any) -> str:
    """An option by its longest name, an argument by what stands for it in help."""
    return str(param.metavar or param.name) if param.param_type_name == "argument" else str(max(param.opts, key=len))
