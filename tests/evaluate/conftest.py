"""Small golds and plans made by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.evaluate.gold import GoldPlan
from pipeline.schema import Plan

Fields = dict[str, Any]


def _evidence(quote: str, page: int | None = None) -> Fields:
    return {"page": page, "start": 0, "end": len(quote), "quote": quote, "boxes": [], "rule": None}


def _agency(gold: Fields) -> Fields:
    name = gold["name"]
    return {
        "name": name,
        "printed": name,
        "key": None,
        "role": gold["role"],
        "stated_in": "text",
        "confidence": 1.0,
        "evidence": _evidence(name),
    }


def _deadline(gold: Fields) -> Fields:
    given = {key: gold.get(key) for key in ("kind", "start", "end", "recurrence")}
    rest = {"relative": None, "act": None, "inherited": False, "confidence": 1.0, "evidence": _evidence("thời hạn")}
    return {"text": "thời hạn", "edtf": None, **given, **rest}


def _target(gold: Fields) -> Fields:
    keys = ("value", "value_max", "comparison", "unit", "of", "per", "subject", "due")
    given = {key: gold.get(key) for key in keys}
    given["comparison"] = gold.get("comparison", "=")
    direction = gold.get("direction", "reach")
    rest = {"direction": direction, "predicate": None, "statement": "s", "baseline": None, "confidence": 1.0}
    return {"text": "số", **given, **rest, "evidence": _evidence("số")}


def make_provision(item: Fields, index: int = 0) -> Fields:
    """The provision a perfect reader makes of a gold item with a `text`; optional values are left out."""
    number, text = item["number"], item["text"]

    def required(kind: str) -> list[Fields]:
        return [value for value in item.get(kind, ()) if not value.get("optional")]

    return {
        "id": f"{number}-{index}",
        "section": None,
        "number": number,
        "ordinal": None,
        "headings": [],
        "text": text,
        "agencies": [_agency(one) for one in required("agencies")],
        "persons": [],
        "deadlines": [_deadline(one) for one in required("deadlines")],
        "targets": [_target(one) for one in required("targets")],
        "result": None,
        "refers_to": [],
        "doubts": [],
        "evidence": _evidence(text, item.get("page")),
        "confidence": 1.0,
    }


def make_plan(gold: Fields) -> Fields:
    """The plan a perfect reader makes of a gold whose items have a `text`, as plain values."""
    meta: Fields = gold.get("meta", {})
    issuer, parent, signer = meta.get("issuer"), meta.get("parent_issuer"), meta.get("signer")
    plain = ("document_type", "number", "attached_to", "place", "issued_on")
    metadata = {key: meta.get(key) for key in plain} | {
        "serial_by_hand": False,
        "issued": meta.get("issued_on"),
        "signatures": [],
        "issuer": issuer and {"name": issuer},
        "parent_issuer": parent and {"name": parent},
        "province": None,
        "title": None,
        "period": None,
        "signer": signer and {"name": signer, "position": meta.get("signer_position"), "capacity": []},
        "recipients": [{"text": "nơi nhận", "agency_key": None}] * (meta.get("recipients") or 0),
        "evidence": {},
    }
    cited = {"document_type": None, "issued_on": None, "issuer": None, "title": None}
    return {
        "schema_version": "2.0",
        "made_by": {"program": "kehoach", "version": "0", "model": None, "settings": None},
        "plan_id": "x",
        "status": {"value": "unknown", "reason": ""},
        "source": {
            "file_name": "x",
            "contained_in": None,
            "sha256": "",
            "media_type": "",
            "page_count": None,
            "pages": [],
        },
        "metadata": metadata,
        "legal_basis": [{**cited, "number": number, "evidence": _evidence(number)} for number in meta.get("basis", ())],
        "sections": [],
        "objectives": [make_provision(item, i) for i, item in enumerate(gold.get("objectives", ()))],
        "tasks": [make_provision(item, i) for i, item in enumerate(gold.get("tasks", ()))],
        "tables": [],
        "warnings": [],
        "restorations": [],
    }


@pytest.fixture(scope="session")
def plan_of() -> Callable[[Fields], Fields]:
    """`make_plan`."""
    return make_plan


@pytest.fixture(scope="session")
def provision_of() -> Callable[..., Fields]:
    """`make_provision`."""
    return make_provision


@pytest.fixture
def gold() -> Fields:
    """A gold of two tasks and an objective, as plain values to be changed."""
    return {
        "meta": {
            "document_type": "Kế hoạch",
            "number": "12/KH-UBND",
            "issuer": "Ủy ban nhân dân tỉnh Hà Giang",
            "issued_on": "2024-02-05",
            "place": "Hà Giang",
            "signer": "Trần Văn Nam",
            "signer_position": "Phó Chủ tịch",
            "basis": ["3/NQ-CP", "45/QĐ-TTg"],
            "basis_optional": ["7/CT-TTg"],
            "recipients": 5,
        },
        "objectives": [
            {
                "number": "I.1",
                "text": "Đến năm 2025 có ít nhất 80% thôn bản có tủ sách và 12.000 bản sách mới.",
                "deadlines": [{"kind": "by", "end": "2025-12-31"}],
                "targets": [
                    {"value": 80, "comparison": ">=", "unit": "%", "subject": "thôn bản", "due": "2025"},
                    {"value": 12000, "unit": "bản sách", "subject": "bản sách mới", "due": "2025"},
                ],
            }
        ],
        "tasks": [
            {
                "number": "II.1",
                "text": "Chủ trì, phối hợp với Sở Tài chính lập dự toán kinh phí mua sách hằng năm.",
                "agencies": [
                    {"name": "Sở Văn hóa", "role": "lead"},
                    {"name": "Sở Tài chính", "role": "cooperating"},
                    {"name": "các đơn vị liên quan", "role": "cooperating", "optional": True},
                ],
                "deadlines": [{"kind": "recurring", "recurrence": "FREQ=YEARLY;BYMONTH=11,5"}],
            },
            {
                "number": "II.2",
                "number_alt": ["Điều 1.II.2"],
                "text": "Báo cáo Ủy ban nhân dân tỉnh kết quả thực hiện trong Quý II năm 2024.",
                "agencies": [{"name": "Ủy ban nhân dân tỉnh", "role": "reports_to"}],
                "deadlines": [{"kind": "in", "start": "2024-04-01", "end": "2024-06-30"}],
            },
        ],
    }


@pytest.fixture
def plan(gold: Fields) -> Fields:
    """The perfect plan for `gold`, as plain values to be changed."""
    return make_plan(gold)


@pytest.fixture(scope="session")
def models() -> Callable[[Fields, Fields], tuple[GoldPlan, Plan]]:
    """Both as the models that are compared."""
    return lambda gold, plan: (GoldPlan.model_validate(gold), Plan.model_validate(plan))
