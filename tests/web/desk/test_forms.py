"""Whatever is sent to the desk's forms is answered in words: no failure of the desk's own."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnsupportedFormatError
from pipeline.web.desk.arrivals.names import own_name

ITEM = "V.10"
PATHS = st.one_of(
    st.sampled_from(["metadata/number", "metadata/issued", "metadata/signer", "metadata/text", "tasks", "tasks/", "/"]),
    st.sampled_from(["agencies", "persons", "deadlines", "targets", "doubts", "text", ""]).map(
        f"tasks/{ITEM}/".__add__
    ),
    st.text(max_size=30),
)
TYPED = st.one_of(
    st.sampled_from(
        ["30/11/2025", "1.200,5", "lead", "task", ">=", "=1+1", "99999999999999999999", "quý IV/2025", "\x00"]
    ),
    st.text(max_size=40),
)
FIELDS = st.dictionaries(
    st.sampled_from(
        ["name", "role", "text", "kind", "value", "value_max", "comparison", "unit", "subject", "due", "post"]
    ),
    TYPED,
)
many = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.slow
@settings(many, max_examples=40)
@given(
    act=st.sampled_from(["accept", "reject", "edit", "undo", "done", "odd", ""]),
    path=PATHS,
    token=st.one_of(st.just(""), st.text(max_size=20)),
    at=TYPED,
    why=TYPED,
    fields=FIELDS,
    one=st.integers(0, 400),
)
def test_corrections(reviewer, act, path, token, at, why, fields, one):
    page = reviewer.client.get("/plans/deep/paged").text
    known = re.findall(r'data-path="([^"]*)" data-is="([^"]*)"', page)
    if one < len(known):  # a value that is there
        path, token = known[one]
    sent = {"csrf": reviewer.token, "act": act, "path": path, "token": token, "at": at, "why": why, **fields}
    answer = reviewer.client.post("/plans/deep/paged/.corrections", data=sent, follow_redirects=False)
    assert answer.status_code in (303, 404, 409, 422)


@pytest.mark.slow
@many
@given(path=PATHS, token=st.text(max_size=20), text=TYPED)
def test_what_forms_ask(desk, path, token, text):
    asked = [
        desk.client.get("/plans/deep/paged/.edit", params={"path": path, "token": token}),
        desk.client.get("/plans/deep/paged/.time", params={"text": text}),
        desk.client.get("/plans/deep/paged/.agencies", params={"q": text}),
        desk.client.get("/", params={"q": text, "province": path}),
        desk.client.get("/reviewer", params={"back": text}),
    ]
    assert all(one.status_code in (200, 404, 409, 422) for one in asked)


@many
@given(name=st.text(max_size=300))
def test_names_of_documents(tmp_path, name):
    try:
        path = own_name(name)
    except UnsupportedFormatError:
        return
    place = tmp_path / path
    assert place.resolve().is_relative_to(tmp_path) and place != tmp_path
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        place.write_bytes(b"x")
