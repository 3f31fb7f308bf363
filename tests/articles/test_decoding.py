"""Bytes: what is declared is believed if it fits; the rest is read as it looks, and noted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polnlp.articles.decoding import check_encoding, decode_bytes, is_binary
from polnlp.errors import ConfigError

WESTERN = "El presidente firmó la ley. ¿Qué dirá la oposición? “Mañana habrá sesión”, anunció ayer."
POLISH = "Zażółć gęślą jaźń. Sejm przyjął ustawę o górnictwie, a prezydent ją podpisał. Posłowie głosowali późno."
RUSSIAN = "Президент подписал закон о выборах. Депутаты голосовали вчера поздно вечером в Москве."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_mark_is_believed_and_dropped(encoding):
    assert decode_bytes(WESTERN.encode(encoding)).text == WESTERN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(WESTERN, "cp1252"), (POLISH, "cp1250"), (RUSSIAN, "cp1251"), (WESTERN, "utf-16-le"), (WESTERN, "utf-16-be")],
)
def test_an_undeclared_encoding_is_told_by_the_bytes_and_noted(text, encoding):
    decoded = decode_bytes(text.encode(encoding))
    assert decoded.text == text
    assert encoding in decoded.notes[0]


def test_a_declared_encoding_goes_first():
    assert decode_bytes("Čeští poslanci".encode("cp1250"), "windows-1250") == ("Čeští poslanci", ())


def test_a_declared_encoding_that_is_wrong_is_noted_and_passed_over():
    text, notes = decode_bytes(WESTERN.encode("cp1252"), "utf-8")
    assert text == WESTERN
    assert "declared as utf-8" in notes[0]
    text, notes = decode_bytes(WESTERN.encode(), "iso-8859-1")
    assert text == WESTERN
    assert "valid UTF-8" in notes[0]


@pytest.mark.parametrize("name", ["zlib", "base64", "unicode_escape", "no-such-thing", "utf-7"])
def test_what_is_no_text_encoding_is_never_used(name):
    assert decode_bytes(b"plain \\u0041 +AGE- words", name).text == "plain \\u0041 +AGE- words"
    with pytest.raises(ConfigError, match="encoding"):
        check_encoding(name)


def test_stray_bytes_in_utf8_are_read_as_cp1252():
    data = (WESTERN * 3).encode() + b" and a stray \x93quote\x94."
    assert decode_bytes(data).text == WESTERN * 3 + " and a stray “quote”."


def test_an_encoded_surrogate_is_one_replacement():
    assert decode_bytes("élan ".encode() + b"\xed\xa0\x80 x").text == "élan \ufffd x"


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded(data):
    assert isinstance(decode_bytes(data).text, str)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_utf8_is_never_changed(text):
    data = text.encode()
    if b"\0" not in data:
        assert decode_bytes(data).text == text.removeprefix("\ufeff")


def test_binary_data_are_told_from_a_text_with_a_nul():
    assert is_binary(b"%PDF-1.4 ...")
    assert is_binary(bytes(range(256)) * 10)
    assert not is_binary(b"A text with one \0 in it.")
    assert not is_binary(WESTERN.encode("utf-16-le"))
