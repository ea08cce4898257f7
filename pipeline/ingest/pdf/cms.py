"""Signed messages (CMS, RFC 5652) as PDF signatures carry them: who signed, and whether the signature holds.

asn1crypto reads the message as it stands, in BER too and with what strict readers refuse; cryptography does the
arithmetic. Nothing is asked of the certificate but its names and its key: neither who issued it, nor whether it was
valid or revoked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import load_der_public_key

Digest = Callable[[str], bytes | None]

_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),
    "sha224": hashes.SHA224(),
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class CmsError(ValueError):
    """These bytes are no signed message with a signer and the signer's certificate."""


@dataclass(frozen=True)
class SignedMessage:
    """Who signed: common name and organisation of the certificate's subject, the time the message states."""

    name: str | None
    organisation: str | None
    signed_at: datetime | None
    intact: bool | None
    """Whether the content is what was signed; None where that cannot be checked."""


def read_signed(message: bytes, digest: Digest) -> SignedMessage:
    """Read a signed message and check its first signature.

    Args:
        message: in DER or BER; zeros may follow.
        digest: gives the digest of the content that is signed, by the name of the algorithm ("sha256"); None where
            the content is not there.

    Raises:
        CmsError: it is no signed message, or its signer's certificate is not in it.
    """
    try:
        content = cms.ContentInfo.load(message)
        if content["content_type"].native != "signed_data":
            raise CmsError("no signed message")
        signed = content["content"]
        signers = signed["signer_infos"]
        if not len(signers):
            raise CmsError("a message nobody signed")
        signer = signers[0]
        certificate = _certificate(signed, signer["sid"])
        subject = certificate.subject
        return SignedMessage(
            _named(subject, "common_name"),
            _named(subject, "organization_name"),
            _signing_time(signer),
            _is_intact(signed, signer, certificate, digest),
        )
    except (TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError) as error:
        raise CmsError(str(error)[:200] or type(error).__name__) from error
    except ValueError as error:
        raise error if isinstance(error, CmsError) else CmsError(str(error).splitlines()[0][:200]) from error


def _certificate(signed: cms.SignedData, identifier: cms.SignerIdentifier) -> x509.Certificate:
    """The certificate that a signer names, by issuer and serial or by the identifier of its key."""
    for one in signed["certificates"]:
        if one.name != "certificate":
            continue
        found = one.chosen
        if identifier.name == "subject_key_identifier":
            if found.key_identifier == identifier.native:
                return found
        elif (
            found.serial_number == identifier.chosen["serial_number"].native
            and found.issuer == identifier.chosen["issuer"]
        ):
            return found
    raise CmsError("the certificate of its signer is not in it")


def _named(subject: x509.Name, kind: str) -> str | None:
    """An attribute of a name, the last one where there are more: the most special."""
    value = subject.native.get(kind)
    if isinstance(value, list):
        value = value[-1]
    return " ".join(str(value).split()) or None if value is not None else None


def _attribute(signer: cms.SignerInfo, kind: str) -> object:
    """The value of a signed attribute; None where it has none."""
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == kind and len(attribute["values"]):
            return attribute["values"][0].native
    return None


def _signing_time(signer: cms.SignerInfo) -> datetime | None:
    time = _attribute(signer, "signing_time")
    return time if isinstance(time, datetime) else None


def _is_intact(
    signed: cms.SignedData, signer: cms.SignerInfo, certificate: x509.Certificate, digest: Digest
) -> bool | None:
    """Whether the digest in the message is that of the content, and the signature is by the certificate's key."""
    kind = signer["digest_algorithm"]["algorithm"].native
    if kind not in _HASHES:
        return None
    enclosed = signed["encap_content_info"]["content"].native
    by_digest = isinstance(enclosed, bytes)  # adbe.pkcs7.sha1: what is signed is the SHA-1 of the content
    covered = digest("sha1" if by_digest else kind)
    if covered is None:
        return None
    if by_digest:
        if enclosed != covered:
            return False
        covered = _hashed(enclosed, kind)
    attributes = signer["signed_attrs"]
    if len(attributes):
        stated = _attribute(signer, "message_digest")
        if stated != covered:
            return False
        # What is signed is the set as such; in the message it bears another tag (RFC 5652, 5.4).
        covered = _hashed(b"\x31" + attributes.dump()[1:], kind)
    return _verifies(signer, certificate, covered, _HASHES[kind])


def _hashed(data: bytes, kind: str) -> bytes:
    made = hashes.Hash(_HASHES[kind])
    made.update(data)
    return made.finalize()


def _verifies(
    signer: cms.SignerInfo, certificate: x509.Certificate, covered: bytes, kind: hashes.HashAlgorithm
) -> bool | None:
    """Whether the signature over a digest is by the certificate's key; None for a kind of signature not known here.

    One program puts a whole signed message where the signature should stand; no signature of RSA has its length.
    """
    scheme = signer["signature_algorithm"].signature_algo
    signature = signer["signature"].native
    try:
        key = load_der_public_key(certificate.public_key.dump())
        if isinstance(key, rsa.RSAPublicKey) and len(signature) != (key.key_size + 7) // 8:
            return None
        if isinstance(key, rsa.RSAPublicKey) and scheme == "rsassa_pkcs1v15":
            key.verify(signature, covered, padding.PKCS1v15(), Prehashed(kind))
        elif isinstance(key, rsa.RSAPublicKey) and scheme == "rsassa_pss":
            parameters = signer["signature_algorithm"]["parameters"]
            mask = _HASHES[parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native]
            length = parameters["salt_length"].native
            key.verify(signature, covered, padding.PSS(padding.MGF1(mask), length), Prehashed(kind))
        elif isinstance(key, ec.EllipticCurvePublicKey) and scheme == "ecdsa":
            key.verify(signature, covered, ec.ECDSA(Prehashed(kind)))
        else:
            return None
    except InvalidSignature:
        return False
    except UnsupportedAlgorithm:
        return None
    return True
