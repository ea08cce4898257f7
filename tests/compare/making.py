"""Small plans made of words, and hypothesis strategies that make them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import strategies as st

from pipeline.schema import (
    Agency,
    Deadline,
    DeadlineKind,
    Evidence,
    LegalBasis,
    Plan,
    Provision,
    Role,
    StatedIn,
    Target,
)
from pipeline.schema.metadata import Province
from pipeline.schema.provision import Comparison, Direction
from tests.plans import a_plan

NOWHERE = Evidence(page=2, start=0, end=1, quote="x", boxes=[])


def target(text: str, subject: str | None = None, **fields: object) -> Target:
    """A share to reach; `fields` replace what is told otherwise."""
    values: dict[str, object] = {
        "text": text,
        "value": float(text.rstrip("%")) if text.rstrip("%").isdigit() else 1,
        "value_max": None,
        "comparison": Comparison.EQUAL,
        "unit": "%",
        "of": None,
        "per": None,
        "direction": Direction.REACH,
        "subject": subject,
        "predicate": None,
        "statement": f"đạt {text} {subject or ''}",
        "baseline": None,
        "due": None,
        "confidence": 1.0,
        "evidence": NOWHERE,
    }
    return Target.model_validate(values | fields)


def agency(name: str, role: Role = Role.RESPONSIBLE) -> Agency:
    return Agency(
        name=name,
        printed=name,
        key=None,
        role=role,
        stated_in=StatedIn.TEXT,
        confidence=1.0,
        evidence=NOWHERE,
    )


def deadline(text: str, end: date | None = None, recurrence: str | None = None) -> Deadline:
    return Deadline(
        text=text,
        kind=DeadlineKind.BY,
        start=None,
        end=end,
        edtf=None,
        recurrence=recurrence,
        relative=None,
        act=None,
        inherited=False,
        confidence=1.0,
        evidence=NOWHERE,
    )


def item(
    id: str,
    text: str,
    *targets: Target,
    headings: Sequence[str] = (),
    agencies: Sequence[Agency] = (),
    deadlines: Sequence[Deadline] = (),
) -> Provision:
    return Provision(
        id=id,
        section=None,
        number=id,
        ordinal=None,
        headings=list(headings),
        text=text,
        agencies=list(agencies),
        deadlines=list(deadlines),
        targets=list(targets),
        persons=[],
        result=None,
        refers_to=[],
        doubts=[],
        evidence=NOWHERE,
        confidence=1.0,
    )


def plan(
    *tasks: Provision,
    objectives: Sequence[Provision] = (),
    province: tuple[str, str] | None = None,
    basis: Sequence[str] = (),
) -> Plan:
    """A plan of these items; `province` is its code and name."""
    made = a_plan()
    place = None
    if province is not None:
        code, name = province
        place = Province(code=code, name=name, current_name=name, current_code=code)
    record = made.metadata.model_copy(update={"province": place})
    cited = [
        LegalBasis(document_type=None, number=number, issued_on=None, issuer=None, title=None, evidence=NOWHERE)
        for number in basis
    ]
    update = {"tasks": list(tasks), "objectives": list(objectives), "metadata": record, "legal_basis": cited}
    return made.model_copy(update=update)


CAN_THO, VINH_LONG = ("VN-CT", "Cần Thơ"), ("VN-49", "Vĩnh Long")

_MADE_OF = "thư viện bảo tàng xây dựng kế hoạch tỉnh thành phố huyện xã Cần Thơ báo cáo sở 5 70 % ,"
_words = st.lists(st.sampled_from(_MADE_OF.split()), max_size=9).map(" ".join)
_targets = st.builds(
    target,
    st.sampled_from(["70%", "80%", "100%", "3 lớp", ""]),
    st.none() | _words,
    unit=st.sampled_from(["%", "lớp", None]),
    statement=_words,
    due=st.sampled_from([None, "2025", "2025-12-31", "2030"]),
    direction=st.sampled_from(Direction),
    baseline=st.none() | _words,
)
_agencies = st.builds(agency, _words, st.sampled_from(Role))
_deadlines = st.builds(deadline, _words, st.none() | st.sampled_from([date(2025, 11, 15), date(2025, 11, 30)]))


@st.composite
def _items(draw: st.DrawFn, name: str) -> list[Provision]:
    return [
        item(
            f"{name}.{at}",
            draw(_words),
            *draw(st.lists(_targets, max_size=3)),
            headings=draw(st.lists(_words, max_size=2)),
            agencies=draw(st.lists(_agencies, max_size=2)),
            deadlines=draw(st.lists(_deadlines, max_size=2)),
        )
        for at in range(draw(st.integers(0, 3)))
    ]


plans = st.builds(
    lambda tasks, objectives, province: plan(*tasks, objectives=objectives, province=province),
    _items("T"),
    _items("O"),
    st.sampled_from([None, CAN_THO, VINH_LONG]),
)
