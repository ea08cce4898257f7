"""Making entries: what follows from an agency's key and place, and how names are written."""

from __future__ import annotations

from pipeline.language.casing import title_case
from pipeline.language.folding import fold, slug
from pipeline.register.model import PlanOrigin, RegisteredAgency
from pipeline.register.places import province, province_of
from pipeline.register.successors import successor

STATE = "VN"  # the place in the keys of central agencies


def unknown(name: str, home: PlanOrigin) -> RegisteredAgency:
    """Make the entry of a name that cannot be parsed."""
    place = home.province or STATE
    return entry_of(f"other.{slug(name) or 'none'}@{place}", name, "other", None, None, False, None, None, home)


def entry_of(
    key: str,
    name: str,
    kind: str,
    level: str | None,
    sector: str | None,
    collective: bool,
    place: str | None,
    place_name: str | None,
    home: PlanOrigin,
) -> RegisteredAgency:
    """Make an entry, with what follows from its place and key.

    Args:
        key: identifies the agency within its place.
        name: its full name.
        kind: code of its kind.
        level: central, province, district or commune.
        sector: code of its sector.
        collective: it is a group.
        place: code of its place.
        place_name: name of its place.
        home: the plan that names it.
    """
    found = province(province_of(place), home.on) if place else None
    inside, current = (found.code, found.current_code) if found else (None, None)
    after = None if collective else successor(key)
    return RegisteredAgency(
        key, name, kind, level or None, sector, collective, place, place_name, inside, current, after
    )


def seat_word(wording: str) -> str:
    """The word of level in "Huyện ủy", "Quận đoàn"."""
    low = fold(wording)
    return next((word for sign, word in (("quận", "quận"), ("thị", "thị xã")) if sign in low.split()), "huyện")


def cased(text: str) -> str:
    """Write a text that is all in capitals in title case."""
    return title_case(text) if text.isupper() and " " in text else text
