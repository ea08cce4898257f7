"""Files as LibreOffice saves them."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

_AGAIN = 81  # its exit code with a new profile: it wants to be started once more


def save(office: str, files: Iterable[Path], suffix: str, folder: Path) -> None:
    """Each file in another format, in a folder, by the program at `office`."""
    command = [office, f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", suffix, "--outdir", str(folder), *map(str, files)]
    done = subprocess.run(command, capture_output=True, timeout=300)
    if done.returncode == _AGAIN:
        done = subprocess.run(command, capture_output=True, timeout=300)
    done.check_returncode()
