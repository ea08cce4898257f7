"""Where sentences end, and how printed lines of one are joined."""

from __future__ import annotations

import re

# A stop or semicolon before a space, or the sign that closes a document. The stop of an abbreviation ends none:
# "TP. Cần Thơ" (thành phố), "TS. Hà" (tiến sĩ), "P. Đào tạo" (phòng), "VP. UBND" (văn phòng), "đ/c. Lan" (đồng chí).
_END = re.compile(
    r"[.;](?<!\btp[.;])(?<!\bts[.;])(?<!\bvp[.;])(?<!\bđ/c[.;])(?!(?<=\b[pk]\.)\s+[^\W\d_])(?=\s|$)|\.\./|\./\."
)
_ENDED = re.compile(r"[.;!?…]\s*[\"”]?$|\./\.")  # behind "./." only what belongs to no sentence can run on
_BROKEN_NUMBER = re.compile(r"/[A-ZĐ][\w&.-]*-$")
_CLOSED = re.compile(r"[.;:!?…][\"”’')\]*_]*$")


def sentences(folded: str) -> list[tuple[int, int]]:
    """The sentences of a folded text as pairs of offsets, the stops left out; brackets do not end one."""
    out, start = [], 0
    for match in _END.finditer(folded):
        out.append((start, match.start()))
        start = match.end()
    if start < len(folded):
        out.append((start, len(folded)))
    return out


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does: a colon opens a list, and "KẾ HOẠCH (năm …)" is a title."""
    return bool(_ENDED.search(text))


def ends_line(text: str) -> bool:
    """Whether a paragraph may end with a printed line: with a sentence or a colon, whatever brackets close behind."""
    return bool(_CLOSED.search(text))


def seam(before: str, after: str) -> str:
    """Give what stands between two printed lines of a paragraph: a space, nothing where a line breaks a number apart.

    "Quyết định số 14/QĐ-" goes on with "UBND" (Decree 30/2020/NĐ-CP, annex VI, gives the parts of a number).
    """
    return "" if _BROKEN_NUMBER.search(before) and after[:1].isupper() else " "
