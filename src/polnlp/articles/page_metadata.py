"""What an HTML page says of itself: meta tags, JSON-LD, ``<time>``, its address, and a date in its byline."""

import json
import re
from collections.abc import Iterator
from typing import Any

from polnlp.articles.stamps import find_stamps, parse_stamp
from polnlp.schema import ArticleDate

# The first that is there and can be read is taken. Dates of a change are none of publication.
_DATES = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "citation_publication_date", "citation_date", "citation_online_date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dc.date", "dcterms.date", "publication_date", "publication-date",
    "publish-date", "publish_date", "publishdate", "published_date", "pubdate", "parsely-pub-date", "sailthru.date",
    "article.published", "article_date_original", "original-publish-date", "date", "created", "dc.created",
    "release_date",
)  # fmt: skip
_TITLES = ("og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "headline", "sailthru.title")
_AUTHORS = (
    "author",
    "article:author",
    "citation_author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
)
_SOURCES = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name", "publisher")
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report|Newspaper|CreativeWork|WebPage", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:^|[-_ ])(?:by-?line|date-?line|dates?|time-?stamp|published(?:-?(?:on|at|date))?|pub-?date|posted"
    r"|post(?:ed)?-?(?:on|date|meta)|entry-?(?:date|meta)|article-?(?:date|meta|info))(?:[-_ ]|$)",
    re.IGNORECASE,
)
_ASIDE = frozenset({"aside", "nav", "footer"})
_LARGEST = 1_000_000  # characters of a page's JSON-LD
_DEEPEST = 8


def read_metadata(tree: Any) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Read a page's metadata.

    Returns:
        Known fields (title, date, author, source, url, language), further metadata (description, keywords, section),
        and what the date is from.
    """
    metas = _read_metas(tree)
    data = _read_json_ld(tree)
    fields: dict[str, Any] = {}
    date, date_from = _find_date(tree, metas, data)
    found = {
        "title": _first(metas, _TITLES) or data.get("headline") or _read_title(tree),
        "date": date,
        "author": _find_authors(metas, data),
        "source": _first(metas, _SOURCES) or data.get("publisher"),
        "url": _find_url(tree, metas, data),
        "language": tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or _first(metas, ("og:locale", "language")),
    }
    fields |= {name: value for name, value in found.items() if value}
    extra = {
        "description": ("description", "og:description"),
        "keywords": ("keywords",),
        "section": ("article:section",),
    }
    metadata = {name: value for name, names in extra.items() if (value := _first(metas, names))}
    return fields, metadata, date_from


def find_byline_date(tree: Any) -> ArticleDate | None:
    """Find a date that stands in an element marked as byline or date, outside sidebars and comments."""
    for element in tree.iter("span", "div", "p", "li", "small", "em", "i", "b", "h4", "h5", "h6", "td", "address", "a"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if not _BYLINE.search(names) or any(_is_aside(ancestor) for ancestor in (element, *element.iterancestors())):
            continue
        words = " ".join(element.text_content().split())
        if len(words) > 200:
            continue
        for stamp in find_stamps(words):
            return ArticleDate(value=stamp.value, source="byline", text=words[stamp.start : stamp.end])
    return None


def _is_aside(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
    return element.tag in _ASIDE or any(
        word in names for word in ("comment", "sidebar", "related", "widget", "footer", "disqus")
    )


def _read_metas(tree: Any) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(content)
    return metas


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((metas[name][0] for name in names if name in metas), None)


def _read_json_ld(tree: Any) -> dict[str, str]:
    """Give headline, datePublished, author, publisher and url of the first article in a page's JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or len(script.text or "") > _LARGEST:
            continue
        try:
            value = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _walk_json(value):
            if _ARTICLE_TYPES.search(str(item.get("@type", ""))) and ("datePublished" in item or "headline" in item):
                return _read_article(item)
    return {}


def _walk_json(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _walk_json(value.get(name), depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _walk_json(item, depth + 1)


def _read_article(item: dict[str, Any]) -> dict[str, str]:
    names = [
        _name_of(author)
        for author in (item["author"] if isinstance(item.get("author"), list) else [item.get("author")])
    ]
    found = {
        "headline": item.get("headline") or item.get("name"),
        "date": item.get("datePublished") or item.get("dateCreated"),
        "author": "; ".join(filter(None, names)),
        "publisher": _name_of(item.get("publisher")),
        "url": item.get("url"),
    }
    return {name: value.strip() for name, value in found.items() if isinstance(value, str) and value.strip()}


def _name_of(value: Any) -> str:
    name = value.get("name") if isinstance(value, dict) else value
    return name.strip() if isinstance(name, str) else ""


def _find_date(tree: Any, metas: dict[str, list[str]], data: dict[str, str]) -> tuple[str | None, str]:
    """Give the page's date as written, and what it is from."""
    for name in _DATES[:4]:
        if name in metas and parse_stamp(metas[name][0]):
            return metas[name][0], f"meta {name}"
    if parse_stamp(data.get("date", "")):
        return data["date"], "JSON-LD datePublished"
    for name in _DATES[4:]:
        if name in metas and parse_stamp(metas[name][0]):
            return metas[name][0], f"meta {name}"
    return _find_time(tree)


def _find_time(tree: Any) -> tuple[str | None, str]:
    """Give the ``<time>`` of publication: marked as such, else the first outside sidebars and comments."""
    times = [
        element for element in tree.iter("time") if not any(_is_aside(ancestor) for ancestor in element.iterancestors())
    ]
    marked = [
        element
        for element in times
        if "pubdate" in element.attrib or "datepublished" in (element.get("itemprop") or "").lower()
    ]
    for element in [*marked, *times]:
        for stamp in (element.get("datetime") or "", "".join(element.itertext())):
            if parse_stamp(stamp) and not _is_aside(element):
                return stamp.strip(), "time"
    return None, "date"


def _find_authors(metas: dict[str, list[str]], data: dict[str, str]) -> str | None:
    for name in _AUTHORS:
        names = [author for author in metas.get(name, []) if not re.match(r"https?://", author)]
        if names:
            return "; ".join(dict.fromkeys(names))
    return data.get("author")


def _find_url(tree: Any, metas: dict[str, list[str]], data: dict[str, str]) -> str | None:
    links = [
        element.get("href") or ""
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    candidates = [*links, *metas.get("og:url", []), data.get("url", "")]
    return next((url.strip() for url in candidates if re.match(r"https?://", url.strip())), None)


def _read_title(tree: Any) -> str | None:
    """The only first-order heading, else the page's title without the site's name."""
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    title = tree.find(".//title")
    words = " ".join((title.text_content() if title is not None else "").split())
    return re.sub(r"\s[|»·–—]\s[^|»·–—]{1,60}$", "", words) or None
