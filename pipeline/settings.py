"""Every setting: its meaning, unit and default, and where its value comes from.

A value given in code or on the command line wins over the environment (KEHOACH_ and the name in capitals), that over a
`kehoach.toml` beside the outputs, that over the default. docs/settings.md is made from what stands here.
"""

from __future__ import annotations

import difflib
import json
import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from pipeline.errors import SettingsFileError, SettingValueError, UnknownSettingError
from pipeline.messages import Language

FILE: Final = "kehoach.toml"
"""The file of settings, in the folder of the outputs."""

STORE: Final = "outputs/plans.db"
"""Where the store is unless someone says otherwise."""

_READING_MB, _READER_MB = 600, 250  # MiB that reading a document takes, and beside it a page that Tesseract reads
_PREFIX = "KEHOACH_"
_OF_TESTS = "KEHOACH_TEST_"  # variables of kehoach's own tests, which are no settings


@dataclass(frozen=True)
class Unit:
    """What the number of a setting counts."""

    name: str


Count = Annotated[int, Field(ge=1)]
Positive = Annotated[float, Field(gt=0)]


def _cores() -> int:
    """The cores this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """The settings of one run; frozen. Made of what is given and the environment; `read_settings` reads the file too.

    Raises:
        UnknownSettingError: a name that is given, or a variable KEHOACH_…, is that of no setting.
        SettingValueError: a value is none of its setting.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True)

    max_pages: Annotated[Count, Unit("pages")] = Field(
        default=5000, description="The most pages a document may have; one with more is not read (E108)."
    )
    max_characters: Annotated[Count, Unit("characters")] = Field(
        default=50_000_000, description="The most characters a document may have; one with more is not read (E108)."
    )
    max_file_mb: Annotated[Count, Unit("MiB")] = Field(
        default=500, description="The largest file that is read; a larger one is not (E108)."
    )
    max_output_mb: Annotated[Count, Unit("MiB")] = Field(
        default=100,
        description="The most that the JSON and the text of one document may take; one with more fails (E108).",
    )
    document_seconds: Annotated[Positive, Unit("seconds")] = Field(
        default=600, description="The longest that reading one document may take; then it is stopped (E110)."
    )
    document_memory_mb: Annotated[Count, Unit("MiB")] = Field(
        default=2000, description="The most memory that reading one document may take; then it is stopped (E111)."
    )
    jobs: Annotated[Count, Unit("documents")] = Field(
        default_factory=_cores, description="Documents that are read at the same time."
    )
    settle_seconds: Annotated[Positive, Unit("seconds")] = Field(
        default=10, description="How long a file in a watched folder has to stand still before it is read."
    )
    page_seconds: Annotated[Positive, Unit("seconds")] = Field(
        default=120, description="The longest that reading one scanned page may take; then the page is lost (W211)."
    )
    readers: Annotated[Count, Unit("pages")] = Field(
        default_factory=_cores,
        description="Scanned pages of one document that are read at the same time; fewer where its memory "
        "holds no more.",
    )
    sandbox: Literal["auto", "required", "off"] = Field(
        default="auto",
        description="Whether the processes that read are kept from writing files, from networks and from other "
        "programs: as far as the system can (auto), or not without all of it (required: E905), or not at all.",
    )
    cache: str = Field(
        default="auto",
        description="The folder that keeps what was read of scanned pages; auto: kehoach in the user's cache "
        "(XDG_CACHE_HOME or ~/.cache); off: nothing is kept.",
    )
    searchable_pdf: bool = Field(
        default=False, description="Whether to write <name>.searchable.pdf too, of each document with pages."
    )
    hocr: bool = Field(default=False, description="Whether to write <name>.hocr too, of each document with pages.")
    alto: bool = Field(default=False, description="Whether to write <name>.alto.xml too, of each document with pages.")
    database: str = Field(
        default=STORE,
        description="The store of plans: the path of an SQLite file, or a URL of PostgreSQL (postgresql://USER@HOST/NAME).",
    )
    database_wait: Annotated[Positive, Unit("seconds")] = Field(
        default=30, description="The longest to wait for another program that writes to the store; then E701."
    )
    tone_placement: Literal["auto", "modern", "traditional"] = Field(
        default="auto",
        description="Where the tone of a restored oa, oe or uy stands: hòa (modern), hoà (traditional), or as the "
        "document has it (auto).",
    )
    lang: Literal["auto", "vi", "en"] = Field(
        default="auto", description="The language of messages; auto: that of the locale (LC_ALL, LC_MESSAGES, LANG)."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given wins over the environment, in which no KEHOACH_… may stand that is no setting."""
        known = [variable(name) for name in cls.model_fields]
        for name in sorted(os.environ):
            if name.upper().startswith(_PREFIX) and not name.upper().startswith(_OF_TESTS):
                _require_known(name, name.upper(), known)
        return init_settings, env_settings

    @model_validator(mode="wrap")
    @classmethod
    def _coded(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            raise _in_words(error) from error

    def digest(self) -> str:
        """The SHA-256 of those settings that change what is read of a document, in hexadecimal."""
        return sha256(json.dumps({"tone_placement": self.tone_placement}).encode()).hexdigest()

    def cache_folder(self, environ: Mapping[str, str] = os.environ) -> Path | None:
        """The folder `cache` names; for "auto" `kehoach` in XDG_CACHE_HOME or ~/.cache; None when nothing is kept."""
        if self.cache == "off":
            return None
        if self.cache != "auto":
            return Path(self.cache)
        home = environ.get("XDG_CACHE_HOME") or (Path(environ["HOME"]) / ".cache" if environ.get("HOME") else None)
        return Path(home) / "kehoach" if home else None

    def pages_at_once(self) -> int:
        """How many scanned pages of a document are read at the same time: `readers`, as far as their memory fits."""
        return max(1, min(self.readers, (self.document_memory_mb - _READING_MB) // _READER_MB))

    def language(self, environ: Mapping[str, str] = os.environ) -> Language:
        """The language of messages: `lang`; for "auto" the first set of LC_ALL, LC_MESSAGES, LANG."""
        if self.lang != "auto":
            return self.lang
        locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
        return "vi" if locale.lower().startswith("vi") else "en"


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"{_PREFIX}{name.upper()}"


def read_settings(folder: Path, given: Mapping[str, object]) -> Settings:
    """The settings of one run whose outputs lie in `folder`.

    Args:
        folder: where a `kehoach.toml` may lie.
        given: values by the names of their settings; they win over all others.

    Raises:
        UnknownSettingError: a name in the file, the environment or `given` is that of no setting.
        SettingValueError: a value is none of its setting.
        SettingsFileError: the file is there, but is no TOML or cannot be read.
    """
    file = folder / FILE
    here = {name.upper() for name in os.environ}
    stated = {name: value for name, value in _stated(file).items() if name not in given and variable(name) not in here}
    try:
        return Settings.model_validate({**stated, **given})
    except SettingValueError as error:
        raise (error.renamed(f"{file}: {error.file}") if error.file in stated else error) from error


def _stated(file: Path) -> dict[str, Any]:
    """What the file says; nothing where there is none."""
    try:
        stated = TomlConfigSettingsSource(Settings, file).toml_data if file.exists() else {}
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsFileError(file=str(file), reason=getattr(error, "strerror", None) or str(error)) from error
    for name in stated:
        _require_known(f"{file}: {name}", name, Settings.model_fields)
    return stated


def _require_known(shown: str, name: str, known: Collection[str]) -> None:
    """Raise UnknownSettingError, of what is `shown`, where `name` is none of those known."""
    if name not in known:
        (near,) = difflib.get_close_matches(name, known, n=1, cutoff=0)
        raise UnknownSettingError(file=shown, near=near)


def _in_words(error: ValidationError) -> SettingValueError:
    """What is wrong first, with where it was said; an unknown name is an UnknownSettingError."""
    first = error.errors()[0]
    name = str(first["loc"][0])
    _require_known(name, name, Settings.model_fields)
    value = first["input"]
    stated = any(key.upper() == variable(name) and said == value for key, said in os.environ.items())
    return SettingValueError(file=variable(name) if stated else name, value=value, takes=takes(name))


def takes(name: str) -> str:
    """The values that a setting takes, in signs that need no language."""
    kind = Settings.model_fields[name].annotation
    if choices := get_args(kind):
        return ", ".join(map(str, choices))
    if kind is bool:
        return "true, false"
    return "1, 2, 3 …" if kind is int else "> 0" if kind is float else "“…”"
