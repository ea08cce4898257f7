"""A small plan that keeps the contract, for tests of what stands around the stages."""

from datetime import date

from pipeline.schema import (
    Agency,
    Deadline,
    DeadlineKind,
    Evidence,
    Metadata,
    PageSource,
    Plan,
    PlanWarning,
    Provision,
    Role,
    Section,
    SectionKind,
    Source,
    StatedIn,
    Target,
)
from pipeline.schema.provision import Comparison, Direction

TEXT = "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Tài chính bố trí 100% kinh phí trước ngày 30 tháng 11 năm 2024."


def cite(quote: str, text: str = TEXT) -> Evidence:
    start = text.index(quote)
    return Evidence(page=None, start=start, end=start + len(quote), quote=quote, boxes=[])


def a_plan(name: str = "a.txt", text: str = TEXT) -> Plan:
    """One section with one task: an agency, a deadline, a target; one warning."""
    task = Provision(
        id="I.1",
        number="I.1",
        ordinal=None,
        headings=["NHIỆM VỤ"],
        text=text.rpartition("\n")[2].removeprefix("1. "),
        agencies=[
            Agency(
                name="Sở Tài chính",
                agency_id="so-tai-chinh",
                role=Role.RESPONSIBLE,
                stated_in=StatedIn.TEXT,
                evidence=cite("Sở Tài chính", text),
            )
        ],
        deadlines=[
            Deadline(
                text="trước ngày 30 tháng 11 năm 2024",
                kind=DeadlineKind.BY,
                start=None,
                end=date(2024, 11, 30),
                edtf="../2024-11-30",
                recurrence=None,
                evidence=cite("trước ngày 30 tháng 11 năm 2024", text),
            )
        ],
        targets=[
            Target(
                text="100%",
                value=100,
                value_max=None,
                comparison=Comparison.EQUAL,
                unit="%",
                of=None,
                per=None,
                direction=Direction.REACH,
                subject="kinh phí",
                statement="bố trí 100% kinh phí",
                baseline=None,
                due="2024-11-30",
                evidence=cite("100%", text),
            )
        ],
        evidence=cite("1. Sở Tài chính", text),
        confidence=1.0,
        lowered_by=[],
    )
    plan = Plan(
        plan_id="sha256/0123456789abcdef",
        source=Source(
            file_name=name,
            sha256="0" * 64,
            media_type="text/plain",
            page_count=None,
            pages=[PageSource(page=1, text_origin="plain", reason="plain text", confidence=None)],
        ),
        metadata=Metadata(
            document_type="Kế hoạch",
            number=None,
            attached_to=None,
            issuer=None,
            parent_issuer=None,
            province=None,
            place=None,
            issued_on=None,
            title=None,
            period="2024",
            signer=None,
            recipients=[],
            evidence={"document_type": cite("KẾ HOẠCH", text), "period": cite("2024", text)},
        ),
        legal_basis=[],
        sections=[
            Section(
                id="I",
                number="I",
                title="NHIỆM VỤ",
                kind=SectionKind.TASK,
                parent=None,
                evidence=cite("I. NHIỆM VỤ", text),
            )
        ],
        objectives=[],
        tasks=[task],
        warnings=[PlanWarning(code="W999", message="a warning no catalogue knows", page=None)],
    )
    return plan.with_text(text)
