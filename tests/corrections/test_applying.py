"""Corrections laid over a plan: what they change, what they agree with, where they conflict."""

from datetime import UTC, datetime

import pytest

from pipeline.corrections import Outcome, apply
from pipeline.schema.correction import Correction
from tests.plans import a_plan

AGENCY = {"name": "Sở Tài chính", "role": "responsible"}
ITEM = "tasks/I.1"


def corrected(path, old, new, plan=None, item_text=None):
    return apply(plan or a_plan(), [correction(path, old, new, item_text)])


def correction(path, old, new, item_text=None):
    return Correction(at=datetime(2026, 1, 2, tzinfo=UTC), by="Lan", path=path, old=old, new=new, item_text=item_text)


def outcome(made):
    ((_, found),) = made.outcomes
    return found


def test_a_field_of_the_record_is_put():
    made = corrected("metadata/number", a_plan().metadata.number, "7/KH-UBND")
    assert (outcome(made), made.plan.metadata.number) == (Outcome.APPLIED, "7/KH-UBND")


def test_a_role_is_changed_and_the_value_says_who_made_it():
    made = corrected(f"{ITEM}/agencies", AGENCY, {"role": "lead"})
    (agency,) = made.plan.tasks[0].agencies
    assert (agency.name, agency.role, agency.confidence, agency.evidence.rule) == (
        "Sở Tài chính",
        "lead",
        1,
        "correction",
    )


def test_an_agency_is_added_where_its_words_stand():
    made = corrected(f"{ITEM}/agencies", None, {"name": "Tài chính", "role": "cooperating"})
    evidence = made.plan.tasks[0].agencies[-1].evidence
    assert made.plan.tasks[0].agencies[-1].printed == evidence.quote == "Tài chính"
    assert a_plan().text[evidence.start : evidence.end] == evidence.quote


def test_words_that_do_not_stand_in_the_item_have_the_place_of_the_item():
    made = corrected(f"{ITEM}/agencies", None, {"name": "Sở Y tế", "role": "lead"})
    assert made.plan.tasks[0].agencies[-1].evidence.quote == a_plan().tasks[0].evidence.quote


@pytest.mark.parametrize("kind", ["agencies", "deadlines", "targets"])
def test_a_value_is_taken_out(kind):
    value = getattr(a_plan().tasks[0], kind)[0].model_dump(mode="json", by_alias=True)
    assert getattr(corrected(f"{ITEM}/{kind}", value, None).plan.tasks[0], kind) == []


def test_a_deadline_is_moved():
    old = {"text": "trước ngày 30 tháng 11 năm 2024"}
    made = corrected(f"{ITEM}/deadlines", old, {"end": "2024-12-01", "edtf": "/2024-12-01"})
    assert str(made.plan.tasks[0].deadlines[0].end) == "2024-12-01"


def test_an_item_becomes_an_objective():
    made = corrected(f"{ITEM}/kind", "task", "objective")
    assert (made.plan.tasks, [one.id for one in made.plan.objectives]) == ([], ["I.1"])


def test_what_the_machine_says_by_now_is_agreed():
    made = corrected("metadata/number", "old", a_plan().metadata.number)
    assert (outcome(made), made.plan) == (Outcome.AGREED, a_plan())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("metadata/number", "another", "7/KH-UBND"),
        (f"{ITEM}/agencies", {"name": "Sở Y tế"}, {"role": "lead"}),
        ("tasks/IX.9/text", "a", "b"),
        ("tasks/I.1/nothing", "a", "b"),
        ("nowhere", None, {}),
        (f"{ITEM}/agencies", None, {"name": "Sở Y tế", "role": "captain"}),
        (f"{ITEM}/deadlines", {"text": "trước ngày 30 tháng 11 năm 2024"}, {"end": "tomorrow"}),
        ("metadata/issuer", {"name": "x"}, {"name": "y"}),
    ],
)
def test_what_does_not_fit_changes_nothing(path, old, new):
    made = corrected(path, old, new)
    assert (outcome(made), made.plan, len(made.conflicts())) == (Outcome.CONFLICT, a_plan(), 1)


def moved(plan):
    """The plan as read anew, its item under another id."""
    return plan.model_copy(update={"tasks": [plan.tasks[0].model_copy(update={"id": "II.7"})]})


def test_an_item_is_found_by_what_it_says_when_its_id_has_changed():
    text = a_plan().tasks[0].text
    made = corrected(f"{ITEM}/agencies", AGENCY, {"role": "lead"}, moved(a_plan()), text)
    assert (outcome(made), made.plan.tasks[0].agencies[0].role) == (Outcome.APPLIED, "lead")


def test_an_item_of_the_same_id_that_says_something_else_is_not_touched():
    made = corrected(f"{ITEM}/agencies", AGENCY, {"role": "lead"}, item_text="Sở Y tế mua thuốc")
    assert outcome(made) is Outcome.CONFLICT


def test_corrections_follow_each_other_and_can_be_taken_back():
    there, back = {"role": "lead"}, {"role": "responsible"}
    steps = [
        correction(f"{ITEM}/agencies", AGENCY, there),
        correction(f"{ITEM}/agencies", {**AGENCY, **there}, back),
    ]
    made = apply(a_plan(), steps)
    assert [found for _, found in made.outcomes] == [Outcome.APPLIED] * 2
    assert made.plan.tasks[0].agencies[0].role == "responsible"


def test_a_text_corrected_once_is_found_by_its_new_words():
    text = a_plan().tasks[0].text
    steps = [
        correction(f"{ITEM}/text", text, "Sở Y tế mua thuốc", text[:60]),
        correction(f"{ITEM}/result", None, "Báo cáo", "Sở Y tế mua thuốc"),
    ]
    made = apply(a_plan(), steps)
    assert (made.plan.tasks[0].text, made.plan.tasks[0].result) == ("Sở Y tế mua thuốc", "Báo cáo")


def test_what_is_confirmed_counts_as_corrected():
    made = corrected(f"{ITEM}/agencies", AGENCY, AGENCY)
    assert made.plan.tasks[0].agencies[0].evidence.rule == "correction"


def test_one_that_makes_no_plan_is_a_conflict_and_the_others_hold():
    steps = [
        correction("metadata/number", a_plan().metadata.number, "7/KH-UBND"),
        correction(f"{ITEM}/agencies", AGENCY, {"role": "boss"}),
        correction(f"{ITEM}/result", a_plan().tasks[0].result, "Báo cáo"),
    ]
    made = apply(a_plan(), steps)
    assert [found for _, found in made.outcomes] == ["applied", "conflict", "applied"]
    assert (made.plan.metadata.number, made.plan.tasks[0].result) == ("7/KH-UBND", "Báo cáo")
    assert made.plan.tasks[0].agencies == a_plan().tasks[0].agencies


def test_what_is_added_to_an_item_that_was_added_stands_in_no_other():
    new = {"id": "II.1", "text": "Sở Y tế mua thuốc", "evidence": a_plan().tasks[0].evidence.model_dump(mode="json")}
    steps = [
        correction("tasks", None, new),
        correction("tasks", None, {**new, "id": "II.2", "text": "Sở Y tế mua máy"}),
        correction("tasks/II.1/agencies", None, {"name": "Sở Y tế", "role": "lead"}),
    ]
    for _ in range(2):
        made = apply(a_plan(), steps).plan
        assert [len(one.agencies) for one in made.tasks if one.id in ("II.1", "II.2")] == [1, 0]


def test_the_text_of_a_plan_stays_with_it():
    plan = a_plan().with_text("KẾ HOẠCH")
    assert corrected(f"{ITEM}/agencies", AGENCY, None, plan).plan.text == "KẾ HOẠCH"


def test_what_was_made_at_a_moment_is_taken_back_as_if_it_had_never_been():
    made = correction(f"{ITEM}/agencies", AGENCY, None)
    back = correction("corrections", {"at": made.at.isoformat(), "by": made.by}, None)
    later = correction("metadata/number", a_plan().metadata.number, "7/KH-UBND").model_copy(
        update={"at": datetime(2026, 1, 3, tzinfo=UTC)}
    )
    now = apply(a_plan(), [made, later, back])
    assert now.plan.tasks == a_plan().tasks
    assert [one for one, _ in now.outcomes] == [later]


def test_saying_that_a_plan_is_reviewed_changes_nothing_in_it():
    made = corrected("review", None, True)
    assert (outcome(made), made.plan) == (Outcome.AGREED, a_plan())


BOTH = "Chủ trì, phối hợp với các sở, ban, ngành, UBND các huyện, thành phố "
OTHER = "f" * 64


def saying(*texts):
    """A plan with a task of each text, with ids I.1, I.2, …"""
    plan = a_plan()
    tasks = [plan.tasks[0].model_copy(update={"id": f"I.{at}", "text": text}) for at, text in enumerate(texts, 1)]
    return plan.model_copy(update={"tasks": tasks})


def test_an_item_that_was_taken_out_is_taken_out_under_another_id():
    made = corrected("tasks", {"id": "I.1", "text": "rà soát"}, None, saying("tập huấn", "rà soát"))
    assert (outcome(made), [one.text for one in made.plan.tasks]) == (Outcome.APPLIED, ["tập huấn"])


@pytest.mark.parametrize(
    ("path", "old"),
    [
        ("tasks", {"id": "I.1", "text": f"{a_plan().tasks[0].text[:-1]};"}),
        (f"{ITEM}/agencies", {**AGENCY, "printed": "sở tài chính tỉnh"}),
        (f"{ITEM}/deadlines", {"text": "trước ngày 30 tháng 11 năm 2024", "end": "2024-12-01"}),
    ],
)
def test_what_was_taken_out_and_stands_there_otherwise_is_a_conflict(path, old):
    assert outcome(corrected(path, old, None)) is Outcome.CONFLICT


def test_items_that_begin_alike_are_told_by_their_whole_text():
    plan = saying(f"{BOTH}tập huấn", f"{BOTH}rà soát")
    made = corrected(f"{ITEM}/result", None, "Báo cáo", plan, f"{BOTH}rà soát")
    assert [one.result for one in made.plan.tasks] == [plan.tasks[0].result, "Báo cáo"]


@pytest.mark.parametrize(("texts", "found"), [((f"{BOTH}a",), "applied"), ((f"{BOTH}a", f"{BOTH}b"), "conflict")])
def test_the_beginning_of_an_older_line_finds_one_item_or_none(texts, found):
    assert outcome(corrected(f"{ITEM}/agencies", AGENCY, None, saying(*texts), BOTH[:60])) == found


def of_another_document(one):
    return apply(a_plan(), [one.model_copy(update={"sha256": OTHER})])


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("review", None, True),
        (f"{ITEM}/agencies", None, {"name": "Sở Y tế", "role": "lead"}),
        ("metadata/recipients", None, {"text": "Sở Y tế"}),
    ],
)
def test_what_was_said_of_another_document_does_not_hold(path, old, new):
    made = of_another_document(correction(path, old, new))
    assert (outcome(made), made.reviewed) == (Outcome.CONFLICT, False)


def test_a_correction_of_another_document_is_applied_to_the_same_words():
    made = of_another_document(correction(f"{ITEM}/agencies", AGENCY, None, a_plan().tasks[0].text))
    assert outcome(made) is Outcome.APPLIED


@pytest.mark.parametrize(
    ("at", "left"), [("2026-01-02T00:00:00Z", []), ("2026-01-02T00:00:01Z", ["agreed", "conflict"])]
)
def test_a_moment_is_taken_back_however_written_and_one_that_fits_nothing_is_shown(at, left):
    back = correction("corrections", {"at": at, "by": "Lan"}, None)
    assert [found for _, found in apply(a_plan(), [correction("review", None, True), back]).outcomes] == left
