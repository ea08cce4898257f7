"""The agency register: identifies an agency across plans, whatever a plan calls it."""

from pipeline.knowledge.agencies import Title
from pipeline.register.identify import identify
from pipeline.register.issuers import issuer_slug
from pipeline.register.lexicon import is_numbered_unit, is_police_unit, titles
from pipeline.register.model import AdministrativeUnit, Change, PlanOrigin, ProvinceAsOf, RegisteredAgency
from pipeline.register.places import find_province, provinces, unit
from pipeline.register.successors import changes, successor

__all__ = [
    "AdministrativeUnit",
    "Change",
    "RegisteredAgency",
    "PlanOrigin",
    "ProvinceAsOf",
    "Title",
    "changes",
    "find_province",
    "identify",
    "is_numbered_unit",
    "is_police_unit",
    "issuer_slug",
    "provinces",
    "successor",
    "titles",
    "unit",
]
