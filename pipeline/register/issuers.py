"""Who issues a plan, as a part of its id: a slug, with a mark where its letters leave open which accents are meant.

"Xã Phù Đổng" and "xã Phú Đông" are two communes of Hà Nội, and "xa-phu-dong" is both: of the 13,700 communes and
districts there are 180 that share a slug with another of their province. A slug stands alone where the names that are
known (kinds of agencies, sectors, the places of the province) say in one way how it is accented, and that is how the
issuer is; any other issuer gets "~" and digits of the hash of its name behind its slug.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from itertools import chain

from pipeline.knowledge import agencies
from pipeline.knowledge import places as known
from pipeline.language.folding import folded, slug
from pipeline.register.model import PlanOrigin
from pipeline.register.places import province

_DIGITS = 6  # hexadecimal, among the few names that are accented otherwise
_SHORT = {"ubnd": ("ủy", "ban", "nhân", "dân"), "hđnd": ("hội", "đồng", "nhân", "dân")}
_Name = tuple[str, ...]  # folded syllables


def issuer_slug(plan: PlanOrigin, parent: str | None) -> str:
    """An issuer without its province, committees and councils short: "ubnd-quan-ninh-kieu", "so-tai-chinh".

    Two issuers of a province share one only where their names have the same syllables, whatever their case, the place
    of their tones ("hòa", "hoà") and the signs between them.

    Args:
        plan: its province, day of issue and issuer, whose name is in full.
        parent: the body above it; the place of a committee below the province tells two offices of one name apart.

    Returns:
        The slug; "" where the issuer's name has no letter and no digit.
    """
    name = _without_province(_syllables(plan.issuer or ""), plan)
    if not name:
        return ""
    committee = _SHORT["ubnd"]
    above = _without_province(_syllables(parent or ""), plan)
    place = above[len(committee) :] if above[: len(committee)] == committee else ()
    if name[len(name) - len(place) :] != place:
        name += place
    made = slug(" ".join(name))
    usual = _usual(tuple(made.split("-")), _vocabulary(plan.province))
    for short, words in _SHORT.items():
        made = re.sub(rf"(?<![^-]){slug(' '.join(words))}(?![^-])", slug(short), made)
    return made if usual == name else f"{made}~{sha256(' '.join(name).encode()).hexdigest()[:_DIGITS]}"


def _syllables(name: str) -> _Name:
    words = re.findall(r"[^\W_]+", folded(name))
    return tuple(chain.from_iterable(_SHORT.get(word, (word,)) for word in words))


def _without_province(name: _Name, plan: PlanOrigin) -> _Name:
    own = province(plan.province, plan.on) if plan.province else None
    place = _syllables(f"{own.kind} {own.name}") if own else ()
    return name[: -len(place)] if place and len(name) > len(place) and name[-len(place) :] == place else name


def _usual(bare: Sequence[str], vocabulary: Mapping[_Name, _Name | None]) -> _Name | None:
    """How a slug is accented, its longest known phrases from the left; None where that is not known in one way."""
    found: _Name = ()
    while bare:
        lengths = (length for length in range(len(bare), 0, -1) if tuple(bare[:length]) in vocabulary)
        length = next(lengths, 0)
        phrase = vocabulary[tuple(bare[:length])] if length else None
        if phrase is None:
            return None
        found, bare = found + phrase, bare[length:]
    return found


@lru_cache(maxsize=8)
def _vocabulary(code: str | None) -> Mapping[_Name, _Name | None]:
    """What is known by slug; None where two names share one."""
    return _by_slug([*_names(), *(_places().get(code, ()) if code else ())])


def _by_slug(names: Iterable[str]) -> dict[_Name, _Name | None]:
    out: dict[_Name, _Name | None] = {}
    for name in names:
        syllables = _syllables(name)
        bare = tuple(slug(" ".join(syllables)).split("-"))
        out[bare] = syllables if out.get(bare, syllables) == syllables else None
    return out


@cache
def _names() -> tuple[str, ...]:
    """Names and kinds of agencies, sectors, provinces, and the words of levels."""
    bodies = (name for one in agencies.bodies() for name in (one.name, *one.words))
    kinds = (name for one in agencies.kinds().kind for name in one.words)
    provinces = (name for one in known.provinces() for name in (one.name, f"{one.kind} {one.name}", one.current_name))
    words = (
        agencies.sector_names(),
        agencies.kinds().longer,
        known.level_names("province", "city", "district", "commune"),
        ("và", "nhà nước", "Việt Nam"),
    )
    return (*bodies, *kinds, *provinces, *chain.from_iterable(words))


@cache
def _places() -> Mapping[str, list[str]]:
    """The districts and communes of each province, then and now, with their kinds."""
    out: dict[str, list[str]] = {one.code: [] for one in known.provinces()}
    home = {one.code: one.province for one in known.districts()}
    districts: tuple[known.DistrictRow | known.FormerRow, ...] = (*known.districts(), *known.former_districts())
    for district in districts:
        out[district.province] += (district.name, f"{district.kind} {district.name}")  # "Huyện ủy Phong Điền"
    for commune in known.communes():
        out[home[commune.district]].append(f"{commune.kind} {commune.name}")
    for now in known.current_communes():
        out[now.province].append(f"{now.kind} {now.name}")
    return out
