"""Identifying the agency that a plan names."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from hashlib import sha256

from pipeline.language.casing import title_case, with_capital
from pipeline.language.folding import fold, slug
from pipeline.register import lexicon
from pipeline.register.entries import STATE, cased, entry_of, seat_word, unknown
from pipeline.register.model import PlanOrigin, RegisteredAgency
from pipeline.register.parsing import ParsedName, read
from pipeline.register.place_phrases import PlacePhrase, level_of
from pipeline.register.places import MERGED, era, find_province, find_unit, only_city, province, province_of, unit

_BY_SECTOR = frozenset({"ministry", "department", "district_office", "union"})
_NO_HOSTS = frozenset({"other", "note", "office_holder", "government", "prime_minister", "group"})
_NONE = PlanOrigin()
_OF_THE_CENTRE = "trung ương hội"  # how the whole association is called too, where it has no name of its own for that
_LONGEST = 400  # characters of a key


def identify(name: str, home: PlanOrigin = _NONE) -> RegisteredAgency:
    """Identify an agency across plans.

    Args:
        name: the agency as a plan names it, in full, short or relative ("Sở VHTTDL", "UBND tỉnh").
        home: the plan that names it; one without a province is a central document.

    Returns:
        The agency; of kind "other" with a key of its own where the register does not know its kind. Never raises.
    """
    return _identify(name, replace(home, on=era(home.on)) if home.on is not None else home)


@lru_cache(maxsize=262144)
def _identify(name: str, home: PlanOrigin) -> RegisteredAgency:
    try:
        found = _Resolver(home).entry(read(name))
        if found.kind == "other" and fold(name).startswith(_OF_THE_CENTRE):
            found = _Resolver(home).entry(read(name[len(_OF_THE_CENTRE) - len("hội") :]))
    except RecursionError:  # no name of a plan is nested so
        found = unknown(name, home)
    if len(found.key) > _LONGEST:  # misread text taken for a name; keys stand in indexes, which have limits
        digest = sha256(found.key.encode()).hexdigest()[:16]
        found = replace(found, key=f"{found.key[:_LONGEST]}-{digest}")
    return found


class _Resolver:
    """Resolves what a name leaves to its plan."""

    def __init__(self, home: PlanOrigin) -> None:
        self.home = home
        known = province(home.province, home.on) if home.province else None
        self.province = known.code if known else None

    @property
    def issuer(self) -> RegisteredAgency | None:
        """Who issued the plan."""
        if not self.home.issuer:
            return None
        return identify(self.home.issuer, replace(self.home, issuer=None))

    def entry(self, one: ParsedName) -> RegisteredAgency:
        """The entry of a reading."""
        if one.holder is not None and one.kind.code == "office_holder":
            return self._holder(one)
        if one.kind.code == "other" and not one.many:
            found = province(self.province, self.home.on) if self.province else None
            key = f"other.{slug(one.text) or 'none'}@{self.province or STATE}"
            name = found.full_name if found else None
            return entry_of(key, with_capital(one.text), "other", None, None, False, self.province, name, self.home)
        if one.kind.code == "note":
            return self._made(f"note.{slug(one.text)}", one, None, None, None)
        if one.many:
            return self._group(one)
        if one.named is not None and one.named.local and self.province is not None:
            base = replace(lexicon.kinds()[one.kind.code], sector=one.sector)
            return self._placed(replace(one, named=None, kind=replace(base, of="place", level="")))
        if one.named is not None:
            body = one.named.id if one.named.id not in (None, one.sector) else one.sector
            place = one.named.place
            level = "province" if place else "central"
            key = f"{one.kind.code}.{body}@{place or STATE}"
            where = province(place, self.home.on) if place else None
            return entry_of(
                key, one.named.named or one.text, one.kind.code, level, one.sector, False, place,
                where.full_name if where else None, self.home,
            )  # fmt: skip
        if one.kind.code in ("ministry", "department") and not one.sector and not one.proper and not one.parent:
            return self._own(one)
        if one.parent is not None or one.own or one.kind.of == "agency" or self._of_issuer(one):
            return self._unit(one)
        return self._placed(one)

    def _of_issuer(self, one: ParsedName) -> bool:
        """A board or council without a place is of the issuer: "Ban soạn thảo", the union's own "Ban Tuyên giáo"."""
        issuer = self.issuer
        if one.where is not None or issuer is None:
            return False
        if one.kind.code == "party_office" and one.kind.of == "place":
            return issuer.kind in ("union", "front")
        return one.kind.code in ("steering_board", "council") and self.province is None and not one.proper

    def _holder(self, one: ParsedName) -> RegisteredAgency:
        """An office-holder alone: the issuer, where the issuer has such an office."""
        issuer = self.issuer
        if issuer is not None and not one.many and one.holder and (issuer.kind in one.holder or "*" in one.holder):
            return issuer
        return self._made(f"office_holder.{slug(one.text)}", one, None, None, None)

    def _own(self, one: ParsedName) -> RegisteredAgency:
        """What "Bộ" or "Sở" alone means: the issuer; else any of them."""
        issuer = self.issuer
        if issuer is not None and issuer.kind == one.kind.code and (one.where is None or not one.where.name):
            return issuer
        return self._group(replace(one, many=True))

    def _unit(self, one: ParsedName) -> RegisteredAgency:
        """A unit of the agency named with it, of the place named, or of the issuer."""
        if one.where is not None and one.parent is None and not one.own:
            return self._placed(one)
        above = self._above(one) if one.parent is not None or one.own else self._host(one)
        part = self._body(one)
        if above is None:
            central = fold(one.wording) == "vụ" or one.kind.code == "bureau" or one.own == "bộ"
            if one.kind.of == "agency" and (self.province is None or central):
                return self._made(f"{part}@{STATE}", one, one.kind.level or "central", None, None)
            return self._placed(one)
        beside = self._beside(one, above)
        if beside is not None:
            place = above.place
            key = f"{beside[1]}@{place or STATE}"
            return entry_of(
                key, f"{self._name(one)} {above.name}", beside[0], above.level, beside[2], above.collective, place,
                above.place_name, self.home,
            )  # fmt: skip
        if (
            one.parent is None
            and not one.own
            and above.place is not None
            and one.kind.code in ("inspectorate", "portal")
        ):
            return self._placed(one)
        joint = " " if one.kind.code != "group" else " thuộc "
        return entry_of(
            f"{part}@{above.key}", f"{self._name(one)}{joint}{above.name}", one.kind.code, above.level,
            above.sector or one.sector, above.collective, above.place, above.place_name, self.home,
        )  # fmt: skip

    def _beside(self, one: ParsedName, above: RegisteredAgency) -> tuple[str, str, str | None] | None:
        """Kind, body of the key and sector of an office that serves a committee: an agency of the place, no unit."""
        if above.kind == "party" and one.kind.code in ("party_office", "unit"):
            body = self._body(one)
            return "party_office", body.replace("unit.", "party_office.", 1), "party"
        if (
            above.kind == "committee"
            and one.kind.code == "unit"
            and fold(one.wording) == "văn phòng"
            and not one.proper
        ):
            return "committee_office", "committee_office", None
        return None

    def _placed(self, one: ParsedName) -> RegisteredAgency:
        """An agency of a place."""
        kind = one.kind
        if kind.of == "state" or (one.where is not None and one.where.state):
            return self._made(f"{self._body(one)}@{STATE}", one, "central", None, None)
        place, level, place_name = self._place(one)
        if place is None and self.province is None and kind.code in ("front", "union") and "việt nam" in fold(one.text):
            body = "front.central" if kind.code == "front" else f"union.{one.sector}"
            return self._made(f"{body}@{STATE}", one, "central", None, None)
        if place is None and self.province is None and (kind.level or not (one.proper and kind.follows)):
            return self._group(replace(one, many=True))  # in a central document "UBND tỉnh" is every province's
        if place is None and self.province is not None:
            return self._group(replace(one, many=True))
        if place is None:
            return self._made(f"{self._body(one)}@{STATE}", one, kind.level or "central", None, None)
        return self._made(f"{self._body(one)}@{place}", one, level, place, place_name)

    def _place(self, one: ParsedName) -> tuple[str | None, str | None, str]:
        """Code, level and name of the place of an agency; no code where every place of a level is meant."""
        where = one.where
        if one.kind.seat:
            word = {"province": "tỉnh", "city": "thành phố"}.get(one.kind.level, seat_word(one.wording))
            where = PlacePhrase(word=word, name=where.name if where else None, outer=where.outer if where else None)
        if where is None:
            return self._default(one)
        return self._where(where, one)

    def _default(self, one: ParsedName) -> tuple[str | None, str | None, str]:
        """The place of an agency that names none."""
        issuer = self.issuer
        level = one.kind.level
        if level in ("district", "commune"):
            local = issuer is not None and issuer.level in ("district", "commune")
            if issuer is not None and local and (issuer.level == level or one.kind.code == "district_office"):
                return issuer.place, issuer.level, issuer.place_name or ""
            return None, level, ""
        if level == "" and issuer is not None and issuer.place and issuer.level in ("district", "commune"):
            return issuer.place, issuer.level, issuer.place_name or ""
        if level == "" and one.kind.code == "village":
            return None, "commune", ""
        return self._home(level or "province")

    def _home(self, level: str | None = "province") -> tuple[str | None, str | None, str]:
        found = province(self.province, self.home.on) if self.province else None
        return (found.code, level, found.full_name) if found else (None, level, "")

    def _where(self, where: PlacePhrase, one: ParsedName) -> tuple[str | None, str | None, str]:
        """The place that words give."""
        home = self.province
        if where.outer is not None:
            outer = self._where(where.outer, one)
            home = province_of(outer[0]) if outer[0] else home
        if where.name is None:
            return self._level_alone(where.word or "")
        found = find_province(where.name) if where.word in (None, "tỉnh", "thành phố", "thành") else None
        level = level_of(where.word or "tỉnh")
        if found is None and where.word == "tỉnh":
            return f"{STATE}-{slug(where.name)}", "province", f"tỉnh {title_case(where.name)}"
        if found is not None and (level == "province" or self._is_city(found.code)):
            as_of = province(found.code, self.home.on) or found
            return found.code, "province", as_of.full_name
        level = "district" if level == "city" else level
        within = ""
        if where.outer is not None and level == "commune":
            inner = self._where(where.outer, one)[0]
            within = inner if inner and inner.count("-") == 2 else ""
        elif level == "commune" and self.issuer is not None and self.issuer.level == "district":
            within = self.issuer.place or ""
        if home is not None:
            place = find_unit(level, where.word or "", where.name, home, self.home.on, within)
            if place is not None:
                return place.code, level, place.full_name
        name = f"{where.word} {title_case(where.name)}"
        return f"{home or STATE}-{slug(name)}", level, name

    def _is_city(self, code: str) -> bool:
        found = province(code, self.home.on)
        return found is not None and found.kind == "thành phố"

    def _level_alone(self, word: str) -> tuple[str | None, str | None, str]:
        """What "tỉnh", "thành phố", "huyện" without a name means: the plan's own, or every one."""
        level = level_of(word)
        issuer = self.issuer
        if level == "city":
            if self.province and self._is_city(self.province):
                return self._home()
            if issuer is not None and issuer.level == "district" and (issuer.place_name or "").startswith("thành phố"):
                return issuer.place, "district", issuer.place_name or ""
            city = only_city(self.province) if self.province else None
            merged = self.home.on is not None and self.home.on >= MERGED
            if city is not None and not merged:
                return city.code, "district", city.full_name
            return (None, "district", "") if self.province else (None, "province", "")
        if level == "province":
            return self._home()
        if issuer is not None and issuer.level == level and issuer.place:
            return issuer.place, level, issuer.place_name or ""
        if issuer is not None and level == "district" and issuer.level == "commune" and issuer.place:
            above = unit(issuer.place)
            found = unit(above.parent) if above is not None and above.parent else None
            if found is not None and found.level == "district":
                return found.code, level, found.full_name
        return None, level, ""

    def _group(self, one: ParsedName) -> RegisteredAgency:
        """A group: every agency of a kind, a level, a place."""
        kind, where = one.kind, one.where
        levels = where.levels if where is not None and where.many else ()
        if where is not None and not where.many and where.word and not where.name and not levels:
            levels = () if level_of(where.word) in ("province", "city") and self.province else (level_of(where.word),)
        rank = "district" if self.province else "province"
        city = next((level for level in ("province", "district") if level in levels), rank)
        levels = tuple(dict.fromkeys(city if level == "city" else level for level in levels))
        if kind.code == "district_office" and not levels and self.home.on is not None and self.home.on >= MERGED:
            levels = ("commune",)
        level = levels[0] if levels else kind.level if kind.level != "city" else rank
        above = self._above(one)
        usual = lexicon.kinds().get(kind.code, kind).level
        of = "-".join(levels or (kind.level,))
        of = "" if of == usual else of
        narrowed = slug(where.rest) if where is not None and where.rest else ""
        body = ".".join(filter(None, ("each", self._body(one), of, narrowed)))
        place, place_name = self._group_place(where, level)
        if above is not None:
            key = f"{body}@{above.key}"
            sector = one.sector or above.sector
            name = with_capital(one.text)
            return entry_of(key, name, kind.code, above.level, sector, True, above.place, above.place_name, self.home)
        if where is not None and where.state:
            level = "central"
        if level == "central":
            place, place_name = None, None
        key = f"{body}@{place or STATE}"
        return entry_of(key, with_capital(one.text), kind.code, level, one.sector, True, place, place_name, self.home)

    def _above(self, one: ParsedName) -> RegisteredAgency | None:
        """The agency a group is of, if one is meant."""
        if one.parent is not None:
            return self.entry(one.parent)
        issuer = self.issuer
        if one.own and issuer is not None and (not one.own_kinds or issuer.kind in one.own_kinds):
            return issuer if issuer.kind not in _NO_HOSTS else None
        hosted = one.kind.of == "agency" and one.many and one.where is None and not one.own
        return self._host(one) if hosted else None

    def _host(self, one: ParsedName) -> RegisteredAgency | None:
        """The issuer, where a unit that names no agency can be its own."""
        issuer = self.issuer
        if issuer is None or issuer.kind in _NO_HOSTS or one.kind.code == "portal" and one.proper:
            return None
        if fold(one.wording) == "vụ" and issuer.level != "central":
            return None  # only ministries and their like have such
        return issuer

    def _group_place(self, where: PlacePhrase | None, level: str) -> tuple[str | None, str | None]:
        """The place a group is within: the province of the plan, unless it is of provinces or of the whole country."""
        if where is not None and where.state or level in ("central",):
            return None, None
        if where is not None and "province" in where.levels:
            return None, None
        if where is not None and where.name:
            found = find_province(where.name)
            if found is not None:
                as_of = province(found.code, self.home.on) or found
                return found.code, as_of.full_name
        issuer = self.issuer
        if issuer is not None and issuer.level in ("district", "commune") and level in ("", "commune"):
            return issuer.place, issuer.place_name  # of the district whose plan it is
        code, _, name = self._home()
        return code, name or None

    def _body(self, one: ParsedName) -> str:
        """What a key says of an agency before its place."""
        return ".".join(filter(None, (one.kind.code, *self._named(one))))

    def _named(self, one: ParsedName) -> tuple[str | None, str]:
        """Sector and proper name in a key, whatever stands between its words, with a wording that tells it apart."""
        kind = one.kind
        proper = "" if kind.of == "state" and not kind.follows else slug(lexicon.wording_key(one.proper))
        proper = "" if proper == self._initials() else proper
        if one.own and self._above(one) is None:
            proper = "-".join(filter(None, (proper, "thuoc", slug(one.own))))
        if kind.code in _BY_SECTOR and one.sector and (kind.follows != "name" or not proper):
            return one.sector, proper
        if kind.distinct or (kind.follows in ("name", "loose", "body") or kind.of == "state") and not one.first:
            proper = "-".join(filter(None, (slug(lexicon.wording_key(one.wording)), proper)))
        return None, proper

    def _initials(self) -> str:
        """What a province calls itself in short: "hp" in a plan of Hải Phòng."""
        found = province(self.province, self.home.on) if self.province else None
        return "".join(word[0] for word in slug(found.name).split("-")) if found else ""

    def _name(self, one: ParsedName) -> str:
        """The name without its place, written as the files write it."""
        if one.kind.of == "state" and not one.kind.follows or slug(one.proper) == self._initials() != "":
            return one.wording
        if one.kind.code in ("other", "locality") or not one.wording:
            return with_capital(one.text)
        return " ".join(filter(None, (one.wording, one.sector_words, cased(one.proper))))

    def _made(
        self, key: str, one: ParsedName, level: str | None, place: str | None, place_name: str | None
    ) -> RegisteredAgency:
        """The entry of a single agency."""
        if "@" not in key:
            key = f"{key}@{self.home.province or STATE}"
        if one.kind.code in ("note", "office_holder"):
            return entry_of(key, with_capital(one.text), one.kind.code, None, None, one.many, None, None, self.home)
        name = self._name(one)
        if one.kind.code == "locality" and place is not None and place_name:
            name = with_capital(self._said(one, place, place_name))
        elif place is not None and place_name:
            name = f"{name} {self._said(one, place, place_name)}"
        return entry_of(key, name, one.kind.code, level, one.sector, False, place, place_name or None, self.home)

    def _said(self, one: ParsedName, place: str, place_name: str) -> str:
        """The place as it stands in a full name."""
        if one.kind.seat:
            return place_name.split(" ", 2 if place_name.startswith(("thành phố", "thị xã", "thị trấn")) else 1)[-1]
        if one.kind.code in ("press", "broadcaster") and place.count("-") == 1:
            there = province(place, self.home.on) or find_province(place_name)
            return there.name if there is not None else place_name  # a misread one is no province
        if place.count("-") > 1:
            found = unit(place)
            above = unit(found.parent) if found is not None and found.parent and found.parent.count("-") > 1 else None
            around = province(province_of(place), self.home.on)
            return ", ".join([place_name, *(one.full_name for one in (above, around) if one is not None)])
        return place_name
