"""Times that are reckoned from something that is no date: "trong 10 ngày làm việc kể từ ngày ban hành"."""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.times.model import ParsedDeadline
from pipeline.language.folding import fold
from pipeline.schema import RelativeTime, RelativeUnit

_UNITS = {
    "ngày làm việc": RelativeUnit.WORKING_DAY,
    "ngày": RelativeUnit.DAY,
    "tháng": RelativeUnit.MONTH,
}
_BEFORE = r"(?<!\w)(?:trong|sau|trước|chậm nhất|không quá|tối đa)(?:\s+[^\W\d_]+){0,5}\s+"  # "trong thời hạn ba (03)"


@cache
def _pattern(before: str = r"(?<!\w)") -> re.Pattern[str]:
    units = "|".join(_UNITS)
    return re.compile(
        rf"{before}\(?(?P<count>\d{{1,3}})\)?\s+(?P<unit>{units}),?\s+(?:tính\s+)?(?:kể\s+)?"
        r"(?:(?:từ|sau)\s+(?:khi\s+)?|(?=trước\s))(?P<from>[^;.,]{3,120})"
    )


def relative(text: str) -> RelativeTime | None:
    """Read a time that is reckoned from something.

    Args:
        text: the words of the time, as printed.

    Returns:
        Count, unit and what it is reckoned from as printed, with "trước" where it counts back; None for other times.
    """
    found = _pattern().search(fold(text))
    if found is None or int(found["count"]) < 1:
        return None
    printed = text[found.start("from") : found.end("from")].strip(" ,;.()")
    return RelativeTime.model_validate({"count": int(found["count"]), "unit": _UNITS[found["unit"]], "from": printed})


def relative_times(text: str, dated: list[tuple[int, int]]) -> list[ParsedDeadline]:
    """Find the times of a sentence that are reckoned from something.

    Args:
        text: the sentence.
        dated: where the times stand that were put into dates; what overlaps one is none of these.
    """
    return [
        ParsedDeadline(found.start(), found.start() + len(found.group().rstrip()), None, rule="time.relative")
        for found in _pattern(_BEFORE).finditer(fold(text))
        if int(found["count"]) and not any(start < found.end() and found.start() < end for start, end in dated)
    ]
