import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from pipeline.errors import KehoachError
from pipeline.store.database import HEAD, open_store
from tests.store.conftest import OUTPUTS, fill

PLAN = sorted(OUTPUTS.glob("*.json"))[0]


@pytest.fixture
def address(unmade):
    return unmade


def refused(address, **more):
    """The code of the error that opening ends in."""
    with pytest.raises(KehoachError) as error, open_store(address, **more):
        pass
    return error.value.code


def version(address, value):
    """Say that the tables are of another version."""
    url = f"sqlite:///{address}" if "://" not in address else address.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :value"), {"value": value})
    engine.dispose()


def test_a_store_that_is_not_there_is_an_error_for_readers(tmp_path):
    assert refused(str(tmp_path / "plans.db")) == "E704"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_an_error_for_readers(address):
    if "://" not in address:
        open(address, "wb").close()  # noqa: SIM115, PTH123
    assert refused(address) == "E704"


def test_a_writer_makes_the_store_and_its_folder(tmp_path):
    with open_store(str(tmp_path / "a/b/plans.db"), write=True):
        pass
    with open_store(str(tmp_path / "a/b/plans.db")) as store:
        assert store.dialect == "sqlite"


def test_a_database_of_a_newer_kehoach_is_left_alone(address):
    fill(address, PLAN)
    version(address, "9999")
    assert refused(address) == "E703"
    assert refused(address, write=True) == "E703"


@pytest.mark.slow
def test_a_reader_does_not_alter_an_older_database(address):
    fill(address, PLAN)
    version(address, "0000")
    assert refused(address) == "E705"


def test_another_program_s_database_is_left_alone(tmp_path):
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE plans (a)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    assert refused(str(path)) == "E708"
    assert refused(str(path), write=True) == "E708"
    assert path.read_bytes() == before


@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_no_database_is_left_alone(tmp_path, write):
    path = tmp_path / "plans.db"
    path.write_bytes(b"Ng\xc3\xa0y mai" * 1000)
    assert refused(str(path), write=write) == "E709"
    assert path.read_bytes() == b"Ng\xc3\xa0y mai" * 1000


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert refused(str(tmp_path / "file/plans.db"), write=True) == "E702"


def test_a_folder_is_no_database(tmp_path):
    assert refused(str(tmp_path), write=True) == "E702"


def test_a_loader_that_finds_the_database_locked_says_so(tmp_path):
    path = str(tmp_path / "plans.db")
    fill(path, PLAN)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(KehoachError) as error, open_store(path, write=True, wait=0.2) as store, store.writing():
        pass
    assert error.value.code == "E701"
    with open_store(path, wait=0.2) as store, store.reading() as connection:  # readers are not kept out
        assert connection.scalar(text("SELECT count(*) FROM plans")) == 1
    other.close()


def test_a_reader_does_not_wait_for_a_loader(tmp_path):
    path = str(tmp_path / "plans.db")
    fill(path, PLAN)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with open_store(path, wait=0.2) as store, store.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM plans")) == 1
    other.close()


def test_a_loader_does_not_wait_for_a_reader(tmp_path):
    path = str(tmp_path / "plans.db")
    fill(path, PLAN)
    with open_store(path) as store, store.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM plans")) == 1
        assert [one.outcome for one in fill(path, PLAN, again=True)] == ["replaced"]
        assert connection.scalar(text("SELECT count(*) FROM plans")) == 1


def test_a_reader_tidies_up_behind_a_writer_that_was_killed(tmp_path):
    path = str(tmp_path / "plans.db")
    fill(path, PLAN)
    child = os.fork()
    if child == 0:
        with open_store(path, write=True) as store, store.writing() as connection:
            connection.execute(text("DELETE FROM targets"))
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    with open_store(path) as store, store.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM targets")) > 0


def test_loaders_on_a_server_wait_for_each_other(address):
    if "://" not in address:
        pytest.skip("of PostgreSQL")
    fill(address, PLAN)
    with (
        open_store(address, write=True) as first,
        first.writing(),
        open_store(address, write=True, wait=0.3) as second,
        pytest.raises(KehoachError) as error,
        second.writing(),
    ):
        pass
    assert error.value.code == "E701"


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_a_read_only_store_is_read_and_not_written():
    folder = Path(tempfile.mkdtemp())  # not below a folder that only root may look into
    path = folder / "plans.db"
    fill(str(path), PLAN)
    path.chmod(0o444)
    folder.chmod(0o555)
    child = os.fork()
    if child == 0:  # as somebody who may not write, which root always may
        code = 99
        try:
            if os.getuid() == 0:
                os.setuid(65534)
            with open_store(str(path)) as store, store.reading() as connection:
                code = 0 if connection.scalar(text("SELECT count(*) FROM plans")) == 1 else 1
            try:
                with open_store(str(path), write=True) as store, store.writing() as connection:
                    connection.execute(text("DELETE FROM plans"))
                code += 10
            except KehoachError as error:
                code += 0 if error.code == "E702" else 20
        except KehoachError:
            code = 50
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_server_refuses_loaders(address):
    if "://" not in address:
        pytest.skip("of PostgreSQL")
    fill(address, PLAN)
    engine = create_engine(address.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    engine.dispose()
    with pytest.raises(KehoachError) as error:
        fill(address, PLAN, again=True)
    assert error.value.code == "E702"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("mysql://a@b/c", "E714"),
        ("nonsense://", "E714"),
        ("postgresql://kehoach:secret@127.0.0.1:1/none", "E706"),
        ("postgresql://kehoach:x@secret:1@127.0.0.1:1/none", "E714"),
        ("postgresql://kehoach@127.0.0.1:1/none?password=secret", "E706"),
        ("postgresql://kehoach:x@secret@127.0.0.1:1/none", "E706"),
    ],
)
def test_an_address_that_leads_nowhere_is_an_error_without_its_password(address, code):
    with pytest.raises(KehoachError) as error, open_store(address, wait=1):
        pass
    assert error.value.code == code
    assert "secret" not in str(error.value)


def test_a_store_is_of_the_newest_version(address):
    fill(address, PLAN)
    with open_store(address) as store, store.reading() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
