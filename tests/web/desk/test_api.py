"""The API: plans as the contract says, pages of entries, tags, and problems that name their code."""

import json

import pytest

from pipeline.schema import Plan
from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader


def test_all_plans_come_by_cursor_each_once(desk):
    seen, cursor = [], None
    while True:
        page = desk.client.get("/api/plans", params={"limit": 1, **({"cursor": cursor} if cursor else {})}).json()
        seen += [one["name"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == ["deep/paged", "hostile", "old", "plain"]


def test_a_plan_keeps_the_contract(desk):
    answer = desk.client.get("/api/plans/plain")
    assert answer.text == (desk.folder / "plain.json").read_text()
    Plan.model_validate_json(answer.content)


def test_the_text_is_what_offsets_point_into(desk):
    assert desk.client.get("/api/plans/plain/text").text == (desk.folder / "plain.txt").read_text()


def test_what_is_known_is_not_sent_again(desk):
    tag = desk.client.get("/api/plans/plain").headers["etag"]
    assert desk.client.get("/api/plans/plain", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/plans/nothing", 404, "E752"),
        ("/api/nothing", 404, "E752"),
        ("/api/plans?cursor=nonsense", 422, "E758"),
        ("/api/plans?limit=0", 422, "E758"),
        ("/api/plans?state=odd", 422, "E758"),
        ("/api/provisions?q=x", 404, "E704"),
        ("/api/plans/plain/pages/1.webp", 404, "E752"),
    ],
)
def test_problems_say_their_code(desk, path, status, code):
    answer = desk.client.get(path)
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code and answer.json()["status"] == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_is_changed_over_the_api(desk, method):
    assert desk.client.request(method, "/api/plans/plain").status_code == 405


def test_items_are_found_in_the_store(desk):
    with open_store(str(desk.folder / "plans.db"), write=True) as store:
        list(Loader(store, None, False, 1).load([desk.folder / "plain.json"]))
    asks = {"q": "thư viện", "limit": 2}
    first = desk.client.get("/api/provisions", params=asks).json()
    second = desk.client.get("/api/provisions", params={**asks, "cursor": first["next"]}).json()
    refs = [one["ref"] for one in first["items"] + second["items"]]
    assert len(set(refs)) == 4
    assert f'/plans/plain#{first["items"][0]["ref"]}"' in desk.client.get("/search?q=thư+viện").text
    wrong = desk.client.get("/api/provisions", params={"q": "x", "role": "odd"})
    assert wrong.status_code == 422 and wrong.json()["code"] == "E721"


def test_openapi_names_every_address(desk):
    said = desk.client.get("/api/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert sorted(said["paths"]) == [
        "/api/agencies", "/api/comparison", "/api/deadlines", "/api/deadlines.csv", "/api/deadlines.ics", "/api/pairs",
        "/api/plans", "/api/plans/{name}", "/api/plans/{name}/corrections", "/api/plans/{name}/pages/{page}.webp",
        "/api/plans/{name}/text", "/api/provisions", "/api/targets", "/api/targets.csv",
    ]  # fmt: skip
    assert {one for path in said["paths"].values() for one in path} == {"get"}
    assert json.dumps(said).count("kehoach_") == 0
