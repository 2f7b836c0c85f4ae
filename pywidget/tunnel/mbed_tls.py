"""TLS by Mbed TLS, compiled to WebAssembly and called through the functions of `web/tunnel/tls.h`.

Facts:
- The module has one buffer for input and one for output. A call works on what was written to the
  first, and leaves its output in the second until the next call.
- A result is a number: its low bits count the bytes of output, other bits tell the state.
- Each call costs something in a browser. A response that fits one piece takes three: write, feed,
  read.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from enum import IntEnum, IntFlag
from typing import Final

from pywidget.tunnel.ports import TlsError, WasmModule

INPUT_SIZE: Final = 65536
LENGTH: Final = 0x000FFFFF


class State(IntFlag):
    """The state bits of a result, beside its length."""

    OPEN = 0x00100000
    ENDED = 0x00200000
    FAILED = 0x00400000
    WAITING = 0x00800000


class Mistake(IntEnum):
    """The negative results: the call did nothing."""

    BAD_CALL = -1
    BAD_ROOT = -2
    BAD_HOST = -3
    TOO_LATE = -4
    NO_ROOTS = -5
    TAKE_FIRST = -6
    NO_ROOM = -7


_WORDS: Final = {
    Mistake.BAD_CALL: "call out of bounds",
    Mistake.BAD_ROOT: "a root certificate can't be used",
    Mistake.BAD_HOST: "not a host name",
    Mistake.TOO_LATE: "too late for that",
    Mistake.NO_ROOTS: "no root certificate",
    Mistake.TAKE_FIRST: "what waits to be sent was not taken",
    Mistake.NO_ROOM: "no memory, or too many connections",
}

# MBEDTLS_X509_BADCERT_* (mbedtls/x509.h). Revocation lists are never given, so their flags are
# missing here.
_OTHER: Final = 0x0100
_CAUSES: Final = (
    (0x01, "expired"),
    (0x0200, "not-yet-valid"),
    (0x04, "wrong-name"),
    (0x08, "unknown-issuer"),
    (0x40, "missing"),
    (_OTHER, "not-its-own"),
    (0x0800 | 0x1000 | 0x2000, "wrong-purpose"),
    (0x4000 | 0x8000, "weak-signature"),
    (0x010000, "weak-key"),
)
_UNREADABLE: Final = "unreadable"

# mbedtls/ssl.h; the errors that administrators may meet.
_FAILURES: Final = {
    -0x6600: "a parameter that was not offered",
    -0x6E00: "nothing in common",
    -0x6E80: "no version in common",
    -0x7180: "a record that was changed",
    -0x7200: "what came is not TLS",
    -0x7300: "a message that can't be read",
    -0x7700: "an unexpected message",
    -0x7780: "the server refused",
    -0x7880: "closed in the handshake",
}

# mbedtls/ssl.h and x509.h. X.509's own errors are a range, to which a low-level one may be added.
_CERTIFICATE_ERRORS: Final = frozenset({-0x7A00})
_X509_ERRORS: Final = range(-0x3000, -0x2080 + 1)

_CERTIFICATE: Final = re.compile(
    "-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----"
)


def parse_pem(text: str) -> Iterator[bytes]:
    """Yield each certificate (RFC 7468), in DER; other text around them is allowed.

    Raises:
        TlsError: There is none, or one is cut off or not base64.
    """
    blocks = _CERTIFICATE.findall(text)
    if not blocks or len(blocks) != text.count("-----BEGIN"):
        raise TlsError(f"root certificates: {len(blocks)} of {text.count('-----BEGIN')} are PEM")
    for number, block in enumerate(blocks, 1):
        try:
            yield binascii.a2b_base64("".join(block.split()), strict_mode=True)
        except ValueError:
            raise TlsError(f"root certificate {number} is no base64") from None


class MbedTls:
    """A maker of connections that trust these roots; one for each instance of the module.

    Attributes:
        root_count: How many roots are trusted: all that were given.
    """

    def __init__(self, module: WasmModule, roots: str) -> None:
        """Load the roots.

        Args:
            module: A fresh instance.
            roots: Certificates of authorities, in PEM.

        Raises:
            TlsError: One of the roots can't be used, or there is none.
        """
        self._module = module
        self._input = module.call("tls_input")
        self.root_count = 0
        for certificate in parse_pem(roots):
            if len(certificate) > INPUT_SIZE:
                raise TlsError(f"root certificate {self.root_count + 1} is too long")
            module.write(self._input, certificate)
            result = module.call("tls_add_root", len(certificate))
            if result < 0:
                raise TlsError(f"root certificate {self.root_count + 1}: {_WORDS[Mistake(result)]}")
            self.root_count = result

    def connect(self, host: str) -> MbedTlsConnection:
        """Begin a connection (`ports.TlsMaker`).

        Raises:
            TlsError: The host is not a host name, or there are too many connections.
        """
        name = host.encode("ascii", "replace")[:INPUT_SIZE]
        self._module.write(self._input, name)
        handle = self._module.call("tls_connect", len(name))
        if handle < 0:
            raise TlsError(_WORDS[Mistake(handle)])
        return MbedTlsConnection(self._module, handle)


class MbedTlsConnection:
    """One connection (`ports.Tls`).

    Plaintext that came intact before a failure can still be read; then the failure is raised by the
    next `read`, `feed` or `write`.
    """

    def __init__(self, module: WasmModule, handle: int) -> None:
        self._module = module
        self._handle = handle
        self._input = module.call("tls_input")
        self._output = module.call("tls_output")
        self._state = State(0)
        self._received = bytearray()
        self._waiting = bytearray()
        self._error: TlsError | None = None
        self._is_freed = False
        self._call("tls_take")

    @property
    def is_open(self) -> bool:
        """Whether plaintext may go in; no longer once it has ended or failed."""
        return State.OPEN in self._state

    @property
    def has_ended(self) -> bool:
        """Whether close-notify has come, and everything before it has been read."""
        return State.ENDED in self._state and not self._received

    @property
    def description(self) -> str:
        """The version and the cipher suite; empty before the handshake is done."""
        if self._is_freed:
            return ""
        length = self._module.call("tls_describe", self._handle)
        return self._module.read(self._output, length).decode("ascii") if length > 0 else ""

    def feed(self, ciphertext: bytes) -> None:
        """Take ciphertext from the peer; drop what comes after the end."""
        self._raise_failure()
        for piece in _cut(ciphertext):
            self._give("tls_feed", piece)
        self._raise_failure()

    def take(self) -> bytes:
        """Return the ciphertext to be sent now."""
        waiting = bytes(self._waiting)
        self._waiting.clear()
        return waiting

    def write(self, plaintext: bytes) -> None:
        """Encrypt all of it."""
        self._raise_failure()
        for piece in _cut(plaintext):
            self._give("tls_write", piece)
            if self._error is not None:
                raise self._error

    def read(self) -> bytes:
        """Return all plaintext that has come."""
        self._raise_failure()
        received = bytes(self._received)
        self._received.clear()
        return received

    def close(self) -> None:
        """Tell the peer that nothing follows, unless the connection was freed."""
        if not self._is_freed:
            self._call("tls_close")

    def free(self) -> None:
        """Free the memory; ciphertext that waits to be taken can still be taken."""
        if not self._is_freed:
            self._is_freed = True
            self._module.call("tls_free", self._handle)
            self._state = State(0)
            self._received.clear()

    def _give(self, name: str, piece: bytes) -> None:
        if self._is_freed:
            raise TlsError("the connection was freed")
        self._module.write(self._input, piece)
        self._call(name, len(piece))

    def _call(self, name: str, *numbers: int) -> None:
        """Call a function, and fetch all of its output."""
        target = self._waiting if name == "tls_take" else self._received
        result = self._module.call(name, self._handle, *numbers)
        if result < 0:
            raise TlsError(_WORDS[Mistake(result)])
        if result & LENGTH:
            target += self._module.read(self._output, result & LENGTH)
        self._state = State(result & ~LENGTH)
        if State.WAITING in self._state:
            self._call("tls_take")
        elif State.FAILED in self._state and self._error is None:
            self._error = self._describe_failure()

    def _describe_failure(self) -> TlsError:
        error = self._module.call("tls_error", self._handle)
        flags = self._module.call("tls_flags", self._handle)
        number = f"Mbed TLS -0x{-error:04X}"
        is_refused = flags & _OTHER or error in _CERTIFICATE_ERRORS or error in _X509_ERRORS
        if not is_refused:
            words = _FAILURES.get(error)
            return TlsError(f"{words} ({number})" if words else number)
        causes = tuple(word for mask, word in _CAUSES if flags & mask) or (_UNREADABLE,)
        return TlsError(f"certificate {', '.join(causes)} ({number})", causes)

    def _raise_failure(self) -> None:
        if self._error is not None and not self._received:
            raise self._error


def _cut(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), INPUT_SIZE):
        yield data[start : start + INPUT_SIZE]
