"""An HTML page → a draft: its date first, then its comments set apart, then its text.

What the page says of itself (``page_metadata``) is read before anything is stripped; comments go to the text's end.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
from lxml import etree

from polnlp.articles.dating import find_url_date
from polnlp.articles.decoding import decode_bytes
from polnlp.articles.drafts import Draft
from polnlp.articles.factiva import split_factiva_page
from polnlp.articles.page_metadata import find_byline_date, read_metadata
from polnlp.articles.rows import BadFile
from polnlp.articles.stamps import parse_stamp
from polnlp.config import ArticlesConfig

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{1,40})"
    rb"|^\s{0,20}<\?xml[^>]{0,100}?encoding\s{0,3}=\s{0,3}[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_PROLOG = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_HEAD = 4_096  # bytes in which a page declares its encoding
_LARGEST = 2_000_000  # characters; of a larger page all paragraphs are taken, for extraction is not linear
_COMMENTS = re.compile(
    r"comments?|comment-?(?:list|section|area|thread|container|wrapper|block|body|entry)s?|commentlist|disqus_thread"
    r"|(?:user|reader|article|post|blog)-comments?|responses|respond|replies",
    re.IGNORECASE,
)
_CONTAINERS = frozenset({"div", "section", "ol", "ul", "aside", "footer", "li", "article", "dl"})
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
        "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol",
        "p", "pre", "section", "table", "tbody", "td", "th", "tr", "ul",
    }
)  # fmt: skip
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "textarea", "select", "button", "input", "svg"}
)
# What a page that is nested too deep keeps of its tags: none that can hold another of its kind.
_KEPT_TAGS = frozenset({"html", "head", "title", "meta", "link", "base", "script", "style", "body", "p", "br"})
_TAGS = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,30})[^<>]*>")
_CODED = re.compile(r">\s{0,5}HD(?:&nbsp;|\s){0,5}<")  # a field code of Factiva in a cell of its own
_COMMENT_HEADING = "Comments on this article"


def read_pages(data: bytes, config: ArticlesConfig) -> list[Draft]:
    """Make the drafts of a page's bytes: those of an export of Factiva, else the page's one.

    A page's text is the title, unless the article begins with it, the article's paragraphs parted by blank lines, and
    the readers' comments under a heading of their own.

    Raises:
        BadFile: If the page cannot be parsed or holds no text.
    """
    markup, notes = _decode_page(data, config.encoding)
    tree, limits = _parse(markup)
    exported = split_factiva_page(tree) if _CODED.search(markup) else []
    notes = (*notes, *limits)
    return [article.to_draft(notes) for article in exported] or [_read_tree(tree, len(markup), notes)]


def _read_tree(tree: Any, size: int, notes: tuple[str, ...]) -> Draft:
    fields, metadata, date_from = read_metadata(tree)
    found_date = None if "date" in fields else find_byline_date(tree)
    if "url" in fields and "date" not in fields and (url_date := find_url_date(str(fields["url"]))):
        found_date = url_date
    seen = sum(map(len, _read_blocks(tree)))
    comments = [block for container in _detach_comments(tree) for block in _read_blocks(container)]
    blocks = _extract_article(tree, size)
    if not blocks:
        raise BadFile("the page holds no text; expected an article.")
    kept = sum(map(len, blocks))
    text = "\n\n".join(_add_title(blocks, fields.get("title")))
    if comments:
        text = "\n\n".join([text, _COMMENT_HEADING, *comments])
    note = f"page: {kept} of its {seen} characters are the article's text, {sum(map(len, comments))} comments"
    return Draft(
        {**fields, "text": text},
        metadata,
        "",
        "",
        date_from=date_from,
        found_date=found_date,
        notes=[*notes, note],
    )


def _decode_page(data: bytes, encoding: str | None) -> tuple[str, tuple[str, ...]]:
    declared = _DECLARED.search(data[:_HEAD])
    name = encoding or ((declared[1] or declared[2]).decode("ascii", "replace") if declared else None)
    text, notes = decode_bytes(data, name)
    return text.removeprefix("\ufeff"), notes


def _parse(markup: str) -> tuple[Any, tuple[str, ...]]:
    # NUL ends a page for libxml2, and surrogates it cannot hold.
    cleaned = re.sub("[\x00\ud800-\udfff]", "\ufffd", _PROLOG.sub("", markup))
    tree, whole = _parse_markup(cleaned)
    if whole:
        return tree, ()
    # Beyond its limits (256 elements deep, 10 MB in one text) libxml2 drops the rest of a page without a word.
    tree, whole = _parse_markup(_TAGS.sub(_flatten_tag, cleaned), huge_tree=True)
    if not whole:
        raise BadFile("the page is nested deeper than can be read.")
    return tree, ("nested too deep or too long a text for the parser: read as plain paragraphs",)


def _parse_markup(markup: str, *, huge_tree: bool = False) -> tuple[Any, bool]:
    """Parse a page; tell whether the parser came to its end."""
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=huge_tree)
    try:
        tree = lxml.html.document_fromstring(markup.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise BadFile(f"no readable page: {error}.") from error
    return tree, not any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def _flatten_tag(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    return tag[0] if name in _KEPT_TAGS else "<br>" if name in _BLOCKS else ""


def _detach_comments(tree: Any) -> list[Any]:
    """Take the comment sections out of a page; one that holds the page's heading is none."""
    found = []
    for element in list(tree.iter(*_CONTAINERS)):
        names = f"{element.get('id') or ''} {element.get('class') or ''}".split()
        if not any(_COMMENTS.fullmatch(name) for name in names) or element.find(".//h1") is not None:
            continue
        if any(ancestor in found for ancestor in element.iterancestors()):
            continue
        found.append(element)
    for element in found:
        _spell_times(element)
        element.drop_tree()
    return found


def _spell_times(container: Any) -> None:
    """Put a comment's date in place of words such as "3 days ago"."""
    for element in container.iter("time", "abbr"):
        stamp = element.get("datetime") or element.get("title") or ""
        if parse_stamp(stamp) and not parse_stamp("".join(element.itertext())):
            for child in list(element):
                element.remove(child)
            element.text = stamp


def _extract_article(tree: Any, size: int) -> list[str]:
    """Give the article's paragraphs; where the extractor finds none, all paragraphs of the page."""
    import trafilatura

    body = None
    if size <= _LARGEST:
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
        try:
            # Written and parsed anew: the extractor changes the tree that it is given.
            page = lxml.html.tostring(tree, encoding="unicode")
            document = trafilatura.bare_extraction(page, include_comments=False, with_metadata=False)
            body = getattr(document, "body", None)
        except Exception as error:
            # A library over hostile pages may raise anything; the page's own paragraphs are left.
            logging.getLogger(__name__).info("extraction failed: %s", error)
    blocks = list(_write_blocks(body)) if body is not None else []
    return blocks or _read_paragraphs(tree)


def _write_blocks(body: Any) -> Iterator[str]:
    """Write the extractor's elements: list items with a dash, block quotes with ``>``."""
    for element in body:
        if element.tag == "list":
            yield from (f"- {words}" for item in element.iter("item") for words in _write_words(item))
        elif element.tag == "quote":
            yield from (f"> {words}" for words in _write_words(element))
        elif element.tag == "table":
            for row in element.iter("row"):
                if cells := [" ".join(" ".join(cell.itertext()).split()) for cell in row.iter("cell")]:
                    yield " | ".join(cells)
        else:
            yield from _write_words(element)


def _write_words(element: Any) -> Iterator[str]:
    """Give an element's words; two line breaks in a row, or a paragraph within it, part paragraphs."""
    pieces = []
    for event, child in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces += ["\n\n" if child.tag == "p" else "\n" if child.tag == "lb" else "", child.text or ""]
        elif child is not element:
            pieces += ["\n\n" if child.tag == "p" else "", child.tail or ""]
    for block in re.split(r"\n[ \t\r]{0,20}\n\s*", "".join(pieces)):
        if words := " ".join(block.split()):
            yield words


def _read_paragraphs(tree: Any) -> list[str]:
    elements = tree.iter("h1", "h2", "h3", "h4", "p", "li", "blockquote", "pre")
    found = [" ".join(element.text_content().split()) for element in elements if element.find(".//p") is None]
    return [words for words in found if words] or _read_blocks(tree)


def _read_blocks(element: Any) -> list[str]:
    """Give all that is to be seen in an element, cut where a browser would begin a line."""
    pieces: list[str] = []
    hidden = 0
    for event, child in etree.iterwalk(element, events=("start", "end")):
        hidden += (child.tag in _UNSEEN) * (1 if event == "start" else -1)
        words = child.text if event == "start" else child.tail if child is not element else None
        if child.tag in _BLOCKS or child.tag == "br":
            pieces.append("\n")
        if words and not hidden:
            pieces.append(words.replace("\n", " "))
    return [" ".join(line.split()) for line in "".join(pieces).split("\n") if line.strip()]


def _add_title(blocks: list[str], title: Any) -> list[str]:
    folded = _fold(str(title or ""))
    if not folded or any(_fold(block).startswith(folded) for block in blocks[:3]):
        return blocks
    return [str(title), *blocks]


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
