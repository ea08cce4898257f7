"""Failures of other work: evaluation, training, upgrading, runs, tools and packages that are missing."""

from __future__ import annotations

from pipeline.errors.base import KehoachError


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


class ItemNotFoundError(KehoachError):
    """The plan has no item `item`; `known`: ids and numbers like it."""

    code = "E406"


class NotTheSourceError(KehoachError):
    """This is not the file that the plan was read from, `source`."""

    code = "E407"


class CorrectionsError(KehoachError):
    """A file of corrections cannot be read: `line` (0: the file itself), `reason`."""

    code = "E408"


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


class PlanNotExportedError(KehoachError):
    """The plan cannot be written in the format asked for; `reason`."""

    code = "E745"


class FolderTakenError(KehoachError):
    """Another run is at work in the folder of outputs: its `process` on `host`, `since` when."""

    code = "E901"


class JournalError(KehoachError):
    """The journal of the folder of outputs cannot be used; `reason`."""

    code = "E902"


class NoJournalError(KehoachError):
    """No run has left a journal in this folder."""

    code = "E903"


class RunDiffersError(KehoachError):
    """The run that is at work in the folder cannot be joined: `what` of it differs, or it was not planned yet."""

    code = "E904"


class SandboxMissingError(KehoachError):
    """The processes that read cannot be confined as `KEHOACH_SANDBOX=required` asks: `parts` are missing."""

    code = "E905"


class FolderGoneError(KehoachError):
    """The folder of outputs, or the journal in it, was removed or replaced while the run was at work there."""

    code = "E906"


class ClusterError(KehoachError):
    """There is no cluster of machines to read on, or none of its machines can; `reason`."""

    code = "E910"


class RemoteError(KehoachError):
    """An address cannot be read or written; `reason`."""

    code = "E911"
