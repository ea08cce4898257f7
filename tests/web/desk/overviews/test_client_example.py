"""The client that docs/desk.md shows is run against a desk, and prints what is shown."""

import contextlib
import io
import re
import shutil
from pathlib import Path
from threading import Thread

import pytest
import uvicorn

from pipeline.settings import Settings
from pipeline.store.database import open_store
from pipeline.store.loading.load import Loader, json_files
from pipeline.web.desk import make_app
from pipeline.web.desk.serving import listen
from tests.web.desk.overviews.conftest import OUTPUTS

PAGE = Path(__file__).resolve().parents[4] / "docs" / "desk.md"
SHOWN = re.compile(r"^```python\n(.*?)^```\n\n```\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def address(tmp_path):
    """The address of a desk that answers over the network."""
    shutil.copytree(OUTPUTS, tmp_path / "outputs")
    database = str(tmp_path / "plans.db")
    with open_store(database, write=True) as store:
        list(Loader(store).load(list(json_files([tmp_path / "outputs"]))))
    taken = listen("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(make_app(tmp_path / "outputs", Settings(database=database)), log_level="error")
    )
    thread = Thread(target=server.run, args=([taken],))
    thread.start()
    yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.mark.slow
def test_it_prints_what_is_shown(address, request):
    text = PAGE.read_text(encoding="utf-8")
    code, shown = SHOWN.search(text).groups()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code.replace("http://127.0.0.1:8000", address), {"__name__": "example"})
    if request.config.getoption("--regenerate-docs"):
        PAGE.write_text(text.replace(f"```\n{shown}```", f"```\n{printed.getvalue()}```"), encoding="utf-8")
        return
    assert printed.getvalue() == shown
