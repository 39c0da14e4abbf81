"""A wire to PostgreSQL that can be cut at the worst moment."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest


class Wire:
    """Passes bytes to the server. `cut` says what becomes of the next packet with `mark`; then the wire works again.

    "before": it never reaches the server. "after": the server does it, the answer never comes back.
    """

    def __init__(self, host: str, port: int) -> None:
        self.cut: str | None = None
        self.mark = b"COMMIT"
        self.dead = False
        self.cuts = 0
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._sockets: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self.dead:
                client.close()
                continue
            server = socket.create_connection(self._server, timeout=20)
            server.settimeout(None)
            self._sockets += [client, server]
            threading.Thread(target=self._up, args=(client, server), daemon=True).start()
            threading.Thread(target=self._down, args=(server, client), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while sent := client.recv(65536):
                if self.mark in sent and self.cut:
                    self._sever(client, server, sent)
                    return
                server.sendall(sent)
        shut(client, server)

    def _down(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while answer := server.recv(65536):
                client.sendall(answer)
        shut(client, server)

    def _sever(self, client: socket.socket, server: socket.socket, sent: bytes) -> None:
        how, self.cut = self.cut, None
        self.cuts += 1
        shut(client)
        if how == "after":
            server.sendall(sent)
            return  # _down ends by itself: the client is gone
        shut(server)

    def close(self) -> None:
        shut(self._listener, *self._sockets)


def shut(*sockets: socket.socket) -> None:
    for each in sockets:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()


@pytest.fixture
def wire(postgresql_url: str) -> Iterator[Wire]:
    """A wire to the test's PostgreSQL database."""
    parts = urlsplit(postgresql_url)
    made = Wire(str(parts.hostname), int(parts.port or 0))
    yield made
    made.close()


@pytest.fixture
def wire_url(postgresql_url: str, wire: Wire) -> str:
    """The test's PostgreSQL database, reached over the wire."""
    parts = urlsplit(postgresql_url)
    return f"postgresql://{parts.username}@127.0.0.1:{wire.port}{parts.path}"
