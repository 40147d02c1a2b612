"""What can go wrong when a foreign address is fetched, in words for the person who gave it."""

RULES_TOO_LONG = (
    "The site's rules for programs (robots.txt) are too long to be read. Open the page in your browser, "
    "and paste the article."
)
STATUSES = {
    401: "The page asks to sign in (401). Open it in your browser, and paste the article.",
    402: "The page asks for payment (402). Open it in your browser, and paste the article.",
    403: "The site does not show this page to programs (403). Open it in your browser, and paste the article.",
    404: "There is no page at this address (404). Check it, or look for where the page went.",
    410: "The page was taken down (410).",
    429: "The site says that it is asked too often (429). Try again later.",
    451: "The page is withheld for legal reasons (451).",
}


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
