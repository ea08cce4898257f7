"""What tests of several rooms share."""

import os
from collections.abc import Callable

import pytest

from pipeline.schema import Plan
from tests.corpus import CORPUS, read


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-outputs",
        action="store_true",
        help="write outputs/ anew from corpus/ before it is compared; look at the diff before you commit it",
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--regenerate-outputs") and os.environ.get("CI", "").lower() == "true":
        raise pytest.UsageError(
            "--regenerate-outputs would make the comparison with outputs/ true by itself: not in CI"
        )


@pytest.fixture(scope="session")
def plan_of_corpus() -> Callable[[str], Plan]:
    """The plan made of a file of corpus/, by its stem."""
    return lambda name: read(CORPUS[name])
