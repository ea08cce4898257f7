"""Loading plans from JSON into the store: each plan whole or not at all, many in one transaction."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from multiprocessing import get_context, parent_process
from operator import itemgetter
from pathlib import Path
from threading import Thread
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import DataError, StatementError

from pipeline.corrections import apply, read_corrections
from pipeline.errors import (
    FileAccessError,
    InternalError,
    KehoachError,
    LoadingStoppedError,
    NotAFileError,
    Notice,
    ValueRefusedError,
    notice,
)
from pipeline.files import check_regular
from pipeline.register import RegisteredAgency
from pipeline.store import tables as t
from pipeline.store.database import Store
from pipeline.store.loading import bulk, versions
from pipeline.store.loading.counting import count_in
from pipeline.store.loading.index_upkeep import ORPHANS, STALE, tidy
from pipeline.store.loading.parsing import parse
from pipeline.store.loading.removal import take_out
from pipeline.store.loading.rows import CHILDREN, NUMBERED, PlanRows, Row, plan_rows
from pipeline.store.query import index, plan_index
from pipeline.store.query.words import key

BATCH: Final = 200
"""Plans in one transaction."""

_POOLED: Final = 500  # files that are worth starting other processes for
_HEAD: Final = 4096  # bytes in which a plan's JSON has said which contract it keeps
_SHORT: Final = 16  # bytes too few to say it
_PART: Final = 20  # files given to a process at a time
_CHUNK: Final = 500  # values in one IN list
_TAGGED: Final = ("kind", "sector", "level")  # what the index says of agencies


@dataclass(frozen=True)
class Loaded:
    """What became of one file; `outcome` is added, replaced, unchanged, version (of a plan that is there) or failed."""

    path: str
    outcome: str
    plan_id: str | None = None
    notices: tuple[Notice, ...] = ()
    error: KehoachError | None = None


@dataclass(frozen=True)
class _Ready:
    """A plan read and made into rows, before the store is touched; or why it was not."""

    path: str
    rows: PlanRows | None
    error: KehoachError | None = None
    notices: tuple[Notice, ...] = ()


@dataclass
class Loader:
    """Loads plans into a store, and caches what the store has."""

    store: Store
    status: str | None = None
    """Draft, signed or corrected, and so from now on; None: as was said before, else as the plan itself says."""
    again: bool = False
    """Load plans anew whose JSON has not changed."""
    jobs: int = 1
    """Processes that read JSON beside this one, which writes."""
    _known: dict[str, Row] = field(default_factory=dict)

    def load(self, files: Sequence[Path]) -> Iterator[Loaded]:
        """Load JSON files. A bad file costs nothing but that file.

        Yields:
            What became of each, in their order.
        """
        with _reading(files, self.jobs) as ready:
            while batch := list(islice(ready, BATCH)):
                yield from self._write(batch)
        if self.store.dialect == "sqlite":
            with self.store.writing() as connection:
                tidy(connection)

    def _write(self, batch: Sequence[_Ready]) -> list[Loaded]:
        """Write a batch in one transaction; where the database refuses a value, one by one."""
        if not batch:
            return []
        try:
            return self._transaction(batch)
        except (DataError, StatementError, OverflowError) as error:
            if len(batch) > 1:
                return [loaded for one in batch for loaded in self._write([one])]
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            return [Loaded(batch[0].path, "failed", error=ValueRefusedError(file=batch[0].path, reason=reason))]

    def _transaction(self, batch: Sequence[_Ready]) -> list[Loaded]:
        known = dict(self._known)
        with self.store.writing() as connection:
            work = _Transaction(connection, known, self.status, self.again)
            work.look_up([one.rows.plan["sha256"] for one in batch if one.rows is not None])
            done = work.finish([work.put(one) for one in batch])
        self._known = known
        return done


@contextmanager
def _reading(files: Sequence[Path], jobs: int) -> Iterator[Iterator[_Ready]]:
    """The files read, in their order; by `jobs` processes where there are many, a few batches ahead."""
    if jobs < 2 or len(files) < _POOLED:
        yield map(_ready, files)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_end_with_parent) as pool:

        def ahead() -> Iterator[_Ready]:
            left = iter(files)
            waiting = deque(pool.submit(_ready_all, some) for some in _parts(islice(left, 4 * BATCH)))
            while waiting:
                done = waiting.popleft().result()
                waiting.extend(pool.submit(_ready_all, some) for some in _parts(islice(left, _PART)))
                yield from done

        try:
            yield ahead()
        except BrokenProcessPool as error:
            raise LoadingStoppedError(file=str(files[0].parent)) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """Let a reading process end when the one it reads for does, however that ended."""
    Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _parts(files: Iterator[Path]) -> Iterator[list[Path]]:
    while some := list(islice(files, _PART)):
        yield some


def _ready_all(files: list[Path]) -> list[_Ready]:
    return [_ready(path) for path in files]


def _ready(path: Path) -> _Ready:
    try:
        check_regular(path)
        data = path.read_bytes()
        plan, corrections = parse(data, str(path)), read_corrections(path)
        corrected = apply(plan, corrections)
        digest = hashlib.sha256(data)
        for one in corrections:
            digest.update(one.model_dump_json().encode())
        conflicts = len(corrected.conflicts())
        said = (notice("W704", count=str(conflicts)),) if conflicts else ()
        return _Ready(str(path), plan_rows(corrected.plan, digest.hexdigest()), notices=said)
    except OSError as error:
        reason = error.strerror or str(error)
        return _Ready(str(path), None, FileAccessError(file=str(path), reason=reason))
    except KehoachError as error:
        return _Ready(str(path), None, error)
    except (ValueError, OverflowError, RecursionError) as error:  # a number or a depth that no column holds
        return _Ready(str(path), None, ValueRefusedError(file=str(path), reason=str(error)))
    except Exception as error:  # a fault of ours must not cost the other plans
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return _Ready(str(path), None, InternalError(file=str(path), reason=reason[:200]))


class _Transaction:
    """One batch on its way into the store."""

    def __init__(self, connection: Connection, known: dict[str, Row], status: str | None, again: bool) -> None:
        self._connection = connection
        self._known = known
        self._status = status
        self._again = again
        self._now = datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        self._counters = {row.name: row.value for row in connection.execute(select(t.counters))}
        self._waiting: dict[str, list[Row]] = {}
        self._indexed: list[tuple[int, str, str, str, str]] = []
        self._renamed: dict[int, Row] = {}
        self._there: dict[str, RowMapping] = {}
        self._put: set[str] = set()
        self._settling: list[tuple[int, Row]] = []
        self._left: list[Mapping[str, Any]] = []
        self._gone = 0
        self._count = 0

    def put(self, ready: _Ready) -> Loaded:
        """Take a plan in; its rows wait until `_flush`."""
        position = self._count
        self._count += 1
        if ready.rows is None:
            return Loaded(ready.path, "failed", error=ready.error)
        row = ready.rows.plan
        if row["sha256"] in self._put:
            self._flush()
            self.look_up([row["sha256"]])
        self._put.add(row["sha256"])
        old = self._there.get(row["sha256"])
        stated = self._status or (old["stated_status"] if old else None)
        if old and self._unchanged(old, row, stated):
            return Loaded(ready.path, "unchanged", row["plan_id"], ready.notices)
        if old:
            self._remove(old)
        number = old["id"] if old else self._take("plans", 1)
        row |= {"work": number, "status": stated or versions.status(row), "stated_status": stated}
        row |= {"is_current": True, "chosen": old["chosen"] if old else None, "loaded_at": self._now}
        agencies = self._agencies(ready.rows.agencies, row["issued_on"])
        first = {name: self._take(name, len(ready.rows.tables[name])) for name in NUMBERED}
        rows = ready.rows.numbered(number, first, agencies)
        entries = {agencies[key]: entry for key, entry in ready.rows.agencies.items()}
        self._indexed += index.indexed(rows, ready.rows.words, entries, rows["plans"][0])
        for name, some in rows.items():
            self._waiting.setdefault(name, []).extend(some)
        self._settling = [one for one in self._settling if one[1]["id"] != number]
        self._settling.append((position, rows["plans"][0]))
        return Loaded(ready.path, "replaced" if old else "added", row["plan_id"], ready.notices)

    def finish(self, done: list[Loaded]) -> list[Loaded]:
        """Write what waits and settle versions; `done` with what that showed."""
        self._flush()
        done = list(done)
        alone = versions.alone(self._connection, [row for _, row in self._settling])
        self._settling = [one for one in self._settling if one[1]["id"] not in alone]
        versions.settle(self._connection, (*self._left, *(row for _, row in self._settling)))
        for position, row in self._settling:
            one = done[position]
            further, said = versions.standing(self._connection, row["id"], replaced=one.outcome == "replaced")
            outcome = "version" if further and one.outcome == "added" else one.outcome
            done[position] = Loaded(one.path, outcome, one.plan_id, one.notices + said)
        self._save_counters()
        return done

    def _take(self, name: str, count: int) -> int:
        """The first of `count` ids of a table that were never given."""
        first: int = self._counters.get(name, 1)
        self._counters[name] = first + count
        return first

    def look_up(self, hashes: Sequence[str]) -> None:
        """See which documents the store has already."""
        query = select(t.plans).where(t.plans.c.sha256.in_(hashes))
        self._there |= {row["sha256"]: row for row in self._connection.execute(query).mappings()}

    def _unchanged(self, old: RowMapping, row: Row, stated: str | None) -> bool:
        same = (old["json_sha256"], old["stated_status"]) == (row["json_sha256"], stated)
        return same and not self._again

    def _remove(self, old: RowMapping) -> None:
        """Take a plan's rows out; `finish` settles the versions it leaves."""
        self._gone += take_out(self._connection, old["id"])
        self._left.append(dict(old))

    def _agencies(self, entries: Mapping[str, RegisteredAgency], day: str | None) -> dict[str, int]:
        """The ids of the agencies a plan of `day` names; those the register did not have yet are added.

        One that an older plan named otherwise ("Sở Văn hóa và Thể thao") is called as the newest does.
        """
        self._look_up([one for one in entries if one not in self._known])
        for one, entry in entries.items():
            fresh = _agency_row(entry, day)
            known = self._known.get(one)
            if known is None:
                self._known[one] = {"id": self._take("agencies", 1), **fresh}
                self._waiting.setdefault("agencies", []).append(self._known[one])
                continue
            learnt = any(known[name] != fresh[name] for name in _TAGGED)  # a newer register knows better
            if learnt:
                self._counters[STALE] = 1
            if learnt or _dated(fresh) > _dated(known):
                self._known[one] = self._renamed[known["id"]] = {**known, **fresh}
        return {one: self._known[one]["id"] for one in entries}

    def _look_up(self, missing: Sequence[str]) -> None:
        for start in range(0, len(missing), _CHUNK):
            query = select(t.agencies).where(t.agencies.c.key.in_(missing[start : start + _CHUNK]))
            for row in self._connection.execute(query).mappings():
                day = row["named_on"] and row["named_on"].isoformat()
                self._known[row["key"]] = {**row, "named_on": day}

    def _flush(self) -> None:
        for name in ("agencies", "plans", *CHILDREN):
            if rows := self._waiting.get(name):
                _insert(self._connection, t.metadata.tables[name], rows)
        count_in(self._connection, [row["id"] for row in self._waiting.get("plans", ())])
        plan_index.insert(self._connection, self._waiting.get("plans", ()))
        index.insert(self._connection, self._indexed)
        if self._renamed:
            # Another loader may have heard of a newer plan meanwhile.
            older = or_(t.agencies.c.named_on.is_(None), t.agencies.c.named_on <= bindparam("day"))
            query = update(t.agencies).where(t.agencies.c.id == bindparam("at"), older)
            self._connection.execute(query, [_renaming(row) for row in self._renamed.values()])
        self._waiting, self._indexed, self._renamed = {}, [], {}

    def _save_counters(self) -> None:
        self._counters[ORPHANS] = self._counters.get(ORPHANS, 0) + self._gone
        self._connection.execute(delete(t.counters))
        rows = [{"name": name, "value": value} for name, value in self._counters.items()]
        self._connection.execute(insert(t.counters), rows)


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that hold a value for every column."""
    names = [column.name for column in table.columns]
    bulk.insert(connection, table.name, names, map(itemgetter(*names), rows))


def _renaming(agency: Row) -> Row:
    day = date.fromisoformat(agency["named_on"]) if agency["named_on"] else None
    return {**agency, "named_on": day, "at": agency["id"], "day": day}


def _dated(agency: Row) -> tuple[str, str]:
    """What tells which of two names of an agency counts: the later day, of one day the name."""
    return agency["named_on"] or "", agency["name"]


def _agency_row(entry: RegisteredAgency, day: str | None) -> Row:
    return {
        "key": entry.key,
        "name": entry.name,
        "name_key": key(entry.name),
        "body": entry.body,
        "kind": entry.kind,
        "level": entry.level,
        "sector": entry.sector,
        "collective": entry.collective,
        "place": entry.place,
        "place_name": entry.place_name,
        "province_code": entry.province,
        "current_province_code": entry.current_province,
        "successor": entry.successor,
        "named_on": day,
    }


def json_files(paths: Iterable[Path]) -> list[Path]:
    """List the files named, and of folders the JSON files in and below them that state a schema version, by name.

    What cannot be looked into, a folder below them too, is listed: loading it says why.
    """
    found: list[Path] = []
    for path in paths:
        found += sorted(_below(path)) if path.is_dir() else [path]
    return found


def _below(folder: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for where, _, names in os.walk(folder, onerror=closed.append):
        for file in (Path(where, name) for name in names if name.endswith(".json")):
            if _is_ours(file):
                yield file
    yield from (Path(error.filename) for error in closed)


def _is_ours(file: Path) -> bool:
    """Not another program's JSON beside ours; what cannot be read, or is cut off at once, is worth an error."""
    try:
        check_regular(file)
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
    except (OSError, NotAFileError):
        return True
    return b'"schema_version"' in head or len(head) < _SHORT
