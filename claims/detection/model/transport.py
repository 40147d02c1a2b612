"""How bytes come from the endpoint: never after a redirect, never compressed, never more than agreed."""

from collections.abc import AsyncIterator

import httpx2


class TooLong(Exception):
    """The endpoint sends more than an answer can be."""


class Guarded(httpx2.AsyncHTTPTransport):
    """A transport whose answers end, be they errors or not."""

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self._most_bytes = most_bytes

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["Accept-Encoding"] = "identity"
        response = await super().handle_async_request(request)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            await response.aclose()
            raise TooLong
        stream = response.stream
        if not isinstance(stream, httpx2.AsyncByteStream):
            raise TypeError("An asynchronous transport gives an asynchronous stream.")
        response.stream = Measured(stream, self._most_bytes)
        return response


class Measured(httpx2.AsyncByteStream):
    """A stream that stops when too much has come."""

    def __init__(self, stream: httpx2.AsyncByteStream, most_bytes: int) -> None:
        self._stream = stream
        self._left = most_bytes

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            self._left -= len(part)
            if self._left < 0:
                raise TooLong
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
