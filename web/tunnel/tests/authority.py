"""Certificates, right ones and wrong ones, as no public authority would issue them."""

from __future__ import annotations

import ssl
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

HOST = "zoom.us"
_NOW = datetime.now(UTC)
_DAY = timedelta(days=1)


@cache
def make_key(kind: str) -> CertificateIssuerPrivateKeyTypes:
    """`P-256`, `P-384`, `P-521`, or `RSA-` and a number of bits; the same one each time."""
    name, size = kind.rsplit("-", 1)
    if name.startswith("RSA"):
        return rsa.generate_private_key(65537, int(size))
    curves = {"256": ec.SECP256R1(), "384": ec.SECP384R1(), "521": ec.SECP521R1()}
    return ec.generate_private_key(curves[size])


@dataclass(frozen=True)
class Issued:
    """A certificate with its key, and those above it."""

    certificate: x509.Certificate
    key: CertificateIssuerPrivateKeyTypes
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> str:
        return encode(self.certificate)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def show(self, *, without: int = 0) -> str:
        """What a server shows in PEM: the certificate, and `chain` but for its last ones."""
        shown = self.chain[: len(self.chain) - without]
        return "".join(map(encode, (self.certificate, *shown)))

    def configure(self, context: ssl.SSLContext, *, without: int = 0) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "all.pem"
            file.write_bytes(self.key_pem + self.show(without=without).encode())
            context.load_cert_chain(file)


def encode(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def issue(
    issuer: Issued | None = None,
    *,
    names: tuple[str, ...] = (HOST,),
    subject: str = "a server",
    kind: str = "P-256",
    is_authority: bool = False,
    path_length: int | None = None,
    begins: timedelta = -_DAY,
    ends: timedelta = 30 * _DAY,
    purpose: ObjectIdentifier | None = ExtendedKeyUsageOID.SERVER_AUTH,
    is_pss: bool = False,
) -> Issued:
    """Issues a certificate; signed with its own key if there is no issuer."""
    key = make_key(kind)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    signing = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer.certificate.subject if issuer else name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_NOW + begins)
        .not_valid_after(_NOW + ends)
        .add_extension(x509.BasicConstraints(is_authority, path_length), critical=True)
    )
    if names and not is_authority:
        alternatives = x509.SubjectAlternativeName([x509.DNSName(each) for each in names])
        builder = builder.add_extension(alternatives, critical=False)
    if purpose and not is_authority:
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH) if is_pss else None
    certificate = builder.sign(signing, hashes.SHA256(), rsa_padding=pss)
    above = (issuer.certificate, *issuer.chain) if issuer and issuer.chain else ()
    if issuer and not issuer.chain and issuer.certificate.issuer != issuer.certificate.subject:
        above = (issuer.certificate,)
    return Issued(certificate, key, above)


@cache
def make_root(kind: str = "P-256", subject: str = "a root") -> Issued:
    """An authority that signs itself."""
    return issue(subject=f"{subject} {kind}", kind=kind, is_authority=True)


def sign_with_sha1(issued: Issued, issuer: Issued) -> Issued:
    """The same certificate, signed as nobody should any more; the issuer's key has to be RSA."""
    assert isinstance(issuer.key, rsa.RSAPrivateKey)
    der = issued.certificate.public_bytes(serialization.Encoding.DER)
    old_signed = issued.certificate.tbs_certificate_bytes
    sha256_rsa, sha1_rsa = (bytes.fromhex("2a864886f70d0101" + last) for last in ("0b", "05"))
    signed = old_signed.replace(sha256_rsa, sha1_rsa)
    signature = issuer.key.sign(signed, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303 - weak on purpose
    changed = der.replace(old_signed, signed).replace(sha256_rsa, sha1_rsa)
    changed = changed.replace(issued.certificate.signature, signature)
    return Issued(x509.load_der_x509_certificate(changed), issued.key, issued.chain)
