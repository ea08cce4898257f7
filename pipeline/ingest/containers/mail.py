"""The documents of a saved mail: what is attached to it, and its text where that is more than a letter to it."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import collapse_rfc2231_value
from pathlib import Path

from pipeline.errors import TooMuchInsideError
from pipeline.ingest.containers.names import safe_name

MAX_PARTS = 10_000
"""Of one mail; real ones have some dozens."""
BODY, HTML_BODY = "mail.txt", "mail.html"
"""The name of a mail's own text, and of one that is there as HTML alone."""
LETTER = 1500
"""Characters: a longer text is read beside what is attached."""

_NO_DOCUMENTS = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")


def mail_parts(data: bytes) -> Iterator[tuple[Path, bytes]]:
    """The documents of a mail as programs save it (RFC 5322).

    Args:
        data: its bytes.

    Yields:
        The name and the bytes of each attachment; of the mail's text, where there is none or the text is long.

    Raises:
        TooMuchInsideError: it has more parts than any mail has.
    """
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    attached = False
    for count, part in enumerate(_leaves(message)):
        if count > MAX_PARTS:
            raise TooMuchInsideError(file=BODY, limit=f"{MAX_PARTS} parts of a mail")
        if part.get_content_type() in _NO_DOCUMENTS or _is_inline(part):
            continue
        name = collapse_rfc2231_value(part.get_filename() or "")
        if not name and not _is_mail(part):
            continue
        attached = True
        yield safe_name(name or "mail.eml"), _bytes(part)
    body = message.get_body(("plain", "html"))
    text = b"" if body is None else _text(body)
    if body is not None and (not attached or len(text.decode("utf-8", "replace")) >= LETTER):
        yield Path(BODY if body.get_content_type() == "text/plain" else HTML_BODY), text


def _leaves(message: MIMEPart) -> Iterator[MIMEPart]:
    """The parts of a mail that hold something; a mail within it is one."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.is_multipart() and not (_is_mail(part) and part is not message):
            waiting.extend(reversed(list(part.iter_parts())))
        else:
            yield part


def _is_mail(part: MIMEPart) -> bool:
    return part.get_content_type() == "message/rfc822"


def _is_inline(part: MIMEPart) -> bool:
    """Whether a part is a picture within the mail's text: a logo or a signature."""
    return part.get_content_maintype() == "image" and (
        part.get_content_disposition() == "inline" or (part["Content-ID"] and not part.is_attachment())
    )


def _bytes(part: MIMEPart) -> bytes:
    if _is_mail(part):
        return _packed_mail(part)
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _packed_mail(part: MIMEPart) -> bytes:
    """The bytes of a mail within a mail; some programs put it into base64, which RFC 2046 (5.2.1) does not allow."""
    whole: bytes = part.get_payload(0).as_bytes()  # type: ignore[union-attr]
    if str(part["Content-Transfer-Encoding"] or "").strip().lower() != "base64":
        return whole
    try:
        return b64decode(b"".join(whole.split()), validate=True)
    except binascii.Error:
        return whole


def _text(part: MIMEPart) -> bytes:
    try:
        content = part.get_content()
    except (LookupError, ValueError):  # a character set that does not exist
        return _bytes(part)
    return content.encode() if isinstance(content, str) else _bytes(part)
