"""What tests of several rooms share."""

import os
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, settings

from pipeline.schema import Plan

IN_CI = os.environ.get("CI", "").lower() == "true"
settings.register_profile(
    "kehoach",
    deadline=None,  # the first example pays for loading spaCy
    suppress_health_check=[HealthCheck.too_slow],  # nothing fails since the machine is busy
    derandomize=IN_CI,
)
settings.load_profile("kehoach")


LONG_FIRST = (
    "tests/ingest/test_shared.py",
    "tests/hostile/test_outcomes.py",
    "tests/test_layouts.py",
    "tests/test_docs.py",
    "tests/store/loading/test_hostile_json.py",
    "tests/store/query/test_searching.py",
    "tests/batch/test_killing.py",
    "tests/batch/cluster/test_two_nodes.py",
    "tests/test_readme.py",
    "tests/web/browser/test_reviewing.py",
    "tests/test_offices.py",
    "tests/store/loading/test_versions.py",
    "tests/test_cli_store.py",
)
"""Files that take the processor twenty seconds and more, those that take longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin long files first: what is begun last leaves the other processes with nothing to do."""
    rank = {name: at for at, name in enumerate(LONG_FIRST)}
    items.sort(key=lambda item: rank.get(item.location[0], len(rank)))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-outputs",
        action="store_true",
        help="write outputs/ anew from corpus/ before it is compared; look at the diff before you commit it",
    )
    parser.addoption(
        "--regenerate-docs",
        action="store_true",
        help="write the answers in docs/ and the README anew before they are compared; look at the diff",
    )


def pytest_configure(config: pytest.Config) -> None:
    for option in ("--regenerate-outputs", "--regenerate-docs"):
        if IN_CI and config.getoption(option):
            raise pytest.UsageError(f"{option} would make its comparison true by itself: not in CI")


@pytest.fixture(scope="session", autouse=True)
def no_kept_scans(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Scanned pages read by an earlier version are not taken for what this one reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KEHOACH_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def plan_of_corpus() -> Callable[[str], Plan]:
    """The plan made of a file of corpus/, by its stem."""
    from tests.corpus import CORPUS, read  # loads spaCy, which most tests do without

    return lambda name: read(CORPUS[name])
