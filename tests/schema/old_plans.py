"""Plans of contract 1.1, and what a caller knows who upgrades them."""

from __future__ import annotations

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any

from tests.plans import TEXT

DATA = Path(__file__).parents[1] / "data"


@cache
def _data(name: str) -> str:
    return lzma.decompress((DATA / name).read_bytes()).decode()


def founding_plans() -> dict[str, dict[str, Any]]:
    """The plans of corpus/ as 0.2.0 wrote them, contract 1.1, by their stems."""
    return json.loads(_data("outputs-1.1.json.xz"))


def founding_texts() -> dict[str, str]:
    """The texts that those plans point into, by their stems: words have been restored otherwise since."""
    return json.loads(_data("texts-1.1.json.xz"))


def cite(quote: str, page: int | None = None) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"page": page, "start": start, "end": start + len(quote), "quote": quote, "boxes": []}


def a_task(**changes: Any) -> dict[str, Any]:
    """A task of 1.1 with an agency, a deadline and a target."""
    task = {
        "id": "I.1",
        "number": "I.1",
        "ordinal": None,
        "headings": ["NHIỆM VỤ"],
        "text": TEXT.rpartition("\n")[2].removeprefix("1. "),
        "agencies": [
            {
                "name": "Sở Tài chính",
                "agency_id": "so-tai-chinh",
                "role": "responsible",
                "stated_in": "text",
                "evidence": cite("Sở Tài chính"),
            }
        ],
        "deadlines": [
            {
                "text": "trước ngày 30 tháng 11 năm 2024",
                "kind": "by",
                "start": None,
                "end": "2024-11-30",
                "edtf": "../2024-11-30",
                "recurrence": None,
                "evidence": cite("trước ngày 30 tháng 11 năm 2024"),
            }
        ],
        "targets": [
            {
                "text": "100%",
                "value": 100,
                "value_max": None,
                "comparison": "=",
                "unit": "%",
                "of": None,
                "per": None,
                "direction": "reach",
                "subject": "kinh phí",
                "statement": "bố trí 100% kinh phí",
                "baseline": None,
                "due": "2024-11-30",
                "evidence": cite("100%"),
            }
        ],
        "result": None,
        "refers_to": [],
        "evidence": cite(TEXT.rpartition("\n")[2]),
        "confidence": 1.0,
        "lowered_by": [],
    }
    return task | changes


def an_old_plan(*warnings: tuple[str, str], **changes: Any) -> dict[str, Any]:
    """A plan of 1.1 with one task; `warnings` are codes with messages, `changes` those of the task."""
    return {
        "schema_version": "1.1",
        "plan_id": "ha-giang/2024/5-kh-ubnd",
        "source": {
            "file_name": "a.txt",
            "sha256": "0" * 64,
            "media_type": "text/plain",
            "page_count": None,
            "pages": [{"page": 1, "text_origin": "plain", "reason": "plain text", "confidence": None}],
        },
        "metadata": {
            "document_type": "Kế hoạch",
            "number": "5/KH-UBND",
            "attached_to": None,
            "issuer": {"name": "Ủy ban nhân dân huyện Đồng Văn"},
            "parent_issuer": None,
            "province": {"code": "VN-03", "name": "Hà Giang", "current_name": "Tuyên Quang", "current_code": "VN-07"},
            "place": None,
            "issued_on": "2024-01-02",
            "title": None,
            "period": "2024",
            "signer": None,
            "recipients": ["Như trên"],
            "evidence": {"document_type": cite("KẾ HOẠCH"), "period": cite("2024")},
        },
        "legal_basis": [],
        "sections": [
            {
                "id": "I",
                "number": "I",
                "title": "NHIỆM VỤ",
                "kind": "task",
                "parent": None,
                "evidence": cite("I. NHIỆM VỤ"),
            }
        ],
        "objectives": [],
        "tasks": [a_task(**changes)],
        "tables": [],
        "warnings": [{"code": code, "message": message, "page": None} for code, message in warnings],
    }


class Nothing:
    """A caller who knows no agency, and takes half of what is doubted for wrong."""

    def about(self, province: str | None, issued_on: str | None, issuer: str | None) -> None:
        self.told = (province, issued_on, issuer)

    def issuer_slug(self, parent: str | None) -> str:
        return ""

    def key(self, agency: str) -> str | None:
        return None

    def recipient_key(self, text: str) -> str | None:
        return None

    def relative(self, text: str) -> dict[str, Any] | None:
        return None

    def confidence(self, what: str, how: str, *, scan: bool, doubted: bool) -> float:
        return (0.8 if scan else 1.0) * (0.5 if doubted else 1.0)
