"""Coded errors and warnings; their words stand in `pipeline.messages`.

An error stops one document or one command, a warning stops nothing. Codes are stable: programs may rely on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from pipeline.messages import Language, catalogue, say, severity


@dataclass(frozen=True)
class Notice:
    """A coded warning about one document. `params` fill the placeholders of the message."""

    code: str
    page: int | None = None
    params: tuple[tuple[str, str], ...] = ()

    def text(self, language: Language = "en") -> str:
        """The message, with what to do next."""
        return say(self.code, language, **dict(self.params))

    @property
    def severity(self) -> str:
        """How much it matters: "lost", "doubtful" or "note"."""
        return severity(self.code)


def notice(code: str, page: int | None = None, **params: object) -> Notice:
    """Make a `Notice`; fails at once on a code the catalogue does not have."""
    if code not in catalogue():
        raise KeyError(code)
    return Notice(code, page, tuple((key, str(value)) for key, value in params.items()))


class KehoachError(Exception):
    """What kehoach says when it cannot do what it was asked to: one subclass for each kind of failure.

    Catch a subclass, or a family of them such as `StoreError`; never compare codes. What people see is `text`.

    Args:
        file: the file, or the option or address, that is at fault.
        page: the page where known, from 1.
        params: what fills the placeholders of the message.
    """

    code: ClassVar[str]
    """The stable code, e.g. E105, under which the catalogue holds the words. Families have none."""

    def __init__(self, *, file: str, page: int | None = None, **params: object) -> None:
        self.file = file
        self.page = page
        self.params = {name: str(value) for name, value in params.items()}
        super().__init__(self.code, file, page)

    def message(self, language: Language = "en") -> str:
        """What happened and what to do next."""
        return say(self.code, language, **self.params)

    def what(self, language: Language = "en") -> str:
        """What happened alone, to stand within another message."""
        return catalogue()[self.code].words[language].what.format(**self.params)

    def text(self, language: Language = "en") -> str:
        """Code, file, page and message in one line."""
        where = self.file if self.page is None else say("place", language, file=self.file, page=self.page)
        return f"{self.code} {where}: {self.message(language)}"

    def renamed(self, file: str) -> KehoachError:
        """The same failure under another name of the file, e.g. with its folder."""
        return type(self)(file=file, page=self.page, **self.params)

    def __str__(self) -> str:
        return self.text()

    def __reduce__(self) -> tuple[object, ...]:  # so that it crosses from a worker process
        return (_rebuild, (type(self), self.file, self.page, self.params))


def _rebuild(kind: type[KehoachError], file: str, page: int | None, params: dict[str, str]) -> KehoachError:
    return kind(file=file, page=page, **params)


class DocumentError(KehoachError):
    """A document was not read, or what was read was not written."""


class LimitError(DocumentError):
    """A document needs more than the settings allow."""


class WrongUsageError(KehoachError):
    """The command, an option or a setting was given wrongly; the command ends with exit code 2."""


class StoreError(KehoachError):
    """The store of plans, or its database, cannot be used."""


class EmptyFileError(DocumentError):
    """The file holds nothing."""

    code = "E101"


class UnsupportedFormatError(DocumentError):
    """The file is of a kind that is not read; `found`: what it is."""

    code = "E102"


class ProtectedError(DocumentError):
    """The file needs a password."""

    code = "E103"


class DamagedError(DocumentError):
    """The file does not open or cannot be decoded; `reason`."""

    code = "E105"


class NoPagesError(DamagedError):
    """The PDF has no pages."""

    code = "E104"


class NoTextError(DocumentError):
    """No page has text that can be read."""

    code = "E106"


class FileAccessError(DocumentError):
    """The file is not there or may not be opened; `reason`."""

    code = "E107"


class TooLargeError(LimitError):
    """The document is over a limit; `reason` names the limit."""

    code = "E108"


class CrashedError(DocumentError):
    """The process that read it died; `reason`."""

    code = "E109"


class TimedOutError(LimitError):
    """Reading it took longer than `seconds`."""

    code = "E110"


class OutOfMemoryError(LimitError):
    """Reading it took more than `megabytes` (MiB)."""

    code = "E111"


class InternalError(DocumentError):
    """A fault of kehoach itself; `reason`."""

    code = "E112"


class OverwritesInputError(DocumentError):
    """Its result `output` would overwrite a file that is read."""

    code = "E113"


class OutputTakenError(DocumentError):
    """`other` has the same name and takes `output`."""

    code = "E114"


class OutputAccessError(DocumentError):
    """Its result cannot be written; `reason`."""

    code = "E115"


class UnreadableScanError(DocumentError):
    """Its pages are pictures, and none could be read; `reason`."""

    code = "E116"


class SearchableCopyError(DocumentError):
    """No searchable copy can be made of it; `reason`."""

    code = "E117"


class UndecodableError(DocumentError):
    """No page has text, and pictures of its pages cannot be decoded; `reason`."""

    code = "E118"


class OutputOfAnotherError(DocumentError):
    """Its result `output` came from another document, `other` with the digest `sha256`."""

    code = "E120"


class UnknownOutputError(DocumentError):
    """Its result `output` is there, and does not say which document it came from."""

    code = "E121"


class NotAFileError(DocumentError):
    """This is no regular file but a FIFO, a socket or a device; `kind`."""

    code = "E122"


class InvalidGoldError(KehoachError):
    """This is no gold file; `reason`."""

    code = "E401"


class InvalidOutputError(KehoachError):
    """An output does not keep the contract; `reason`."""

    code = "E402"


class GoldNotFoundError(KehoachError):
    """There is no gold file here."""

    code = "E403"


class NotUpgradedError(KehoachError):
    """JSON of an earlier contract cannot be upgraded; `reason`."""

    code = "E404"


class OtherFileThereError(KehoachError):
    """Another file lies where one was to be written."""

    code = "E405"


class NoTrainingTextError(KehoachError):
    """There is no line of right Vietnamese to learn from."""

    code = "E601"


class NoUsableFontError(KehoachError):
    """No font has every Vietnamese letter."""

    code = "E602"


class MissingToolError(KehoachError):
    """Tesseract is missing, or lacks what is asked of it; `reason`."""

    code = "E603"


class ModelError(KehoachError):
    """The restoration model is missing or damaged; `reason`."""

    code = "E604"


class MissingPackageError(KehoachError):
    """The Python package `package` is not installed or does not load; the extra `extra` of kehoach brings it."""

    code = "E741"


class MissingScanPackageError(DocumentError, MissingPackageError):
    """Its pages are pictures, and the package that reads pictures is not installed."""

    code = "E123"


class StoreBusyError(StoreError):
    """Another program writes to the database."""

    code = "E701"


class StoreAccessError(StoreError):
    """The database cannot be opened or written; `reason`."""

    code = "E702"


class StoreTooNewError(StoreError):
    """A newer kehoach made the database: its version `found`, ours `known`."""

    code = "E703"


class NoStoreError(StoreError):
    """There is no store here yet."""

    code = "E704"


class StoreOutdatedError(StoreError):
    """An older kehoach made the database: its version `found`, ours `known`."""

    code = "E705"


class StoreFailedError(StoreError):
    """The database cannot be used for another reason; `reason`."""

    code = "E706"


class MissingDriverError(StoreError, MissingPackageError):
    """The package that reaches PostgreSQL is not installed."""

    code = "E707"


class NotAStoreError(StoreError):
    """The database is another program's."""

    code = "E708"


class StoreDamagedError(StoreError):
    """The file is damaged or no SQLite database; `reason`."""

    code = "E709"


class PlanVersionError(StoreError):
    """The JSON keeps version `found` of the contract; `known` here."""

    code = "E710"


class InvalidPlanError(StoreError):
    """This is no plan of the contract; `reason`."""

    code = "E711"


class ValueRefusedError(StoreError):
    """The database refuses a value of the plan; `reason`."""

    code = "E712"


class LoadingStoppedError(StoreError):
    """A process that read JSON for loading died."""

    code = "E713"


class StoreAddressError(StoreError):
    """This is no address of a store."""

    code = "E714"


class PlanNotFoundError(StoreError):
    """No plan in the store has this number, slug or file name."""

    code = "E723"


class AmbiguousPlanError(StoreError):
    """More than one plan has this number or name: `found`."""

    code = "E724"


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


class PlanNotExportedError(KehoachError):
    """The plan cannot be written in the format asked for; `reason`."""

    code = "E745"


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
