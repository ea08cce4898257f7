"""A small plan that keeps the contract, for tests of what stands around the stages."""

from datetime import date

from pipeline.schema import (
    Agency,
    Deadline,
    DeadlineKind,
    Evidence,
    MadeBy,
    Metadata,
    PageSource,
    Plan,
    PlanWarning,
    Provision,
    Role,
    Section,
    SectionKind,
    Severity,
    Source,
    StatedIn,
    Status,
    StatusValue,
    Target,
)
from pipeline.schema.provision import Comparison, Direction

TEXT = "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Tài chính bố trí 100% kinh phí trước ngày 30 tháng 11 năm 2024."


def cite(quote: str, text: str = TEXT, rule: str | None = None) -> Evidence:
    start = text.index(quote)
    return Evidence(page=None, start=start, end=start + len(quote), quote=quote, boxes=[], rule=rule)


def a_plan(name: str = "a.txt", text: str = TEXT) -> Plan:
    """One section with one task: an agency, a deadline, a target; one warning."""
    task = Provision(
        id="I.1",
        section="section-I",
        number="I.1",
        ordinal=None,
        headings=["NHIỆM VỤ"],
        text=text.rpartition("\n")[2].removeprefix("1. "),
        agencies=[
            Agency(
                name="Sở Tài chính",
                printed="Sở Tài chính",
                key="so-tai-chinh",
                role=Role.RESPONSIBLE,
                stated_in=StatedIn.TEXT,
                confidence=0.92,
                evidence=cite("Sở Tài chính", text, "role.text"),
            )
        ],
        persons=[],
        deadlines=[
            Deadline(
                text="trước ngày 30 tháng 11 năm 2024",
                kind=DeadlineKind.BY,
                start=None,
                end=date(2024, 11, 30),
                edtf="../2024-11-30",
                recurrence=None,
                relative=None,
                act=None,
                inherited=False,
                confidence=0.93,
                evidence=cite("trước ngày 30 tháng 11 năm 2024", text, "time.sentence"),
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
                predicate=None,
                statement="bố trí 100% kinh phí",
                baseline=None,
                due="2024-11-30",
                confidence=0.9,
                evidence=cite("100%", text, "figure.sentence"),
            )
        ],
        result=None,
        refers_to=[],
        doubts=[],
        evidence=cite("1. Sở Tài chính", text),
        confidence=0.9,
    )
    plan = Plan(
        made_by=MadeBy(program="kehoach", version="0.2.0", model=None, settings=None),
        plan_id="sha256/0123456789abcdef",
        status=Status(value=StatusValue.UNKNOWN, reason="no signature and no word of a draft was found"),
        source=Source(
            file_name=name,
            contained_in=None,
            sha256="0" * 64,
            media_type="text/plain",
            page_count=None,
            pages=[
                PageSource(
                    page=1,
                    width=None,
                    height=None,
                    unit=None,
                    rotation=0,
                    text_origin="plain",
                    reason="plain text",
                    confidence=None,
                    regions=[],
                )
            ],
        ),
        metadata=Metadata(
            document_type="Kế hoạch",
            number=None,
            serial_by_hand=False,
            attached_to=None,
            issuer=None,
            parent_issuer=None,
            province=None,
            place=None,
            issued=None,
            issued_on=None,
            title=None,
            period="2024",
            signer=None,
            signatures=[],
            recipients=[],
            evidence={"document_type": cite("KẾ HOẠCH", text), "period": cite("2024", text)},
        ),
        legal_basis=[],
        sections=[
            Section(
                id="section-I",
                number="I",
                title="NHIỆM VỤ",
                kind=SectionKind.TASK,
                parent=None,
                evidence=cite("I. NHIỆM VỤ", text),
            )
        ],
        objectives=[],
        tasks=[task],
        tables=[],
        warnings=[PlanWarning(code="W403", severity=Severity.DOUBTFUL, params={}, page=None, item=None)],
        restorations=[],
    )
    return plan.with_text(text)
