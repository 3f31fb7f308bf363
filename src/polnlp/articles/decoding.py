"""Bytes → text: what is declared first, then UTF-8, then what the bytes look like."""

import codecs
import re
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

from polnlp.errors import ConfigError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Not for texts of unknown origin: they unescape, or read plain ASCII as something else.
_REFUSED = frozenset({"unicode_escape", "raw_unicode_escape", "utf_7", "idna", "punycode", "mbcs", "undefined"})
# What a page declares and what browsers take it for (WHATWG).
_TAKEN_FOR = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_SINGLE_BYTE = ("cp125", "iso8859", "mac", "koi8", "ascii", "latin")
_CANDIDATES = [
    "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "koi8_r", "mac_roman",
    "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr",
]  # fmt: skip
_SAMPLE = 200_000  # bytes that are looked at to tell an encoding

_MAGIC = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"BZh9",
    b"7z\xbc\xaf", b"PAR1", b"MZ\x90",
)  # fmt: skip
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\v\x1b\x1c\x1d\x1e\x1f")
_WESTERN_LETTERS = re.compile("[À-ÖØ-öø-ÿŒœŠšŽžŸƒ]")
# What cp1252 makes of other encodings: capitals or signs in the midst of a word.
_ODD = re.compile(
    r"(?<=[a-z])[À-ÖØ-ÞŒŠŽŸ](?=[a-zß-ÿ])|(?<=[A-Za-z])[¹³²¿¡£¥¤¦¬¶±¼½¾ªº§¢¸¨¯](?=[a-zß-ÿ])|[ß-ÿ][À-ÖØ-Þ](?=[ß-ÿ])"
)


class Decoded(NamedTuple):
    """A text, and what had to be decided to read it."""

    text: str
    notes: tuple[str, ...] = ()


_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")


def _read_stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """Error handler: read bytes that are no UTF-8 as cp1252, an encoded surrogate as U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    if _SURROGATE.match(error.object, error.start):
        return "\ufffd", error.start + 3
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "replace"), error.end


codecs.register_error("polnlp_stray", _read_stray_bytes)


def decode_bytes(data: bytes, declared: str | None = None) -> Decoded:
    """Decode the bytes of a text.

    A byte order mark goes first and is dropped; then what is declared, strictly; then UTF-8; then UTF-8 with stray
    cp1252 bytes; then cp1252 where the bytes look like a western text; last what charset-normalizer takes them for.

    Args:
        declared: An encoding's name, from a page or the settings; one that does not fit is noted and passed over.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, _errors_for(encoding)))
    notes: list[str] = []
    if declared is not None:
        text = _try_declared(data, declared, notes)
        if text is not None:
            return Decoded(text, tuple(notes))
    encoding = guess_encoding(data)
    if encoding == "utf-8":
        try:
            return Decoded(data.decode("utf-8"), tuple(notes))
        except UnicodeDecodeError:
            notes.append("read as utf-8 with stray bytes as cp1252")
            return Decoded(data.decode("utf-8", "polnlp_stray"), tuple(notes))
    text = data.decode(encoding, "replace")
    lost = f"; {text.count(chr(0xFFFD))} bytes could not be read" if "\ufffd" in text else ""
    return Decoded(text, (*notes, f"no valid UTF-8; read as {encoding}{lost}"))


def _errors_for(encoding: str) -> str:
    return "polnlp_stray" if encoding == "utf-8" else "replace"


def _try_declared(data: bytes, declared: str, notes: list[str]) -> str | None:
    encoding = find_codec(declared)
    if encoding is None:
        notes.append(f"declared encoding {declared[:40]!r} is unknown")
        return None
    if encoding.startswith(_SINGLE_BYTE) and not data.isascii() and _is_utf8(data):
        # Any bytes are valid in a single-byte encoding; so much valid UTF-8 is no accident.
        notes.append(f"declared as {declared[:40]}, but valid UTF-8: read as that")
        return data.decode("utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        notes.append(f"declared as {declared[:40]}, but not valid as that")
        return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def find_codec(name: str) -> str | None:
    """Give Python's name of a text encoding; ``None`` for an unknown one, or one that is no plain text encoding."""
    try:
        info = codecs.lookup(name.strip())
        "".encode(info.name)  # codecs such as "base64" are no text encodings and fail here
    except (LookupError, ValueError, TypeError):
        return None
    return None if info.name.replace("-", "_") in _REFUSED else _TAKEN_FOR.get(info.name, info.name)


def check_encoding(name: str | None) -> None:
    """Refuse an encoding of the settings that does not exist.

    Raises:
        ConfigError: If it is unknown.
    """
    if name is not None and find_codec(name) is None:
        raise ConfigError(
            f"[articles] encoding = {name!r} is no known text encoding; try 'utf-8' or 'cp1252', or leave it out."
        )


def guess_encoding(data: bytes) -> str:
    """Tell the encoding of bytes that nothing is declared of."""
    if wide := _guess_wide(data[:_SAMPLE]):
        return wide
    replaced = _SURROGATE.sub(b"?", data).decode("utf-8", "replace")
    invalid = replaced.count("\ufffd")
    if not invalid:
        return "utf-8"
    valid = len(re.findall(r"[^\x00-\x7f\ufffd]", replaced))
    if 2 * valid >= invalid:
        return "utf-8"
    sample = _around_high_bytes(data)
    return "cp1252" if _looks_western(sample) else _ask_normalizer(sample)


def _guess_wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a western text is zero."""
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * half and odd < 0.05 * half else None


def _around_high_bytes(data: bytes) -> bytes:
    """The stretch of a long text in which bytes beyond ASCII begin."""
    first = next((match.start() for match in [re.search(rb"[\x80-\xff]", data)] if match), 0)
    return data[max(0, first - 1000) : first + _SAMPLE]


def _looks_western(sample: bytes) -> bool:
    text = sample.decode("cp1252", "replace")
    high = sum(map(len, re.findall(r"[^\x00-\x7f]+", text)))
    letters = sum(map(str.isalpha, text))
    accented = len(_WESTERN_LETTERS.findall(text))
    odd = len(_ODD.findall(text)) + text.count("\ufffd")
    return odd <= 0.05 * high and (accented <= 0.25 * letters or accented < 3)


def _ask_normalizer(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    return best.encoding if best is not None else "cp1252"


def is_binary(data: bytes) -> bool:
    """Tell whether bytes are no text: a known file's mark, or many control characters outside UTF-16 and UTF-32."""
    if data.startswith(_MAGIC):
        return True
    sample = data[:65_536]
    if data.startswith(tuple(mark for mark, _ in _BOMS)) or _guess_wide(sample):
        return False
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls >= 8 and controls > 0.05 * len(sample)


def stream_encoding(opener: Callable[[], BinaryIO], declared: str | None) -> tuple[str, str, tuple[str, ...]]:
    """Tell how a long file is to be decoded while it is read.

    Returns:
        Encoding, error handler and notes, for ``open``; the file is read through once, a piece at a time.
    """
    with opener() as file:
        head = file.read(_SAMPLE)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return ("utf-8-sig" if encoding == "utf-8" else encoding[:6]), _errors_for(encoding), ()
        codec = find_codec(declared) if declared else None
        if codec is not None:
            return codec, "replace", ()
        decoder = codecs.getincrementaldecoder("utf-8")()
        piece = head
        try:
            while piece:
                decoder.decode(piece)
                piece = file.read(1 << 20)
        except UnicodeDecodeError:
            # Only here: what is no UTF-8 is looked at once more, where the trouble is.
            trouble = head if not head.isascii() else piece
            guess = guess_encoding(trouble)
            note = (
                "read as utf-8 with stray bytes as cp1252" if guess == "utf-8" else f"no valid UTF-8; read as {guess}"
            )
            return guess, _errors_for(guess), (note,)
    return _guess_wide(head) or "utf-8", "polnlp_stray", ()
