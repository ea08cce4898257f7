"""The agency register: identifies an agency across plans, whatever a plan calls it."""

from pipeline.knowledge.agencies import Title
from pipeline.register.identify import identify
from pipeline.register.lexicon import titles
from pipeline.register.model import Change, PlanOrigin, ProvinceAsOf, RegisteredAgency, Unit
from pipeline.register.places import find_province, provinces, unit
from pipeline.register.successors import changes, successor

__all__ = [
    "Change",
    "RegisteredAgency",
    "PlanOrigin",
    "ProvinceAsOf",
    "Title",
    "Unit",
    "changes",
    "find_province",
    "identify",
    "provinces",
    "successor",
    "titles",
    "unit",
]
