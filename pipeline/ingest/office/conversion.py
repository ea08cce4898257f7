"""Files of other office programs (DOC, RTF, ODT, HTML), made into DOCX by LibreOffice.

LibreOffice runs without a window, in a folder and with a profile of its own that are gone afterwards: no macros, no
links that are followed, no proxy through which anything could be fetched.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from math import ceil
from pathlib import Path

from pipeline.errors import ConverterMissingError, DamagedError, TimedOutError
from pipeline.files import scratch_folder

if sys.platform != "win32":
    import resource

PROGRAMS = ("soffice", "libreoffice")
_FILTERS = {  # without one it takes what it cannot open for text
    ".doc": "MS Word 97",
    ".rtf": "Rich Text Format",
    ".odt": "writer8",
    ".html": "HTML (StarWriter)",
    ".wps": "MS_Works",
}
_AGAIN = 81  # its exit code where it wants to be started once more: its launcher would do that
_LARGEST_FILE = 1 << 30  # bytes that it may write into one file
_ROOM = 4 << 20  # bytes: with less left on the disk it is not the file that keeps it from writing
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),  # never
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),  # by hand: a port of this machine where nobody listens
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    # No first start of a new version, at which it tests for seconds how it draws (7.2 and later).
    ("org.openoffice.Setup/Product", "ooSetupLastVersion", "999.9"),
)


@cache
def program() -> str | None:
    """The path of LibreOffice; None where it is not installed.

    Of the program itself where it has a launcher: that one needs a socket in /tmp, where we may not write.
    """
    found = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    itself = Path(found).resolve().with_name("soffice.bin") if found else None
    return str(itself) if itself and itself.is_file() else found


@contextmanager
def as_docx(path: Path, suffix: str, seconds: float) -> Iterator[Path]:
    """A DOCX with what a file of another office program holds; it is there inside the `with` only.

    Args:
        path: the file; names it in errors.
        suffix: of its format: ".doc", ".rtf", ".odt" or ".html".
        seconds: the longest that it may take.

    Raises:
        ConverterMissingError: LibreOffice is not installed.
        DamagedError: it does not open the file.
        OSError: there is no room for what it writes.
        TimedOutError: it took longer.
    """
    found = program()
    if found is None:
        raise ConverterMissingError(file=path.name, suffix=suffix)
    with scratch_folder() as folder:
        source = folder / f"document{suffix}"
        shutil.copyfile(path, source)
        _write_profile(folder / "profile")
        _convert(found, folder, source, path.name, seconds)
        made = folder / "out" / "document.docx"
        if not made.is_file() and shutil.disk_usage(folder).free < _ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        if not made.is_file():
            raise DamagedError(file=path.name, reason="LibreOffice does not open it")
        yield made


def _convert(program: str, folder: Path, source: Path, name: str, seconds: float) -> None:
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        f"--infilter={_FILTERS[source.suffix]}",
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)),
    ]
    environment = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
    environment["OSL_SOCKET_PATH"] = "."  # where it takes none below /tmp; a path from the root may be too long for one
    until = time.monotonic() + seconds
    while _run(command, environment, folder, name, seconds, until - time.monotonic()) == _AGAIN:
        pass


def _run(command: list[str], environment: dict[str, str], folder: Path, name: str, seconds: float, left: float) -> int:
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,  # a launcher starts the program itself: both are ended by their group
        preexec_fn=None if sys.platform == "win32" else partial(_limit, seconds),
    )
    try:
        return process.wait(left)
    except subprocess.TimeoutExpired as error:
        raise TimedOutError(file=name, seconds=seconds) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _limit(seconds: float) -> None:
    """Hold it to limits that stay when this process is gone."""
    if sys.platform != "win32":
        cpu = ceil(seconds) * (os.cpu_count() or 1)  # of all its threads: the clock on the wall is to be first
        limits = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: _LARGEST_FILE, resource.RLIMIT_CPU: cpu}
        for kind, most in limits.items():
            _, hard = resource.getrlimit(kind)
            limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (limit, limit))


def _write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )
