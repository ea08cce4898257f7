"""Documents fetched from addresses and outputs put to them."""

import fsspec
import pytest

from pipeline.batch.remote.addresses import is_address, local_place, place_of, shown_address
from pipeline.batch.remote.transfer import fetch, put, take_over
from pipeline.errors import RemoteError


class Address:
    """A place of fsspec that is empty at first, and the folder of this machine that stands for it."""

    def __init__(self, url, place):
        self.url, self.place = url, place
        self.files, self.root = fsspec.core.url_to_fs(url)

    def write(self, **contents):
        for name, content in contents.items():
            path = f"{self.root}/{name.replace('__', '/')}.txt"
            self.files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self.files.pipe_file(path, content.encode())

    def names(self):
        self.files.invalidate_cache()
        return sorted(name.removeprefix(self.root).lstrip("/") for name in self.files.find(self.root))

    def read(self, name):
        return self.files.cat_file(f"{self.root}/{name}").decode()

    def here(self):
        found = (path for path in self.place.rglob("*") if path.is_file() and not path.name.startswith("."))
        return {path.relative_to(self.place).as_posix(): path.read_text() for path in found}


@pytest.fixture(params=["memory", "file"])
def address(request, tmp_path):
    url = f"memory://{tmp_path.name}" if request.param == "memory" else f"file://{tmp_path}/far"
    made = Address(url, tmp_path / "near")
    yield made
    if made.files.exists(made.root):
        made.files.rm(made.root, recursive=True)


def outputs(place, **contents):
    for name, content in contents.items():
        path = place / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def test_documents_come_with_the_folders_they_lie_in(address):
    address.write(a="1", sub__b="2")
    assert fetch(address.url, address.place) == []
    assert address.here() == {"a.txt": "1", "sub/b.txt": "2"}


def told(address, monkeypatch, **about):
    """Have the place tell nothing else of its files; their size where it is asked for."""
    kind, find = type(address.files), type(address.files).find

    def found(self, *arguments, **options):
        names = find(self, *arguments, **options)
        if not options.get("detail"):
            return names
        return {name: {"size": one["size"]} | about for name, one in names.items()}

    monkeypatch.setattr(kind, "find", found)


def test_what_has_not_changed_is_not_fetched_again_and_what_is_gone_goes(address, monkeypatch):
    told(address, monkeypatch, mtime="1")
    address.write(a="1", b="2", c="3")
    fetch(address.url, address.place)
    before = (address.place / "a.txt").stat()
    address.write(b="two, changed")
    address.files.rm_file(f"{address.root}/c.txt")
    fetch(address.url, address.place)
    assert address.here() == {"a.txt": "1", "b.txt": "two, changed"}
    after = (address.place / "a.txt").stat()
    assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)


@pytest.mark.parametrize("about", [{}, {"created": "1"}, {"mtime": None}, {"modify": "Nov 29 07:45"}])
def test_where_nothing_tells_that_a_document_changed_it_is_fetched_again(address, monkeypatch, about):
    told(address, monkeypatch, **about)
    address.write(a="1")
    fetch(address.url, address.place)
    address.write(a="2")
    fetch(address.url, address.place)
    assert address.here() == {"a.txt": "2"}


def test_what_a_server_of_ftp_tells_to_the_second_is_heeded(address, monkeypatch):
    address.write(a="1")
    told(address, monkeypatch, modify="20261129074500")
    fetch(address.url, address.place)
    address.write(a="2")
    monkeypatch.undo()
    told(address, monkeypatch, modify="20261129074501")
    fetch(address.url, address.place)
    assert address.here() == {"a.txt": "2"}


def test_one_file_is_fetched_alone(address):
    address.write(a="1", b="2")
    fetch(f"{address.url}/a.txt", address.place / "a.txt")
    assert address.here() == {"a.txt": "1"}


def test_where_there_is_nothing_it_says_so(address):
    with pytest.raises(RemoteError):
        fetch(f"{address.url}/nothing", address.place)


@pytest.mark.parametrize("name", ["bucket/in", "bucket/in/", "bucket/in/../x", "bucket/in/a//b", "bucket/in/a\\b"])
def test_a_name_that_cannot_lie_here_has_no_place(tmp_path, name):
    assert place_of(name, "bucket/in", tmp_path) is None


def test_outputs_are_put_and_those_that_changed_again(address):
    outputs(address.place, kh__json="{}", kh__txt="text")
    put(address.url, address.place)
    assert address.names() == ["kh.json", "kh.txt"]
    outputs(address.place, kh__json='{"new": 1}')
    put(address.url, address.place, {"kh.json", "kh.txt", "kh.hocr"})
    assert (address.read("kh.json"), address.read("kh.txt")) == ('{"new": 1}', "text")


def test_what_was_set_aside_here_is_set_aside_there(address):
    outputs(address.place, kh__json="{}", kh__txt="text")
    put(address.url, address.place)
    (address.place / "kh.json").rename(address.place / "kh.json.stale")
    put(address.url, address.place)
    assert address.names() == ["kh.json.stale", "kh.txt"]


def test_the_journal_and_what_is_being_written_stay_here(address):
    outputs(address.place, kh__json="{}")
    (address.place / ".kehoach.db").write_text("journal")
    (address.place / ".kehoach-0.part").write_text("half")
    put(address.url, address.place)
    assert address.names() == ["kh.json"]


def test_a_json_is_never_there_beside_a_text_of_another_run(address, monkeypatch):
    outputs(address.place, kh__json="old", kh__txt="old")
    put(address.url, address.place)
    outputs(address.place, kh__json="new", kh__txt="new!")
    seen = []
    kind = type(address.files)

    def watched(real):
        def work(self, *arguments, **options):
            done = real(self, *arguments, **options)
            seen.append({one: address.read(one).rstrip("!") for one in address.names() if one.startswith("kh")})
            return done

        return work

    for name in ("put_file", "rm_file", "mv"):
        monkeypatch.setattr(kind, name, watched(getattr(kind, name)))
    put(address.url, address.place)
    assert seen
    assert all(len(set(one.values())) == 1 or "kh.json" not in one for one in seen)
    assert address.read("kh.json") == "new"


def test_outputs_of_others_come_here_so_that_none_is_overwritten_unseen(address):
    address.files.makedirs(address.root, exist_ok=True)
    address.files.pipe_file(f"{address.root}/kh.json", b"theirs")
    address.files.pipe_file(f"{address.root}/photo.jpg", b"no output")
    take_over(address.url, address.place)
    assert address.here() == {"kh.json": "theirs"}
    put(address.url, address.place)
    assert address.read("kh.json") == "theirs"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://me:secret@host/plans", "ftp://…@host/plans"),
        ("no at ftp://me:secret@host/a: 530 //me:secret@host", "no at ftp://…@host/a: 530 //…@host"),
        ("ftp://me:se@cret@host/plans", "ftp://…@host/plans"),
        ("s3://bucket/a@b", "s3://bucket/a@b"),
    ],
)
def test_no_password_of_an_address_is_shown(address, said):
    assert shown_address(address) == said


def test_what_goes_wrong_shows_no_password(tmp_path):
    with pytest.raises(RemoteError) as raised:
        fetch("nothing-like-it://me:secret@host/plans", tmp_path)
    assert "secret" not in raised.value.text("en")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("s3://bucket/plans/2024/", "remote/s3/bucket/plans/2024"),
        ("ftp://me:secret@host:21/plans", "remote/ftp/host_21/plans"),
        ("file:///srv/k%E1%BA%BF", "remote/file/srv/kế"),
    ],
)
def test_an_address_has_its_folder_in_the_cache(tmp_path, address, place):
    assert local_place(address, tmp_path) == tmp_path / place


@pytest.mark.parametrize("address", ["s3://", "s3://bucket/../../etc", "file:///"])
def test_an_address_of_no_place_is_refused(tmp_path, address):
    with pytest.raises(RemoteError):
        local_place(address, tmp_path)


def test_without_a_cache_there_is_no_place(tmp_path):
    with pytest.raises(RemoteError):
        local_place("s3://bucket/plans", None)


@pytest.mark.parametrize(("text", "yes"), [("s3://b/a", True), ("plans", False), ("C:\\plans", False), ("a://", False)])
def test_an_address_is_told_from_a_path(text, yes):
    assert is_address(text) == yes
