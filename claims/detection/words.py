"""Lists of words, written as words."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, which the lists of the engine are written as."""
    return frozenset(words.split())
