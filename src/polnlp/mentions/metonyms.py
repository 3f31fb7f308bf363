"""Capitals that stand for their governments: "Washington warned", "contingent on Moscow", "Tehran's nuclear plans".

A capital is the city that it is, but where the words around it say that it acts, speaks, is dealt with or opposed as a
state is. Where a tagger took it for the country, it is the city again where one is in it, goes there or writes from it.
Only an article that names another country speaks of states.
"""

import re
from collections.abc import Sequence

import msgspec

from polnlp.kb.names import fold_name
from polnlp.schema import Label, Mention

# A capital that an article names as an actor stands for its country; later years may need another.
# fmt: off
CAPITALS = {
    "washington": "USA", "moscow": "RUS SUN", "beijing": "CHN", "peking": "CHN", "london": "GBR", "paris": "FRA",
    "berlin": "DEU", "bonn": "DEW", "tehran": "IRN", "pyongyang": "PRK", "seoul": "KOR", "tokyo": "JPN",
    "new delhi": "IND", "delhi": "IND", "islamabad": "PAK", "kabul": "AFG", "baghdad": "IRQ", "damascus": "SYR",
    "ankara": "TUR", "jerusalem": "ISR", "tel aviv": "ISR", "cairo": "EGY", "riyadh": "SAU", "kyiv": "UKR",
    "kiev": "UKR", "caracas": "VEN", "bogota": "COL", "havana": "CUB", "quito": "ECU", "la paz": "BOL",
    "brasilia": "BRA", "buenos aires": "ARG", "ottawa": "CAN", "canberra": "AUS", "rome": "ITA", "madrid": "ESP",
    "lisbon": "PRT", "athens": "GRC", "warsaw": "POL", "budapest": "HUN", "belgrade": "SRB YUG", "pretoria": "ZAF",
    "taipei": "TWN", "hanoi": "VNM", "dublin": "IRL", "vienna": "AUT", "minsk": "BLR", "tbilisi": "GEO",
    "khartoum": "SDN", "addis ababa": "ETH", "tripoli": "LBY", "prague": "CZE CSK", "bucharest": "ROU",
    "zagreb": "HRV", "sarajevo": "BIH", "skopje": "MKD", "pristina": "XKX", "oslo": "NOR", "stockholm": "SWE",
    "helsinki": "FIN", "copenhagen": "DNK", "the hague": "NLD", "vilnius": "LTU", "riga": "LVA", "tallinn": "EST",
    "chisinau": "MDA", "yerevan": "ARM", "baku": "AZE", "astana": "KAZ", "tashkent": "UZB", "amman": "JOR",
    "beirut": "LBN", "doha": "QAT", "abu dhabi": "ARE", "algiers": "DZA", "rabat": "MAR", "tunis": "TUN",
    "nairobi": "KEN", "kampala": "UGA", "kigali": "RWA", "kinshasa": "COD", "luanda": "AGO", "harare": "ZWE",
    "lusaka": "ZMB", "abuja": "NGA", "accra": "GHA", "asmara": "ERI", "mogadishu": "SOM", "juba": "SSD",
    "lima": "PER", "managua": "NIC", "asuncion": "PRY", "montevideo": "URY", "santo domingo": "DOM", "manila": "PHL",
    "jakarta": "IDN", "bangkok": "THA", "dhaka": "BGD", "kathmandu": "NPL", "colombo": "LKA", "ulaanbaatar": "MNG",
}
# fmt: on
_REACH = 60  # characters looked at on either side
_NAME = r"(?:[A-Z]\w+(?:\s[A-Z]\w+)?)"

# What governments do; a city that "grew" or "was hit by snow" does not.
_VERBS = (
    r"(?:sa(?:id|ys)|told|tells|warn|want|insist|accus|refus|den(?:y|ied|ies)|reject|(?:dis)?agree[sd]?\b|oppos|support|back(?:s|ed|ing)\b"
    r"|demand|urg|condemn|critici[sz]|recogni[sz]|announc|threat|impos|lift(?:s|ed)\b|hop(?:es|ed)\b|fear|believ|argu|claim"
    r"|call(?:s|ed)\s(?:for|on|the|it)|respon|react|retaliat|negotiat(?:e|es|ed|ing)\b|sign(?:s|ed)\b|ratif|pledg|promis|propos|offer|sen(?:t|ds)\b"
    r"|deploy|withdr|interven|interfer|meddl|favou?r|se(?:eks|ek|es)\b|sought|prefer|financ|fund(?:s|ed)\b|expel|recall|summon"
    r"|welcom|prais|regard|vow|plan(?:s|ned)\b|inten[dt]|decid|tr(?:ies|ied)\b|conced|complain|grumbl|boycott|veto"
    r"|push(?:es|ed)\b|press(?:es|ed)\b|blam|trust|expect|know|kn[eo]w|understand|worr|suspect|consider|acknowledg|admit|dismiss|hint|signal"
    r"|protest(?:s|ed)\b|break|broke|cut\b|cuts\b|freez|froze|abandon|tolerat|accept|encourag|provok|share[sd]?\s(?:the|its|this)"
    r"|cooperat|continu|maintain|keeps?\b|need(?:s|ed)?\b|look(?:s|ed)\s(?:on|to|away)|has\s(?:no\s)?(?:cause|reason|interest)"
    r"|hold(?:s)?\sthe|play(?:s|ed)\b|pursu|mediat|carr(?:y|ies|ied)\son|stay(?:s|ed)\s(?:silent|out|away|neutral)"
    r"|(?:ready|willing|prepared|reluctant|concerned|determined|eager|keen|anxious|nervous|silent|amused|furious|angry"
    r"|alarmed|worried|pleased|right|wrong)\b)"
)
_HELPERS = (
    r"(?:(?:has|have|had|is|was|are|were|will|would|does|did|do|can|could|may|might|must|should|not|never|also|still|now"
    r"|no\slonger|soon|long|already|repeatedly|less|more|very|been|being|both|again|only|even|then|once|yet|\w+ly|to)\s){0,4}"
)
_ACTS = re.compile(rf"(?:,[^,.;]{{1,40}},)?(?:\s(?:and|or)\s{_NAME})?\s{_HELPERS}{_VERBS}")
# What governments have.
_THINGS = (
    r"(?:polic(?:y|ies)|ambitions?|proposals?|troops|soldiers|forces|all(?:y|ies)|support|arsenal|influence|interests?|demands?"
    r"|decision|position|stance|response|reaction|refusal|claims?|plans?|strategy|aggression|intervention|interference"
    r"|meddling|role|attempts?|efforts?|offer|threats?|sanctions|nuclear|missiles?|military|foreign|envoys?|ambassadors?|relations"
    r"|relationship|ties|wars?|backing|blessing|consent|approval|permission|friends|enem(?:y|ies)|hostility|pressure|puppets?"
    r"|lackeys?|concerns?|objections?|views?|intentions?|commitments?|diploma\w+|leadership|rulers|propaganda|orders|allegations?"
    r"|accusations?|declarations?|denials?|recognition|veto|aid|help|hand|grip|illegal|regime|government|insistence|failure|willingness|hopes)"
)
_OWNS = re.compile(rf"['’]s?\s(?:[\w-]+\s){{0,2}}?{_THINGS}\b")
_COMPOUND = re.compile(
    r"\s(?:leadership|regime|government|administration|authorities|junta)\b|[-‐–](?:backed|led|sponsored|funded|financed|friendly|imposed|supported|controlled|aligned|dominated|appointed|run|brokered"
    r"|mediated|ordered|dictated|inspired|driven|leaning|installed|trained|armed|supplied)\b"
)
_BETWEEN = (
    r"(?:relations?(?:hip)?|ties|talks|negotiations|dialogue|alliance|co-?operation|agreements?|pact|treat(?:y|ies)|deals?|disputes?"
    r"|conflicts?|tensions?|rapprochement|contacts?|rift|standoff|stand-off|d[ée]tente|partnership|friendship|rows?|rivalry"
    r"|confrontation|engagement|trade|quarrels?|understanding|clash(?:es)?|differences|summits?)"
)
_FROM = (
    r"(?:pressure|orders?|support|backing|aid|instructions?|signals?|proposals?|help|money|funding|independence|independent|threats?"
    r"|criticism|approval|permission|recognition|concessions?|assurances?|guarantees?|response|statements?|weapons|arms|autonomy)"
)
_TO = (
    r"(?:loyal|hostile|subservient|opposed|opposition|submission|subordinate|allied|close|closer|friendly|sympathetic|beholden"
    r"|obedient|answerable|resistance|alternative|ambassador|envoy|threats?|challenge|message|warning|appeal|response|answer"
    r"|concessions|overtures|assistance|aid|sales|exports|bow(?:s|ed|ing)?|submit(?:s|ted)?|yield(?:s|ed)?|turn(?:s|ed)?|appeal(?:s|ed)?)"
)
_BY = (
    r"(?:opposed|backed|supported|financed|funded|armed|sponsored|imposed|dictated|ordered|controlled|dominated|rejected|approved"
    r"|accepted|recogni[sz]ed|condemned|encouraged|orchestrated|directed|manipulated|trained|blessed|demanded|favou?red"
    r"|brokered|proposed|threatened|initiated|engineered|possessed|held)"
)
_DONE_TO = (
    r"(?:urg(?:e|es|ed|ing)|tells?|told|accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)|warn(?:s|ed|ing)?|press(?:es|ed|ing)?|asks?|asked"
    r"|persuad(?:e|es|ed)|convinced?|critici[sz](?:e|es|ed|ing)|denounc(?:e|es|ed|ing)|def(?:y|ies|ied|ying)|provok(?:e|es|ed|ing)|anger(?:s|ed)?"
    r"|irritat(?:e|es|ed)|alarm(?:s|ed)?|infuriat(?:e|es|ed)|antagoni[sz](?:e|es|ed)|confront(?:s|ed|ing)?|appeas(?:e|es|ed|ing)|please[sd]?"
    r"|reassur(?:e|es|ed)|oppos(?:e|es|ed|ing)|(?:dis|mis)?trust(?:s|ed)?|challeng(?:e|es|ed|ing)|embarrass(?:es|ed)?|isolat(?:e|es|ed|ing)|upset"
    r"|than|allow(?:s|ed|ing)?|let|lets|force[sd]?|forcing)"
)
_DEALT_WITH = re.compile(
    rf"(?:\b(?i:{_BETWEEN})(?:\s\w+)?\s(?:with|between)\s(?:both\s)?(?:{_NAME}(?:,\s{_NAME}){{0,3}},?\s(?:and\s)?)?"
    r"|\b(?:contingent|depend\w*|reli(?:ant|es|ed)|rely(?:ing)?|pressure|leverage|impose[sd]?|dependence|policy|stance|line|sanctions)"
    r"\s(?:\w+\s)?(?:on|upon|toward|towards)\s"
    rf"|\b(?i:{_FROM})\sfrom\s|\b(?i:{_TO})\s(?:\w+\s)?to\s|\b{_BY}\sby\s|\b{_DONE_TO}\s|\b(?:intrigue[sd]?|stand(?:s|ing)?|stood|side[sd]?"
    r"|ally|allied|aligned?|deal(?:s|ing)?|dealt|negotiat(?:e|es|ed|ing)|cooperat(?:e|es|ed|ing)|work(?:s|ed|ing)?)\s(?:\w+\s){0,3}(?:against|with)\s"
    r")$"
)
_SIDES = re.compile(r"(?<![\w-])(?:[Pp]ro|[Aa]nti)[-‐]$")
_PREPOSITION = re.compile(r"\b(?:from|of|to|with|by|for|on|about|towards?)\s$")
_IN_IT = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|throughout|via|into|outside|beyond|leav(?:e|es|ing)|left|visit(?:s|ed|ing)?|reach(?:es|ed)?"
    r"|streets\sof|city\sof|mayor\sof|capital,?|(?:fl(?:y|ies|ew|own|ying)|travel\w*|trips?|journeys?|visits?|return\w*|went|goes?|came?|come"
    r"|flights?|arriv\w+|mov\w+|drove|driv\w+|bring|brought|invited|welcome(?:d)?)\s(?:\w+\s){0,2}(?:to|in|at|from))\s(?:downtown\s|central\s|East\s|West\s)?$"
)
_DATELINE = re.compile(
    r"\s?\((?:AP|Reuters|AFP|UPI|[A-Z]\w+)\)\s?[-–—]|,?\s(?:\d{1,2}\s\w+|[A-Z][a-z]{2,8}\.?\s\d{1,2})[^.]{0,12}[-–—(]|\s?[–—]\s?[A-Z]"
)
_PLACE: frozenset[Label] = frozenset({"COUNTRY", "REGION"})


def mark_metonyms(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Label capitals by what they stand for: ``COUNTRY`` for a government, ``REGION`` for the city.

    Args:
        text: The article's.
        mentions: Of the article, ordered by start.

    Returns:
        The same mentions in the same order; a capital of whose use the text says nothing keeps its label.
    """
    abroad = any(mention.label == "COUNTRY" and not is_capital(mention.text) for mention in mentions)
    people = {mention.text.split()[-1] for mention in mentions if mention.label in ("LEADER", "PERSON")}
    read: list[Mention] = []
    for mention in mentions:
        label = mention.label
        if label in _PLACE and is_capital(mention.text) and mention.text not in people:  # "Valeska Paris" is none
            label = _read_capital(text, mention, read[-1] if read else None, abroad)
        read.append(mention if label == mention.label else msgspec.structs.replace(mention, label=label))
    return read


def is_capital(surface: str) -> bool:
    """Tell whether a surface form is the bare name of a capital that may stand for its country."""
    return fold_name(surface) in CAPITALS


def _read_capital(text: str, mention: Mention, last: Mention | None, abroad: bool) -> Label:
    before = text[max(0, mention.start - _REACH) : mention.start].rpartition("\n")[2]
    after = text[mention.end : mention.end + _REACH].partition("\n")[0]
    if _IN_IT.search(before) or (not before.strip() and _DATELINE.match(after)):
        return "REGION"
    if _COMPOUND.match(after) or _SIDES.search(before):
        return "COUNTRY"
    if not abroad:
        return mention.label
    acts = _ACTS.match(after) and not _PREPOSITION.search(before)  # "a man from Moscow proposes"
    if acts or _OWNS.match(after) or _DEALT_WITH.search(before):
        return "COUNTRY"
    beside = last is not None and last.label == "COUNTRY" and text[last.end : mention.start] in (" and ", " or ", ", ")
    return "COUNTRY" if beside and last is not None and is_capital(last.text) else mention.label
