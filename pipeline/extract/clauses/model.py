"""What a passage says of the part that agencies have in an order."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.extract.agencies.mention import Mention
from pipeline.schema import Role

AgencyList = tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class RoleMention:
    """A mention in a role, and the id of the rule that gave it.

    `subject`: it is the subject of its sentence; `opening`: it opens the item.
    """

    mention: Mention
    role: Role
    rule: str
    subject: bool = False
    opening: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """Who has which part in an order: offsets, and lists of agencies.

    `orders` give the order and have no role in it; `leads` lead, `acts` have to do it, `helps` cooperate, `told` are
    directed, `receives` get the report. `verb` are the words that say so, `rule` is the id of the rule that read it.
    `above`: it makes the agency of the heading above lead. `unknown` are the words of a body that is not known, which
    leads. `within` are clauses that stand inside.
    """

    start: int
    end: int
    verb: str = ""
    orders: AgencyList = ()
    leads: AgencyList = ()
    acts: AgencyList = ()
    helps: AgencyList = ()
    told: AgencyList = ()
    receives: AgencyList = ()
    above: bool = False
    unknown: str = ""
    within: tuple[Clause, ...] = ()
    rule: str = ""


def show(value: object) -> str:
    """A value of the grammar in one line, as the examples of the rules write them: roles and names."""
    match value:
        case Clause():
            said = [f"{part}: {', '.join(one.name for one in names)}" for part, names in parts(value) if names]
            said += ["the heading leads"] if value.above else []
            return "; ".join([*map(show, value.within), *said])
        case tuple():
            return ", ".join(one.name for one in value)
    return "nothing"


def parts(clause: Clause) -> list[tuple[str, AgencyList]]:
    """The lists of a clause by what they do, as the contract calls their roles; who orders has none."""
    return [
        ("orders", clause.orders),
        (Role.LEAD.value, clause.leads),
        (Role.RESPONSIBLE.value, clause.acts),
        (Role.COOPERATING.value, clause.helps),
        (Role.DIRECTED.value, clause.told),
        (Role.REPORTS_TO.value, clause.receives),
    ]
