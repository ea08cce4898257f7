"""The contract: what one plan's JSON file holds. Imports nothing of ours."""

from pipeline.schema.evidence import Box, Evidence
from pipeline.schema.metadata import LegalBasis, Metadata, Organisation, Province, Signer
from pipeline.schema.plan import (
    PageSource,
    Place,
    Plan,
    PlanWarning,
    Section,
    SectionKind,
    Source,
    TableKind,
    TableRecord,
)
from pipeline.schema.provision import (
    Agency,
    Comparison,
    Deadline,
    DeadlineKind,
    Direction,
    Provision,
    Role,
    StatedIn,
    Target,
)
from pipeline.schema.version import SCHEMA_VERSION

__all__ = [
    "SCHEMA_VERSION",
    "Agency",
    "Box",
    "Comparison",
    "Deadline",
    "DeadlineKind",
    "Direction",
    "Evidence",
    "LegalBasis",
    "Metadata",
    "Organisation",
    "PageSource",
    "Place",
    "Plan",
    "PlanWarning",
    "Province",
    "Provision",
    "Role",
    "Section",
    "SectionKind",
    "Signer",
    "Source",
    "StatedIn",
    "TableKind",
    "TableRecord",
    "Target",
]
