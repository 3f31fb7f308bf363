"""Where the readers' comments begin: from there on nothing is the article's."""

import re
from collections.abc import Sequence

from polnlp.articles.dating import find_comment_stamp, says_who

_COUNT = r"(?:\d{1,5}|no|one|two|three|four|five|six|seven|eight|nine|ten|\(\d{1,5}\))"
_KINDS = r"(?:comments?|responses?|repl(?:y|ies)|thoughts?|reactions?)"
_MARKS = r"[#*_=\s]{0,6}"
# Says by itself that comments follow.
_HEADING = re.compile(
    rf"{_MARKS}(?:(?:there (?:are|is) )?{_COUNT} (?:reader |user )?{_KINDS} (?:so far|(?:on|to|about|for)\b.{{1,160}})"
    rf"(?:\s?so far)?|(?:leave|post|add|write) (?:a|your) (?:comment|reply|response).{{0,80}}"
    rf"|comments? rss(?: feed)?.{{0,40}}"
    rf"|(?:readers?['’]?|user) comments?|comments (?:are|have been) (?:now )?(?:closed|disabled).{{0,40}}"
    rf"|join the (?:discussion|conversation)"
    rf"|comments? (?:on|to) this (?:article|post|entry|story).{{0,40}})[\s.…:]{{0,6}}{_MARKS}",
    re.IGNORECASE,
)
# May as well be a heading of the article, or a counter at its top.
_WEAK_HEADING = re.compile(
    rf"{_MARKS}(?:{_COUNT} (?:reader |user )?{_KINDS}|(?:comments|discussion|responses"
    rf"|replies)(?:\s?[:|(]\s?\d{{0,5}}\)?)?)[\s.…:]{{0,6}}{_MARKS}",
    re.IGNORECASE,
)
_LONGEST = 160  # characters of a comment's head or a section's heading
_PROSE = 80  # characters of a block before the section that show that the article has begun


def find_comments(texts: Sequence[str]) -> int:
    """Find where the comment section begins.

    Args:
        texts: The article's blocks, white space collapsed.

    Returns:
        Index of its first block; the number of blocks where there is none. Never before the first block of running
        text: there a heading is a counter. A bare "Comments" or "3 comments" is believed when a comment's head follows,
        or, with a number, in the second half of the text.
    """
    begun = False
    total = sum(map(len, texts))
    before = 0
    for index, text in enumerate(texts):
        if begun and len(text) <= _LONGEST and _begins_section(texts, index, late=2 * before >= total):
            return index
        before += len(text)
        begun = begun or (len(text) >= _PROSE and text.rstrip("\"'”’)").endswith((".", "!", "?", "…")))
    return len(texts)


def _begins_section(texts: Sequence[str], index: int, *, late: bool) -> bool:
    text = texts[index]
    if _HEADING.fullmatch(text):
        return True
    if _WEAK_HEADING.fullmatch(text):
        if any(find_comment_stamp(following) for following in texts[index + 1 : index + 6]):
            return True
        return late and any(map(str.isdigit, text))
    stamp = find_comment_stamp(text)
    return stamp is not None and says_who(text, stamp)
