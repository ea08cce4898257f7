"""Every knob, its default and its environment variable (KEHOACH_ and the name in capitals)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.messages import Language


def _cores() -> int:
    """The cores this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Settings(BaseSettings):
    """The knobs of one run; frozen. A value given in code wins over the environment, it over the default."""

    model_config = SettingsConfigDict(env_prefix="KEHOACH_", frozen=True)

    max_pages: int = Field(default=5000, ge=1, description="pages a document may have")
    max_characters: int = Field(default=50_000_000, ge=1, description="characters a document may have")
    max_file_mb: int = Field(default=500, ge=1, description="MiB a file may have")
    document_seconds: float = Field(default=600, gt=0, description="seconds one document may take")
    document_memory_mb: int = Field(default=2000, ge=1, description="MiB of memory reading one document may take")
    jobs: int = Field(default_factory=_cores, ge=1, description="documents read at the same time; default: all cores")
    page_seconds: float = Field(default=120, gt=0, description="seconds reading one scanned page may take")
    readers: int = Field(
        default_factory=_cores, ge=1, description="scanned pages read at the same time; default: all cores"
    )
    cache: str = Field(
        default="auto",
        description='folder that keeps scanned pages that were read; auto: the user\'s cache; "off": none',
    )
    searchable_pdf: bool = Field(default=False, description="write a searchable PDF of each document with pages")
    hocr: bool = Field(default=False, description="write hOCR of each document with pages")
    alto: bool = Field(default=False, description="write ALTO of each document with pages")
    database: str = Field(
        default="outputs/plans.db", description="the store of plans: path of an SQLite file, or a PostgreSQL URL"
    )
    database_wait: float = Field(default=30, gt=0, description="seconds to wait for another program that writes there")
    tone_placement: Literal["auto", "modern", "traditional"] = Field(
        default="auto", description="tone of restored oa, oe, uy: hòa, hoà, or as the document has it"
    )
    lang: Literal["auto", "vi", "en"] = Field(
        default="auto", description="language of messages; auto: as the locale says"
    )

    def cache_folder(self, environ: Mapping[str, str] = os.environ) -> Path | None:
        """The folder `cache` names; for "auto" `kehoach` in XDG_CACHE_HOME or ~/.cache; None when nothing is kept."""
        if self.cache == "off":
            return None
        if self.cache != "auto":
            return Path(self.cache)
        home = environ.get("XDG_CACHE_HOME") or (Path(environ["HOME"]) / ".cache" if environ.get("HOME") else None)
        return Path(home) / "kehoach" if home else None

    def language(self, environ: Mapping[str, str] = os.environ) -> Language:
        """The language of messages: `lang`; for "auto" the first set of LC_ALL, LC_MESSAGES, LANG."""
        if self.lang != "auto":
            return self.lang
        locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
        return "vi" if locale.lower().startswith("vi") else "en"
