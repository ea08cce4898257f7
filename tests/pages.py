"""The generated tables of docs/messages.md and docs/settings.md."""

import re

from pipeline.errors import KehoachError
from pipeline.messages import LANGUAGES, catalogue, placeholders
from tests.shown import markdown


def classes(base: type[KehoachError] = KehoachError) -> dict[str, str]:
    """The name of the exception class of each code of an error."""
    found = {}
    for kind in base.__subclasses__():
        if code := vars(kind).get("code"):
            found[code] = kind.__name__
        found |= classes(kind)
    return found


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
