"""What `pipeline.store` gives a Python user."""

import subprocess
import sys

import pytest

import pipeline.store
from tests.store.conftest import PROJECT


@pytest.mark.parametrize("name", pipeline.store.__all__)
def test_each_name_is_given_and_listed(name):
    assert getattr(pipeline.store, name).__name__ == name
    assert name in dir(pipeline.store)


def test_search_is_the_function_whatever_was_imported_before(corpus):
    import pipeline.store.query.searching

    assert pipeline.store.search is pipeline.store.query.searching.search
    assert pipeline.store.search('"thư viện công cộng cấp xã"', database=corpus)


def test_no_name_is_that_of_a_module():
    """Importing such a module would put it in the name's place."""
    modules = {path.stem for path in (PROJECT / "pipeline" / "store").iterdir()}
    assert not modules & set(pipeline.store.__all__)


def test_a_name_that_is_not_there_is_missed_as_usual():
    with pytest.raises(AttributeError, match="pipeline.store.*nonsense"):
        _ = pipeline.store.nonsense


def test_the_package_alone_imports_no_database():
    code = "import sys, pipeline.store; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT).returncode == 0
