"""Any number of plans, made by varying the real ones in outputs/: other provinces, years, numbers, words, items."""

import csv
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

PROJECT = Path(__file__).parents[1]
_PROVINCES = PROJECT / "pipeline/knowledge/places/provinces.csv"
_ITEMS = 40  # in a plan
_OTHER_WORDS = 0.15  # of the words of an item's text
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEAR = re.compile(r"(?<!\d)20[12]\d(?!\d)")
_WRITTEN = ("tỉnh", "thành", "phố", "xã", "phường", "sách", "đọc", "trường", "học", "trẻ", "em", "đất", "nước", "vốn")


def real() -> list[dict]:
    """The plans in outputs/."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((PROJECT / "outputs").glob("*.json"))]


def provinces() -> list[dict]:
    with _PROVINCES.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(line for line in file if not line.startswith("#"))]


def many(count: int, seed: int = 1, first: int = 0) -> Iterator[bytes]:
    """The JSON of `count` plans of some forty items each; the same for the same seed and numbers."""
    plans, places = real(), provinces()
    words = sorted({word.lower() for plan in plans for item in plan["tasks"] for word in _WORD.findall(item["text"])})
    words += _WRITTEN * 5
    pool = {name: [(plan, item) for plan in plans for item in plan[name]] for name in ("objectives", "tasks")}
    for number in range(first, first + count):
        rng = Random(seed * 10**9 + number)
        yield _vary(rng, number, plans[number % len(plans)], places[rng.randrange(len(places))], words, pool)


def _vary(rng: Random, number: int, plan: dict, place: dict, words: list[str], pool: dict) -> bytes:
    shift = rng.randint(-8, 7)
    made = {**plan, "source": {**plan["source"], "sha256": sha256(str(number).encode()).hexdigest()}}
    made["source"]["file_name"] = f"{number:06}.pdf"
    objectives = len(plan["objectives"]) * _ITEMS // max(1, len(plan["objectives"]) + len(plan["tasks"]))
    items = {"objectives": objectives, "tasks": _ITEMS - objectives}
    for name, many_ in items.items():
        own = [(plan, item) for item in plan[name]]
        chosen = [rng.choice(own if own and rng.random() < 0.7 else pool[name]) for _ in range(many_)]
        made[name] = [
            {
                **item,
                "id": f"{'_'.join((item['number'] or 'x').split())}-{at}{name[0]}",
                "section": item["section"] if of is plan else None,
                "refers_to": [],
                "text": _words(rng, item["text"], words),
            }
            for at, (of, item) in enumerate(chosen)
        ]
    own = plan["metadata"]
    made["metadata"] = {
        **own,
        "number": f"{number}/KH-UBND",
        "province": {
            "code": place["code"],
            "name": place["name"],
            "current_name": place["current_name"],
            "current_code": place["current_code"],
        },
        "title": _words(rng, own["title"] or "", words),
        "issued_on": own["issued_on"] or "2023-01-01",
    }
    text = json.dumps(made, ensure_ascii=False)
    text = _YEAR.sub(lambda match: str(int(match.group()) + shift), text)
    for old in {own["province"]["name"]} if own["province"] else ():
        text = text.replace(old, place["name"])
    slug = f'"plan_id": "{place["code"].lower()}/{number}"'
    text = re.sub(r'"plan_id": "[^"]*"', slug, text, count=1)
    return re.sub(r"(\d{4})-02-29", r"\1-02-28", text).encode()


def _words(rng: Random, text: str, words: list[str]) -> str:
    return _WORD.sub(lambda one: rng.choice(words) if rng.random() < _OTHER_WORDS else one.group(), text)
