"""Plans in SQLite or PostgreSQL: loading, search, versions.

    from pipeline import store

    store.search("thư viện xã", role="lead", province="Cần Thơ").to_pandas()

The database's packages are imported when a name is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.extras import extras

if TYPE_CHECKING:
    from pipeline.store.database import Store, open_store
    from pipeline.store.loading.load import Loaded, Loader, json_files
    from pipeline.store.query.filters import Filters
    from pipeline.store.query.results import Hit, PlanHit, Results
    from pipeline.store.query.searching import search
    from pipeline.store.reading import read_plan

__all__ = [
    "Filters",
    "Hit",
    "Loaded",
    "Loader",
    "PlanHit",
    "Results",
    "Store",
    "json_files",
    "open_store",
    "read_plan",
    "search",
]

_WHERE = {
    **dict.fromkeys(("Store", "open_store"), "database"),
    **dict.fromkeys(("Loaded", "Loader", "json_files"), "loading.load"),
    **dict.fromkeys(("Hit", "PlanHit", "Results"), "query.results"),
    "search": "query.searching",
    "Filters": "query.filters",
    "read_plan": "reading",
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with extras(f"{__name__}.{name}"):
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
