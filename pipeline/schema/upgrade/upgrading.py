"""A plan of 1.x as a plan of 2.0.

What 2.0 has and 1.x had not is told by a caller who knows the register, or stays empty: rules of values, sizes of
pages, digital signatures, probabilities of restored words. A warning of the plan says so.
"""

from __future__ import annotations

import json
from typing import Final

from pydantic import ValidationError

from pipeline.schema.checking import Violation, misfits, violation
from pipeline.schema.identities import Identities, unnamed_plan
from pipeline.schema.plan import Plan
from pipeline.schema.upgrade.items import ItemUpgrade, evidence_of, number_item
from pipeline.schema.upgrade.knowledge import Knowledge, Raw
from pipeline.schema.upgrade.warnings import SortedWarnings, sort_warnings, warning
from pipeline.schema.version import SCHEMA_VERSION

UPGRADED: Final = ("1.0", "1.1")
"""The versions that can be upgraded."""

_PICTURED = ("ocr", "restored_layer")
_ITEM_KINDS = ("objectives", "tasks")


class UpgradeRefusedError(Exception):
    """A plan cannot be upgraded; `violation` says why, and at which place of it."""

    def __init__(self, found: Violation) -> None:
        """Refuse because of what was found."""
        super().__init__(found)
        self.violation = found


def read_json(data: bytes) -> object:
    """Read the JSON of a plan.

    Raises:
        UpgradeRefusedError: it is none.
    """
    try:
        return json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UpgradeRefusedError(violation("$", "C501", problem=error)) from error


def upgrade(raw: object, knowledge: Knowledge, program_version: str, draft: str | None = None) -> Plan:
    """Upgrade a plan.

    Args:
        raw: the plan, as its JSON gives it.
        knowledge: of its agencies, of words, and of how far values can be trusted.
        program_version: of who upgrades; `made_by` says it.
        draft: the line of its head that says that it is a draft; None where there is none, or nobody looked.

    Raises:
        UpgradeRefusedError: it is of another version, or does not keep the contract of its own.
    """
    if not isinstance(raw, dict) or raw.get("schema_version") not in UPGRADED:
        said = raw.get("schema_version") if isinstance(raw, dict) else None
        raise UpgradeRefusedError(violation("$.schema_version", "C516", version=said, known=", ".join(UPGRADED)))
    try:
        return Plan.model_validate(_upgraded(raw, knowledge, program_version, draft))
    except ValidationError as error:
        raise UpgradeRefusedError(misfits(error)[0]) from error
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        problem = f"{type(error).__name__}: {error}"
        raise UpgradeRefusedError(violation("$", "C517", version=raw["schema_version"], problem=problem)) from error


def _upgraded(raw: Raw, knowledge: Knowledge, program_version: str, draft: str | None) -> Raw:
    metadata = raw["metadata"]
    issuer = metadata["issuer"]["name"] if metadata["issuer"] else None
    province = metadata["province"]
    knowledge.about(province["code"] if province else None, metadata["issued_on"], issuer)
    identities = Identities()
    sections = _sections(raw, identities)
    old_tables = raw.get("tables", [])
    tables = [one | {"id": identities.table(one["title"], one["header"], one["rows"])} for one in old_tables]
    numbered = _numbered(raw, identities)
    has_pages = raw["source"]["page_count"] is not None
    said = sort_warnings(raw["warnings"], {old: new for old, (new, _) in numbered.items()}, has_pages)
    items = ItemUpgrade(
        knowledge,
        said,
        sections,
        {old["id"]: new["id"] for old, new in zip(old_tables, tables, strict=True)},
        {cell for table in tables if table["kind"] != "other" for row in table["rows"] for cell in row},
        {page["page"] for page in raw["source"]["pages"] if page["text_origin"] in _PICTURED},
    )
    old = raw["schema_version"]
    lacking, severity = ("W501", "note") if "tables" in raw else ("W502", "lost")
    said.warnings.append(warning(lacking, severity, {"version": old}))
    version = f"{program_version}+upgraded.from.{old}"
    return {
        "schema_version": SCHEMA_VERSION,
        "made_by": {"program": "kehoach", "version": version, "model": None, "settings": None},
        "plan_id": _plan_id(raw, knowledge),
        "status": _status(metadata, draft),
        "source": _source(raw["source"]),
        "metadata": _metadata(metadata, said, knowledge),
        "legal_basis": [one | {"evidence": evidence_of(one["evidence"])} for one in raw["legal_basis"]],
        "sections": sections,
        **{name: [items.upgrade(one, *numbered[one["id"]]) for one in raw[name]] for name in _ITEM_KINDS},
        "tables": tables,
        "warnings": said.warnings,
        "restorations": said.restorations,
    }


def _sections(raw: Raw, identities: Identities) -> list[Raw]:
    ids: dict[str, str] = {}
    out = []
    for one in raw["sections"]:
        parent = ids[one["parent"]] if one["parent"] is not None else None
        ids[one["id"]] = identities.section(one["number"], one["title"], parent)
        out.append(one | {"id": ids[one["id"]], "parent": parent, "evidence": evidence_of(one["evidence"])})
    return out


def _numbered(raw: Raw, identities: Identities) -> dict[str, tuple[str, int | None]]:
    """The new id and ordinal of each item by its old id; in reading order, as ids depend on who comes first."""
    items = sorted((one for name in _ITEM_KINDS for one in raw[name]), key=lambda one: int(one["evidence"]["start"]))
    return {one["id"]: number_item(identities, one, raw["sections"]) for one in items}


def _plan_id(raw: Raw, knowledge: Knowledge) -> str:
    """The id of 1.x, which was province/year/number, with its issuer."""
    place, _, rest = raw["plan_id"].partition("/")
    parent = raw["metadata"]["parent_issuer"]
    slug = knowledge.issuer_slug(parent["name"] if parent else None)
    if place == "sha256" or not slug:
        return unnamed_plan(raw["source"]["sha256"])
    return f"{place}/{slug}/{rest}"


def _status(metadata: Raw, draft: str | None) -> Raw:
    if draft is not None:
        return {"value": "draft", "reason": f"its head says “{draft}”"}
    if metadata["signer"]:
        return {"value": "signed", "reason": f"the name of {metadata['signer']['name']} stands under it"}
    return {"value": "unknown", "reason": "no signature and no word of a draft was found"}


def _source(old: Raw) -> Raw:
    unit = "pt" if old["page_count"] is not None else None  # what every box of 1.x is in
    unknown: Raw = {"width": None, "height": None, "unit": unit, "rotation": 0, "regions": []}
    return old | {"contained_in": None, "pages": [unknown | page for page in old["pages"]]}


def _metadata(old: Raw, said: SortedWarnings, knowledge: Knowledge) -> Raw:
    number = old["number"]
    evidence = {name: evidence_of(one) for name, one in old["evidence"].items()}
    unsure = {one["params"].get("value") for one in said.warnings}
    by_hand = number is not None and (
        number.startswith(("/", "-")) or "number" in evidence and evidence["number"]["quote"] in unsure
    )
    return old | {
        "serial_by_hand": by_hand,
        "issued": old["issued_on"],
        "signatures": [],
        "recipients": [{"text": one, "agency_key": knowledge.recipient_key(one)} for one in old["recipients"]],
        "evidence": evidence,
    }
