"""What extraction and the register know of a plan of an earlier contract that is upgraded."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline.extract.confidence import What, confidence
from pipeline.extract.metadata import recipient
from pipeline.extract.times.cells import relative_time
from pipeline.register import PlanOrigin, identify, issuer_slug


class PresentKnowledge:
    """Tells `pipeline.schema.upgrade` the keys of agencies, times reckoned from something, and confidence."""

    def __init__(self) -> None:
        self._origin = PlanOrigin(None, None, None)

    def about(self, province: str | None, issued_on: str | None, issuer: str | None) -> None:
        """Be told which plan it is: the code of its province, its day of issue as ISO date, its issuer's full name."""
        self._origin = PlanOrigin(province, date.fromisoformat(issued_on) if issued_on else None, issuer)

    def issuer_slug(self, parent: str | None) -> str:
        """The issuer of that plan as a part of its id, "" where it has none; `parent` is the body above it."""
        return issuer_slug(self._origin, parent)

    def key(self, agency: str) -> str | None:
        """The register's key of an agency, by its full name; None where it has none."""
        return identify(agency, self._origin).key

    def recipient_key(self, text: str) -> str | None:
        """The register's key of the agency that a line of recipients names; None where it names none."""
        return recipient(text, self._origin).agency_key

    def relative(self, text: str) -> dict[str, Any] | None:
        """A time reckoned from something, as "count", "unit" and "from"; None where it is no such time."""
        found = relative_time(text)
        return found.model_dump(by_alias=True) if found else None

    def confidence(self, what: What, how: str, *, scan: bool, doubted: bool) -> float:
        """The share of such values that were right on documents kept aside."""
        return confidence(what, how, scan=scan, doubted=doubted)
