"""What the tunnel needs from outside: somebody who carries bytes, and TLS."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Refusal(StrEnum):
    """Why nobody carries our bytes."""

    NOBODY = "nobody"  # no forwarder answers at the address
    NOT_ALLOWED = "not_allowed"  # it answers, and does not let this page through
    BUSY = "busy"  # it would, and has too many already
    NO_TARGET = "no_target"  # it let us in, and could not reach Zoom


class WireError(Exception):
    """Nobody carries our bytes, or nobody does any more; `refusal` says why, where that is known.

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
        """Whether the other side is known to have closed it, whatever is left to receive."""

    def send(self, data: bytes) -> None:
        """Sends the bytes, or keeps them until they can be sent; none are sent on a closed one."""

    async def receive(self) -> bytes:
        """Waits for bytes, at least one.

        Raises:
            WireError: The wire is closed and everything that came before has been received.
        """

    def close(self) -> None:
        """Closes it, now; `receive` fails from then on. Closing twice does no harm."""


class Forwarder(Protocol):
    """Opens wires. It holds no secret, and sees ciphertext only."""

    async def open(self, address: str) -> Wire:
        """Opens one to the target that the `wss:` address stands for.

        Cancelling it closes what was begun.

        Raises:
            WireError: Nobody carries our bytes. A target that can't be reached may also show later,
                as a wire that closes before its first byte, with the same `Refusal.NO_TARGET`.
        """


class TlsError(Exception):
    """TLS has failed, and the connection is of no use any more.

    Attributes:
        certificate_causes: Where the other side's certificate was refused: why, as words such as
            `expired`, `not-yet-valid`, `wrong-name`, `unknown-issuer`, `weak-key`, `not-its-own`
            (it was right, and its key is somebody else's). Else empty.
        detail: A few words for an administrator, with nothing secret in them.
    """

    def __init__(self, detail: str, certificate_causes: tuple[str, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.certificate_causes = certificate_causes


class Tls(Protocol):
    """One TLS connection, as its client, without any I/O (as `ssl.SSLObject` over two buffers).

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
        """Takes what came from the peer, in whatever pieces; raises `TlsError`."""

    def take(self) -> bytes:
        """What is to be sent to the peer now; empty if nothing is."""

    def write(self, plaintext: bytes) -> None:
        """Encrypts all of it; only once the handshake is done. Raises `TlsError`."""

    def read(self) -> bytes:
        """The plaintext that has come, all of it; empty if none has. Raises `TlsError`."""

    def close(self) -> None:
        """Says that nothing follows."""

    def free(self) -> None:
        """Gives back its memory, in which the keys are overwritten; it can't be used any more."""


class TlsMaker(Protocol):
    """Begins TLS connections that trust one set of roots."""

    def connect(self, host: str) -> Tls:
        """Begins one: the certificate has to be valid now, for this name, under these roots."""


class WasmModule(Protocol):
    """A WebAssembly instance with its memory; addresses are byte offsets into it."""

    def call(self, name: str, *numbers: int) -> int:
        """Calls an exported function; 0 for one that gives nothing back."""

    def read(self, address: int, length: int) -> bytes:
        """A copy of that part of the memory."""

    def write(self, address: int, data: bytes) -> None:
        """Puts the bytes there."""
