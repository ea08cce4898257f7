"""A store of two plans, in memory."""

import pytest
from sqlalchemy import create_engine

from tests.export.two_plans import fill


@pytest.fixture
def connection():
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        fill(connection)
        yield connection
    engine.dispose()
