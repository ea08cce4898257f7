"""A desk on a folder with plans: one of a PDF of two pages, one of text, one that failed, one that is hostile."""

import json
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient
from reportlab.pdfgen.canvas import Canvas

from pipeline.files import sha256_of
from pipeline.settings import Settings
from pipeline.web.desk import make_app
from pipeline.web.desk.shelf import shelving

OUTPUTS = Path(__file__).resolve().parents[3] / "outputs"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'"


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Who asks waits until all is read, as long as a busy machine may take."""
    monkeypatch.setattr(shelving, "_PATIENCE", 60.0)


@pytest.fixture
def folder(tmp_path):
    """Outputs: `deep/paged` lies beside its PDF, `plain` has no doubts, `hostile` is made of markup."""
    out = tmp_path / "outputs"
    (out / "deep").mkdir(parents=True)
    canvas = Canvas(str(out / "deep" / "a.pdf"), pagesize=(300, 400))
    for words in ("KE HOACH", "NHIEM VU"):
        canvas.drawString(50, 300, words)
        canvas.showPage()
    canvas.save()
    made = json.loads((OUTPUTS / "can-tho-2023.json").read_text())
    page = {**made["source"]["pages"][0], "width": 300, "height": 400, "unit": "pt"}
    pages = [{**page, "page": number} for number in (1, 2)]
    digest = sha256_of(out / "deep" / "a.pdf")
    made["source"] |= {"file_name": "a.pdf", "sha256": digest, "page_count": 2, "pages": pages}
    (out / "deep" / "paged.json").write_text(json.dumps(made))
    shutil.copy(OUTPUTS / "can-tho-2023.txt", out / "deep" / "paged.txt")
    for suffix in ("json", "txt"):
        shutil.copy(OUTPUTS / f"vinh-long-2023.{suffix}", out / f"plain.{suffix}")
    hostile = json.loads((OUTPUTS / "lai-chau-2023.json").read_text())
    item = next(one for one in hostile["tasks"] if one["agencies"])
    item["text"] = item["agencies"][0]["name"] = hostile["metadata"]["title"] = hostile["source"]["file_name"] = HOSTILE
    (out / "hostile.json").write_text(json.dumps(hostile))
    (out / "old.json").write_text(json.dumps({"schema_version": "1.1", "source": {"file_name": "old.pdf"}}))
    (out / "other.json").write_text("[1]")
    (tmp_path / "secret.json").write_text((out / "plain.json").read_text())
    return out


@pytest.fixture
def desk(folder):
    """A browser at the desk, as `client`; `token` is that of its forms."""
    app = make_app(folder, Settings(database=str(folder / "plans.db"), lang="en"))
    with TestClient(app, base_url="http://localhost:8000") as client:
        (token,) = re.findall('name="csrf" value="([0-9a-f]{64})"', client.get("/reviewer").text)
        yield SimpleNamespace(client=client, token=token, folder=folder)


@pytest.fixture
def reviewer(desk):
    """The same, once it was told who reviews."""
    answer = desk.client.post(
        "/reviewer", data={"csrf": desk.token, "reviewer": "Nguyễn Văn Nam"}, follow_redirects=False
    )
    assert answer.status_code == 303
    return desk
