"""The metadata of a document: the head and foot of the outline turned into names, dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta, timezone
from functools import cache

from pipeline.document import Foot, Head, Outline, Passage
from pipeline.extract.agencies import lexicon
from pipeline.extract.agencies.casing import match
from pipeline.extract.agencies.full_names import begins_post, behind_post, full, post
from pipeline.extract.agencies.letterheads import bodies_of, names_school, with_place_of
from pipeline.extract.agencies.mention import Grade
from pipeline.extract.agencies.mentions import find
from pipeline.extract.citations import LAW, Citation, find_citations, type_of
from pipeline.extract.evidence import Locator
from pipeline.extract.times.periods import period
from pipeline.extract.tokens import spelled_out
from pipeline.knowledge.documents import document_types
from pipeline.knowledge.places import ProvinceRow, level_names
from pipeline.language.accents import bare
from pipeline.language.dates import YEAR, find_date
from pipeline.language.folding import fold
from pipeline.language.syllables import rejoined
from pipeline.register import PlanOrigin, identify, issuer_slug
from pipeline.schema import DigitalSignature, Evidence, LegalBasis, Metadata, Organisation, Province, Recipient, Signer
from pipeline.schema.identities import slug, unnamed_plan

_MONTH = re.compile(rf"tháng\s+(?P<month>\d{{1,2}})\s+năm\s+(?P<year>{YEAR})")
_YEAR_ALONE = re.compile(rf"năm\s+(?P<year>{YEAR})")
LETTER = "Công văn"
VIETNAM = timezone(timedelta(hours=7))
_CAPACITY = re.compile(r"^(?:tm|kt|tl|tuq|q|t/m|k/t|t/l)(?:\s?\.\s*|\s+)", re.IGNORECASE)
_CARRIED_OUT = re.compile(
    r"\bvề việc (?:tổ chức |triển khai )?thực hiện $"
)  # … a document that is all the title of another


def read_metadata(
    plan: Outline, locator: Locator, signatures: Sequence[DigitalSignature] = ()
) -> tuple[Metadata, list[LegalBasis]]:
    """Read the metadata of a whole file, and its legal basis: those of the part that it is of.

    Args:
        plan: the outline of the file.
        locator: of the document.
        signatures: the digital ones of the file; they make no date (`signed_days` says which they hint at).
    """
    part = plan.parts[plan.main]
    head, foot = part.head, part.foot
    evidence: dict[str, Evidence] = {}

    def seen(field: str, passage: Passage | None) -> None:
        if passage is not None and passage.text:
            evidence[field] = locator.evidence(passage)

    number, printed = _number(plan)
    attached = _attached(head.attached)
    issued_on, dated_in = _issued(plan, number)
    issuers = bodies_of(head.issuers, locator.text)
    issuer, issuer_passage = issuers[-1] if issuers else _issuer_elsewhere(head, number, attached, part.preamble)
    parent = issuers[-2] if len(issuers) > 1 else None
    place = _place(rejoined(head.place.text), (issuer, parent[0] if parent else None)) if head.place else None
    titled = _behind_level(head.title.text) if head.title else None
    province = _province([issuer, parent[0] if parent else None, place, titled], issuer, issued_on)
    row = _named_province(province.name) if province else None
    if issuer is not None and row is not None:
        issuer = _with_place(issuer, row, (parent[0] if parent else None, place))
    if issuer is not None and parent is not None:
        issuer = with_place_of(issuer, parent[0])
    letter = _is_letter(head, number)
    kind = LETTER if letter else _type(head.document_type) or _type_of_number(number)
    title = (head.title.text.strip(" *:.;,") or None) if head.title else None
    seen("document_type", (head.document_type or printed) if kind else None)
    seen("number", printed)
    seen("attached_to", head.attached if attached else None)
    seen("issuer", issuer_passage if issuer else None)
    seen("place", head.place)
    seen("issued_on", dated_in if issued_on else None)
    seen("title", head.title if title else None)
    seen("signer", foot.signer)
    seen("parent_issuer", parent[1] if parent else None)
    origin = PlanOrigin(province.code if province else None, issued_on, issuer)
    metadata = Metadata(
        document_type=kind,
        number=number,
        serial_by_hand=_by_hand(number, evidence.get("number"), locator),
        attached_to=attached.number if attached else None,
        issuer=Organisation(name=issuer) if issuer else None,
        parent_issuer=Organisation(name=parent[0]) if parent else None,
        province=province,
        place=place,
        issued=issued_on.isoformat() if issued_on else _month(head.date),
        issued_on=issued_on,
        title=title,
        period=period(head.title.text, issued_on) if head.title else None,
        signer=_signer(foot),
        signatures=list(signatures),
        recipients=[recipient(passage.text, origin) for passage in (*head.addressees, *foot.recipients)],
        evidence=evidence,
    )
    return metadata, [one for one in legal_basis(part.preamble, locator) if one.number != (number or "")]


def _place(printed: str, issuers: Sequence[str | None]) -> str:
    """The place before a date, spelled as the province that issues is where it has the letters of that: "Lâm Đông".

    A district may be one accent away from a province elsewhere: Phù Yên, Phú Yên.
    """
    row = lexicon.province_by_letters(printed)
    return row.name if row is not None and any(name and row.name in name for name in issuers) else printed


def _number(plan: Outline) -> tuple[str | None, Passage | None]:
    """The number of a document and where it stands: in its head, else in those of its annexes ("Kèm theo …").

    An annex may come with another document: type and year have to be those of the head, and the symbol if it has one.
    """
    head = plan.parts[plan.main].head
    number = re.sub(r"\s+", "", head.number.text) if head.number else None
    if number is not None and not number.startswith("/"):
        return number, head.number
    kind = fold(_type(head.document_type) or LETTER)
    year = (_month(head.date) or "")[:4]
    for passage in (part.head.attached for part in plan.parts[plan.main + 1 :]):
        cited = _attached(passage)
        if passage is None or cited is None or not cited.number[0].isdigit() or fold(cited.document_type) != kind:
            continue
        dated = not (year and cited.issued_on) or str(cited.issued_on.year) == year
        if dated and (number or "/") in cited.number:
            return cited.number, passage.cut(cited.start, cited.head_end)
    return number, head.number


def _issued(plan: Outline, number: str | None) -> tuple[date | None, Passage | None]:
    """The day of a document and where it stands: in its head, or in the line of one that is issued with another."""
    head, *annexes = (part.head for part in plan.parts[plan.main :])
    if head.date is not None:
        return _date(head.date), head.date
    for one in (head, *annexes):
        cited = _attached(one.attached)
        if cited is not None and cited.issued_on is not None and (one is head or cited.number == number):
            return cited.issued_on, one.attached
    return None, None


def _is_letter(head: Head, number: str | None) -> bool:
    """Whether a document is a letter, the one type that is not printed: by its addressees, or subject and symbol."""
    if head.document_type is not None:
        return False
    if number is not None and type_of(number) is not None:
        return False
    return bool(head.addressees) or (number is not None and head.title is not None)


def _type(passage: Passage | None) -> str | None:
    """The type as it is printed, also where its letters are spaced by hand or misread."""
    if passage is None:
        return None
    printed = passage.text.strip(" *:.")
    letters = bare(printed).replace(" ", "")
    known = next((name for name in document_types() if bare(name).replace(" ", "") == letters), printed)
    return known.capitalize()


def _type_of_number(number: str | None) -> str | None:
    """The type that a number states, of a document which does not print it: "12/KH-UBND"."""
    found = type_of(number) if number else None
    return found.capitalize() if found else None


def _date(passage: Passage | None) -> date | None:
    """The date of a head; None when the day or the month is blank or impossible. Behind a label "ngày" is left out."""
    text = _closed_up(passage) if passage else ""
    return find_date(f"ngày {text}" if text[:1].isdigit() else text)


def _closed_up(passage: Passage) -> str:
    """A printed date, folded, without blanks between its digits: "ngày 1 2 tháng 0 3 năm 2021"."""
    return re.sub(r"(?<=\d) (?=\d)", "", fold(passage.text))


def _month(passage: Passage | None) -> str | None:
    """The month of a head whose day is blank or written by hand, else its year, as EDTF."""
    if passage is None:
        return None
    month, year = _MONTH.search(_closed_up(passage)), _YEAR_ALONE.search(_closed_up(passage))
    if month and 1 <= int(month["month"]) <= 12:
        return f"{month['year']}-{int(month['month']):02}"
    return year["year"] if year else None


def signed_days(metadata: Metadata) -> list[date]:
    """The days in Vietnam on which the file was signed digitally; where its head prints but the month, those of it.

    A copy is signed again when it is published, which may be later.
    """
    times = [one.signed_at for one in metadata.signatures if one.signed_at is not None and one.intact is not False]
    days = sorted({time.astimezone(VIETNAM).date() for time in times})
    printed = metadata.issued if metadata.issued_on is None else None
    return [day for day in days if day.isoformat().startswith(printed or "")]


def _by_hand(number: str | None, evidence: Evidence | None, locator: Locator) -> bool:
    """Whether the serial of a number is blank or, in a picture, may have been written by hand."""
    if number is None:
        return False
    return number.startswith(("/", "-")) or (evidence is not None and locator.is_doubtful(evidence))


def recipient(text: str, origin: PlanOrigin) -> Recipient:
    """Read a line of recipients, without its mark; the register knows an agency by the plan it stands in."""
    found = find(spelled_out(text))
    named = next((one for one in found if one.grade is not Grade.BARE), None)
    return Recipient(text=text, agency_key=identify(named.name, origin).key if named else None)


def _attached(passage: Passage | None) -> Citation | None:
    found = find_citations(passage.text) if passage else []
    return found[0] if found else None


def _issuer_elsewhere(
    head: Head, number: str | None, attached: Citation | None, preamble: Sequence[Passage]
) -> tuple[str | None, Passage | None]:
    """Who issues a document whose head does not say: the decision it comes with, its first words, or its number."""
    if head.authority is not None:
        return full(head.authority.text.strip(" *,:")), head.authority
    if attached is not None and attached.issuer:
        return attached.issuer, head.attached
    for passage in preamble:
        named = find(spelled_out(passage.text))
        if (
            named
            and named[0].start == 0
            and named[0].grade is Grade.PROPER
            and re.match(
                r"\s*(?:ban hành|xây dựng|triển khai|yêu cầu|chỉ thị|đề nghị|tổ chức|thông báo)",
                fold(passage.text[named[0].end :]),
            )
        ):
            return named[0].name, passage.cut(0, named[0].end)
    code = re.split(r"[-/]", number)[-1] if number else ""
    return lexicon.issuer_of(code), head.number


def _province(texts: Sequence[str | None], issuer: str | None, on: date | None) -> Province | None:
    """The province a document is of; None for a central agency's."""
    if issuer is None or lexicon.is_of("central", issuer):
        return None
    for row in (*map(_named_province, texts), *map(_home_of, texts)):
        if row is not None:
            later = on is not None and on >= date(2025, 7, 1)
            name = row.current_name.removeprefix("Thành phố ") if later else row.name
            return Province(
                code=row.current_code if later else row.code,
                name=name,
                current_name=row.current_name.removeprefix("Thành phố "),
                current_code=row.current_code,
            )
    return None


@cache
def _district() -> re.Pattern[str]:
    levels = "|".join(level_names("city", "district"))
    return re.compile(rf"(?:{levels}) (?P<name>[^,;()-]+?)\s*(?:$|[,;()-])", re.IGNORECASE)


def _home_of(text: str | None) -> ProvinceRow | None:
    """The province that the only district of a name lies in: "Ủy ban nhân dân huyện Tam Đường"."""
    named = _district().search(text or "")
    return lexicon.home_of(named["name"]) if named else None


def _behind_level(title: str) -> str | None:
    """What stands behind "tỉnh" or "thành phố" in a title, in which "hòa bình" alone is no province."""
    level = re.search(r"(?:tỉnh|thành phố|tp\.?)\s+", title, re.IGNORECASE)
    return title[level.end() :] if level else None


def _named_province(text: str | None) -> ProvinceRow | None:
    """The province named last in a text."""
    if not text:
        return None
    words = spelled_out(text)
    found = None
    for index in range(len(words)):
        row = match(lexicon.provinces(), words, index)[1]
        if isinstance(row, ProvinceRow) and words[index].capital:
            found = row
    return found


def _with_place(name: str, row: ProvinceRow, printed: Sequence[str | None]) -> str:
    """A local agency's name with its place: "Thư viện thành phố" of Cần Thơ -> "Thư viện thành phố Cần Thơ".

    A province that was renamed has the name that other parts of the head, `printed`, have.
    """
    folded = fold(name)
    current = row.current_name.removeprefix("Thành phố ")
    place, kind = row.name, row.kind
    heads = [one for one in printed if one is not None and current in one and row.name not in one]
    if heads:
        place, kind = current, "thành phố" if f"thành phố {current}" in heads[0] else kind
    if fold(place) in folded or not lexicon.is_of("local", name) or names_school(spelled_out(name)):
        return name
    if folded.endswith(kind):
        return f"{name} {place}"
    if re.search(r"(?:tỉnh|thành phố|huyện|quận|xã|phường)\b", folded):
        return name
    return f"{name} {kind} {place}"


def _signer(foot: Foot) -> Signer | None:
    if foot.signer is None:
        return None
    lines = [passage.text.strip(" *") for passage in foot.capacity]
    name = foot.signer.text.strip(" *.")
    if foot.marred:
        name = " ".join(re.sub(r"[^\w\s'’.,-]+", " ", name).split())
    return Signer(name=name, position=_position(lines), capacity=lines)


def _position(lines: Sequence[str]) -> str | None:
    """The signer's own office, written as a title: the first post behind for whom ("KT. …") they sign.

    None where only for whom is read: the office below was lost under the seal.
    """
    lines = [re.sub(r"^P\s?\.\s*", "PHÓ ", line) for line in lines]
    behind = next((at for at in range(len(lines), 0, -1) if _CAPACITY.match(lines[at - 1])), 0)
    own = next((line for line in lines[behind:] if begins_post(line)), lines[-1] if lines else "")
    if _CAPACITY.match(own):
        own = behind_post(_CAPACITY.sub("", own))
    parts = re.split(r"(\s+[-–]\s+|,\s+)", own)
    return "".join(part if number % 2 else post(part) for number, part in enumerate(parts)) or None


def legal_basis(preamble: Sequence[Passage], locator: Locator) -> list[LegalBasis]:
    """The documents cited in the opening paragraphs, each once, and what their titles say is carried out."""
    out: list[LegalBasis] = []
    known: set[str] = set()
    for passage in preamble:
        for citation in find_citations(passage.text):
            through = _CARRIED_OUT.search(fold(passage.text[: citation.start]))
            if citation.nested and not through or citation.number in known:
                continue
            known.add(citation.number)
            out.append(
                LegalBasis(
                    document_type=citation.document_type.capitalize(),
                    number=citation.number,
                    issued_on=citation.issued_on,
                    issuer=citation.issuer,
                    title=citation.title,
                    evidence=locator.evidence(passage, citation.start, citation.head_end),
                )
            )
        titles = [(one.start, one.end) for one in find_citations(passage.text)]
        out += _laws(passage, titles, locator)
    return out


def _laws(passage: Passage, titles: Sequence[tuple[int, int]], locator: Locator) -> list[LegalBasis]:
    """Laws, which are cited by name and date, outside titles: "Căn cứ Luật Dược ngày 14 tháng 6 năm 2005"."""
    return [
        LegalBasis(
            document_type=found["type"],
            number=None,
            issued_on=_date(passage.cut(*found.span("day"))) if found["day"] else None,
            issuer=None,
            title=(found["dated"] or found["name"]).strip(),
            evidence=locator.evidence(passage, found.start("type"), found.end()),
        )
        for found in LAW.finditer(passage.text)
        if not any(start < found.start("type") < end for start, end in titles)
    ]


def plan_id(metadata: Metadata, sha256: str) -> str:
    """Make a stable slug: province/issuer/year/number; the file's hash when one of these or the serial is missing.

    Two plans share one only where issuer, year and number are the same, whatever the number's case and signs are.
    """
    number = metadata.number or metadata.attached_to
    if not number or number.startswith(("/", "-")) or metadata.issued_on is None or metadata.issuer is None:
        return unnamed_plan(sha256)
    if metadata.province is None and not lexicon.is_of("central", metadata.issuer.name):
        return unnamed_plan(sha256)
    province = metadata.province
    place = slug(province.name) if province else "trung-uong"
    suffix = "" if metadata.number else f"/{slug(metadata.document_type or 'van-ban')}"
    parent = metadata.parent_issuer.name if metadata.parent_issuer else None
    origin = PlanOrigin(province.code if province else None, metadata.issued_on, metadata.issuer.name)
    issuer, serial = issuer_slug(origin, parent), slug(number)
    if not issuer or not serial:
        return unnamed_plan(sha256)
    return f"{place}/{issuer}/{metadata.issued_on.year}/{serial}{suffix}"
