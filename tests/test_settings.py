"""Every knob has a default, a description and an environment variable."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.errors import SettingsFileError, SettingValueError, UnknownSettingError
from pipeline.settings import FILE, Settings, read_settings, takes, variable
from tests.cases import cases

WORDS = {
    "alto",
    "cache",
    "database",
    "hocr",
    "lang",
    "sandbox",
    "searchable_pdf",
    "tone_placement",
}  # knobs that are no numbers


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(variable(name), raising=False)


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
    monkeypatch.setenv(variable(name), "7")
    assert getattr(Settings(), name) == 7


@pytest.mark.parametrize("value", ["auto", "required", "off"])
def test_the_sandbox_is_asked_for_in_a_word(value, monkeypatch):
    monkeypatch.setenv("KEHOACH_SANDBOX", value)
    assert Settings().sandbox == value


def test_what_is_given_in_code_wins(monkeypatch):
    monkeypatch.setenv("KEHOACH_JOBS", "7")
    assert Settings(jobs=2).jobs == 2


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_a_wrong_value_says_which_there_are(name):
    with pytest.raises(SettingValueError) as raised:
        Settings.model_validate({name: ["no", "value"]})
    assert raised.value.file == name
    assert raised.value.params["takes"] == takes(name)


@pytest.mark.parametrize(
    ("wrong", "near"),
    [("KEHOACH_JOB", "KEHOACH_JOBS"), ("KEHOACH_MAXPAGES", "KEHOACH_MAX_PAGES"), ("kehoach_langs", "KEHOACH_LANG")],
)
def test_an_unknown_variable_is_an_error_that_names_the_nearest(wrong, near, monkeypatch):
    monkeypatch.setenv(wrong, "1")
    with pytest.raises(UnknownSettingError) as raised:
        Settings()
    assert (raised.value.file, raised.value.params["near"]) == (wrong, near)


def test_variables_of_tests_are_no_settings(monkeypatch):
    monkeypatch.setenv("KEHOACH_TEST_ANYTHING", "1")
    assert Settings().max_pages == 5000


def test_a_name_given_in_code_that_is_none_is_an_error_that_names_the_nearest():
    with pytest.raises(UnknownSettingError) as raised:
        Settings.model_validate({"job": 3})
    assert (raised.value.file, raised.value.params["near"]) == ("job", "jobs")


def test_the_file_wins_over_the_default(tmp_path):
    (tmp_path / FILE).write_text("max_pages = 7\nlang = 'vi'\n")
    settings = read_settings(tmp_path, {})
    assert (settings.max_pages, settings.lang) == (7, "vi")


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    (tmp_path / FILE).write_text("max_pages = 7\n")
    monkeypatch.setenv("kehoach_max_pages", "8")  # small letters will do
    assert read_settings(tmp_path, {}).max_pages == 8


def test_what_is_given_wins_over_the_file_and_the_environment(tmp_path, monkeypatch):
    (tmp_path / FILE).write_text("max_pages = 7\n")
    monkeypatch.setenv("KEHOACH_MAX_PAGES", "8")
    assert read_settings(tmp_path, {"max_pages": 9}).max_pages == 9


def test_no_file_is_needed(tmp_path):
    assert read_settings(tmp_path / "missing", {}) == Settings()


def test_an_unknown_name_in_the_file_is_an_error_that_names_the_nearest(tmp_path):
    (tmp_path / FILE).write_text("documents_seconds = 7\n")
    with pytest.raises(UnknownSettingError) as raised:
        read_settings(tmp_path, {})
    assert raised.value.file == f"{tmp_path / FILE}: documents_seconds"
    assert raised.value.params["near"] == "document_seconds"


def test_a_wrong_value_in_the_file_names_the_file(tmp_path):
    (tmp_path / FILE).write_text("jobs = 'many'\n")
    with pytest.raises(SettingValueError) as raised:
        read_settings(tmp_path, {})
    assert raised.value.file == f"{tmp_path / FILE}: jobs"


@pytest.mark.parametrize("content", [b"jobs =", b"jobs = '\xff'"])
def test_a_file_that_is_no_toml_is_an_error(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(SettingsFileError, match=FILE):
        read_settings(tmp_path, {})


@pytest.mark.parametrize("name", sorted(set(Settings.model_fields) - WORDS))
def test_no_limit_is_zero(name, monkeypatch):
    monkeypatch.setenv(variable(name), "0")
    with pytest.raises(SettingValueError, match=variable(name)):
        Settings()


@cases("settings/caches", cache=str, environ=dict[str, str], folder=str | None)
def test_what_was_read_is_kept_where_the_setting_says(cache, environ, folder):
    assert Settings(cache=cache).cache_folder(environ) == (Path(folder) if folder else None)


def test_settings_do_not_change():
    with pytest.raises(ValidationError):
        Settings().jobs = 3


@cases("settings/languages", lang=str, environ=dict[str, str], language=str)
def test_language_follows_the_locale_unless_told(lang, environ, language):
    assert Settings(lang=lang).language(environ) == language
