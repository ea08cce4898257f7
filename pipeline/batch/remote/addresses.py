"""Addresses of places that are not on this machine, and the folders that stand for them here."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from pipeline.errors import RemoteError

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_SECRET: Final = re.compile(r"(//)[^/\s]*@")
_ODD: Final = {"", ".", ".."}


def is_address(text: str) -> bool:
    """Whether a path is an address."""
    return _ADDRESS.match(text) is not None


def shown_address(text: str) -> str:
    """A text with no name or password in the addresses that it holds."""
    return _SECRET.sub(r"\1…@", text)


def local_place(address: str, cache: Path | None) -> Path:
    """The folder, or file, of this machine that stands for an address.

    Args:
        address: as it was given; names and passwords in it, and what follows "?", take no part.
        cache: the folder of `Settings.cache_folder`.

    Raises:
        RemoteError: nothing is kept on this machine, or the address names no place.
    """
    if cache is None:
        raise RemoteError(file=shown_address(address), reason="KEHOACH_CACHE=off")
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2].replace(":", "_")
    below = [one for one in unquote(parts.path).split("/") if one]
    if not host and not below or _ODD & set(below):
        raise RemoteError(file=shown_address(address), reason="?")
    return cache / "remote" / parts.scheme.lower() / Path(*([host] if host else []), *below)


def place_of(name: str, root: str, folder: Path) -> Path | None:
    """Where a file at an address lies in the folder that stands for it; None where it can have no place there.

    Args:
        name: of the file, as the file system has it.
        root: of the address.
        folder: on this machine.
    """
    below = name.removeprefix(root).lstrip("/")
    parts = below.split("/")
    if not below or _ODD & set(parts) or "\0" in below or "\\" in below:
        return None
    return folder / PurePosixPath(*parts)
