"""Makes {districts,communes,communes2025}.csv of pipeline/knowledge/places from the package vietnamadminunits.

    python scripts/places.py vietnamadminunits-1.0.4-py3-none-any.whl     (or the folder it was unpacked to)

vietnamadminunits, https://github.com/tranngocminhhieu/vietnamadminunits, MIT, Copyright (c) 2025 Tran Ngoc Minh Hieu.
The files are written again byte by byte from the same wheel.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import sys
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pipeline.language.folding import slug

ROOM = Path(__file__).parents[1] / "pipeline/knowledge/places"
KINDS = {"Huyện": "huyện", "Quận": "quận", "Thị xã": "thị xã", "Thành phố": "thành phố"}
KINDS |= {"Xã": "xã", "Phường": "phường", "Thị trấn": "thị trấn", "Đặc khu": "đặc khu"}
NOTICE = """\
# {what}
# Who reads it: {readers}.
# Made by scripts/places.py from vietnamadminunits 1.0.4 (https://github.com/tranngocminhhieu/vietnamadminunits, data of
# 2025), Copyright (c) 2025 Tran Ngoc Minh Hieu, MIT licence: NOTICE.txt.
# {codes}
"""


def _provinces() -> dict[str, str]:
    """Slug of a province's short name -> ISO code, before and after 1 July 2025."""
    out = {}
    lines = (ROOM / "provinces.csv").read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        for name in (row["name"], *filter(None, row["also"].split(";"))):
            out[slug(name)] = row["code"]
    return out


def _short(name: str) -> str:
    """A name without the kind that numbered and doubled ones carry: "Quận 1" -> "1", "Cai Lậy (Huyện)"."""
    return re.sub(r"^(?:Quận|Phường) (?=\d)| \([^)]*\)$", "", name)


def _write(name: str, what: str, readers: str, codes: str, head: list[str], rows: Iterable[Iterable[str]]) -> None:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(head)
    table.writerows(rows)
    text = NOTICE.format(what=what, readers=readers, codes=codes) + out.getvalue()
    (ROOM / name).write_text(text, encoding="utf-8")


def _successors(converter: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """Key of a commune before 1 July 2025 -> (province, commune) since; where it was split, its main part first."""
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            for old in olds:
                out[old].append((province, commune))
    for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in olds.items():
            for part in sorted(parts, key=lambda one: not one["isDefaultNewWard"]):
                out[old].append((province, part["newWardKey"]))
    return out


def make(folder: Path) -> None:
    """Write the three files from the unpacked package."""
    data = folder / "vietnamadminunits" / "data"
    converter = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))
    base = sqlite3.connect(data / "dataset.db")
    base.row_factory = sqlite3.Row
    old = base.execute("SELECT * FROM admin_units_legacy ORDER BY districtCode, wardCode").fetchall()
    new = base.execute("SELECT * FROM admin_units ORDER BY wardCode").fetchall()
    codes = _provinces()
    successors = _successors(converter)
    today = {(row["provinceKey"], row["wardKey"]): row["wardCode"] for row in new}

    def next_codes(row: sqlite3.Row) -> str:
        key = "_".join((row["provinceKey"], row["districtKey"], row["wardKey"] or ""))
        return ";".join(today[one] for one in successors[key])

    districts = {}
    for row in old:  # a district without communes (an island) says itself what follows
        own = "" if row["wardCode"] else next_codes(row)
        name = _short(row["districtShort"])
        districts[row["districtCode"]] = (
            row["districtCode"], KINDS[row["districtType"]], name, codes[slug(row["provinceShort"])], own,
        )  # fmt: skip
    gso = "code: of the General Statistics Office (Decision 124/2004/QĐ-TTg)"
    _write(
        "districts.csv",
        "Districts of the 63 provinces as they stood on 30 June 2025; the level ended on 1 July 2025.",
        "register (districts then and now), extract (the province of a district)",
        f"{gso}; successors: of an island district without communes, in communes2025.csv.",
        ["code", "kind", "name", "province", "successors"],
        districts.values(),
    )
    _write(
        "communes.csv",
        "Communes, wards and townships as they stood on 30 June 2025, with what each became.",
        "register (communes then and now)",
        f"{gso}; successors: codes of communes2025.csv, the main part of a split commune first.",
        ["code", "kind", "name", "district", "successors"],
        (
            (row["wardCode"], KINDS[row["wardType"]], _short(row["wardShort"]), row["districtCode"], next_codes(row))
            for row in old
            if row["wardCode"]
        ),
    )
    _write(
        "communes2025.csv",
        "Communes, wards and special zones of the 34 provinces since 1 July 2025.",
        "register (communes then and now), extract (names that are no persons')",
        f"{gso}, where a code of communes.csv may now name a larger commune.",
        ["code", "kind", "name", "province"],
        (
            (row["wardCode"], KINDS[row["wardType"]], _short(row["wardShort"]), codes[slug(row["provinceShort"])])
            for row in new
        ),
    )


def main() -> None:
    """Read the wheel or folder named on the command line."""
    source = Path(sys.argv[1])
    if source.is_dir():
        make(source)
        return
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(source) as wheel:
        wheel.extractall(folder)
        make(Path(folder))


if __name__ == "__main__":
    main()
