"""Reviewing: what a reviewer does to a value is written down beside the plan, and shows."""

import json
import re
import shutil
from html import unescape

import pytest

from pipeline.corrections import read_corrections
from pipeline.evaluate import read_plan
from pipeline.web.page.findings import token_of

NAME = "deep/paged"
POST = f"/plans/{NAME}/.corrections"


def plan(desk):
    return read_plan(desk.folder / f"{NAME}.json")


def agency(desk):
    item = next(one for one in plan(desk).tasks if one.agencies)
    return f"tasks/{item.id}/agencies", item.agencies[0]


def deadline(desk):
    item = next(one for one in plan(desk).tasks if one.deadlines)
    return f"tasks/{item.id}/deadlines", item.deadlines[0]


def send(desk, act, path="", meant=None, **fields):
    token = "" if meant is None else token_of(meant)
    data = {"csrf": desk.token, "act": act, "path": path, "token": token, **fields}
    return desk.client.post(POST, data=data, follow_redirects=False)


def made(desk):
    return read_corrections(desk.folder / f"{NAME}.json")


def corrected(desk):
    return desk.client.get(f"/api/plans/{NAME}").json()


def item_of(raw, path):
    kind, id_, name = path.split("/")
    return next(one for one in raw[kind] if one["id"] == id_)[name]


def test_the_page_shows_every_value_with_what_names_it(desk):
    page = desk.client.get(f"/plans/{NAME}").text
    path, value = agency(desk)
    assert f'data-path="{path}" data-is="{token_of(value)}"' in page


def test_who_reviews_is_asked_before_anything_is_written_and_the_act_goes_on_with_the_answer(desk):
    path, value = agency(desk)
    form = send(desk, "edit", path, value, name="Sở Tài chính", role="lead")
    assert form.status_code == 422 and made(desk) == []
    waiting = {
        name: unescape(typed) for name, typed in re.findall('type="hidden" name="(.*?)" value="(.*?)"', form.text)
    }
    (action,) = re.findall('<form [^>]*action="(.*?)"', form.text)
    done = desk.client.post(action, data={**waiting, "reviewer": " Lê  Thị Hoa "}, follow_redirects=False)
    assert done.status_code == 303
    (one,) = made(desk)
    assert (one.by, one.new["name"]) == ("Lê Thị Hoa", "Sở Tài chính")
    send(desk, "undo")
    assert made(desk)[1].by == "Lê Thị Hoa"


@pytest.mark.parametrize("last", ["edit", "time", "agencies", "corrections", "text"])
def test_a_plan_may_have_the_name_of_what_is_done_to_plans(desk, last):
    shutil.copy(desk.folder / "plain.json", desk.folder / "deep" / f"{last}.json")
    assert "596/QĐ-UBND" in desk.client.get(f"/plans/deep/{last}").text
    assert desk.client.get(f"/api/plans/deep/{last}").json()["metadata"]["attached_to"] == "596/QĐ-UBND"
    assert desk.client.get(f"/plans/deep/{last}/.time", params={"text": "30/11/2025"}).json()["read"]


def test_who_reviews_is_asked_at_the_top_of_a_plan_until_it_is_known(desk):
    assert 'role="note"' in desk.client.get(f"/plans/{NAME}").text
    desk.client.post("/reviewer", data={"csrf": desk.token, "reviewer": "Nam"}, follow_redirects=False)
    assert 'role="note"' not in desk.client.get(f"/plans/{NAME}").text


def test_a_correction_that_cannot_be_written_is_said(reviewer, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.web.desk.review.append", full)
    answer = send(reviewer, "accept", *agency(reviewer))
    assert answer.status_code == 500 and "E115" in answer.text and "No space left" in answer.text


def test_accepting_confirms_what_was_read(reviewer):
    path, value = agency(reviewer)
    assert send(reviewer, "accept", path, value).status_code == 303
    (one,) = made(reviewer)
    assert (one.by, one.path, one.old == one.new) == ("Nguyễn Văn Nam", path, True)
    assert item_of(corrected(reviewer), path)[0]["confidence"] == 1
    assert "right, says Nguyễn Văn Nam" in reviewer.client.get(f"/plans/{NAME}").text


def test_an_agency_gets_another_name_and_the_key_of_the_register(reviewer):
    path, value = agency(reviewer)
    send(reviewer, "edit", path, value, name="Sở Tài chính", role="lead")
    now = item_of(corrected(reviewer), path)[0]
    assert (now["name"], now["role"], now["key"]) == ("Sở Tài chính", "lead", "department.finance@VN-CT")
    assert f"before: {value.name}" in reviewer.client.get(f"/plans/{NAME}").text
    assert item_of(reviewer.client.get(f"/api/plans/{NAME}?raw=1").json(), path)[0]["name"] == value.name


@pytest.mark.parametrize(
    ("typed", "kind", "end", "recurrence"),
    [
        ("30/11/2025", "by", "2025-11-30", None),
        ("tháng 11/2025", "in", "2025-11-30", None),
        ("quý IV/2025", "in", "2025-12-31", None),
        ("trước 30/11 hằng năm", "recurring", None, "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
    ],
)
def test_a_deadline_is_typed_as_a_clerk_writes_it(reviewer, typed, kind, end, recurrence):
    path, value = deadline(reviewer)
    assert send(reviewer, "edit", path, value, text=typed).status_code == 303
    now = item_of(corrected(reviewer), path)[0]
    assert (now["kind"], now["end"], now["recurrence"]) == (kind, end, recurrence)
    assert now["text"] == value.text


def test_a_time_shows_as_it_is_read(desk):
    said = desk.client.get(f"/plans/{NAME}/.time", params={"text": "quý IV/2025"}).json()
    assert said == {"read": "in 01/10/2025 – 31/12/2025"}


@pytest.mark.parametrize("typed", ["bao giờ xong thì thôi", "31/2/2025", ""])
def test_what_is_no_time_is_asked_again_and_not_written(reviewer, typed):
    path, value = deadline(reviewer)
    answer = send(reviewer, "edit", path, value, text=typed)
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert made(reviewer) == []


def test_a_figure_is_typed_with_vietnamese_separators(reviewer):
    item = next(one for one in plan(reviewer).objectives if one.targets)
    path = f"objectives/{item.id}/targets"
    fields = {"value": "1.200,5", "comparison": ">=", "unit": "%"}
    assert send(reviewer, "edit", path, item.targets[0], **fields).status_code == 303
    assert [one["value"] for one in item_of(corrected(reviewer), path)][0] == 1200.5


@pytest.mark.parametrize(
    "typed", ["1,234.5", "1.2.3", "12.34,5", "1,2,3", "1234.567", "0.125,5", "1e3", "nan", "1_000", "1 2"]
)
def test_a_figure_that_could_be_another_is_asked_again_and_not_written(reviewer, typed):
    item = next(one for one in plan(reviewer).objectives if one.targets)
    fields = {"value": typed, "comparison": ">=", "unit": "%"}
    answer = send(reviewer, "edit", f"objectives/{item.id}/targets", item.targets[0], **fields)
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert made(reviewer) == []


def test_the_record_is_corrected(reviewer):
    metadata = plan(reviewer).metadata
    send(reviewer, "edit", "metadata/number", metadata.number, value="141/KH-UBND")
    send(reviewer, "edit", "metadata/issued", metadata.issued, value="4/7/2023")
    now = corrected(reviewer)["metadata"]
    assert (now["number"], now["issued"], now["issued_on"]) == ("141/KH-UBND", "2023-07-04", "2023-07-04")


def test_rejecting_takes_a_value_out_and_undoing_puts_it_back_as_it_was(reviewer):
    path, value = agency(reviewer)
    before = corrected(reviewer)
    send(reviewer, "reject", path, value)
    assert value.name not in [one["name"] for one in item_of(corrected(reviewer), path)]
    send(reviewer, "undo")
    assert corrected(reviewer) == before
    assert len(made(reviewer)) == 2  # nothing that was written is ever lost


def test_a_value_is_added_where_its_words_stand(reviewer):
    path, _ = agency(reviewer)
    send(reviewer, "edit", path, name="Sở Nội vụ", role="cooperating")
    last = item_of(corrected(reviewer), path)[-1]
    assert (last["name"], last["role"], last["evidence"]["rule"]) == ("Sở Nội vụ", "cooperating", "correction")


def test_a_task_that_is_none_is_taken_out(reviewer):
    item = plan(reviewer).tasks[0]
    send(reviewer, "reject", f"tasks/{item.id}", item.text)
    assert item.id not in [one["id"] for one in corrected(reviewer)["tasks"]]


def test_a_task_that_is_an_objective_is_moved(reviewer):
    item = plan(reviewer).tasks[0]
    send(reviewer, "edit", f"tasks/{item.id}", item.text, text=item.text, kind="objective")
    assert item.id in [one["id"] for one in corrected(reviewer)["objectives"]]


@pytest.mark.parametrize("act", ["accept", "reject"])
def test_what_names_no_value_is_answered_in_words(reviewer, act):
    path, _ = agency(reviewer)
    answer = send(reviewer, act, path)
    assert answer.status_code == 409 and "E755" in answer.text
    assert made(reviewer) == []


def test_two_reviewers_lose_neithers_work(reviewer):
    path, value = agency(reviewer)
    send(reviewer, "edit", path, value, name="Sở Tài chính", role="lead")
    answer = send(reviewer, "edit", path, value, name="Sở Nội vụ", role="lead")
    assert answer.status_code == 409
    assert [one["name"] for one in item_of(corrected(reviewer), path)].count("Sở Tài chính") == 1


def test_reading_anew_keeps_corrections_and_shows_conflicts(reviewer):
    path, value = agency(reviewer)
    send(reviewer, "edit", path, value, name="Sở Tài chính", role="lead")
    file = reviewer.folder / f"{NAME}.json"
    raw = json.loads(file.read_text())
    item_of(raw, path)[0]["name"] = "Sở Y tế"
    file.write_text(json.dumps(raw))
    page = reviewer.client.get(f"/plans/{NAME}").text
    assert "Corrections that no longer fit" in page
    assert item_of(corrected(reviewer), path)[0]["name"] == "Sở Y tế"
    (at,) = re.findall('name="at" value="([^"]*)"', page)
    send(reviewer, "undo", at=at)
    assert "Corrections that no longer fit" not in reviewer.client.get(f"/plans/{NAME}").text


def test_a_plan_is_marked_as_reviewed_and_not_any_more(reviewer):
    def state():
        return {one["name"]: one["state"] for one in reviewer.client.get("/api/plans").json()["items"]}[NAME]

    send(reviewer, "done")
    assert state() == "reviewed"
    send(reviewer, "done")
    assert state() == "doubtful"


def test_agencies_are_suggested_from_the_plan_and_the_register(desk):
    names = desk.client.get(f"/plans/{NAME}/.agencies", params={"q": "so tai chinh"}).json()
    assert "Sở Tài chính" in names


def test_pages_are_pictures_and_come_once(desk):
    answer = desk.client.get(f"/plans/{NAME}/.pages/2.webp")
    assert answer.status_code == 200 and answer.content[8:12] == b"WEBP"
    again = desk.client.get(f"/plans/{NAME}/.pages/2.webp", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("page", ["3", "0", "-1", "x", "1.webp%2f..%2f2"])
def test_a_page_that_is_not_there_is_none(desk, page):
    assert desk.client.get(f"/plans/{NAME}/.pages/{page}.webp").status_code in (404, 422)


def test_a_file_that_no_library_reads_costs_its_picture_alone(desk):
    raw = json.loads((desk.folder / f"{NAME}.json").read_text())
    (desk.folder / "deep" / "a.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<" + b"/A[" * 100_000)
    from pipeline.files import sha256_of

    raw["source"]["sha256"] = sha256_of(desk.folder / "deep" / "a.pdf")
    (desk.folder / f"{NAME}.json").write_text(json.dumps(raw))
    assert desk.client.get(f"/plans/{NAME}/.pages/1.webp").status_code == 404
    assert desk.client.get(f"/plans/{NAME}").status_code == 200


def test_a_time_that_is_typed_anew_keeps_no_kind_of_the_one_before(reviewer):
    path, value = deadline(reviewer)
    query = {"path": path, "token": token_of(value)}
    form = reviewer.client.get(f"/plans/{NAME}/.edit", params=query).text
    assert value.kind and not re.findall(r'<option value="\w+" selected', form)
    send(reviewer, "edit", path, value, text=value.text, kind="")
    (one,) = made(reviewer)
    assert one.old == one.new  # the same words say the same: it is confirmed


def doubted(desk, code, of="deadlines", count=1):
    """The plan with doubts on the words of values of a list: the paths of these, and the values."""
    file = desk.folder / f"{NAME}.json"
    raw, found = json.loads(file.read_text()), []
    for item in raw["tasks"]:
        if item[of] and len(found) < count:
            params = {"item": item["id"], "text": "x"}
            item["doubts"] = [{"code": code, "params": params, "evidence": item[of][0]["evidence"]}]
            found.append((f"tasks/{item['id']}", item[of][0], item["doubts"][0]))
    file.write_text(json.dumps(raw))
    return found


@pytest.mark.parametrize(
    ("act", "typed"), [("accept", {}), ("reject", {}), ("edit", {"text": "15/8/2025"}), ("edit", {"text": ""})]
)
def test_what_is_said_of_a_value_settles_the_doubt_about_it_and_comes_back_with_it(reviewer, act, typed):
    ((path, value, _),) = doubted(reviewer, "W405")
    typed = {"text": typed["text"] or value["text"]} if typed else {}
    assert send(reviewer, act, f"{path}/deadlines", value, **typed).status_code == 303
    assert item_of(corrected(reviewer), f"{path}/doubts") == []
    send(reviewer, "undo")
    assert len(item_of(corrected(reviewer), f"{path}/doubts")) == 1


def test_what_a_doubt_lacks_is_asked_for_and_settles_it(reviewer):
    ((path, _, doubt),) = doubted(reviewer, "W414", "agencies")
    form = reviewer.client.get(f"/plans/{NAME}/.edit", params={"path": f"{path}/doubts", "token": token_of(doubt)}).text
    fields = {name: unescape(value) for name, value in re.findall('type="hidden" name="(.*?)" value="(.*?)"', form)}
    assert (fields["path"], fields["doubt"]) == (f"{path}/agencies", token_of(doubt))
    done = reviewer.client.post(POST, data={**fields, "name": "Sở Ngoại vụ", "role": "lead"}, follow_redirects=False)
    assert done.status_code == 303
    now = corrected(reviewer)
    assert item_of(now, f"{path}/doubts") == []
    assert item_of(now, f"{path}/agencies")[-1]["name"] == "Sở Ngoại vụ"


def test_a_word_that_may_be_wrong_is_corrected_in_the_text_of_its_item(reviewer):
    ((path, _, doubt),) = doubted(reviewer, "W411")
    form = reviewer.client.get(f"/plans/{NAME}/.edit", params={"path": f"{path}/doubts", "token": token_of(doubt)}).text
    fields = {name: unescape(value) for name, value in re.findall('type="hidden" name="(.*?)" value="(.*?)"', form)}
    reviewer.client.post(POST, data={**fields, "text": "Mở thư viện", "kind": "task"}, follow_redirects=False)
    (item,) = [one for one in corrected(reviewer)["tasks"] if f"tasks/{one['id']}" == path]
    assert (item["text"], item["doubts"]) == ("Mở thư viện", [])


def test_a_doubt_that_says_not_what_is_missing_leads_to_all_that_may_be(reviewer):
    ((path, _, doubt),) = doubted(reviewer, "W418")
    form = reviewer.client.get(f"/plans/{NAME}/.edit", params={"path": f"{path}/doubts", "token": token_of(doubt)}).text
    leads = [unescape(one) for one in re.findall('data-adds href="(.*?)"', form)]
    assert len(leads) == 4
    assert all(reviewer.client.get(one).status_code == 200 for one in leads)
    assert all(f'name="doubt" value="{token_of(doubt)}"' in reviewer.client.get(one).text for one in leads)


def test_all_that_are_doubtful_alike_are_accepted_at_once_and_taken_back_at_once(reviewer):
    found = doubted(reviewer, "W405", count=3)
    (first, value, _), *others = found
    also = json.dumps([[f"{path}/deadlines", token_of(other)] for path, other, _ in others])
    assert send(reviewer, "accept", f"{first}/deadlines", value, also=also).status_code == 303
    now = corrected(reviewer)
    assert [item_of(now, f"{path}/doubts") for path, _, _ in found] == [[], [], []]
    send(reviewer, "undo")
    assert [len(item_of(corrected(reviewer), f"{path}/doubts")) for path, _, _ in found] == [1, 1, 1]


def test_of_those_that_were_accepted_at_once_one_is_put_back_alone(reviewer):
    found = doubted(reviewer, "W405", count=3)
    (first, value, _), *others = found
    also = json.dumps([[f"{path}/deadlines", token_of(other)] for path, other, _ in others])
    send(reviewer, "accept", f"{first}/deadlines", value, also=also)
    second = others[0][0].removeprefix("tasks/")
    article = reviewer.client.get(f"/plans/{NAME}").text.partition(f'id="{second}"')[2].partition("</article>")[0]
    (at,) = re.findall('name="at" value="([^"]*)"', article)
    send(reviewer, "undo", at=at)
    assert [len(item_of(corrected(reviewer), f"{path}/doubts")) for path, _, _ in found] == [0, 1, 0]
    send(reviewer, "undo")
    assert [len(item_of(corrected(reviewer), f"{path}/doubts")) for path, _, _ in found] == [1, 1, 1]


@pytest.mark.parametrize(
    ("also", "status"),
    [("[", 422), ("[1]", 422), ('[["a"]]', 422), ('{"a": 1}', 422), ('[["tasks/I.1/agencies", ""]]', 422),
     ('[["tasks/none/agencies", "0"]]', 409), ("[" * 20000, 422)],
)  # fmt: skip
def test_what_names_no_values_is_refused_and_nothing_is_written(reviewer, also, status):
    answer = send(reviewer, "accept", *agency(reviewer), also=also)
    assert (answer.status_code, made(reviewer)) == (status, [])


def test_a_number_that_the_document_lacks_is_said_to_lack_and_asked_no_more(reviewer):
    file = reviewer.folder / f"{NAME}.json"
    raw = json.loads(file.read_text())
    raw["metadata"] |= {"number": None, "serial_by_hand": False}
    raw["metadata"]["evidence"].pop("number", None)
    raw["warnings"] = [{"code": "W402", "severity": "doubtful", "page": None, "item": None, "params": {}}]
    file.write_text(json.dumps(raw))
    before = reviewer.client.get(f"/plans/{NAME}").text
    assert 'class="value doubt unsure" id="r-number"' in before and 'href="#r-number"' in before
    send(reviewer, "accept", "metadata/number", None, token=token_of(None))
    after = reviewer.client.get(f"/plans/{NAME}").text
    assert 'class="value record" id="r-number"' in after and "Looked at" in after
    (entry,) = [one for one in reviewer.client.get("/api/plans").json()["items"] if one["name"] == NAME]
    assert entry["doubts"] == before.count(" unsure") - 1
