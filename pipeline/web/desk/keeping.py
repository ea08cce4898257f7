"""Keeping the store as the plans are: what was read or corrected is loaded anew, in a thread of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Condition, Thread
from typing import Final

from pipeline.errors import InternalError, KehoachError, MissingPackageError, NoStoreError, StoreOutdatedError
from pipeline.extras import extras
from pipeline.settings import Settings

_CLOSING: Final = 60.0  # seconds in which what is being loaded is


class StoreKeeper:
    """Loads plans into the store one after the other; threads may share it.

    What could not be loaded waits, and is tried again with the next plan and when somebody searches: `error` says why.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        """Keep the plans of a folder of outputs in the store of the settings."""
        self.error: KehoachError | None = None
        self._folder, self._settings = folder, settings
        self._changed = Condition()
        self._waiting: set[Path] = set()
        self._make = False
        self._thread: Thread | None = None

    def bring(self, files: Iterable[Path], make: bool = False) -> None:
        """Have plans loaded.

        Args:
            files: their JSON.
            make: whether a store is made, of all plans of the folder, where there is none.
        """
        with self._changed:
            self._waiting |= set(files)
            self._make |= make
            self._go_on()

    def settle(self, seconds: float) -> None:
        """Wait until what was brought is loaded, no longer than that."""
        with self._changed:
            self._go_on()
            self._changed.wait_for(lambda: self._thread is None, seconds)

    def close(self) -> None:
        """Wait for what is being loaded."""
        with self._changed:
            self._changed.wait_for(lambda: self._thread is None, _CLOSING)

    def _go_on(self) -> None:
        if self._waiting and self._thread is None:
            self._thread = Thread(target=self._work, name="store", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            with self._changed:
                files, make = self._waiting, self._make
                if not files:
                    self._thread = None
                    self._changed.notify_all()
                    return
                self._waiting = set()  # what is brought from now on is loaded once more
            failed = self._failed(files, make)
            with self._changed:
                self.error = failed
                if failed is not None:
                    self._waiting |= files
                    self._thread = None
                    self._changed.notify_all()
                    return

    def _failed(self, files: Iterable[Path], make: bool) -> KehoachError | None:
        """Load plans; why it failed, or None. One that cannot be loaded stands in the inbox with its reason."""
        try:
            with extras("kehoach serve"):
                from pipeline.store.database import open_store
                from pipeline.store.loading.load import Loader, json_files
            database, wait = self._settings.database, self._settings.database_wait
            try:
                with open_store(database, wait=wait):
                    pass
            except NoStoreError:
                if not make:
                    return None  # the page of search says how to have one
                files = json_files([self._folder])
            except StoreOutdatedError:
                pass
            with open_store(database, write=True, wait=wait) as store:
                for _ in Loader(store).load(sorted(files)):
                    pass
        except MissingPackageError:
            return None  # the page of search says so
        except KehoachError as error:
            return error
        except Exception as error:  # a fault of ours must not leave those waiting who search
            return InternalError(file=self._settings.database, reason=type(error).__name__)
        return None
