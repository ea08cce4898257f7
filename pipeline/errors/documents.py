"""Failures of one document: it was not read, or what was read was not written."""

from __future__ import annotations

from pipeline.errors.base import DocumentError, LimitError
from pipeline.errors.work import MissingPackageError


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


class MissingScanPackageError(DocumentError, MissingPackageError):
    """Its pages are pictures, and the package that reads pictures is not installed."""

    code = "E123"


class ConverterMissingError(DocumentError):
    """Files of its kind, `suffix`, are read with LibreOffice, which is not installed."""

    code = "E124"


class TooMuchInsideError(LimitError):
    """An archive or a mail holds more than is unpacked; `limit`."""

    code = "E125"


class LinkedOutsideError(DocumentError):
    """A link in a folder that was given leads out of it, to `target`."""

    code = "E126"


class ChangedMeanwhileError(DocumentError):
    """The file was changed while it was read: what was read of it may be of two documents."""

    code = "E127"
