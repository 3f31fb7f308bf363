"""Left-over link text inside a paragraph: what a page's links leave behind when it is saved as text."""

import re
from collections.abc import Sequence

Span = tuple[int, int]

# Each alternative is bounded, so that a scan is linear whatever the text.
_STUB = re.compile(
    r"\(\(\s?(?:https?://[^\s()]{1,500}|[\w.:/'’-]{1,30}(?:\s[\w.'’-]{1,20}){0,2})\s?\)\)"  # ((Tinyurl)), ((see here))
    r"|\(\s?\((?=[\s.,;:!?)]|$)"  # (( or ( ( with nothing behind it
    r"|\[\s?(?:link|links|url|source|more|permalink|via|see link|read more|citation needed|embed|video|pdf)\s?\]"
    r"|(?P<open>!?\[)(?P<words>[^\[\]\r\n]{0,300})(?P<target>\]\((?:https?:|mailto:|/|#|\."
    r"|www\.)[^()\s]{0,2000}\))"  # [words](url)
    r"|(?<=[\w.,;:!?\"'”’)])\[\d{1,3}\](?:\((?:https?:|#)[^()\s]{0,2000}\))?"  # footnote mark, set close behind a word
    r"|<?\b(?:https?://|ftp://"
    r"|www\.(?=\w))[^\s<>\"“”()\[\]]{2,2000}(?:\([^\s<>\"“”()]{1,100}\))?[^\s<>\"“”()\[\]]{0,2000}>?",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\(\s?\(|\[|://|www\.", re.IGNORECASE)
_QUOTE_MARKS = re.compile(r"(?:(?<=[\r\n])|^)[ \t]{0,3}>(?:[ \t]?>){0,9}")


def find_stubs(text: str) -> list[Span]:
    """Find the stubs in a paragraph's text.

    Of a Markdown link its words stay: the bracket before them and the address behind them are stubs. A full stop or
    comma that ends a bare address is not part of it.

    Returns:
        ``(start, end)`` in order, without overlap.
    """
    if _SIGNS.search(text) is None:
        return []
    stubs: list[Span] = []
    for match in _STUB.finditer(text):
        if match["open"] is not None:
            stubs += [match.span("open"), match.span("target")]
        else:
            trimmed = match[0].rstrip(".,;:!?'’") if "(" not in match[0][:1] else match[0]
            stubs.append((match.start(), match.start() + len(trimmed)))
    return stubs


def is_stub(text: str) -> bool:
    """Tell whether a text holds stubs and nothing else but punctuation."""
    stubs = find_stubs(text)
    return bool(stubs) and not any(character.isalnum() for character in blank_out(text, stubs))


def strip_stubs(text: str) -> str:
    """Give a text without its stubs, for rules that look at its words; a text of nothing else stays as it is."""
    stubs = find_stubs(text)
    bare = blank_out(text, stubs).strip(" |") if stubs else text
    return " ".join(bare.split()) if any(map(str.isalnum, bare)) else text


def blank_out(text: str, spans: Sequence[Span]) -> str:
    """Replace spans, and the ``>`` that mark a block quote's lines, by as many spaces."""
    if spans:
        pieces = []
        last = 0
        for start, end in spans:
            pieces += [text[last:start], " " * (end - start)]
            last = end
        text = "".join([*pieces, text[last:]])
    return _QUOTE_MARKS.sub(lambda marks: " " * len(marks[0]), text) if ">" in text else text
