"""The agency register: who an agency is across plans, whatever a plan calls it."""

from pipeline.register.identify import identify
from pipeline.register.lexicon import titles
from pipeline.register.model import Entry, Home, Province, Title, Unit
from pipeline.register.places import find_province, provinces, unit
from pipeline.register.successors import successor

__all__ = [
    "Entry",
    "Home",
    "Province",
    "Title",
    "Unit",
    "find_province",
    "identify",
    "provinces",
    "successor",
    "titles",
    "unit",
]
