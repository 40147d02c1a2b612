"""What can go wrong when a foreign address is fetched, in words for the person who gave it."""


class FetchError(ValueError):
    """The address was not fetched. The message says why and what to do."""


class RefusedAddress(FetchError):
    """The address may not be opened: its form, or where it leads."""


class TooManyRedirects(FetchError):
    """The page sends on and on."""


class TooLarge(FetchError):
    """More came than an article may hold, on the wire or unpacked."""


class TooSlow(FetchError):
    """The time for the whole fetch is over."""


class ForbiddenByRobots(FetchError):
    """The site asks programs not to read this page."""


class Unreachable(FetchError):
    """No connection, no name, no valid certificate, or a broken answer."""


class BadAnswer(FetchError):
    """The server answered, but not with the page."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status
