"""Failures of the store of plans."""

from __future__ import annotations

from pipeline.errors.base import StoreError
from pipeline.errors.work import MissingPackageError


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
