r"""Formulas that programs write into text in LaTeX: "$\geq 80\%$" is "≥ 80%", "\(10^{6}\)" is "10⁶"."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A formula has a command, a raised or lowered part, or nothing but a number: "$" may be a currency.
_FORMULA = re.compile(
    r"(?<![\\$\w])\$(?!\s)(?P<dollars>[^$\n]{1,200}?)(?<![\s\\])\$(?![$\w])|\\\((?P<round>[^\n]{1,200}?)\\\)"
)
_IS_ONE = re.compile(r"\\[A-Za-z%,;]|[\^_]|^[\d.,\s%<>=+±≤≥-]+$")
_TOKEN = re.compile(
    r"\\(?P<wrap>mathrm|mathbf|mathit|text|textbf|textit|operatorname)\s*\{"
    r"|\\(?P<name>[A-Za-z]+)\s?|\\(?P<sign>[%$#&_{},;:! ])"
    r"|\^\{?(?P<raised>[\d*+-]{1,3}|\\circ)\}?|[{}_]"
)
_SIGNS = {
    "geq": "≥", "ge": "≥", "geqslant": "≥", "leq": "≤", "le": "≤", "leqslant": "≤", "gt": ">", "lt": "<",
    "times": "×", "cdot": ".", "pm": "±", "div": ":", "approx": "≈", "sim": "~", "rightarrow": "→", "to": "→",
    "Rightarrow": "⇒", "degree": "°", "circ": "°", "quad": " ", "qquad": " ", "ldots": "…", "dots": "…", "percent": "%",
}  # fmt: skip
_SPACES = {",": " ", ";": " ", ":": " ", "!": "", " ": " "}
_RAISED = str.maketrans("0123456789+-*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻*")


def has_formulas(text: str) -> bool:
    """Tell whether a text has formulas with commands of LaTeX."""
    return any("\\" in hit.group() for hit in _formulas(text))


def formula_signs(raw: str) -> Iterator[tuple[int, int, str]]:
    """What of a line is LaTeX: where it begins and ends, and what is printed in its place."""
    for hit in _formulas(raw):
        inner = "dollars" if hit["dollars"] is not None else "round"
        yield hit.start(), hit.start(inner), ""
        for token in _TOKEN.finditer(raw, *hit.span(inner)):
            yield token.start(), token.end(), _printed(token)
        yield hit.end(inner), hit.end(), ""


def _formulas(text: str) -> Iterator[re.Match[str]]:
    for hit in _FORMULA.finditer(text):
        if _IS_ONE.search(hit["dollars"] if hit["dollars"] is not None else hit["round"]):
            yield hit


def _printed(token: re.Match[str]) -> str:
    if token["name"]:
        return _SIGNS.get(token["name"], token.group())
    if token["sign"]:
        return _SPACES.get(token["sign"], token["sign"])
    if token["raised"]:
        return "°" if token["raised"] == "\\circ" else token["raised"].translate(_RAISED)
    return ""
