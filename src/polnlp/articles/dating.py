"""An article's own date: from its metadata, URL, byline, body, and last its comments; never invented."""

import re
from collections.abc import Iterator, Sequence

from polnlp.articles.stamps import Stamp, find_stamps, has_label, parse_stamp
from polnlp.schema import Article, ArticleDate, Paragraph

__all__ = ["find_article_date", "find_comment_stamp", "find_url_date", "is_dated_line", "parse_stamp"]

_EDGE = 10  # paragraphs at the top and at the bottom in which a line that is nothing but a date dates the article
_DATELINES = 3  # paragraphs of running text that may begin with a dateline
_CHRONOLOGY = 3  # so many bare date lines are a chronology's headings
_LONGEST = 160  # characters of a dateline or a comment's head

_URL_DAY = re.compile(
    r"(?<=[/_=.-])(?P<year>(?:19|20)\d\d)(?P<sep>[/_-]?)(?P<month>0[1-9]|1[0-2]|(?<=/)[1-9](?=/)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})(?P=sep)(?P<day>0[1-9]|[12]\d|3[01]"
    r"|[1-9](?=[/_-]))"
    r"(?!\d)",
    re.IGNORECASE,
)
_URL_MONTH = re.compile(r"(?<=/)(?P<year>(?:19|20)\d\d)[/-](?P<month>0[1-9]|1[0-2])(?=/|$)")

_PLACE = r"[A-ZÀ-Þ][\w.’'-]{0,30}(?:[ /][A-ZÀ-Þ][\w.’'-]{0,30}| (?:de|del|la|el|of|the|da|do)){0,5}"
_NO_PLACE = (
    r"(?!(?:In|On|At|By|Since|From|Until|Till|After|Before|During|As|Between|Around|Late|Early|The|And|But"
    r"|Born|This)\b)"
)
_BEFORE_STAMP = re.compile(rf"{_NO_PLACE}{_PLACE}(?:, ?{_PLACE}){{0,3}},? ?(?:\([^()]{{1,40}}\))?[ ,|(–—-]{{0,3}}")
_AFTER_STAMP = re.compile(r"[ ,.]{0,2}(?:\([^()]{1,40}\)|/[^/]{1,40}/|[A-Z]{2,12}\b)?[ .,]{0,2}(?:[-–—:/)]|\.[-–—])")
_UPDATED = re.compile(r"\W{0,3}(?:last )?(?:updated|modified|actualizado)", re.IGNORECASE)

_SAID = re.compile(
    r"\b(?:said|says|wrote|writes|commented|posted|replied)\s?(?:on|at|:|,|this on)?\s{0,2}$", re.IGNORECASE
)
_NAME = re.compile(rf"(?:\d{{1,4}}[.)] )?(?:(?:by|from) )?(?:{_NO_PLACE}{_PLACE})?[ ,|·•:(–—-]{{0,3}}")
_TAIL = re.compile(
    r"[\s#|·•().,:-]{0,6}(?:(?:reply|permalink|link|edit|report|flag|delete|like|quote"
    r"|\d{1,4})[\s#|·•().,:-]{0,4}){0,4}",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d[:.h]\d\d|\d\s?[ap]\.?m\b", re.IGNORECASE)


def find_article_date(article: Article, paragraphs: Sequence[Paragraph]) -> ArticleDate | None:
    """Find when an article was published.

    A date that came with the article stands. Else the first of these that gives one: its URL, its byline or dateline,
    a line near the top or bottom that is nothing but a date, and last the earliest stamp of its comments, which the
    article cannot be younger than.

    Args:
        paragraphs: All paragraphs of the article.

    Returns:
        ``None`` where nothing dates the article.
    """
    if article.date is not None:
        return article.date
    if (url := article.metadata.get("url")) and isinstance(url, str) and (date := find_url_date(url)):
        return date
    text = article.text
    outer = [paragraph for paragraph in paragraphs if paragraph.within is None]
    if stamp := next(_find_bylines(text, outer), None):
        return ArticleDate(
            value=stamp.value, source="byline", text=text[stamp.start : stamp.end], start=stamp.start, end=stamp.end
        )
    if stamp := _find_date_line(text, outer):
        return ArticleDate(
            value=stamp.value, source="body", text=text[stamp.start : stamp.end], start=stamp.start, end=stamp.end
        )
    if stamp := min(_find_comments(text, outer), key=_latest_day, default=None):
        words = text[stamp.start : stamp.end]
        return ArticleDate(
            value=stamp.value, source="comment", text=words, start=stamp.start, end=stamp.end, upper_bound=True
        )
    return None


def find_url_date(url: str) -> ArticleDate | None:
    """Read the date in an address, such as ``/2009/01/29/`` or ``-20090129-``; a month needs slashes around it."""
    path = re.sub(r"^[\w+.-]{1,20}:/{0,2}", "", url[:2000])
    match = _URL_DAY.search(path) or _URL_MONTH.search(path)
    if match is None:
        return None
    parts = match.groupdict()
    value = (
        parse_stamp(" ".join(filter(None, (parts.get("day"), parts["month"], parts["year"]))))
        if parts["month"].isalpha()
        else (parse_stamp("-".join(filter(None, (parts["year"], parts["month"], parts.get("day"))))))
    )
    return None if value is None else ArticleDate(value=value, source="url", text=match[0])


def is_dated_line(text: str) -> bool:
    """Tell whether a line is nothing but a date, with a label or a place before it."""
    return _read_date_line(text) is not None


def find_comment_stamp(text: str) -> Stamp | None:
    """Find the stamp in a comment's head, such as "Ron Horn said on January 29th, 2009 at 12:01pm #".

    A date that a comment tells of is none: a head is short, ends with its stamp, and has a time of day, or says that
    somebody wrote, or holds nothing else.
    """
    if len(text) > _LONGEST:
        return None
    for stamp in find_stamps(text):
        before = text[: stamp.start]
        signed = _TIME.search(text[stamp.start : stamp.end]) or _SAID.search(before) or _NAME.fullmatch(before)
        if signed and _TAIL.fullmatch(text[stamp.end :]):
            return stamp
    return None


def says_who(text: str, stamp: Stamp) -> bool:
    """Tell whether a comment's head names its writer and its time of day: it needs no heading to be known."""
    return _SAID.search(text[: stamp.start]) is not None and _TIME.search(text[stamp.start : stamp.end]) is not None


def _find_bylines(text: str, outer: Sequence[Paragraph]) -> Iterator[Stamp]:
    """Give the stamps of bylines that say more than a date, then those of datelines."""
    for paragraph in outer[:_EDGE]:
        piece = text[paragraph.start : paragraph.end]
        if paragraph.zone == "byline" and not is_dated_line(piece):
            yield from (_shift(stamp, paragraph.start) for stamp in find_stamps(piece))
    for paragraph in [paragraph for paragraph in outer if paragraph.zone in ("body", "quote")][:_DATELINES]:
        piece = text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST)]
        for stamp in find_stamps(piece)[:1]:
            if _BEFORE_STAMP.fullmatch(piece[: stamp.start]) and _AFTER_STAMP.match(piece[stamp.end :]):
                yield _shift(stamp, paragraph.start)


def _find_date_line(text: str, outer: Sequence[Paragraph]) -> Stamp | None:
    """Give the best line that is nothing but a date: one that says "published", a bare one, one that says "updated"."""
    proper = [paragraph for paragraph in outer if paragraph.zone != "comment"]
    edges = proper if len(proper) <= 2 * _EDGE else [*proper[:_EDGE], *proper[-_EDGE:]]
    ranked: dict[str, list[Stamp]] = {"published": [], "bare": [], "updated": []}
    for paragraph in edges:
        piece = text[paragraph.start : paragraph.end]
        if stamp := _read_date_line(piece):
            kind = "updated" if _UPDATED.match(piece) else "published" if has_label(piece) else "bare"
            ranked[kind].append(_shift(stamp, paragraph.start))
    if len(ranked["bare"]) >= _CHRONOLOGY:
        ranked["bare"] = []
    return next((stamp for stamps in ranked.values() for stamp in stamps), None)


def _read_date_line(text: str) -> Stamp | None:
    if len(text) > _LONGEST:
        return None
    stamps = find_stamps(text)
    if not stamps:
        return None
    first = stamps[0]
    before, after = text[: first.start].strip(" \t([|"), text[stamps[-1].end :].strip(" \t)]|.,#-–—")
    between = text[first.end : stamps[-1].start] if len(stamps) > 1 else ""
    placed = (
        not before
        or has_label(before + " ")
        or has_label(text)
        or _BEFORE_STAMP.fullmatch(text[: first.start].lstrip())
    )
    if not placed or len(stamps) > 2 or len(between) > 30 or len(after) > 20 or after.endswith(("!", "?")):
        return None
    return first


def _find_comments(text: str, outer: Sequence[Paragraph]) -> Iterator[Stamp]:
    for paragraph in outer:
        if paragraph.zone == "comment":
            # A comment and its head may be one paragraph of several lines.
            head = text[paragraph.start : min(paragraph.end, paragraph.start + _LONGEST)]
            first_line = re.match(r"[^\r\n]*", head)
            for piece in dict.fromkeys((head, first_line[0] if first_line else "")):
                if stamp := find_comment_stamp(piece.rstrip()):
                    yield _shift(stamp, paragraph.start)
                    break


def _shift(stamp: Stamp, offset: int) -> Stamp:
    return Stamp(stamp.start + offset, stamp.end + offset, stamp.value)


def _latest_day(stamp: Stamp) -> str:
    """The last day that a stamp may mean, roughly: a year alone bounds less than a day of it."""
    return stamp.value + "-12-31"[len(stamp.value) - 4 :]
