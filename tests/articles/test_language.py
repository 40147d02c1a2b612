"""A text whose language nobody named is read as English only when it is."""

import pytest

from articles.ingest.language import guess_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbour of Brinmouth was closed on Monday, the mayor said. It is not known for how long, and "
         "the fishermen were told to stay on land with their boats.", "en"),
        ("Harbour closed", "en"),
        ("", "en"),
        ("El puerto de Brinmouth fue cerrado el lunes, dijo la alcaldesa. No se sabe por cuánto tiempo, y los "
         "pescadores tienen que quedarse en tierra con sus barcos.", "und"),
        ("Der Hafen von Brinmouth wurde am Montag gesperrt, sagte die Bürgermeisterin. Es ist nicht bekannt, für "
         "wie lange, und die Fischer sollen mit ihren Booten an Land bleiben.", "und"),
        ("布林茅斯港口于周一关闭。", "und"),
    ],
)  # fmt: skip
def test_the_language_is_guessed(text, language):
    assert guess_language(text) == language
