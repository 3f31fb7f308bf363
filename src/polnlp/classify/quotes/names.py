"""Names found by their capitals, for texts of which no names are given, and what a name tells about who bears it."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from polnlp.classify.words import word_set

_CAPITAL = r"(?:[A-ZÀ-ÖØ-ÞŁŚŠŽČĆĐ][^\W\d_]*(?:[’'-][A-ZÀ-ÖØ-Þ]?[^\W\d_]+)*|(?:[A-Z]\.)+)"
_LINK = r"(?:of|for|de|del|della|di|da|do|dos|la|al|el|bin|ibn|von|van|der|den|and)"
_LINKS = word_set("of for de del della di da do dos la al el bin ibn von van der den and")
_NAME = re.compile(
    rf"{_CAPITAL}(?:[’']?[ ]{_CAPITAL}|(?:[ ]{_LINK}){{1,2}}(?:[ ](?:the|la|los|las))?(?=[ ]{_CAPITAL}))*"
)
_SPLITTING = re.compile(r"[ ](?:of|for|and)[ ](?:the[ ])?")
# Capitalised at a sentence's start without being a name, or names of no one.
_COMMON = word_set(
    "a about above according across after again against ago all almost already also although always among "
    "an and another any anyone are as asked at back because before behind being below besides between "
    "beyond both but by can critics clearly could despite did do does during each earlier early either even "
    "every everyone everything experts few finally first following for former from further furthermore "
    "given government had has have he her here hers him his how however i if in indeed inside instead is it "
    "its just last late later like many maybe meanwhile more moreover most much my neither never "
    "nevertheless next no nobody none nor not nothing now of officials often on once one only opponents or "
    "other others our out over own perhaps people rather recently same second several shall she should "
    "similarly since so some soon speaking still such supporters than thank thanks that the their them then "
    "there therefore these they this those though three through thus to today together tomorrow tonight too "
    "two under unlike unless until upon us very voters was we were what when where whereas whether which "
    "while who whom whose why will with within without would yes yesterday yet you your asked added "
    "analysts announcing asking arguing calling citing observers police residents speaking witnesses "
    "workers let let's it's he's she's they're we're that's there's i'm don't question answer q"
)
_NO_ONE = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december christmas easter god"
)
TITLES = word_set(
    "president prime minister vice deputy chancellor premier senator congressman congresswoman "
    "representative governor mayor secretary general ambassador king queen prince princess judge justice "
    "professor dr mr mrs ms miss sir lord lady dame chairman chairwoman chair chief leader former acting "
    "interim foreign defence defense finance interior captain colonel lieutenant major sergeant archbishop "
    "bishop cardinal pope father sister rabbi imam sheikh reverend speaker commissioner comrade mr. mrs. "
    "ms. dr. sen. rep. gov. gen. col. lt. capt. prof. rev. hon. don doña señor attorney excellency"
)
_FEMALETITLES = word_set("mrs ms miss lady dame queen princess congresswoman chairwoman mrs. ms. señora doña sister")
_MALETITLES = word_set("mr mr. sir lord king prince congressman chairman father pope cardinal archbishop imam señor")
_FEMALE = word_set(
    "abigail alejandra alexandra alice amanda amy ana andrea angela anita ann anna anne annie barbara "
    "beatriz beth betty carla carmen carol carolina caroline catherine charlotte christina christine claire "
    "claudia condoleezza cristina daniela deborah diana diane dilma dorothy elena eleanor elisa elisabeth "
    "elizabeth ellen emily emma erika ester esther eva evelyn federica fatima frances francesca gabriela "
    "gina giorgia gloria grace hannah helen hillary ida indira ingrid irene isabel jacinda jane janet jean "
    "jeanine jennifer jessica joan joanna jo josephine joyce judith julia julie kamala karen kate katherine "
    "kathleen kim kirsten laura leila leni lina linda lisa louise lucia lucy luisa lynn madeleine maggie "
    "manuela margaret maria marie marina marine mary megan melania mercedes mette michelle mireya monica "
    "nadia nancy natalia nicola nina nora olga olivia pamela patricia paula pauline rachel rebecca "
    "rigoberta rita rosa rosario ruth samantha sandra sara sarah sheikha simone sofia sonia sophie "
    "stephanie susan sylvia tamara teresa theresa tulsi ursula valerie vera veronica victoria violeta "
    "virginia xiomara yulia yvonne"
)
_MALE = word_set(
    "abdul adam ahmed alan albert alberto alejandro alex alexander alexei alfonso ali alvaro andrei andres "
    "andrew angel anthony antonio antónio arnold arthur barack ben benjamin bernard bernie bill bob boris "
    "brian bruce carlos charles chris christopher chuck dan daniel david dean dennis diego dmitry dominique "
    "donald douglas edward emmanuel enrique eric ernesto evo felipe fernando fidel francis francisco "
    "francois françois frank franklin fred gabriel gary george gerald gerhard gordon greg gustavo harold "
    "harry hassan henry hugo ibrahim igor ivan jack jacob jaime jair jake james jason javier jeff jeremy "
    "jerry jesus jim jimmy joe joel john jonathan jorge jose josé joseph juan julian justin karl keith ken "
    "kenneth kevin kofi larry lenin leonardo luis lula manuel manual marco mark martin matteo matthew "
    "mauricio max michael michel miguel mike mikhail mitch mohamed mohammed nayib nelson nicolas nicolás "
    "nigel noam oscar pablo patrick paul pedro pete peter philip pierre rafael ralph ramon raul ray recep "
    "ricardo richard robert roberto rodrigo roger ron ronald rudy sam scott sebastian sergei sergey silvio "
    "simon stephen steve steven ted thomas tim tom tony vaclav vicente victor viktor vladimir volodymyr "
    "walter william winston xavier yasser"
)
_BODIES = word_set(
    "party union council ministry court committee commission congress parliament senate assembly government "
    "army police organization organisation federation confederation front movement alliance league "
    "association bank group company university institute department agency office nations states kingdom "
    "republic republicans democrats conservatives socialists liberals greens labour church house party's "
    "press times post news herald journal tribune guardian network foundation international fund bureau "
    "board administration brotherhood coalition society centre center"
)

Span = tuple[int, int]


def find_names(text: str) -> list[Span]:
    """Find runs of capitalised words that may name someone; titles before a name and days of the week are left out."""
    found = []
    for match in _NAME.finditer(text):
        for start, end in _split_links(text, match.start(), match.end()):
            span = _trim(text, start, end)
            if span is not None:
                found.append(span)
    return found


def _split_links(text: str, start: int, end: int) -> list[Span]:
    """Part "Jakaya Kikwete of Tanzania"; a body keeps its links ("Movement for Socialism", "Bank of England")."""
    pieces = []
    for link in _SPLITTING.finditer(text, start, end):
        if not any(word.lower() in _BODIES for word in text[start : link.start()].split()):
            pieces.append((start, link.start()))
            start = link.end()
    return [*pieces, (start, end)]


def _trim(text: str, start: int, end: int) -> Span | None:
    """Take common words and titles off a name's front, and a possessive off its end; ``None`` if no name is left."""
    if text[max(end - 2, 0) : end] in ("'s", "’s"):
        end -= 2
    words = [(match.start() + start, match[0]) for match in re.finditer(r"\S+", text[start:end])]
    while words and _is_droppable(words[0][1].replace("’", "'"), words[1][1].lower() if len(words) > 1 else ""):
        words.pop(0)
    while words and words[-1][1].lower() in _NO_ONE:
        end = words.pop()[0]
    if not words:
        return None
    end = min(end, words[-1][0] + len(words[-1][1]))
    return (words[0][0], end)


def _is_droppable(word: str, following: str) -> bool:
    """Tell whether a word before a name is no part of it; "Foreign Ministry" keeps its first word."""
    lower = word.lower()
    if lower in TITLES:
        return following not in _BODIES
    return lower in _COMMON or lower in _NO_ONE or word in _LINKS


def merge_names(given: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """Join given names with found ones that overlap none of them; sorted, not overlapping."""
    kept: list[Span] = []
    for start, end in sorted(set(given), key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    starts = [start for start, _ in kept]
    free = []
    for start, end in found:
        at = bisect_right(starts, start) - 1
        clear_left = at < 0 or kept[at][1] <= start
        clear_right = at + 1 >= len(kept) or kept[at + 1][0] >= end
        if clear_left and clear_right:
            free.append((start, end))
    return sorted([*kept, *free])


def guess_gender(text: str, start: int, end: int) -> str:
    """Guess ``"she"`` or ``"he"`` from a name's first name or the title before it; ``"it"`` for bodies; else ``""``."""
    words = text[start:end].lower().replace(".", "").split()
    if any(word in _BODIES for word in words) or (text[start:end].isupper() and end - start > 1):
        return "it"
    before = text[max(0, start - 20) : start].lower().split()
    title = before[-1] if before else ""
    if title in _FEMALETITLES or words[0] in _FEMALE:
        return "she"
    if title in _MALETITLES or words[0] in _MALE:
        return "he"
    return ""
