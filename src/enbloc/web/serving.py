"""The server: one process on one socket, which ends gracefully."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable
from threading import Thread
from types import FrameType

import uvicorn

from enbloc.errors import RecordError
from enbloc.value import value
from enbloc.web.application import create_app
from enbloc.web.heads import BoundedHeads
from enbloc.web.services import Services
from enbloc.web.warming import warm

GRACE_S = 5
_KEPT_ALIVE_S = 15
_WAITING = 512


@value
class Bind:
    """Where the server listens, and how what is said there is kept from others."""

    host: str
    port: int
    certificate: str = ""
    key: str = ""
    is_behind_proxy: bool = False

    def __post_init__(self) -> None:
        if bool(self.certificate) != bool(self.key):
            raise RecordError("TLS needs a certificate and its key.", remedy="Give --tls-cert and --tls-key.")
        if not (self.is_loopback or self.is_behind_tls):
            raise RecordError(
                "Other machines are served through TLS alone.",
                remedy="Give --tls-cert and --tls-key, or --behind-proxy if a proxy does it; or leave --host out.",
            )

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine is served."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    @property
    def is_behind_tls(self) -> bool:
        """Whether browsers come through TLS."""
        return bool(self.certificate) or self.is_behind_proxy

    def opened(self) -> socket.socket:
        """The socket; the address is taken from here on.

        Raises
        ------
        OSError
            If it is in use or not this machine's.
        """
        kind = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        # Named as TCP: only then does asyncio send at once what is written, instead of 40 ms later.
        made = socket.socket(kind, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind((self.host, self.port))
            made.listen(_WAITING)
        except OSError:
            made.close()
            raise
        return made


class Server(uvicorn.Server):
    """Says when it is ``ready``. Ends when told, and lets the open pages go first; told twice, at once."""

    def __init__(self, services: Services, bind: Bind, *, ready: Callable[[], None] = lambda: None) -> None:
        self._services, self._ready = services, ready
        logging.getLogger("uvicorn.access").disabled = True  # it writes paths and addresses; the guard writes none
        super().__init__(
            uvicorn.Config(
                create_app(services),
                access_log=False,
                log_config=None,
                server_header=False,
                proxy_headers=False,
                ws="none",
                lifespan="on",
                http=BoundedHeads,
                timeout_keep_alive=_KEPT_ALIVE_S,
                timeout_graceful_shutdown=GRACE_S,
                ssl_certfile=bind.certificate or None,
                ssl_keyfile=bind.key or None,
            )
        )

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Being told to end is no fault: the process ends by itself, with exit code 0."""
        self.force_exit = self.should_exit
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        if self.started:
            self._ready()
            Thread(target=warm, name="warming").start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let open pages go, so that nobody is waited for who only listens."""
        self._services.live.end()
        await super().shutdown(sockets)
