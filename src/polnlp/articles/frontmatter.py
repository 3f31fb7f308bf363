"""The front matter of a Markdown file: ``key: value`` between two lines of ``---``, without a YAML library."""

import re
from typing import Any

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_END = re.compile(r"(?:^|(?<=[\r\n]))(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|$)")
_PAIR = re.compile(r"(?P<key>[\w][\w .-]{0,60}?|\"[^\"]{1,60}\"|'[^']{1,60}')[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)$")
_LONGEST = 100_000  # characters; what is longer is no front matter
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}


def split_front_matter(text: str) -> tuple[dict[str, Any], str, str | None]:
    """Part a text from its front matter.

    Values are strings, or lists of strings (``[a, b]`` or lines of ``- a``); indented lines go on with the value above
    them.

    Returns:
        The values, the text after the closing line, and a note where a text begins as front matter does but has none:
        then nothing is parted.
    """
    opening = _FENCE.match(text)
    if opening is None:
        return {}, text, None
    closing = _END.search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None:
        return {}, text, "begins with '---' but no front matter ends: read as text"
    values = _read_lines(text[opening.end() : closing.start()].splitlines())
    if values is None:
        return {}, text, "begins with '---' but holds no 'key: value' lines: read as text"
    return values, text[closing.end() :].lstrip("\r\n"), None


def _read_lines(lines: list[str]) -> dict[str, Any] | None:
    values: dict[str, Any] = {}
    key = ""
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pair = _PAIR.match(line)
        if pair is not None and not line[0].isspace():
            key = pair["key"].strip("\"'").strip()
            values[key] = _read_value(pair["value"] or "")
        elif not key:
            return None
        elif (item := _ITEM.match(line)) is not None:
            listed = values[key] if isinstance(values[key], list) else [values[key]] if values[key] else []
            values[key] = [*listed, _read_scalar(item["value"])]
        elif line[0].isspace():
            above = values[key] if isinstance(values[key], str) else ""
            values[key] = f"{above.removeprefix('|').removeprefix('>')} {line.strip()}".strip()
        else:
            return None
    return values


def _read_value(words: str) -> str | list[str]:
    words = words.strip()
    if words.startswith("[") and words.endswith("]"):
        items = re.findall(r"\s*(\"(?:[^\"\\]|\\.){0,500}\"|'[^']{0,500}'|[^,]+)", words[1:-1])
        return [_read_scalar(item) for item in items if item.strip()]
    return _read_scalar(words)


def _read_scalar(words: str) -> str:
    words = words.strip()
    if len(words) >= 2 and words[0] == words[-1] == '"':
        return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[0]), words[1:-1])
    if len(words) >= 2 and words[0] == words[-1] == "'":
        return words[1:-1].replace("''", "'")
    return re.sub(r"\s#.*$", "", words).strip()
