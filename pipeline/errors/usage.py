"""Wrong usage: of the command, an option or a setting."""

from __future__ import annotations

from pipeline.errors.base import WrongUsageError


class UnknownValueError(WrongUsageError):
    """The option `name` has no such value; `known`."""

    code = "E721"


class UnknownProvinceError(WrongUsageError):
    """No province has this name or code."""

    code = "E722"


class EmptyValueError(WrongUsageError):
    """The value of the option is empty."""

    code = "E725"


class NoSuchDayError(WrongUsageError):
    """There is no such day."""

    code = "E726"


class UnknownTableError(WrongUsageError):
    """The store has no table or view of this name; `names` it has."""

    code = "E742"


class UnknownExportFormatError(WrongUsageError):
    """There is no such format; `formats` there are."""

    code = "E743"


class UselessOptionError(WrongUsageError):
    """The option says nothing to the format `name`, only to `formats`."""

    code = "E744"


class UnknownSettingError(WrongUsageError):
    """There is no such setting; `near`: the nearest there is."""

    code = "E801"


class SettingValueError(WrongUsageError):
    """The setting does not take `value`; `takes`: what it does."""

    code = "E802"


class MissingKeeperError(WrongUsageError):
    """The settings ask for copies of a document, and `pipeline.run.run` was not given what makes them."""

    code = "E804"


class SettingsFileError(WrongUsageError):
    """The file of settings cannot be read; `reason`."""

    code = "E803"
