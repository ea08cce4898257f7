"""Every knob has a default, a description and an environment variable."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.settings import Settings

WORDS = {"alto", "cache", "database", "hocr", "lang", "searchable_pdf", "tone_placement"}  # knobs that are no numbers
MAY_BE_ZERO = {"database_wait"}  # not to wait at all


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"KEHOACH_{name.upper()}", raising=False)


def test_defaults_need_nothing():
    settings = Settings()
    assert (settings.max_pages, settings.max_characters, settings.max_file_mb) == (5000, 50_000_000, 500)
    assert (settings.document_seconds, settings.document_memory_mb) == (600, 2000)
    assert settings.jobs >= 1


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_each_knob_says_what_it_is(name):
    assert Settings.model_fields[name].description


@pytest.mark.parametrize("name", sorted(set(Settings.model_fields) - WORDS))
def test_each_knob_has_an_environment_variable(name, monkeypatch):
    monkeypatch.setenv(f"KEHOACH_{name.upper()}", "7")
    assert getattr(Settings(), name) == 7


def test_what_is_given_in_code_wins(monkeypatch):
    monkeypatch.setenv("KEHOACH_JOBS", "7")
    assert Settings(jobs=2).jobs == 2


@pytest.mark.parametrize("name", sorted(set(Settings.model_fields) - WORDS - MAY_BE_ZERO))
def test_no_limit_is_zero(name, monkeypatch):
    monkeypatch.setenv(f"KEHOACH_{name.upper()}", "0")
    with pytest.raises(ValidationError):
        Settings()


@pytest.mark.parametrize(
    ("cache", "environ", "folder"),
    [
        ("auto", {"HOME": "/home/a"}, "/home/a/.cache/kehoach"),
        ("auto", {"HOME": "/home/a", "XDG_CACHE_HOME": "/c"}, "/c/kehoach"),
        ("auto", {}, None),
        ("off", {"HOME": "/home/a"}, None),
        ("/x", {"HOME": "/home/a"}, "/x"),
    ],
)
def test_what_was_read_is_kept_where_the_setting_says(cache, environ, folder):
    assert Settings(cache=cache).cache_folder(environ) == (Path(folder) if folder else None)


def test_settings_do_not_change():
    with pytest.raises(ValidationError):
        Settings().jobs = 3


@pytest.mark.parametrize(
    ("lang", "environ", "language"),
    [
        ("auto", {}, "en"),
        ("auto", {"LANG": "vi_VN.UTF-8"}, "vi"),
        ("auto", {"LANG": "en_US.UTF-8"}, "en"),
        ("auto", {"LANG": "vi_VN", "LC_MESSAGES": "C"}, "en"),
        ("auto", {"LC_ALL": "", "LC_MESSAGES": "vi_VN", "LANG": "C"}, "vi"),
        ("auto", {"LC_ALL": "C.UTF-8", "LC_MESSAGES": "vi_VN"}, "en"),
        ("vi", {"LC_ALL": "en_US.UTF-8"}, "vi"),
        ("en", {"LC_ALL": "vi_VN.UTF-8"}, "en"),
    ],
)
def test_language_follows_the_locale_unless_told(lang, environ, language):
    assert Settings(lang=lang).language(environ) == language
