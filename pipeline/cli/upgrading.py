"""The command that brings JSON of an earlier contract to the present one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.app import SOME_FAILED, app, message, settings_of
from pipeline.errors import FileAccessError, KehoachError, NotUpgradedError, OtherFileThereError
from pipeline.messages import Language, say


@app.command(help="cli.upgrade")
def upgrade(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="cli.upgrade.files", show_default=False)],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", help="cli.upgrade.out", show_default=False)
    ] = None,
) -> None:
    """Upgrade JSON files of contract 1.0 and 1.1."""
    language = settings_of(context).language()
    good = 0
    for file in files:
        try:
            message(_upgrade(file, out, language))
        except OSError as error:
            reason = error.strerror or str(error)
            message(FileAccessError(file=str(error.filename or file), reason=reason).text(language))
        except KehoachError as error:
            message(error.text(language))
        else:
            good += 1
    message(say("cli.upgraded", language, good=good, all=len(files)))
    if good < len(files):
        raise typer.Exit(SOME_FAILED)


def _upgrade(file: Path, out: Path | None, language: Language) -> str:
    """Upgrade one file; what was done, in words."""
    from pipeline.extract.plan import draft_line
    from pipeline.extract.upgrading import PresentKnowledge
    from pipeline.schema.checking import Violation, check
    from pipeline.schema.rendering import plan_json
    from pipeline.schema.upgrade import UpgradeRefusedError, read_json, upgrade

    def refused(found: Violation) -> NotUpgradedError:
        why = f"{found.path}: {found.code} {say(found.code, language, **dict(found.params))}"
        return NotUpgradedError(file=str(file), reason=why)

    data = file.read_bytes()
    beside = file.with_suffix(".txt")
    text = beside.read_bytes() if beside.is_file() else None
    try:
        raw = read_json(data)
        version = str(raw.get("schema_version")) if isinstance(raw, dict) else ""
        if version.startswith("2."):
            return say("cli.upgrade.current", language, file=file, version=version)
        printed = None if text is None else text.decode("utf-8", "replace")
        plan = upgrade(raw, PresentKnowledge(), __version__, draft_line(printed) if printed else None)
    except UpgradeRefusedError as error:
        raise refused(error.violation) from error
    made = plan_json(plan).encode()
    if violations := check(made, printed):
        raise refused(violations[0])
    target = file if out is None else out / file.name
    if out is None:
        _write(file.with_name(f"{file.name}.{version}"), data)
    elif out.resolve() != file.parent.resolve():
        out.mkdir(parents=True, exist_ok=True)
        if text is not None:
            _write(out / beside.name, text)
    _write(target, made, replacing=file)
    return say("cli.upgrade.done", language, file=file, target=target)


def _write(target: Path, data: bytes, replacing: Path | None = None) -> None:
    """Write a file whole or not at all; what lies there is kept, unless it is the file to be replaced or the same."""
    if target.exists() and not (replacing is not None and target.samefile(replacing)):
        if target.read_bytes() == data:
            return
        raise OtherFileThereError(file=str(target))
    part = target.with_name(f".kehoach-{os.getpid()}.json.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
