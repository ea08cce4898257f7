"""Many versions of one plan, and many plans of one number: the time grows with them, not with their square."""

import json
from datetime import date

import pytest

from pipeline.store.database import open_store
from pipeline.store.loading import grouping, versions
from pipeline.store.loading.load import Loader
from tests.store.conftest import OUTPUTS
from tests.store.loading.test_versions import state

COPIES = 80


def copies(folder):
    """The same small plan read from so many files."""
    plan = json.loads((OUTPUTS / "can-tho-2023.json").read_text(encoding="utf-8"))
    plan |= {"tasks": plan["tasks"][:1], "objectives": [], "tables": [], "sections": plan["sections"][:1]}
    for number in range(COPIES):
        plan["source"] |= {"sha256": f"{number:064x}", "file_name": f"{number}.txt"}
        path = folder / f"{number}.json"
        path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        yield path


def test_each_copy_of_a_plan_is_looked_at_a_few_times(tmp_path, monkeypatch):
    seen, real = [], versions._rows

    def counted(*wanted, **more):
        rows = real(*wanted, **more)
        seen.extend(rows)
        return rows

    monkeypatch.setattr(versions, "_rows", counted)
    files = list(copies(tmp_path))
    with open_store(str(tmp_path / "plans.db"), write=True) as store:
        found = list(Loader(store).load(files))
    assert [one.outcome for one in found] == ["added"] + ["version"] * (COPIES - 1)
    assert {work for work, *_ in state(str(tmp_path / "plans.db")).values()} == {1}
    assert len(seen) < 20 * COPIES


def a_row(number, agency, issuer, title):
    return {
        "id": number,
        "issuer_agency": agency,
        "issuer": issuer,
        "title_key": title,
        "issued_on": date(2023, 5, 1),
        "work": number,
    }


@pytest.mark.parametrize("agencies", [1, 300])
def test_plans_of_one_number_are_compared_with_those_they_may_be(monkeypatch, agencies):
    """Copies say the same, and three hundred communes have a plan of that number each."""
    compared, real = [], grouping._same

    def counted(one, other):
        compared.append(1)
        return real(one, other)

    monkeypatch.setattr(grouping, "_same", counted)
    rows = [
        a_row(at, at % agencies, f"Ủy ban nhân dân xã {at % agencies}", "phat trien van hoa doc") for at in range(600)
    ]
    assert len(list(grouping.plans_of(rows))) == agencies
    assert len(compared) < 4 * len(rows)
