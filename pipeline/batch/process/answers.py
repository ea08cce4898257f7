"""What a worker answers, as bytes: JSON of what was found, behind it the contents of files.

A worker that a document has taken over may answer anything: what comes is of the form that is expected, and no more
than data, or it is no answer.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Generic

from pipeline.batch.outputs import SUFFIXES
from pipeline.batch.result import Failure, Figures, Made, Pages, ReadDocument
from pipeline.errors import KehoachError, Notice, coded, notice
from pipeline.ingest.containers import Member
from pipeline.messages import say
from pipeline.schema import PlanWarning

_HEAD: Final = struct.Struct("!Q")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_DETAIL: Final = 20_000  # characters of a traceback
_PAGES: Final = 1 << 24


class BadAnswerError(Exception):
    """What came from a worker is no answer."""


@dataclass(frozen=True)
class Form(Generic[Made]):
    """How what is made of a document crosses from a worker: as a value of JSON, and bytes by their names.

    `unpack` raises ValueError, LookupError or TypeError where it is given anything else.
    """

    pack: Callable[[Made], tuple[Any, Mapping[str, bytes]]]
    unpack: Callable[[Any, Mapping[str, bytes]], Made]


def packed(answer: Made | Failure | Pages, form: Form[Made]) -> Sequence[bytes]:
    """An answer, or how far it has come, as the parts of a message."""
    said: dict[str, Any]
    files: Mapping[str, bytes]
    if isinstance(answer, Pages):
        said, files = {"pages": list(answer)}, {}
    elif isinstance(answer, Failure):
        said, files = {"failed": _of_error(answer.error), "detail": answer.detail[:_DETAIL]}, {}
    else:
        made, files = form.pack(answer)
        said = {"made": made}
    said["files"] = [[name, len(data)] for name, data in files.items()]
    head = json.dumps(said).encode()
    return [_HEAD.pack(len(head)), head, *files.values()]


def unpacked(message: bytes, form: Form[Made]) -> Made | Failure | Pages:
    """An answer, or how far it has come, out of a message.

    Raises:
        BadAnswerError: it is none.
    """
    try:
        view = memoryview(message)
        (length,) = _HEAD.unpack_from(view)
        at = _HEAD.size + length
        said = json.loads(bytes(view[_HEAD.size : at]))
        files: dict[str, bytes] = {}
        for name, size in said["files"]:
            if not (_is(size, int) and 0 <= size <= len(view) - at and _is(name, str) and name not in files):
                raise ValueError(size)
            files[name] = bytes(view[at : at + size])
            at += size
        if at != len(view):
            raise ValueError(at)
        if "pages" in said:
            return _pages(said["pages"])
        if "failed" in said:
            return Failure(_error(said["failed"]), _text(said["detail"])[:_DETAIL])
        return form.unpack(said["made"], files)
    except (ValueError, LookupError, TypeError, struct.error, RecursionError, AttributeError) as error:
        raise BadAnswerError from error


def _pages(said: Any) -> Pages:
    read, all_ = said
    if not (_is(read, int) and _is(all_, int) and 0 <= read <= all_ < _PAGES):
        raise ValueError(said)
    return Pages(read, all_)


def _of_error(error: KehoachError) -> list[Any]:
    return [error.code, error.file, error.page, error.params]


def _error(said: Any) -> KehoachError:
    code, file, page, params = said
    error = coded(_text(code), _text(file), _page(page), {_text(name): _text(value) for name, value in params.items()})
    error.text()  # its words can be made
    return error


def _pack_document(document: ReadDocument) -> tuple[Any, Mapping[str, bytes]]:
    warnings = [one.model_dump(mode="json") for one in document.warnings]
    return [document.sha256, asdict(document.figures), warnings], document.files


def _unpack_document(said: Any, files: Mapping[str, bytes]) -> ReadDocument:
    sha256, figures, warnings = said
    if not _SHA256.fullmatch(sha256) or not {"json", "txt"} <= files.keys() <= set(SUFFIXES):
        raise ValueError(sha256)
    if not all(value is None or (_is(value, int, float) and 0 <= value < 1 << 53) for value in figures.values()):
        raise ValueError(figures)
    found = [PlanWarning.model_validate(one) for one in warnings]
    for one in found:
        say(one.code, "en", **one.params)
    return ReadDocument(sha256, dict(files), Figures(**figures), found)


def _pack_text(restored: tuple[str, tuple[Notice, ...]]) -> tuple[Any, Mapping[str, bytes]]:
    text, notices = restored
    return [[one.code, one.page, dict(one.params)] for one in notices], {"text": text.encode("utf-8", "surrogatepass")}


def _unpack_text(said: Any, files: Mapping[str, bytes]) -> tuple[str, tuple[Notice, ...]]:
    found = tuple(
        notice(code, _page(page), **{name: _text(value) for name, value in params.items()})
        for code, page, params in said
    )
    for one in found:
        one.text()
    return files["text"].decode("utf-8", "surrogatepass"), found


def _pack_members(members: tuple[Member, ...] | None) -> tuple[Any, Mapping[str, bytes]]:
    if members is None:
        return None, {}
    return [
        [
            str(one.within),
            None if one.path is None else str(one.path),
            None if one.error is None else _of_error(one.error),
        ]
        for one in members
    ], {}


def _unpack_members(folder: Path, said: Any, files: Mapping[str, bytes]) -> tuple[Member, ...] | None:
    if said is None:
        return None
    found = []
    for within, path, failed in said:
        inside, lies = Path(_text(within)), None if path is None else Path(_text(path))
        if inside.is_absolute() or ".." in inside.parts:
            raise ValueError(within)
        if inside == Path():  # the container is a document itself, and lies where it did
            lies = None
        if lies is not None and (folder not in lies.parents or ".." in lies.parts or lies.is_symlink()):
            raise ValueError(path)
        error = None if failed is None else _error(failed)
        found.append(Member(inside, lies, error))  # type: ignore[arg-type]
    return tuple(found)


DOCUMENT: Final = Form(_pack_document, _unpack_document)
"""A document that was read."""

TEXT: Final = Form(_pack_text, _unpack_text)
"""A text, and what is to be said about it."""


def members_in(folder: Path) -> Form[tuple[Member, ...] | None]:
    """The documents that were unpacked from a container below a folder; None where it is a document itself."""
    return Form(_pack_members, lambda said, files: _unpack_members(folder, said, files))


def _is(value: object, *kinds: type) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _page(value: object) -> int | None:
    if value is not None and not (isinstance(value, int) and _is(value, int)):
        raise TypeError(value)
    return value
