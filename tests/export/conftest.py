"""The stores that tests of exports write from."""

from tests.store.conftest import connection  # noqa: F401
