"""Fetching documents from an address and putting outputs to one, by fsspec."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from pipeline.batch.outputs import STALE, SUFFIXES
from pipeline.batch.remote.addresses import place_of, shown_address
from pipeline.batch.remote.ledger import Ledger, ledger, stamp_of
from pipeline.errors import RemoteError
from pipeline.extras import require
from pipeline.files import placed

_AT_ONCE: Final = 32  # files that travel beside each other
_TRIES: Final = 3
_WHOLE: Final = {"s3", "s3a", "gs", "gcs", "az", "abfs", "memory"}
"""Protocols whose files are seen once they are whole; others are put under another name and renamed."""
_CHANGES: Final = (
    "ETag",
    "etag",
    "md5Hash",
    "sha",
    "LastModified",
    "last_modified",
    "modificationTime",
    "mtime",
    "modified",
    "modify",
)
"""What a file system may tell of a file that changes with its content."""
_BESIDE: Final = ("created", "size")
"""What it may tell too, and may stay the same when the content changes."""


@contextmanager
def _said(address: str) -> Iterator[None]:
    """Say in words what goes wrong with an address."""
    try:
        yield
    except RemoteError:
        raise
    except Exception as error:  # each package of fsspec has its own
        reason = shown_address(str(error).replace(address, shown_address(address))).partition("\n")[0][:300]
        raise RemoteError(file=shown_address(address), reason=reason or type(error).__name__) from error


def _at(address: str) -> tuple[Any, str]:
    """The file system of an address, and its path there."""
    fsspec = require("fsspec", shown_address(address))
    if address.startswith(("s3:", "s3a:")):
        require("s3fs", shown_address(address))
    file_system, root = fsspec.core.url_to_fs(address)
    file_system.invalidate_cache()
    return file_system, root.rstrip("/")


def fetch(address: str, place: Path) -> list[str]:
    """Bring the documents of an address to this machine: those that are new or changed; those that are gone there go.

    Where the address does not tell what changed, all are fetched.

    Args:
        address: of a file, or of a folder with all below it.
        place: as `local_place` gives it.

    Returns:
        Names that cannot lie on this machine ("../x", or "a" where there is "a/b").

    Raises:
        RemoteError: the address cannot be read, or there is nothing at it.
    """
    with _said(address):
        file_system, root = _at(address)
        found: Mapping[str, Mapping[str, Any]] = file_system.find(root, detail=True)
        if not found:
            raise RemoteError(file=shown_address(address), reason="404")
        alone = set(found) == {root}
        folder = place.parent if alone else place
        with ledger(folder) as known:
            before, wanted, odd = known.all(), {}, []
            for name, about in found.items():
                path = place if alone else place_of(name, root, folder)
                if path is None or any(one in found for one in _above(name, root)):
                    odd.append(name)
                    continue
                below, stamp = str(path.relative_to(folder)), _remote_stamp(about)
                if before.pop(below, None) != stamp or not stamp or stamp_of(path) is None:
                    wanted[name] = (path, below, stamp)
            for at in range(0, len(wanted), _AT_ONCE):
                _fetch_some(file_system, dict(list(wanted.items())[at : at + _AT_ONCE]), known)
            for below in () if alone else before:
                (folder / below).unlink(missing_ok=True)
                known.note(below, None)
    return odd


def _above(name: str, root: str) -> Iterator[str]:
    while (name := name.rpartition("/")[0]) and len(name) > len(root):
        yield name


def _fetch_some(file_system: Any, wanted: Mapping[str, tuple[Path, str, str]], known: Ledger) -> None:
    parts = {name: path.with_name(f".kehoach-{secrets.token_hex(16)}.part") for name, (path, _, _) in wanted.items()}
    for path in parts.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _tried(file_system.get, list(parts), [str(path) for path in parts.values()])
        for name, (path, below, stamp) in wanted.items():
            parts[name].replace(path)
            known.note(below, stamp)
    finally:
        for path in parts.values():
            path.unlink(missing_ok=True)


def _tried(work: Any, *arguments: Any) -> None:
    for left in reversed(range(_TRIES)):
        try:
            work(*arguments)
            return
        except (OSError, TimeoutError):
            if not left:
                raise


def _remote_stamp(about: Mapping[str, Any]) -> str:
    """What changes with a file at an address; "" where nothing tells, as over http: it is to be fetched each time."""
    told = [[key, str(about[key])] for key in _CHANGES if about.get(key)]
    if told == [["modify", about.get("modify")]] and not str(about["modify"])[:14].isdigit():
        return ""  # from a list for people, to the minute or the day; others of FTP are to the second
    return json.dumps(told + [[key, str(about[key])] for key in _BESIDE if key in about]) if told else ""


def take_over(address: str, place: Path) -> None:
    """Bring the outputs that lie at an address and did not come from here, so that no other document's is overwritten.

    Raises:
        RemoteError: the address cannot be read.
    """
    with _said(address), ledger(place) as known:
        file_system, root = _at(address)
        ours = known.all()
        for name in file_system.find(root):
            path = place_of(name, root, place)
            if path is None or str(path.relative_to(place)) in ours or path.exists():
                continue
            if path.name.removesuffix(STALE).endswith(tuple(f".{suffix}" for suffix in SUFFIXES)):
                with placed(path) as part:
                    file_system.get_file(name, str(part))
                known.note(str(path.relative_to(place)), stamp_of(path))


def put(address: str, place: Path, names: Collection[str] | None = None) -> None:
    """Bring outputs to an address: what changed here since it was put; what is gone here goes there.

    A JSON that changed is removed there first and put last, so that none lies beside a text of another run.

    Args:
        address: of the folder of outputs.
        place: as `local_place` gives it.
        names: of the files below it that may have changed; None: all are looked at.

    Raises:
        RemoteError: the address cannot be written to; what was put is noted, the rest is put the next time.
    """
    with _said(address), ledger(place) as known:
        file_system, root = _at(address)
        before = known.all()
        looked = set(names) if names is not None else before.keys() | set(_outputs(place))
        now = {name: stamp for name in looked if (stamp := stamp_of(place / name))}
        changed = [name for name in now if before.get(name) != now[name]]
        plans = sorted(name for name in changed if name.endswith(".json"))
        for name in [*(name for name in plans if name in before), *(looked & before.keys() - now.keys())]:
            if file_system.exists(f"{root}/{name}"):
                _tried(file_system.rm_file, f"{root}/{name}")
            known.note(name, None)
        for some in (sorted(set(changed) - set(plans)), plans):
            for at in range(0, len(some), _AT_ONCE):
                _put_some(file_system, root, place, some[at : at + _AT_ONCE])
                for name in some[at : at + _AT_ONCE]:
                    known.note(name, now[name])


def _put_some(file_system: Any, root: str, place: Path, names: Collection[str]) -> None:
    here, there = [str(place / name) for name in names], [f"{root}/{name}" for name in names]
    protocols = file_system.protocol
    if _WHOLE & set([protocols] if isinstance(protocols, str) else protocols):
        _tried(file_system.put, here, there)
        return
    for one, name in zip(here, there, strict=True):
        folder, _, last = name.rpartition("/")
        file_system.makedirs(folder, exist_ok=True)
        part = f"{folder}/.kehoach-{secrets.token_hex(16)}.part"
        _tried(file_system.put_file, one, part)
        file_system.mv(part, f"{folder}/{last}")


def _outputs(place: Path) -> Iterator[str]:
    """The names of the files below a folder; hidden ones are the journal's and those that are being written."""
    for where, folders, names in os.walk(place):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                yield str((Path(where) / name).relative_to(place))
