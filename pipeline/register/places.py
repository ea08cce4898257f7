"""Provinces, districts and communes, before and since 1 July 2025."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from functools import cache, lru_cache

from pipeline.knowledge import places as known
from pipeline.knowledge.agencies import changes
from pipeline.language.accents import bare
from pipeline.language.folding import fold, folded, slug
from pipeline.register.lexicon import write_out
from pipeline.register.model import AdministrativeUnit, ProvinceAsOf

MERGED = date(2025, 7, 1)  # 63 -> 34 provinces, no districts
_KIND = re.compile(r"^(?:tỉnh|thành phố|thanh pho|tinh|tp\.?)\s+")


def squash(words: str) -> str:
    """Write only the letters and digits of a text, without accents: "Đắk Lắk", "Dak Lak" -> "daklak"."""
    return re.sub(r"[^a-z0-9]", "", bare(words))


@cache
def _old() -> dict[str, ProvinceAsOf]:
    """The 63 provinces, by code."""
    out = {}
    for row in known.provinces():
        current = row.current_name.removeprefix("Thành phố ")
        out[row.code] = ProvinceAsOf(row.code, row.name, row.kind, row.current_code, current, row.also)
    return out


@cache
def _renamed() -> tuple[tuple[date, ProvinceAsOf], ...]:
    """Provinces that changed name and kind without a merger, from a day on."""
    out = []
    for row in changes().renamed_province:
        old = _old()[row.code]
        out.append((row.on, ProvinceAsOf(old.code, row.name, row.kind, old.current_code, old.current_name)))
    return tuple(out)


@lru_cache(maxsize=512)
def province(code: str, on: date | None = None) -> ProvinceAsOf | None:
    """Find a province by its code, as of a day (30 June 2025 where none is given); None where there is none."""
    for since, one in _renamed():
        if one.code == code and on is not None and on >= since:
            return one
    return _old().get(code)


@lru_cache(maxsize=65536)
def era(on: date | None) -> date | None:
    """The last day up to a date on which provinces changed; None before the first. Within an era they are the same."""
    days = {MERGED, *(since for since, _ in _renamed())}
    return max((day for day in days if on is not None and day <= on), default=None)


@lru_cache(maxsize=64)
def provinces(on: date | None = None) -> tuple[ProvinceAsOf, ...]:
    """The provinces as of a day: 63 before 1 July 2025, 34 since; today's where no day is given."""
    day = on or date.today()
    now = [found for code in _old() if (found := province(code, day))]
    return tuple(one for one in now if day < MERGED or one.current_code == one.code)


@cache
def _by_name() -> tuple[dict[str, ProvinceAsOf], dict[str, ProvinceAsOf]]:
    """Provinces by folded name and by bare name or code."""
    exact: dict[str, ProvinceAsOf] = {}
    loose: dict[str, ProvinceAsOf] = {}
    every = [*_old().values(), *(one for _, one in _renamed())]
    for one in every:
        for name in (one.name, one.code):
            exact.setdefault(fold(name), one)
            loose.setdefault(squash(name), one)
    for one in every:
        for name in one.also:
            exact.setdefault(fold(name), one)
            loose.setdefault(squash(name), one)
    return exact, loose


@lru_cache(maxsize=65536)
def find_province(words: str) -> ProvinceAsOf | None:
    """Find a province by an old or new name, abbreviation or code, with or without accents or "tỉnh" in front."""
    low = folded(words)
    exact, loose = _by_name()
    for one in (low, _KIND.sub("", low), _KIND.sub("", fold(write_out(low)))):
        found = exact.get(one) or loose.get(squash(one))
        if found is not None:
            return found
    return None


@cache
def _districts() -> dict[str, AdministrativeUnit]:
    """Districts by our code, those merged away before 2025 among them; what succeeds them is reckoned when asked."""
    out = {}
    for row in known.districts():
        code = f"{row.province}-{row.code}"
        out[code] = AdministrativeUnit(code, row.kind, row.name, "district", row.province, _since(row.successors))
    for past in known.former_districts():
        if past.how == "merged":
            code = f"{past.province}-{slug(f'{past.kind} {past.name}')}"
            into = tuple(f"{past.province}-{one}" for one in past.into)
            out[code] = AdministrativeUnit(code, past.kind, past.name, "district", past.province, into)
    return out


@cache
def _renamed_districts() -> dict[tuple[str, str, str], str]:
    """Province, folded kind and name a district once had -> its code."""
    rows = [row for row in known.former_districts() if row.how == "renamed"]
    return {(one.province, one.kind, squash(one.name)): f"{one.province}-{one.into[0]}" for one in rows}


@cache
def _today() -> dict[str, AdministrativeUnit]:
    """Communes since 1 July 2025, by the bare code of the statistics office."""
    out = {}
    for row in known.current_communes():
        out[row.code] = AdministrativeUnit(
            f"{row.province}-{row.code}", row.kind, row.name, "commune", row.province, ()
        )
    return out


def _since(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_today()[one].code for one in codes)


@cache
def _communes() -> dict[str, AdministrativeUnit]:
    """Communes until 30 June 2025 and since, by our code."""
    out = {one.code: one for one in _today().values()}
    above = {one.code.rsplit("-", 1)[1]: one.code for one in _districts().values()}
    for row in known.communes():
        district = above[row.district]
        code = f"{district}-{row.code}"
        out[code] = AdministrativeUnit(code, row.kind, row.name, "commune", district, _since(row.successors))
    return out


@cache
def _named(level: str) -> dict[tuple[str, str], tuple[AdministrativeUnit, ...]]:
    """Province and bare name -> districts or communes."""
    out: dict[tuple[str, str], list[AdministrativeUnit]] = defaultdict(list)
    for one in (_districts() if level == "district" else _communes()).values():
        out["-".join(one.code.split("-")[:2]), squash(one.name)].append(one)
    return {key: tuple(found) for key, found in out.items()}


@lru_cache(maxsize=65536)
def find_unit(
    level: str, kind: str, name: str, province: str, on: date | None, within: str = ""
) -> AdministrativeUnit | None:
    """Find a district or commune of a province by its name: one of the right kind, else the only one.

    Args:
        level: district or commune.
        kind: "huyện", "thành phố"; a district may have been raised since ("thị xã Cao Bằng").
        name: as printed.
        province: ISO code as of the day.
        on: the day; None stands for a day before 1 July 2025, then for one since.
        within: code of the district a commune must lie in.

    Returns:
        The unit; None where there is none or several fit.
    """
    merged = on is not None and on >= MERGED
    homes = [code for code, one in _old().items() if merged and one.current_code == province] or [province]
    key = squash(name.removesuffix("."))
    key = key.lstrip("0") or key
    found = [one for home in homes for one in _named(level).get((home, key), ())]
    if level == "commune":
        new = [one for one in found if one.parent == province]
        old = [one for one in found if one.parent != province and (one.parent or "").startswith(within)]
        found = (new or old) if merged and not within else (old or new)
    else:
        known = [_renamed_districts().get((home, fold(kind), key)) for home in homes]
        found += [_districts()[code] for code in known if code]
    exact = [one for one in found if fold(one.name) == fold(name)]
    found = exact or found
    same = [one for one in found if one.kind == fold(kind)]
    found = same if same or level == "commune" and not within else found
    standing = [one for one in found if one.code.rsplit("-", 1)[1].isdigit()]
    found = standing if len(found) > 1 and standing else found
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=65536)
def unit(code: str) -> AdministrativeUnit | None:
    """Find an administrative unit by its code, with its names, level, parent and what it is part of today."""
    parts = code.split("-")
    if len(parts) == 2:
        found = _old().get(code)
        if found is None:
            return None
        after = () if found.current_code == code else (found.current_code,)
        return AdministrativeUnit(code, found.kind, found.name, "province", None, after)
    district = _districts().get(code)
    if district is not None:
        return _with_successors(district)
    return _communes().get(code)


def _with_successors(district: AdministrativeUnit) -> AdministrativeUnit:
    """The communes that a district's own became, in the order of their codes."""
    after = []
    for one in district.successors or (district.code,):
        if one in _districts():
            inside = [place for place in _communes().values() if place.parent == one and place.successors]
            after += [place.successors[0] for place in inside] or list(_districts()[one].successors)
        else:
            after.append(one)
    return AdministrativeUnit(
        district.code, district.kind, district.name, "district", district.parent, tuple(sorted(dict.fromkeys(after)))
    )


def province_of(code: str) -> str:
    """The code of the province in the code of an administrative unit."""
    return "-".join(code.split("-")[:2])


@lru_cache(maxsize=4096)
def only_city(province: str) -> AdministrativeUnit | None:
    """The one "thành phố" of a province that has just one: "thành phố" alone in its plans means that."""
    found = [one for one in _districts().values() if one.parent == province and one.kind == "thành phố"]
    found = [one for one in found if one.code.rsplit("-", 1)[1].isdigit()]
    return found[0] if len(found) == 1 else None
