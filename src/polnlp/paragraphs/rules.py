"""The rules that name a paragraph's zone, in one table: ``RULES``.

The first that applies names the zone; a block that none applies to is body. They are conservative: what is wrongly left
out of the body is lost to every later stage.
"""

import re
import sys
from collections.abc import Callable
from typing import Literal, NamedTuple

from polnlp.articles.dating import is_dated_line
from polnlp.articles.stamps import find_stamps, has_label
from polnlp.paragraphs import phrases
from polnlp.paragraphs.stubs import is_stub
from polnlp.schema import Zone
from polnlp.sentences import split_sentences

Place = Literal["first", "opening", "closing", "last", "any"]


class Context(NamedTuple):
    """What a rule may know of the article.

    Attributes:
        title: As given, folded.
        authors: As given or by byline, folded.
        count: Tells how often the article holds a word.
    """

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
    rf"(?:[*_|]{{1,2}}\s?)?(?:By|BY|by|Por|POR|(?:Written|Posted|Reported|Text|Story|Reporting|Analysis|Opinion"
    rf"|Commentary) by:?)\s"
    rf"{_NAME}(?:,?\s(?:and|with|y|&)\s{_NAME}|,\s{_NAME}){{0,5}}(?:\s?[,|•·–—-].{{0,100}}|\s(?:in|for|at"
    rf"|on)\s.{{1,80}})?"
)
_AGENCY = re.compile(
    r"(?:[A-ZÀ-Þ][\w.’' -]{1,40}[,/]?\s)?\(?(?:AFP|AP|Reuters|EFE|ANSA|DPA|TASS|UPI|IPS|Xinhua|Prensa Latina)\)?"
)
_OCCUPATION = (
    r"(?:student|graduate|undergraduate|professor|lecturer|scholar|fellow|researcher|academic|historian|economist"
    r"|sociologist"
    r"|anthropologist|political scientist|candidate in|ph\.?d|doctoral|writer|journalist|reporter|correspondent"
    r"|columnist|editor"
    r"|author|essayist|novelist|poet|translator|blogger|contributor|commentator|analyst|activist|organi[sz]er"
    r"|attorney|lawyer"
    r"|teacher|filmmaker|photographer|freelance|director of|member of the editorial)"
)
_IS_A = re.compile(
    rf"[*_—–-]{{0,2}}\s?(?P<name>(?:(?:Dr|Prof|Professor|Mr|Ms|Mrs)\.?\s)?{_NAME})(?:,\s[^,.]{{1,60}},)?[*_]{{0,2}}\s"
    rf"(?:is|was|works as|has been|teaches|writes|reports|blogs|lives)\s(?=.{{0,120}}?\b{_OCCUPATION}|(?:for|about"
    rf"|at|in|on|from)\s)",
)
_AUTHOR_FIRST = re.compile(rf"[*_—–-]{{0,2}}\s?(?P<name>{_NAME})(?:,\s[^,.]{{1,80}},)?[*_]{{0,2}}\s[a-z]")
_CONTACT = re.compile(
    r"read (?:other|more) (?:articles|posts|columns|stories|work|pieces) by|(?:can|may) be (?:reached|contacted"
    r"|followed|found) (?:at|on|via|by|through)"
    r"|follow (?:him|her|them|[A-Z]\w+) (?:on|at)\b|@\w{2,30}\b|\b[\w.+-]{1,40}@[\w-]{1,40}\.\w{2,}|visit (?:his"
    r"|her|their|\w+['’]s) (?:web ?site|blog|page)"
    r"|(?:his|her|their) (?:latest|newest|most recent|new|first|forthcoming|web ?site|blog|books?|work|writing)\b"
    r"|(?:he|she|they) (?:encourages? you|blogs?|tweets?|is the author|is currently|lives in|teaches|writes|can be)"
    r"|is the author of|(?:regular|frequent) contributor|the views expressed|this (?:article|essay"
    r"|piece) (?:is adapted|was first|first appeared)",
    re.IGNORECASE,
)
_ABOUT_AUTHOR = (
    r"#{0,6}\s?[*_]{0,2}(?:about the (?:author|writer|contributor)s?|author(?:['’]s)? bio(?:graphy)?"
    r"|(?:the )?author)[*_]{0,2}\s?:?"
)


def fold(text: str) -> str:
    """Letters and digits alone, in lower case: how two spellings of a title are compared."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _is_given_title(text: str, context: Context) -> bool:
    return bool(context.title) and fold(text) == context.title


def _is_headline(text: str, context: Context) -> bool:
    """A short first line without a final stop; a salutation ends in a comma, an interview begins with a speaker."""
    bare = text.strip("#*_= ")
    if (
        not 2 <= len(bare) <= 160
        or (bare[-1] in ".,;:…" and not bare.endswith("..."))
        or not any(map(str.isalpha, bare))
    ):
        return False
    return not bare[0].islower() and _SPEAKER.match(bare) is None and len(split_sentences(bare)) <= 2


def _is_byline(text: str, context: Context) -> bool:
    """Whom the article is by: "By ...", an agency, or the author as given; short, and no sentence."""
    if len(text) > 200:
        return False
    if context.authors and fold(text) == context.authors:
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
    """The author's: says how to reach them, bears their name, or names somebody of whom the article is silent."""
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
    return f" {fold(name['name'])} " in f" {context.authors} "


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


RULES: tuple[Rule, ...] = (
    Rule("link text", "stub", "any", lambda text, context: is_stub(text), "((Tinyurl))"),
    Rule("title as given", "title", "opening", _is_given_title, "Assembly votes on the mining law"),
    Rule("by whom", "byline", "opening", _is_byline, "By Ana Lucero and John Roe, Quito"),
    Rule("date at the top", "byline", "opening", _is_stamp, "Saturday, 4 April 2009"),
    Rule("headline", "title", "first", _is_headline, "Assembly Votes on the Mining Law"),
    Rule("date at the end", "byline", "closing", _is_stamp, "Caracas, 12 March 2009"),
    Rule("labelled date", "byline", "any", _is_labelled_stamp, "Publication date: January 31, 2013, 13:45"),
    Rule("separator", "boilerplate", "any", _whole(r"[-–—=_*~#•·\s]{3,}|\*"), "* * *"),
    Rule("share", "boilerplate", "any", _whole(phrases.SHARE), "Share this article on Facebook"),
    Rule("subscribe", "boilerplate", "any", _whole(phrases.SUBSCRIBE), "Subscribe to our weekly newsletter!"),
    Rule(
        "copyright", "boilerplate", "any", _whole(phrases.COPYRIGHT), "© 2009 The Andean Review. All rights reserved."
    ),
    Rule("read more", "boilerplate", "any", _whole(phrases.READ_MORE), "Read more: Five things to know"),
    Rule("related", "boilerplate", "any", _whole(phrases.RELATED), "Related articles"),
    Rule(
        "cookies", "boilerplate", "any", _whole(phrases.COOKIES), "This site uses cookies to improve your experience."
    ),
    Rule("page furniture", "boilerplate", "any", _whole(phrases.FURNITURE), "Advertisement"),
    Rule("filing", "boilerplate", "any", _whole(phrases.FILING), "Filed under: Ecuador, Mining"),
    Rule("appeal", "boilerplate", "any", _whole(phrases.APPEAL), "Follow us on Twitter and Facebook"),
    Rule("page number", "boilerplate", "any", _whole(phrases.PAGE_NUMBER), "Page 3 of 7"),
    Rule("about the author", "bio", "last", _whole(_ABOUT_AUTHOR), "About the author"),
    Rule("biography", "bio", "last", _is_biography, "Ana Lucero is a journalist in Quito. Follow her on Twitter."),
    Rule("quotation", "quote", "any", _is_quotation, "“We shall not sign the contract.”", sys.maxsize),
)
