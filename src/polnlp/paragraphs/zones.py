"""Blocks → zones: what is content, and what came along with it.

The rules stand in one table, ``RULES``; the first that applies names the zone, and a block that none applies to is
body. They are conservative: what is wrongly left out of the body is lost to every later stage.
"""

import re
import sys
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from polnlp.articles.dating import is_dated_line
from polnlp.articles.stamps import find_stamps, has_label
from polnlp.paragraphs.comments import find_comments
from polnlp.paragraphs.stubs import is_stub, strip_stubs
from polnlp.schema import Article, Zone
from polnlp.sentences import split_sentences

Span = tuple[int, int]
Place = Literal["first", "opening", "closing", "last", "any"]

_OPENING = 10  # blocks in which a title or byline may stand
_CLOSING = 8  # blocks, counted from the end of the article proper
_LAST = 3  # blocks in which the author's biography may stand
_PROSE = 80  # characters, from which on a block that ends in a stop is running text


class Context(NamedTuple):
    """What a rule may know of the article: title, and authors by metadata or byline, folded; how often it holds a word."""

    title: str
    authors: str
    count: Callable[[str], int]


class Rule(NamedTuple):
    """One row of the table.

    Attributes:
        name: What the rule recognises.
        zone: The zone of such a block.
        place: Where in the article the rule applies.
        applies: Judges a block's text, its white space collapsed.
        example: A text that it applies to.
        longest: In characters; longer blocks are content, whatever they say.
    """

    name: str
    zone: Zone
    place: Place
    applies: Callable[[str, Context], bool]
    example: str
    longest: int = 700


def _whole(pattern: str) -> Callable[[str, Context], bool]:
    """A rule whose pattern must match the whole block."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text, context: compiled.fullmatch(text) is not None


_NAME = (
    r"[A-ZÀ-Þ][\w.’'-]{0,30}(?:\s(?:(?:de|del|la|van|von|der|bin|al|da|dos|di|el)\s){0,2}[A-ZÀ-Þ][\w.’'-]{0,30}){0,4}"
)
_SPEAKER = re.compile(r"[A-Z][^:.?!]{0,60}:\s\S.{0,200}[.?!]$")
_BY = re.compile(
    rf"(?:[*_|]{{1,2}}\s?)?(?:By|BY|by|Por|POR|(?:Written|Posted|Reported|Text|Story|Reporting|Analysis|Opinion|Commentary) by:?)\s"
    rf"{_NAME}(?:,?\s(?:and|with|y|&)\s{_NAME}|,\s{_NAME}){{0,5}}(?:\s?[,|•·–—-].{{0,100}}|\s(?:in|for|at|on)\s.{{1,80}})?"
)
_AGENCY = re.compile(
    r"(?:[A-ZÀ-Þ][\w.’' -]{1,40}[,/]?\s)?\(?(?:AFP|AP|Reuters|EFE|ANSA|DPA|TASS|UPI|IPS|Xinhua|Prensa Latina)\)?"
)
_OCCUPATION = (
    r"(?:student|graduate|undergraduate|professor|lecturer|scholar|fellow|researcher|academic|historian|economist|sociologist"
    r"|anthropologist|political scientist|candidate in|ph\.?d|doctoral|writer|journalist|reporter|correspondent|columnist|editor"
    r"|author|essayist|novelist|poet|translator|blogger|contributor|commentator|analyst|activist|organi[sz]er|attorney|lawyer"
    r"|teacher|filmmaker|photographer|freelance|director of|member of the editorial)"
)
_IS_A = re.compile(
    rf"[*_—–-]{{0,2}}\s?(?P<name>(?:(?:Dr|Prof|Professor|Mr|Ms|Mrs)\.?\s)?{_NAME})(?:,\s[^,.]{{1,60}},)?[*_]{{0,2}}\s"
    rf"(?:is|was|works as|has been|teaches|writes|reports|blogs|lives)\s(?=.{{0,120}}?\b{_OCCUPATION}|(?:for|about|at|in|on|from)\s)",
)
_AUTHOR_FIRST = re.compile(rf"[*_—–-]{{0,2}}\s?(?P<name>{_NAME})(?:,\s[^,.]{{1,80}},)?[*_]{{0,2}}\s[a-z]")
_CONTACT = re.compile(
    r"read (?:other|more) (?:articles|posts|columns|stories|work|pieces) by|(?:can|may) be (?:reached|contacted|followed|found) (?:at|on|via|by|through)"
    r"|follow (?:him|her|them|[A-Z]\w+) (?:on|at)\b|@\w{2,30}\b|\b[\w.+-]{1,40}@[\w-]{1,40}\.\w{2,}|visit (?:his|her|their|\w+['’]s) (?:web ?site|blog|page)"
    r"|(?:his|her|their) (?:latest|newest|most recent|new|first|forthcoming|web ?site|blog|books?|work|writing)\b"
    r"|(?:he|she|they) (?:encourages? you|blogs?|tweets?|is the author|is currently|lives in|teaches|writes|can be)"
    r"|is the author of|(?:regular|frequent) contributor|the views expressed|this (?:article|essay|piece) (?:is adapted|was first|first appeared)",
    re.IGNORECASE,
)
_ABOUT_AUTHOR = r"#{0,6}\s?[*_]{0,2}(?:about the (?:author|writer|contributor)s?|author(?:['’]s)? bio(?:graphy)?|(?:the )?author)[*_]{0,2}\s?:?"


def _fold(text: str) -> str:
    """Letters and digits alone, in lower case: how two spellings of a title are compared."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_given_title(text: str, context: Context) -> bool:
    return bool(context.title) and _fold(text) == context.title


def _is_headline(text: str, context: Context) -> bool:
    """A short first line without a final stop; a salutation ends in a comma, an interview begins with a speaker."""
    bare = text.strip("#*_= ")
    if not 2 <= len(bare) <= 160 or bare[-1] in ".,;:…" and not bare.endswith("...") or not any(map(str.isalpha, bare)):
        return False
    return not bare[0].islower() and _SPEAKER.match(bare) is None and len(split_sentences(bare)) <= 2


def _is_byline(text: str, context: Context) -> bool:
    """ "By ...", an agency, or the author as given; short, and no sentence."""
    if len(text) > 200:
        return False
    if context.authors and _fold(text) == context.authors:
        return True
    match = _BY.fullmatch(text)
    if match is not None:
        # "By Monday the Senate had voted." is a sentence.
        return not text.endswith((".", "!", "?")) or len(text) < 40 or bool(find_stamps(text))
    return _AGENCY.fullmatch(text) is not None


def _is_stamp(text: str, context: Context) -> bool:
    """Nothing but a date, with a label or a place before it."""
    return is_dated_line(text)


def _is_labelled_stamp(text: str, context: Context) -> bool:
    return len(text) < 160 and has_label(text) and is_dated_line(text)


def _is_biography(text: str, context: Context) -> bool:
    """The author's: says how to reach them, bears the author's name, or names somebody of whom the article is silent."""
    if text.startswith(("Read other articles by", "Read more articles by")) and len(text) < 200:
        return True
    italic = text[:1] in "*_" and len(text) < 400
    if any(_is_about_author(part, context) for part in (_split(text.strip("*_ ")) if italic else [text])):
        return True
    match = _IS_A.match(text)
    if match is None:
        return (
            re.match(r"[*_]{0,2}(?:The|This) (?:author|writer)s? (?:is|are|was|has|teaches|works)\b", text) is not None
        )
    name = match["name"].split()[-1].strip(".’'")
    if _CONTACT.search(text) is not None:
        return True
    return name.casefold() in context.authors or context.count(name) <= 1


def _split(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


def _is_about_author(text: str, context: Context) -> bool:
    """Begins with the full name of one whom the article is by, and goes on as a sentence."""
    name = _AUTHOR_FIRST.match(text)
    if name is None or " " not in name["name"]:
        return False
    return f" {_fold(name['name'])} " in f" {context.authors} "


def _is_quotation(text: str, context: Context) -> bool:
    """A block quote, or nothing but a quotation: its first mark closes at the end, or not in this paragraph."""
    if text.startswith(">"):
        return True
    bare = text.lstrip("*_ ")
    if bare[:1] not in '“"«„' or len(bare) < 3:
        return False
    closing = {"“": "”", '"': '"', "«": "»", "„": "“"}[bare[0]]
    at = bare.find(closing, 1)
    return at < 0 or not any(map(str.isalnum, bare[at:]))


_CHANNEL = r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|e-?mail|pinterest|telegram|instagram|youtube|google\+?)"
_FRIENDS = r"(?:(?:your |a )?friends?)"
_PIECE = r"(?:article|story|post|page|item)"
_NEWS_BY_MAIL = r"(?:newsletters?|mailing list|e-?mail|rss|feed|updates|alerts|podcast|channel)"

_SHARE = (
    rf"(?:(?:share|tweet|e-?mail|print|like|save|bookmark|rss|pdf|{_CHANNEL})(?: (?:this|it|us))?(?: {_PIECE})?"
    rf"(?: (?:(?:on|via|to|with|by) )?(?:{_CHANNEL}|{_FRIENDS}))?(?:[\s|/•·,&+:!.-]{{1,4}}|$)){{1,12}}"
    rf"|share (?:this|the) {_PIECE}\s?[:|].{{0,80}}"
)
_SUBSCRIBE = (
    rf"(?:please )?(?:subscribe|sign up)\b(?=.{{0,80}}\b{_NEWS_BY_MAIL}\b).{{0,160}}|(?:subscribe|sign up|log ?in|newsletter)[.!]?"
    rf"|(?:get|receive) (?:our|the) (?:free |daily |weekly ){{0,2}}newsletters?\b.{{0,80}}"
)
_COPYRIGHT = (
    r"copyright\s?(?:©|\(c\)|notice|\d{4}|:).{0,300}|(?:©|\(c\)\s)\s?.{0,200}|.{0,120}\ball rights reserved\b.{0,160}"
    r"|(?:this (?:work|article|text) is )?licen[sc]ed under (?:a |the )?creative commons.{0,200}"
    r"|.{0,60}may not be (?:published|reproduced)[, ].{0,160}(?:permission|redistributed).{0,60}"
)
_READ_MORE = (
    r"(?:[>»→*]\s?)?(?:read|see|find out|learn|view) (?:more|also|next|(?:the )?full (?:story|article|text))"
    r"(?:\s?[:>»→…-].{0,160}|\s?\.{3}| (?:about|on|at|from|in)\b[^.!?]{0,80})?"
    r"|continue reading\b[^.!?]{0,80}|click here\b[^!?]{0,120}|more from (?:this|our)\b[^.!?]{0,60}"
)
_RELATED = (
    r"#{0,6}\s?(?:related (?:articles?|stories|posts|content|coverage|links|reading)|related(?=:)|you (?:may|might) also"
    r" (?:like|be interested in)|recommended (?:for you|reading|articles)|most (?:read|popular|viewed)|trending(?: now)?"
    r"|also read|see also|don['’]t miss|editor['’]s picks?|more stories)(?:\s?:.{0,160}|\s.{0,140}(?<![.!?]))?"
)
_COOKIES = (
    r"(?:we|this (?:web ?)?site|our (?:web ?)?site|by (?:continuing|using)|to (?:give|provide) (?:you|the best))\b"
    r".{0,200}\bcookies?\b.{0,400}|(?:accept|reject|manage)(?: all)? cookies|cookie (?:policy|settings|preferences|notice)"
    r"|(?:privacy policy|terms (?:of (?:use|service)|and conditions))(?:[\s|•·/,&-]{1,5}.{0,80})?"
)
_FURNITURE = (
    r"advertise?ments?|sponsored(?: content)?|skip to (?:main )?(?:content|navigation)|scroll down.{0,60}|loading\.{0,3}"
    r"|(?:back|return) to (?:the )?(?:top|home(?: ?page)?)|home(?: ?page)? ?[|>»/] ?.{0,80}|permalink"
    r"|print(?:er)?[- ](?:friendly|version)(?: version)?|print this (?:page|article)|trackbacks?(?: url)?:?.{0,120}"
    r"|(?:story|article) continues (?:below|after).{0,40}|please (?:enable|turn on) javascript.{0,80}|jump to comments"
    r"|listen to this article.{0,40}|powered by [^.!?]{1,60}(?:\d[\d.]{0,8})?|\d{1,2} min(?:ute)?s? read|\d{1,4} (?:shares|likes|views)"
)
_FILING = (
    r"(?:(?:filed|posted|published|archived) (?:under|in)(?: sections?| categor(?:y|ies))?|categor(?:y|ies)|tags?"
    r"|tagged(?: with| as)?|keywords|direct link|short ?link|source url|url|permalink)\s?:\s?.{0,200}(?<![.!?])"
    r"|filed under [^.!?]{1,100}|posted in(?: [\w&]{1,20},?){1,4}"
)
_APPEAL = (
    r"(?:please )?(?:donate|support (?:us|our (?:work|journalism|reporting))|make a donation)(?: (?:now|today|here|to us))?[.!]?"
    rf"|(?:like|follow|find|join|connect with) us (?:on|via) {_CHANNEL}\b.{{0,100}}"
)
_PAGE_NUMBER = (
    r"page \d{1,4}(?: (?:of|/) \d{1,4})?|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,3} ?/ ?\d{1,3}"
    r"|(?:\d{2}/\d{2}/\d{4} )?[AES]/\d{1,3}/PV\.\d{1,3}(?: \d{2}/\d{2}/\d{4})?"
)

RULES: tuple[Rule, ...] = (
    Rule("link text", "stub", "any", lambda text, context: is_stub(text), "((Tinyurl))"),
    Rule("title as given", "title", "opening", _is_given_title, "Assembly votes on the mining law"),
    Rule("by whom", "byline", "opening", _is_byline, "By Ana Lucero and John Roe, Quito"),
    Rule("date at the top", "byline", "opening", _is_stamp, "Saturday, 4 April 2009"),
    Rule("headline", "title", "first", _is_headline, "Assembly Votes on the Mining Law"),
    Rule("date at the end", "byline", "closing", _is_stamp, "Caracas, 12 March 2009"),
    Rule("labelled date", "byline", "any", _is_labelled_stamp, "Publication date: January 31, 2013, 13:45"),
    Rule("separator", "boilerplate", "any", _whole(r"[-–—=_*~#•·\s]{3,}|\*"), "* * *"),
    Rule("share", "boilerplate", "any", _whole(_SHARE), "Share this article on Facebook"),
    Rule("subscribe", "boilerplate", "any", _whole(_SUBSCRIBE), "Subscribe to our weekly newsletter!"),
    Rule("copyright", "boilerplate", "any", _whole(_COPYRIGHT), "© 2009 The Andean Review. All rights reserved."),
    Rule("read more", "boilerplate", "any", _whole(_READ_MORE), "Read more: Five things to know"),
    Rule("related", "boilerplate", "any", _whole(_RELATED), "Related articles"),
    Rule("cookies", "boilerplate", "any", _whole(_COOKIES), "This site uses cookies to improve your experience."),
    Rule("page furniture", "boilerplate", "any", _whole(_FURNITURE), "Advertisement"),
    Rule("filing", "boilerplate", "any", _whole(_FILING), "Filed under: Ecuador, Mining"),
    Rule("appeal", "boilerplate", "any", _whole(_APPEAL), "Follow us on Twitter and Facebook"),
    Rule("page number", "boilerplate", "any", _whole(_PAGE_NUMBER), "Page 3 of 7"),
    Rule("about the author", "bio", "last", _whole(_ABOUT_AUTHOR), "About the author"),
    Rule("biography", "bio", "last", _is_biography, "Ana Lucero is a journalist in Quito. Follow her on Twitter."),
    Rule("quotation", "quote", "any", _is_quotation, "“We shall not sign the contract.”", sys.maxsize),
)


def find_zones(article: Article, blocks: Sequence[Span]) -> list[Zone]:
    """Name the zone of each block of an article's text.

    Everything from the heading of a comment section on is a comment. The rules for any place come first; what they
    leave is judged by those for its place: the opening, the first block, the closing, the last.

    Returns:
        As many zones as blocks, in their order.
    """
    texts = [strip_stubs(" ".join(article.text[start:end].split())) for start, end in blocks]
    end = find_comments(texts)
    context = _make_context(article)
    zones: list[Zone] = [_apply(text, context, "any") or "body" for text in texts[:end]]
    content = [index for index, zone in enumerate(zones) if zone in ("body", "quote")]
    for index in _find_opening(texts, content):
        first = index == content[0] and len(content) > 1
        zones[index] = _apply(texts[index], context, "opening", *(["first"] if first else [])) or zones[index]
    bylines = " ".join(_fold(text) for text, zone in zip(texts, zones, strict=False) if zone == "byline")
    context = context._replace(authors=f"{context.authors} {bylines}")
    content = [index for index in content if zones[index] in ("body", "quote")]
    for index in content[-_CLOSING:]:
        zones[index] = _apply(texts[index], context, "closing") or zones[index]
    _mark_biography(texts, zones, [index for index in content if zones[index] == "body"], context)
    return [*zones, *(["comment"] * (len(texts) - end))]


def _make_context(article: Article) -> Context:
    author = article.metadata.get("author")
    authors = _fold(" ".join(map(str, author)) if isinstance(author, list) else str(author or ""))
    return Context(title=_fold(article.title or ""), authors=authors, count=article.text.count)


def _apply(text: str, context: Context, *places: Place) -> Zone | None:
    for rule in RULES:
        if rule.place in places and len(text) <= rule.longest and rule.applies(text, context):
            return rule.zone
    return None


def _find_opening(texts: Sequence[str], content: Sequence[int]) -> list[int]:
    """Give the content blocks before the second one of running text: a title and byline stand nowhere else."""
    opening: list[int] = []
    prose = 0
    for index in content[:_OPENING]:
        opening.append(index)
        prose += len(texts[index]) >= _PROSE and texts[index].rstrip("\"'”’)").endswith((".", "!", "?"))
        if prose == 2:
            break
    return opening


def _mark_biography(texts: Sequence[str], zones: list[Zone], body: Sequence[int], context: Context) -> None:
    """Mark the author's biography: among the last blocks, with all that follows it; never the only running text."""
    for index in body[-_LAST:]:
        if index != body[0] and _apply(texts[index], context, "last") == "bio":
            for following in body:
                if following >= index:
                    zones[following] = "bio"
            return
