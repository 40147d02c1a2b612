"""Bytes become text exactly once, and what is not text is refused with a word of help."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest import UnreadableText, read, read_text
from articles.ingest.decode import decode, tidy

WESTERN = "The café’s owner said “no” — twice. It cost £5 and a naïve smile.\n"
RUSSIAN = "Мэр города заявил, что мост закроют на зиму. Жители недовольны решением.\n" * 3
GREEK = "Ο δήμαρχος δήλωσε ότι η γέφυρα θα κλείσει τον χειμώνα.\n" * 3
CHINESE = "市长周二表示，大桥冬天将关闭。居民对此决定不满。记者在现场报道。\n" * 3
JAPANESE = "市長は火曜日、橋を冬の間閉鎖すると述べた。住民は不満だ。\n" * 3
KOREAN = "시장은 화요일 다리를 겨울 동안 폐쇄한다고 말했다. 주민들은 불만이다.\n" * 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (WESTERN, "utf-8"),
        (WESTERN, "utf-8-sig"),
        (WESTERN, "utf-16"),
        (WESTERN, "utf-16-le"),
        (WESTERN, "utf-16-be"),
        (WESTERN, "utf-32"),
        (WESTERN, "cp1252"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "utf-16-le"),
        (GREEK, "cp1253"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16-be"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (KOREAN, "euc_kr"),
    ],
)
def test_each_encoding_gives_its_text_back(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (b"a stray\x00 zero", "a stray zero"),
        (codecs.BOM_UTF8 + b"words", "words"),
        ("tab\tstays, nbsp\u00a0stays".encode(), "tab\tstays, nbsp\u00a0stays"),
        ("soft\u00adhyphen and zero\u200bwidth".encode(), "soft\u00adhyphen and zero\u200bwidth"),
        ("decomposed e\u0301".encode(), "decomposed e\u0301"),
        ("“caf".encode() + b"\xff" + "é” and “more”".encode(), "“caf\ufffdé” and “more”"),
    ],
)
def test_only_the_named_changes_are_made_on_arrival(content, text):
    assert decode(content) == text


@pytest.mark.parametrize("text", ["one \ud800 two", "\udfffwords"])
def test_a_lone_surrogate_becomes_the_replacement_character(text):
    read = read_text(text, max_bytes=1000).document.text
    assert "\ufffd" in read
    read.encode("utf-8")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 and so on", "PDF"),
        (b"PK\x03\x04 word/document.xml", "ZIP"),
        (b"\x89PNG\r\n\x1a\n0000", "PNG"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (b"\xff\xd8\xff\xe0 JFIF", "JPEG"),
        (bytes(range(256)) * 8, "binary"),
        (b"abc\x00\x00\x01\x02" * 200, "binary"),
        (b"\x00" * 40 + b"abc" * 10, "binary"),
        (b"\x01\x02\x03 some words \x04\x05\x06" * 20, "binary"),
    ],
)
def test_a_binary_file_is_refused_by_what_it_is(content, what):
    with pytest.raises(UnreadableText, match=what):
        decode(content)


@pytest.mark.parametrize(
    "content", [b"", b"  \n\t\r\n ", b"\x00\x00", b"*** --- ***", b"\xef\xbb\xbf"]
)
def test_a_text_without_words_is_refused(content):
    with pytest.raises(UnreadableText, match="no words"):
        decode(content)


def test_a_file_over_the_limit_is_refused_with_its_size_and_the_limit():
    with pytest.raises(UnreadableText, match=r"2\.5 MB.*2 MB"):
        read(b"a" * 2_500_000, max_bytes=2_000_000)


def test_pasted_text_is_measured_in_utf8():
    with pytest.raises(UnreadableText, match="12 bytes"):
        read_text("дюжина", max_bytes=11)


def test_an_unknown_media_type_is_refused_with_the_known_ones():
    with pytest.raises(UnreadableText, match=r"image/png.*text/plain"):
        read(b"words", media_type="image/png", max_bytes=100)


def test_parameters_of_the_media_type_do_not_matter():
    article = read(b"words", media_type="Text/Plain; charset=utf-8", max_bytes=100)
    assert article.document.text == "words"


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(content):
    try:
        text = decode(content)
    except UnreadableText:
        return
    assert "\x00" not in text
    assert "\r" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("words", ["ID3 tags name a song.", "GIF89a is a format.", "OggS it says."])
def test_words_that_begin_as_a_signature_does_are_words(words):
    assert decode(words.encode()) == words


@given(st.text(st.sampled_from("\ufeff\x00\r\n \ud800ab")).filter(lambda text: "a" in text))
def test_what_was_tidied_once_is_tidy(text):
    once = tidy(text)
    assert tidy(once) == once
