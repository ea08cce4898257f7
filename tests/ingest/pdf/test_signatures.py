import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import ingest
from pipeline.ingest.pdf import signatures
from pipeline.ingest.pdf.cms import CmsError, read_signed
from pipeline.ingest.pdf.signatures import read_signatures
from tests.ingest.pdf.signing import DETACHED, ROOM, message, sign, signer, unsigned_field

SAID = "Sở Nội vụ chủ trì tổ chức thực hiện kế hoạch này."
LOCAL = timezone(timedelta(hours=7))


@pytest.fixture
def plain(maker):
    return maker().page().text(72, 100, SAID).bytes()


@pytest.fixture
def read(save):
    return lambda pdf: read_signatures(save("a.pdf", pdf))


def test_a_signature_says_who_signed_and_when(plain, read):
    ((one,), said) = read(sign(plain))
    assert (one.name, one.organisation) == ("Nguyễn Văn An", "SỞ NỘI VỤ")
    assert one.signed_at == datetime(2025, 2, 12, 9, 30, tzinfo=LOCAL) and one.signed_at.utcoffset() == timedelta(
        hours=7
    )
    assert one.covers_whole_file and one.intact is True and said == ()


def test_a_file_without_signatures_has_none(plain, read):
    assert read(plain) == ((), ())


def test_a_changed_byte_breaks_the_signature(plain, read):
    ((one,), (said,)) = read(sign(plain).replace(b"/MediaBox [0 0 595", b"/MediaBox [0 0 596"))
    assert one.intact is False and one.covers_whole_file
    assert said.code == "W222" and dict(said.params) == {"name": "Nguyễn Văn An"}


def test_a_later_signature_leaves_the_first_one_intact(plain, read):
    first = sign(plain)
    second = sign(first, lambda covered: message(covered, signer("SỞ NỘI VỤ", None)), time="D:20250213080000+07'00'")
    (found, said) = read(second)
    assert [(one.name, one.organisation) for one in found] == [("Nguyễn Văn An", "SỞ NỘI VỤ"), ("SỞ NỘI VỤ", None)]
    assert [one.covers_whole_file for one in found] == [False, True]
    assert [one.intact for one in found] == [True, True] and said == ()


def test_what_is_added_behind_a_signature_is_not_covered(plain, read):
    ((one,), said) = read(sign(plain) + b"% more\n")
    assert not one.covers_whole_file and one.intact is True and said == ()


def test_a_gap_wider_than_the_signature_is_not_covered(plain, read):
    def wider(ranges):
        return ranges[0], ranges[1] - 2, ranges[2], ranges[3]

    signed = sign(plain)
    opened = signed.index(b"/Contents <") + len(b"/Contents ")
    closed = signed.index(b">", opened) + 1
    stated = wider((0, opened, closed, len(signed) - closed))
    signed = sign(plain, lambda covered: message(covered[: opened - 2] + covered[opened:]), ranges=stated)
    ((one,), _) = read(signed)
    assert not one.covers_whole_file and one.intact is True


def test_offsets_count_from_the_header(plain, read):
    ((one,), said) = read(b"\x00\x01junk of a mail\n" + sign(plain))
    assert one.intact is True and not one.covers_whole_file and said == ()


@pytest.mark.parametrize(
    "make",
    [
        lambda covered: message(covered, signer(kind="rsa")),
        lambda covered: message(covered, signer(kind="rsa"), hashes.SHA512()),
        lambda covered: message(
            covered, signer(kind="rsa"), rsa_padding=padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        ),
        lambda covered: message(covered, None, hashes.SHA384()),
        lambda covered: message(covered, options=(*DETACHED, pkcs7.PKCS7Options.NoAttributes)),
    ],
    ids=["rsa", "rsa-sha512", "rsa-pss", "ecdsa-sha384", "no-attributes"],
)
def test_kinds_of_signatures_are_checked(make, plain, read):
    signed = sign(plain, make)
    assert [one.intact for one in read(signed)[0]] == [True]
    assert [one.intact for one in read(signed.replace(b"0 595 842", b"0 594 842"))[0]] == [False]


def test_a_signature_over_the_digest_is_checked(plain, read):
    def over_digest(covered):
        return message(hashlib.sha1(covered).digest(), options=[pkcs7.PKCS7Options.Binary])

    signed = sign(plain, over_digest, form="adbe.pkcs7.sha1")
    assert [one.intact for one in read(signed)[0]] == [True]
    assert [one.intact for one in read(signed.replace(b"0 595 842", b"0 594 842"))[0]] == [False]


def test_the_right_digest_under_a_wrong_signature_does_not_hold(plain, read):
    def forged(covered):
        made = message(covered)
        return made[:-1] + bytes([made[-1] ^ 1])

    assert [one.intact for one in read(sign(plain, forged))[0]] == [False]


def test_a_form_without_a_signed_message_is_told_but_not_checked(plain, read):
    ((one,), said) = read(sign(plain, lambda _: b"\x04\x02ab", form="adbe.x509.rsa_sha1"))
    assert (one.name, one.intact, one.covers_whole_file, said) == (None, None, True, ())
    assert one.signed_at == datetime(2025, 2, 12, 9, 30, tzinfo=LOCAL)


def test_a_time_stamp_of_the_file_is_nobodys_signature(plain, read):
    assert read(sign(plain, form="ETSI.RFC3161")) == ((), ())


def test_a_field_nobody_signed_in_is_no_signature(plain, read):
    assert read(unsigned_field(plain)) == ((), ())


@pytest.mark.parametrize(
    ("time", "signed_at"),
    [
        ("D:20250212093000Z", datetime(2025, 2, 12, 9, 30, tzinfo=UTC)),
        ("D:20250212093000-05'30'", datetime(2025, 2, 12, 15, 0, tzinfo=UTC)),
        ("D:20250212093000+07", datetime(2025, 2, 12, 2, 30, tzinfo=UTC)),
    ],
)
def test_the_time_is_that_of_the_dictionary(time, signed_at, plain, read):
    assert [one.signed_at for one in read(sign(plain, time=time))[0]] == [signed_at]


@pytest.mark.parametrize("time", ["", "D:2025", "D:20250212093000", "D:20251345093000Z", "D:20250212093000+99'00'"])
def test_a_time_that_is_none_gives_way_to_that_of_the_message(time, plain, read):
    ((one,), _) = read(sign(plain, time=time))
    assert abs(one.signed_at - datetime.now(UTC)) < timedelta(minutes=5)


@pytest.mark.parametrize("time", ["", "D:20250212093000"])
def test_without_any_time_there_is_none(time, plain, read):
    bare = sign(
        plain, lambda covered: message(covered, options=(*DETACHED, pkcs7.PKCS7Options.NoAttributes)), time=time
    )
    assert [one.signed_at for one in read(bare)[0]] == [None]


@pytest.mark.parametrize(
    "ranges",
    [
        (0, 10, 20, 9_000_000),
        (0, 900, 400, 300),
        (-5, 10, 20, 30),
        (0, -1, 20, 30),
        (0, 2_147_483_647, 0, 1),
        (0, 10),
        (),
    ],
    ids=str,
)
def test_bytes_that_are_not_in_the_file_are_said(ranges, plain, read):
    ((one,), (said,)) = read(sign(plain, ranges=ranges or (7,)))
    assert (one.name, one.covers_whole_file, one.intact) == ("Nguyễn Văn An", False, None)
    assert said.code == "W221" and "not in the file" in said.text()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda _: b"\x00" * 40, ""),
        (lambda _: b"\x30\x80" * 2000, ""),
        (lambda _: b"\x30\x84\xff\xff\xff\xff\x06", ""),
        (lambda _: bytes.fromhex("300b06092a864886f70d010701"), "no signed message"),
        (lambda covered: message(covered)[:300], ""),
    ],
    ids=["zeros", "nested", "too-long", "no-signed-message", "cut-off"],
)
def test_a_damaged_signature_costs_itself_alone(make, reason, plain, save):
    document = ingest(save("a.pdf", sign(sign(plain), make)))
    assert [line.text for _, line in document.lines()] == [SAID]
    assert [one.intact for one in document.signatures] == [True]
    (said,) = document.notices
    assert said.code == "W221" and reason in said.text()


def test_too_large_a_signature_is_not_read(plain, read, monkeypatch):
    monkeypatch.setattr(signatures, "MAX_CONTENTS", 1000)
    (found, (said,)) = read(sign(plain))
    assert found == () and said.code == "W221" and "4096 bytes are too many" in said.text()


def test_too_many_signatures_are_said(plain, read):
    (found, (said,)) = read(sign(plain, fields=signatures.MAX_SIGNATURES + 10))
    assert len(found) == signatures.MAX_SIGNATURES
    assert said.code == "W221" and f"more than {signatures.MAX_SIGNATURES}" in said.text()


def test_what_would_take_too_long_is_not_checked(plain, read, monkeypatch):
    signed = sign(plain, fields=3)
    monkeypatch.setattr(signatures, "MAX_HASHED", 2 * (len(signed) - 2 * ROOM - 2))
    assert [one.intact for one in read(signed)[0]] == [True, True, None]


@settings(max_examples=200, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255), cut=st.booleans())
def test_no_damage_of_a_message_makes_it_hold_or_stops_the_reading(at, byte, cut):
    made = message(b"content")
    place = int(at * len(made))
    harmed = made[:place] if cut else made[:place] + bytes([byte]) + made[place + 1 :]
    try:
        found = read_signed(harmed, lambda kind: hashlib.new(kind, b"other content").digest())
    except CmsError:
        return
    assert found.intact is not True
