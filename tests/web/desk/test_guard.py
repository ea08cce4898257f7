"""Who may ask what: nothing of another host, another page, or another folder."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from pipeline.settings import Settings
from pipeline.web.desk import make_app
from pipeline.web.desk.guard import LARGEST_KIB

POST = "/plans/plain/.corrections"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "192.168.1.4:8000", ""]
)
def test_another_host_is_refused(desk, host):
    answer = desk.client.get("/", headers={"host": host})
    assert answer.status_code == 421 and "55/KH" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:9", "[::1]:8000", "LOCALHOST"])
def test_names_of_this_machine_are_its_own(desk, host):
    assert desk.client.get("/", headers={"host": host}).status_code == 200


def test_a_desk_on_every_address_takes_addresses_of_digits_and_no_foreign_name(folder):
    client = TestClient(make_app(folder, Settings(), "0.0.0.0"))
    assert client.get("/", headers={"host": "192.168.1.4:8000"}).status_code == 200
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    "headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}]
)
def test_what_another_page_sends_is_refused(reviewer, headers):
    answer = reviewer.client.post(POST, data={"csrf": reviewer.token, "act": "done"}, headers=headers)
    assert answer.status_code == 403
    assert not (reviewer.folder / "plain.corrections.jsonl").exists()


@pytest.mark.parametrize("fields", [{}, {"csrf": ""}, {"csrf": "0" * 64}])
def test_a_form_without_its_token_is_refused(reviewer, fields):
    assert reviewer.client.post(POST, data={"act": "done", **fields}).status_code == 403
    assert not (reviewer.folder / "plain.corrections.jsonl").exists()


def test_the_token_of_another_browser_is_refused(reviewer):
    reviewer.client.cookies.clear()
    reviewer.client.cookies.set("kehoach_browser", "x" * 43)
    assert reviewer.client.post(POST, data={"act": "done", "csrf": reviewer.token}).status_code == 403


def test_a_body_that_is_too_large_is_refused(reviewer):
    large = "x" * (LARGEST_KIB * 1024 + 1)
    assert reviewer.client.post(POST, data={"csrf": reviewer.token, "act": large}).status_code == 413


def test_a_body_of_unknown_length_is_taken_so_far_only(reviewer):
    def parts():
        for _ in range(LARGEST_KIB + 2):
            yield b"x" * 1024

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert reviewer.client.post(POST, content=parts(), headers=headers).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/plans/..%2fsecret", "/plans/%2e%2e/secret", "/plans/deep/..%2f..%2fsecret", "/plans/%2fetc%2fpasswd",
        "/plans/..%5csecret", "/api/plans/..%2fsecret", "/api/plans/..%2fsecret/text", "/assets/..%2fsources.py",
        "/assets/plan.html.j2", "/plans/..%2fsecret/.pages/1.webp", "/plans/plain%00",
    ],
)  # fmt: skip
def test_nothing_outside_the_folder_is_reached(desk, path):
    answer = desk.client.get(path)
    assert answer.status_code == 404
    assert "596/QĐ" not in answer.text


@pytest.mark.parametrize("path", ["/", "/plans/hostile", "/search", "/nothing", "/api/plans", "/assets/plan.js"])
def test_every_answer_forbids_what_is_inline_and_other_hosts(desk, path):
    headers = desk.client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy and "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/plans/hostile", "/api/plans/hostile"])
def test_markup_in_a_plan_is_text(desk, path):
    answer = desk.client.get(path)
    assert answer.status_code == 200
    if "json" not in answer.headers["content-type"]:
        assert "<script>alert" not in answer.text and "<img src=x" not in answer.text
        assert "&lt;script&gt;alert" in answer.text


@pytest.mark.parametrize("path", ["/", "/plans/deep/paged", "/search", "/reviewer"])
def test_pages_ask_this_host_alone(desk, path):
    page = desk.client.get(path).text
    assert all(one.startswith(("/", "#")) for one in re.findall(' (?:src|href|action)="([^"]*)"', page))
    assert not re.findall(r"<script(?! src=)|<style|<[^>]* (?:style|on[a-z]+)=", page)


@pytest.mark.parametrize("back", ["//evil.example", "http://evil.example", "/\\evil.example", "/\t/evil.example"])
def test_the_way_back_leads_to_the_desk(desk, back):
    fields = {"csrf": desk.token, "reviewer": "Lan", "back": back}
    answer = desk.client.post("/reviewer", data=fields, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_cookies_are_of_this_site_and_no_script_reads_them(desk):
    desk.client.cookies.clear()
    said = desk.client.get("/").headers["set-cookie"]
    assert "HttpOnly" in said and "SameSite=lax" in said


def test_a_failure_of_ours_says_nothing_of_the_machine(folder):
    (folder / "plain.corrections.jsonl").write_text("no correction\n")
    client = TestClient(make_app(folder, Settings(lang="en")), base_url="http://localhost:8000")
    said = json.loads(client.get("/api/plans/plain").content)
    assert said["code"] == "E408"
