"""The generated tables of docs/messages.md, docs/settings.md and docs/extraction.md."""

import json
import re
from typing import Any

import typer

from pipeline.cli import app
from pipeline.errors import KehoachError
from pipeline.extract.grammar import Grammar
from pipeline.messages import LANGUAGES, catalogue, placeholders
from pipeline.settings import Settings, Unit, takes, variable
from tests.shown import markdown


def classes(base: type[KehoachError] = KehoachError) -> dict[str, str]:
    """The name of the exception class of each code of an error."""
    found = {}
    for kind in base.__subclasses__():
        if code := vars(kind).get("code"):
            found[code] = kind.__name__
        found |= classes(kind)
    return found


def rules(grammar: Grammar) -> str:
    """The rules of a grammar by category: what each reads in its examples, and what it makes nothing of."""
    found = []
    for rule in grammar.rules:
        reads = "<br>".join(
            f"{_code(text)} {'→ ' + _code(shown) if shown != 'nothing' else ''}" for text, shown in rule.reads.items()
        )
        refuses = "<br>".join(map(_code, rule.refuses))
        found.append([f"`{grammar.name}.{rule.id}`", reads, refuses])
    return markdown(["rule", "reads", "makes nothing of"], found)


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|").replace("\n", " ")


def messages(group: str) -> str:
    """The codes of a group (E1, W2 …): what happened, what to do, what was lost."""
    codes = sorted(code for code in catalogue() if re.fullmatch(rf"{group}\d\d", code))
    names = classes()
    if group.startswith("C"):
        return markdown(["code", "what is wrong"], [[code, _both(code, "what")] for code in codes])
    found = [
        [
            f"{code}<br>`{names[code]}`" if code in names else code,
            _both(code, "what"),
            _both(code, "do", "advice"),
            catalogue()[code].lost or "",
        ]
        for code in codes
    ]
    return markdown(["code", "what happened", "what to do", "lost"], found)


def groups() -> list[str]:
    """The groups of codes that there are."""
    return sorted({code[:2] for code in catalogue() if re.fullmatch(r"[A-Z]\d{3}", code)})


def _both(code: str, *names: str) -> str:
    """What the first of the named fields that is filled says, in English and Vietnamese."""
    said = []
    for language in LANGUAGES:
        words = next(filter(None, (getattr(catalogue()[code].words[language], name) for name in names)))
        said.append(words.format(**dict.fromkeys(placeholders(words), "…")).replace("|", "\\|"))
    return "{}<br>*{}*".format(*said)


def settings() -> str:
    """Every setting: its variable, meaning, unit, values and default, and the option that wins over it."""
    given = options()
    found = []
    for name, field in Settings.model_fields.items():
        unit = next((one.name for one in field.metadata if isinstance(one, Unit)), "")
        default = "all cores" if field.default_factory else f"`{_toml(field.default)}`"
        meaning = (field.description or "").replace("<", "\\<")
        option = f"`{given[name]}`" if name in given else ""
        found.append([f"`{variable(name)}`", meaning, unit, takes(name), default, option])
    return markdown(["variable", "meaning", "unit", "takes", "default", "option"], found)


def options() -> dict[str, str]:
    """The options of commands by the settings that they stand for."""
    command: Any = typer.main.get_command(app)
    parameters = [one for below in (command, *command.commands.values()) for one in below.params]
    long = {opt for one in parameters for opt in one.opts if opt.startswith("--")}
    return {name: opt for opt in sorted(long) if (name := opt[2:].replace("-", "_")) in Settings.model_fields}


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
