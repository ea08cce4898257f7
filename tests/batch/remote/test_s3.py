"""A run whose documents and outputs lie in S3, against moto's server on this machine."""

import os
import signal
import socket
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import boto3
import pytest

from tests.plans import TEXT, a_plan
from tests.processes import wait_for

PROJECT = Path(__file__).parents[3]
SECRET = "a-secret-that-nobody-sees"
pytestmark = pytest.mark.slow


def read(path, settings):
    """A plan of a file, which notes that it was read and waits while there is a file `hold`."""
    notes = Path(os.environ["KEHOACH_TEST_NOTES"])
    with notes.open("a") as noted:
        noted.write(f"{path.name}\n")
    if path.name == "b.txt":
        assert wait_for(lambda: not notes.with_name("hold").exists())
    plan = a_plan(path.name, f"{TEXT}\n{path.read_text()}")
    source = plan.source.model_copy(update={"sha256": sha256(path.read_bytes()).hexdigest()})
    return plan.model_copy(update={"source": source}).with_text(plan.text)


@pytest.fixture(scope="module")
def server():
    """The address of a server of S3 that holds what it is given in memory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = f"from moto.server import main; main(['-H', '127.0.0.1', '-p', '{port}'])"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def answers():
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", port)) == 0

    try:
        assert wait_for(answers)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


class Bucket:
    """A bucket of its own, and the command that reads from it and writes to it."""

    def __init__(self, server, top):
        self.top, self.name = top, f"b-{sha256(bytes(top)).hexdigest()[:16]}"
        self.environment = os.environ | {
            "AWS_ENDPOINT_URL": server,
            "AWS_ACCESS_KEY_ID": "someone",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": "us-east-1",
            "KEHOACH_CACHE": str(top / "cache"),
            "KEHOACH_SANDBOX": "off",  # what reads here notes that it did
            "KEHOACH_TEST_NOTES": str(top / "notes"),
            "PYTHONPATH": str(PROJECT),
        }
        self.client = boto3.client(
            "s3",
            endpoint_url=server,
            aws_access_key_id="someone",
            aws_secret_access_key=SECRET,
            region_name="us-east-1",
        )
        self.client.create_bucket(Bucket=self.name)

    def put(self, **contents):
        for name, content in contents.items():
            self.client.put_object(Bucket=self.name, Key=f"in/{name}.txt", Body=content.encode())

    def start(self, paths=None, out=None):
        code = (
            "import sys, tests.batch.remote.test_s3 as t; from types import SimpleNamespace as N; "
            "sys.modules['pipeline.run'] = N(run=t.read, prepare=lambda: None); "
            "from pipeline.cli import main; main()"
        )
        paths = paths or [f"s3://{self.name}/in"]
        return subprocess.Popen(
            [sys.executable, "-c", code, "run", *paths, "-o", out or f"s3://{self.name}/out", "-j", "1"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, **options):
        command = self.start(**options)
        said, _ = command.communicate(timeout=300)
        assert SECRET not in said
        return command.returncode, said

    def outputs(self):
        found = self.client.list_objects_v2(Bucket=self.name, Prefix="out/").get("Contents", [])
        return {
            one["Key"].removeprefix("out/"): self.client.get_object(Bucket=self.name, Key=one["Key"])["Body"].read()
            for one in found
        }

    def was_read(self):
        notes = self.top / "notes"
        found = notes.read_text().split() if notes.exists() else []
        notes.unlink(missing_ok=True)
        return sorted(found)


@pytest.fixture
def bucket(server, tmp_path):
    return Bucket(server, tmp_path)


def test_documents_in_a_bucket_give_what_those_in_a_folder_give_and_are_read_once(bucket, tmp_path):
    contents = {"a": "1", "2024/c": "3"}
    bucket.put(**contents)
    for name, content in contents.items():
        (tmp_path / "in" / f"{name}.txt").parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / f"{name}.txt").write_text(content)
    code, said = bucket.run()
    assert code == 0, said
    code, said = bucket.run(paths=[str(tmp_path / "in")], out=str(tmp_path / "out"))
    assert code == 0, said
    there = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    assert bucket.outputs() == there
    assert bucket.was_read() == ["a.txt", "a.txt", "c.txt", "c.txt"]
    bucket.put(d="4")
    assert bucket.run()[0] == 0
    assert bucket.was_read() == ["d.txt"]
    assert sorted(bucket.outputs()) == ["2024/c.json", "2024/c.txt", "a.json", "a.txt", "d.json", "d.txt"]


def test_after_a_kill_it_goes_on_and_puts_what_is_not_there(bucket):
    bucket.put(a="1", b="2", c="3")
    (bucket.top / "hold").touch()
    command = bucket.start()
    assert wait_for(lambda: (bucket.top / "notes").exists() and "b.txt" in (bucket.top / "notes").read_text())
    assert wait_for(lambda: sorted(bucket.outputs()) == ["a.json", "a.txt"])
    command.send_signal(signal.SIGKILL)
    command.communicate()
    (bucket.top / "hold").unlink()
    bucket.was_read()
    code, said = bucket.run()
    assert code == 0, said
    assert bucket.was_read() == ["b.txt", "c.txt"]
    assert sorted(bucket.outputs()) == [f"{name}.{kind}" for name in "abc" for kind in ("json", "txt")]


def test_what_another_document_has_there_is_not_overwritten(bucket):
    bucket.put(a="1")
    assert bucket.run()[0] == 0
    before = bucket.outputs()
    bucket.environment["KEHOACH_CACHE"] = str(bucket.top / "another")  # as on another machine
    bucket.put(a="other")
    code, said = bucket.run()
    assert (code, bucket.outputs()) == (1, before)
    assert "E120" in said


def test_a_bucket_that_is_not_there_is_said(bucket):
    code, said = bucket.run(paths=["s3://no-such-bucket/in"])
    assert code == 1
    assert "E911 s3://no-such-bucket/in" in said
