"""Reading HTTP: quickly, and no head that is longer than any browser's. The parser itself would keep whatever comes."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 32 * 1024
_LINE_END = 4
TOO_LONG = "The head of the request is too long."


class BoundedHeads(HttpToolsProtocol):
    """One connection; it ends when somebody sends too long a head, in one piece or in many."""

    _is_in_head, _size, _came = False, 0, 0

    def data_received(self, data: bytes) -> None:
        """Some bytes: a head, a part of one, or of a body."""
        super().data_received(data)
        self._came = self._came + len(data) if self._is_in_head else 0
        if self._came > LONGEST_HEAD:
            self.send_400_response(TOO_LONG)

    def on_message_begin(self) -> None:
        """A request begins."""
        self._is_in_head, self._size = True, 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """A part of its address."""
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One line of its head."""
        self._count(name, value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Its head has come whole."""
        self._is_in_head = False
        super().on_headers_complete()

    def _count(self, *parts: bytes) -> None:
        self._size += _LINE_END + sum(map(len, parts))
        if self._size > LONGEST_HEAD:
            raise ValueError(TOO_LONG)  # the parser ends the connection then, with 400
