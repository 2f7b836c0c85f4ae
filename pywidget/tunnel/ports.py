"""The outside world as the tunnel needs it: a carrier of bytes, and TLS."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Refusal(StrEnum):
    """The reasons why no forwarder carries our bytes."""

    NOBODY = "nobody"  # no forwarder responds at the address
    NOT_ALLOWED = "not_allowed"  # it responds, but does not let this page through
    BUSY = "busy"  # it would, but has too many connections already
    NO_TARGET = "no_target"  # it let us in, but could not reach Zoom


class WireError(Exception):
    """An error for bytes that nothing carries, or no longer; `refusal` says why, if that is known.

    `detail` is a few words for an administrator, such as “status 403” or “close code 1011”.
    """

    def __init__(self, refusal: Refusal | None, detail: str) -> None:
        super().__init__(detail)
        self.refusal = refusal
        self.detail = detail


class Wire(Protocol):
    """One connection through the forwarder: a stream of bytes, as TCP is."""

    @property
    def is_closed(self) -> bool:
        """Whether the other side is known to have closed it, even if bytes are left to receive."""

    def send(self, data: bytes) -> None:
        """Send the bytes, or keep them until they can be sent; a closed wire sends none."""

    async def receive(self) -> bytes:
        """Wait for bytes, at least one.

        Raises:
            WireError: The wire is closed and everything that came before has been received.
        """

    def close(self) -> None:
        """Close it, now; `receive` fails from then on. Closing twice does no harm."""


class Forwarder(Protocol):
    """An opener of wires. It holds no secret, and sees ciphertext only."""

    async def open(self, address: str) -> Wire:
        """Open a wire to the target that the `wss:` address stands for.

        Canceling it closes what was begun.

        Raises:
            WireError: No forwarder carries our bytes. A target that can't be reached may also show
                later, as a wire that closes before its first byte, with the same
                `Refusal.NO_TARGET`.
        """


class TlsError(Exception):
    """A failure of TLS, after which the connection is unusable.

    Attributes:
        certificate_causes: Why the peer's certificate was refused, as words such as `expired`,
            `not-yet-valid`, `wrong-name`, `unknown-issuer`, `weak-key`, `not-its-own` (the
            certificate was right, but the peer has another key); empty if it was not refused.
        detail: A few words for an administrator, with nothing secret in them.
    """

    def __init__(self, detail: str, certificate_causes: tuple[str, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.certificate_causes = certificate_causes


class Tls(Protocol):
    """The client's side of a TLS connection, without I/O (as `ssl.SSLObject` over two buffers).

    Ciphertext goes in by `feed` and comes out by `take`, plaintext goes in by `write` and comes out
    by `read`. After each `feed`, `write` and `close` there may be something to `take`; at the
    beginning there is. After a `TlsError` there may be an alert to take, and nothing else works.
    """

    @property
    def is_open(self) -> bool:
        """Whether the handshake is done: the certificate is the host's, and plaintext may go in."""

    @property
    def has_ended(self) -> bool:
        """Whether the peer has said that nothing follows (close-notify), and all of it was read."""

    @property
    def description(self) -> str:
        """The version and the cipher suite, such as `TLSv1.3 TLS1-3-AES-256-GCM-SHA384`."""

    def feed(self, ciphertext: bytes) -> None:
        """Take ciphertext from the peer, in pieces of any size; raises `TlsError`."""

    def take(self) -> bytes:
        """Return the ciphertext to be sent to the peer now; empty if there is none."""

    def write(self, plaintext: bytes) -> None:
        """Encrypt all of it; only once the handshake is done. Raises `TlsError`."""

    def read(self) -> bytes:
        """Return all plaintext that has come; empty if none has. Raises `TlsError`."""

    def close(self) -> None:
        """Tell the peer that nothing follows (close-notify)."""

    def free(self) -> None:
        """Free its memory, in which the keys are overwritten; it can't be used any more."""


class TlsMaker(Protocol):
    """A maker of TLS connections that trust one set of roots."""

    def connect(self, host: str) -> Tls:
        """Begin one: the certificate has to be valid now, for this name, under these roots."""


class WasmModule(Protocol):
    """A WebAssembly instance with its memory; addresses are byte offsets into it."""

    def call(self, name: str, *numbers: int) -> int:
        """Call an exported function; return 0 for one that returns nothing."""

    def read(self, address: int, length: int) -> bytes:
        """Return a copy of that part of the memory."""

    def write(self, address: int, data: bytes) -> None:
        """Write the bytes there."""
