"""The overviews for programs: entries by cursor, CSV, tags, gzip, and answers as OpenAPI describes them."""

import csv
import io
import json

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator

from pipeline.compare import compare
from pipeline.schema import Plan
from tests.web.desk.overviews.conftest import OUTPUTS

PATHS = ("/api/deadlines", "/api/targets", "/api/agencies", "/api/pairs", "/api/provisions?q=thư viện", "/api/plans")


def every(client, path, **asked):
    found, cursor = [], None
    while True:
        page = client.get(path, params={**asked, "limit": 7, **({"cursor": cursor} if cursor else {})}).json()
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            return found


def test_deadlines_come_in_order_of_days_each_once(client):
    found = every(client, "/api/deadlines", **{"from": "2023-01-01", "to": "2025-12-31"})
    assert [one["due"] for one in found] == sorted(one["due"] for one in found)
    assert len({json.dumps(one, sort_keys=True) for one in found}) == len(found) > 7
    (one,) = every(client, "/api/deadlines", **{"from": "2023-11-30", "to": "2023-11-30"})
    assert (one["name"], one["ref"], one["province"]) == ("can-tho-2023", "V.10", "Cần Thơ")
    assert client.get(f"/api/plans/{one['name']}").json()["plan_id"] == one["plan_id"]


def test_targets_are_asked_for_by_province_unit_and_year(client):
    found = every(client, "/api/targets", province="Vĩnh Long", unit="%", year="2030")
    stated = Plan.model_validate_json((OUTPUTS / "vinh-long-2023.json").read_bytes())
    figures = [one for item in [*stated.objectives, *stated.tasks] for one in item.targets]
    expected = sorted((one.value, one.text) for one in figures if one.unit == "%" and (one.due or "")[:4] == "2030")
    assert sorted((one["value"], one["text"]) for one in found) == expected != []


def test_agencies_and_pairs_are_counted(client):
    agencies = every(client, "/api/agencies", province="Cần Thơ")
    assert any(one["key"] == "department.culture@VN-CT" and one["responsible"] for one in agencies)
    pairs = client.get("/api/pairs", params={"province": "Cần Thơ", "limit": 3}).json()["items"]
    assert len(pairs) == 3 and pairs[0]["items"] >= pairs[1]["items"] >= pairs[2]["items"] > 0


def test_two_plans_are_compared_as_the_command_does(client):
    a, b = (
        Plan.model_validate_json((OUTPUTS / f"{one}.json").read_bytes()) for one in ("can-tho-2023", "lai-chau-2023")
    )
    found = client.get("/api/comparison?a=can-tho-2023&b=lai-chau-2023").json()
    assert found == json.loads(compare(a, b).model_dump_json())


@pytest.mark.parametrize("name", ["deadlines", "targets"])
def test_csv_has_what_json_has(client, name):
    rows = list(csv.DictReader(io.StringIO(client.get(f"/api/{name}.csv").content.decode("utf-8-sig"))))
    found = every(client, f"/api/{name}")
    assert [(row["ref"], row["due"], row["name"]) for row in rows] == [
        (one["ref"], one["due"] or "", one["name"]) for one in found
    ]


def test_the_calendar_is_that_of_the_page(client):
    asked = {"agency": "Sở Giáo dục và Đào tạo", "province": "Cần Thơ"}
    made = [client.get(path, params=asked).content for path in ("/api/deadlines.ics", "/deadlines.ics")]
    assert made[0] == made[1] and Calendar.from_ical(made[0]).walk("VEVENT")


@pytest.mark.parametrize("path", [*PATHS, "/api/plans/can-tho-2023", "/api/deadlines.csv", "/api/openapi.json"])
def test_answers_are_zipped_and_not_sent_twice(client, path):
    plain = client.get(path, headers={"accept-encoding": "identity"})
    zipped = client.get(path, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers and zipped.headers["content-encoding"] == "gzip"
    assert zipped.content == plain.content and int(zipped.headers["content-length"]) < len(plain.content)
    if path != "/api/openapi.json":
        tag = zipped.headers["etag"]
        assert tag == plain.headers["etag"]
        assert client.get(path, headers={"if-none-match": tag, "accept-encoding": "gzip"}).status_code == 304


@pytest.mark.parametrize("path", ["/", "/search?q=thu+vien", "/deadlines"])
def test_pages_with_the_token_of_a_form_are_not_zipped(client, path):
    assert "content-encoding" not in client.get(path, headers={"accept-encoding": "gzip"}).headers


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/deadlines?from=yesterday", 422, "E758"),
        ("/api/deadlines?cursor=%00", 422, "E758"),
        ("/api/deadlines?limit=201", 422, "E758"),
        ("/api/deadlines?role=boss", 422, "E721"),
        ("/api/targets?year=25", 422, "E758"),
        ("/api/targets?year=0000", 422, "E758"),
        ("/api/targets?province=Atlantis", 422, "E722"),
        ("/api/agencies?agency=%20", 422, "E725"),
        ("/api/comparison?a=can-tho-2023", 422, "E758"),
        ("/api/comparison?a=can-tho-2023&b=../x", 404, "E752"),
        ("/api/pairs?limit=0", 422, "E758"),
    ],
)
def test_problems_say_their_code(client, path, status, code):
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.fixture(scope="module")
def described(client):
    return client.get("/api/openapi.json").json()


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/api/plans", ""), ("/api/plans/{name}", "can-tho-2023"), ("/api/plans/{name}/corrections", "can-tho-2023"),
        ("/api/provisions", "?q=thư viện&limit=50"), ("/api/deadlines", "?limit=200"), ("/api/targets", "?limit=200"),
        ("/api/agencies", "?limit=200"), ("/api/pairs", "?limit=200"),
        ("/api/comparison", "?a=can-tho-2023&b=vinh-long-2023"),
    ],
)  # fmt: skip
def test_every_answer_is_what_openapi_says_of_it(client, described, path, asked):
    address = path.replace("{name}", asked) if "{name}" in path else path + asked
    answer = client.get(address)
    assert answer.status_code == 200
    said = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator({**said, "components": described["components"]}).validate(answer.json())
    assert answer.json() or path.endswith("corrections")


def test_problems_are_what_openapi_says_of_them(client, described):
    answer = client.get("/api/deadlines?limit=0").json()
    said = described["paths"]["/api/deadlines"]["get"]["responses"]["4XX"]["content"]["application/problem+json"]
    Draft202012Validator({**said["schema"], "components": described["components"]}).validate(answer)


def test_every_answer_and_every_field_of_the_api_is_described(described):
    for path, one in described["paths"].items():
        answers = one["get"]["responses"]
        assert {"200", "304", "4XX", "5XX"} <= answers.keys() and "422" not in answers, path
        assert one["get"]["description"] and all(said.get("schema") for said in answers["200"]["content"].values()), (
            path
        )
    bare = [name for name, one in described["components"]["schemas"].items() if not one.get("description")]
    assert set(bare) <= {"JsonValue", "HTTPValidationError", "ValidationError"}
