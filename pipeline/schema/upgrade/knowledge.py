"""What a caller knows beside the JSON that is upgraded."""

from __future__ import annotations

from typing import Any, Literal, Protocol

Raw = dict[str, Any]
"""An object of JSON."""


class Knowledge(Protocol):
    """What the caller knows of a plan's agencies, of words, and of how far values can be trusted."""

    def about(self, province: str | None, issued_on: str | None, issuer: str | None) -> None:
        """Be told which plan it is: the code of its province, its day of issue as ISO date, its issuer's full name."""

    def issuer_slug(self, parent: str | None) -> str:
        """The issuer of that plan as a part of its id, "" where it has none.

        Args:
            parent: the full name of the body above the issuer.
        """

    def key(self, agency: str) -> str | None:
        """The register's key of an agency, by its full name; None where it has none."""

    def recipient_key(self, text: str) -> str | None:
        """The register's key of the agency that a line of recipients names; None where it names none."""

    def relative(self, text: str) -> Raw | None:
        """A time reckoned from something, as "count", "unit" and "from"; None where it is no such time."""

    def confidence(
        self, what: Literal["agency", "deadline", "target", "item"], how: str, *, scan: bool, doubted: bool
    ) -> float:
        """The share of such values that were right on documents kept aside."""
