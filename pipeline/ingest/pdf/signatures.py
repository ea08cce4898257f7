"""Digital signatures of a PDF: who signed when, which bytes are covered, whether these are unchanged.

Whether to trust a signer is not judged: no certificate is followed to its root, and no list of revoked ones is asked.
A signature that is damaged costs itself alone, and is said (W221). Source: ISO 32000-1, 12.8.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import IO, NamedTuple

import pypdfium2.raw as native

from pipeline.errors import Notice, notice
from pipeline.ingest.pdf.pdfium import PdfDocument, open_pdf
from pipeline.schema import DigitalSignature

MAX_SIGNATURES = 64  # read of one file; a file signed on each page for its number, its day and its seal has ten
MAX_CONTENTS = 1 << 20  # bytes of one signature; with certificates and time stamps it takes 8 to 40 thousand
MAX_HASHED = 2 << 30  # bytes: what is hashed for one file, all signatures together
BLOCK = 1 << 20
HEADER = 1024  # bytes in which readers look for the header (ISO 32000-1, annex H.3, note 13)
TIME_STAMP = "ETSI.RFC3161"  # a time stamp of the whole file: an authority's, nobody signs by it
CMS_FORMS = ("adbe.pkcs7.detached", "ETSI.CAdES.detached", "adbe.pkcs7.sha1")

_TIME = re.compile(
    r"D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:(?P<utc>Z)|(?P<sign>[+-])(?P<hours>\d{2})'?(?P<minutes>\d{2})?)"
)


class ByteSpan(NamedTuple):
    """A stretch of a file: its first byte and the one behind its last."""

    start: int
    end: int


Spans = tuple[ByteSpan, ByteSpan]


class _RawSignature(NamedTuple):
    """A signature as PDFium gives it."""

    form: str
    contents: bytes
    ranges: tuple[int, ...]
    time: str


def read_signatures(path: Path) -> tuple[tuple[DigitalSignature, ...], tuple[Notice, ...]]:
    """Read the digital signatures of a PDF, in the order in which they were put.

    Fields for signatures that nobody filled in are none, nor are an authority's time stamps of the whole file. PDFium
    gives the fields that stand at the top of the form alone, where every program looked at puts them.

    Args:
        path: a PDF that opens without a password.

    Returns:
        The signatures, and notices about those that cannot be read.

    Raises:
        PdfFailure: PDFium cannot open it.
    """
    found: list[tuple[int, DigitalSignature]] = []
    said: list[Notice] = []
    with open_pdf(path) as document:
        count = native.FPDF_GetSignatureCount(document)
        if count <= 0:
            return (), ()
        with path.open("rb") as file:
            signed = _SignedFile(file)
            for index in range(min(count, MAX_SIGNATURES)):
                try:
                    raw = _raw(document, index)
                    if raw is None:
                        continue
                    spans = signed.spans(raw.ranges)
                    if spans is None:
                        said.append(notice("W221", number=index + 1, reason="the bytes it covers are not in the file"))
                    found.append((spans[-1].end if spans else 0, _read(raw, spans, signed)))
                except Exception as error:  # whatever it is, it costs this signature alone
                    reason = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
                    said.append(notice("W221", number=index + 1, reason=reason[:200]))
    if count > MAX_SIGNATURES:
        said.append(notice("W221", number=MAX_SIGNATURES + 1, reason=f"more than {MAX_SIGNATURES} are not read"))
    found.sort(key=lambda one: one[0])
    said += [notice("W222", name=one.name or "?") for _, one in found if one.intact is False]
    return tuple(one for _, one in found), tuple(said)


class _SignedFile:
    """The bytes of a file that signatures cover; not more than `MAX_HASHED` of them are hashed in all."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._size = file.seek(0, 2)
        file.seek(0)
        self._start = max(0, file.read(HEADER).find(b"%PDF"))  # offsets count from the header, whatever stands before
        self._left = MAX_HASHED

    def spans(self, ranges: Sequence[int]) -> Spans | None:
        """The two stretches that are covered, before and behind the signature; None where the file has no such."""
        if len(ranges) != 4:
            return None
        starts = [self._start + ranges[0], self._start + ranges[2]]
        first, second = ByteSpan(starts[0], starts[0] + ranges[1]), ByteSpan(starts[1], starts[1] + ranges[3])
        ordered = 0 <= first.start <= first.end <= second.start <= second.end <= self._size
        return (first, second) if ordered else None

    def digest(self, spans: Spans, kind: str) -> bytes | None:
        """The digest of two stretches; None where too much was hashed already."""
        self._left -= sum(span.end - span.start for span in spans)
        if self._left < 0:
            return None
        made = hashlib.new(kind, usedforsecurity=False)
        for span in spans:
            self._file.seek(span.start)
            for at in range(span.start, span.end, BLOCK):
                made.update(self._file.read(min(BLOCK, span.end - at)))
        return made.digest()

    def all_but(self, spans: Spans, contents: bytes) -> bool:
        """Whether two stretches are the whole file but the string of the signature, which stands alone in the gap."""
        first, second = spans
        gap = second.start - first.end
        if first.start != 0 or second.end != self._size or gap != 2 * len(contents) + 2:
            return False
        self._file.seek(first.end)
        try:
            text = self._file.read(gap).decode("ascii")
            return text[0] == "<" and text[-1] == ">" and bytes.fromhex(text[1:-1]) == contents
        except ValueError:
            return False


def _read(raw: _RawSignature, spans: Spans | None, signed: _SignedFile) -> DigitalSignature:
    name = organisation = signed_at = intact = None
    if raw.form in CMS_FORMS:
        from pipeline.ingest.pdf.cms import read_signed  # ASN.1 and ciphers are loaded for a signed file only

        message = read_signed(raw.contents, lambda kind: signed.digest(spans, kind) if spans else None)
        name, organisation, intact = message.name, message.organisation, message.intact
        signed_at = message.signed_at
    return DigitalSignature(
        name=name,
        organisation=organisation,
        signed_at=_stated(raw.time) or signed_at,
        covers_whole_file=spans is not None and signed.all_but(spans, raw.contents),
        intact=intact,
    )


def _raw(document: PdfDocument, index: int) -> _RawSignature | None:
    """A signature as it stands; None where its field is not filled in or holds a time stamp alone."""
    handle = native.FPDF_GetSignatureObject(document, index)
    length = native.FPDFSignatureObj_GetContents(handle, None, 0) if handle else 0
    if not length:
        return None
    if length > MAX_CONTENTS:
        raise ValueError(f"its {length} bytes are too many")
    form = _bytes(native.FPDFSignatureObj_GetSubFilter, handle).rstrip(b"\0").decode("ascii", "replace")
    if form == TIME_STAMP:
        return None
    ranges = (ctypes.c_int * min(native.FPDFSignatureObj_GetByteRange(handle, None, 0), 5))()  # four make two stretches
    native.FPDFSignatureObj_GetByteRange(handle, ranges, len(ranges))
    time = _bytes(native.FPDFSignatureObj_GetTime, handle).rstrip(b"\0").decode("ascii", "replace")
    return _RawSignature(form, _bytes(native.FPDFSignatureObj_GetContents, handle), tuple(ranges), time)


def _bytes(call: Callable[..., int], handle: object) -> bytes:
    length = call(handle, None, 0)
    if not 0 < length <= MAX_CONTENTS:
        return b""
    buffer = ctypes.create_string_buffer(length)
    call(handle, buffer, length)
    return buffer.raw


def _stated(time: str) -> datetime | None:
    """The time of the dictionary (ISO 32000-1, 7.9.4); None where it does not say how far it is from UTC."""
    found = _TIME.match(time)
    if found is None:
        return None
    away = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    try:
        year, month, day, hour, minute, second = map(int, found.groups()[:6])
        zone = timezone(-away if found["sign"] == "-" else away)
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None
