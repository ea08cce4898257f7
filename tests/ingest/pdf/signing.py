"""Signs PDFs made by `PdfMaker` as programs do: behind what is there, over all bytes but the signature's own string."""

import re
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

ROOM = 4096  # bytes kept for a signature
DETACHED = (pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary)


@cache
def signer(name="Nguyễn Văn An", organisation="SỞ NỘI VỤ", kind="ec"):
    """A key and its own certificate."""
    key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, name)]
    subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in parts if value])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(1000).not_valid_before(start).not_valid_after(start + timedelta(days=9000))
    return key, made.sign(key, hashes.SHA256())


def message(covered, by=None, digest=None, options=DETACHED, rsa_padding=None):
    """A signed message over the bytes a signature covers."""
    key, certificate = by or signer()
    made = pkcs7.PKCS7SignatureBuilder().set_data(covered)
    made = made.add_signer(certificate, key, digest or hashes.SHA256(), rsa_padding=rsa_padding)
    return made.sign(Encoding.DER, list(options))


def sign(
    pdf,
    make=message,
    time="D:20250212093000+07'00'",
    form="adbe.pkcs7.detached",
    room=ROOM,
    ranges=None,
    fields=1,
):
    """The PDF with one more signature.

    `make` gives the message for the covered bytes; `ranges` what the signature says it covers instead of what it does;
    `fields` how many fields hold it.
    """
    size = int(re.findall(rb"/Size (\d+)", pdf)[-1])
    before = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    known = (re.findall(rb"/Fields \[([^\]]*)\]", pdf) or [b""])[-1]
    added = b" ".join(b"%d 0 R" % (size + 1 + at) for at in range(fields))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /SigFlags 3 /Fields [%b] >> >>"
        % (known + b" " + added).strip(),
        size: b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /%b /M (%b) /ByteRange [%b] /Contents <%b> >>"
        % (form.encode(), time.encode(), b"*" * 60, b"0" * 2 * room),
    }
    for at in range(fields):
        objects[size + 1 + at] = (
            b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (S%d) /F 132 /Rect [0 0 0 0] /V %d 0 R >>"
            % (size + at, size)
        )
    out, places = pdf, {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % one for one in sorted(places.items()))
    out += b"trailer << /Size %d /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (size + 1 + fields, before, start)
    opened = out.rindex(b"/Contents <") + len(b"/Contents ")
    closed = opened + 2 * room + 2
    stated = ranges or (0, opened, closed, len(out) - closed)
    out = out.replace(b"*" * 60, b" ".join(b"%d" % one for one in stated).ljust(60))
    made = make(out[:opened] + out[closed:]).hex().encode().ljust(2 * room, b"0")
    return out[: opened + 1] + made + out[closed - 1 :]


def unsigned_field(pdf):
    """The PDF with a field to sign in that nobody filled in."""
    return re.sub(rb" /V \d+ 0 R", lambda found: b" " * len(found[0]), sign(pdf))
