"""The words by which ``similarity`` tells one thing from another of nearly the same name."""

# fmt: off
SMALL = frozenset(
    [
        "of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "la", "del", "los", "las", "el", "y", "e", "da",
        "do", "dos", "das", "du", "des", "et", "und", "van", "von", "der", "di",
    ]
)
# Words that make another thing of what they stand before or behind.
TURNING = frozenset(
    [
        "north", "south", "east", "west", "new", "old", "northern", "southern", "eastern", "western", "upper",
        "lower", "central", "greater", "anti", "pro", "non", "vice", "deputy", "ex", "former", "university",
        "college", "school", "institute", "hospital", "airport", "stadium", "street", "party", "youth", "national",
        "international",
    ]
)
# A company's or body's name with one of these is a part of it: "Sony Pictures", "Ford Australia".
UNITS = frozenset(
    [
        "pictures", "entertainment", "games", "studios", "mobile", "electronics", "records", "music", "news", "sports",
        "television", "tv", "radio", "foundation", "orchestra", "europe", "asia", "africa", "america", "americas",
        "australia", "canada", "china", "india", "japan", "russia", "usa", "uk",
    ]
)
COMPASS = ("north", "south", "east", "west")
NICKNAMES = {
    frozenset(pair.split("/"))
    for pair in [
        "bill/william", "bob/robert", "bobby/robert", "jim/james", "jimmy/james", "joe/joseph", "mike/michael",
        "tony/anthony", "tom/thomas", "ted/edward", "ed/edward", "dick/richard", "rick/richard", "chuck/charles",
        "charlie/charles", "dan/daniel", "dave/david", "steve/stephen", "steve/steven", "chris/christopher",
        "matt/matthew", "greg/gregory", "jeff/jeffrey", "ken/kenneth", "larry/lawrence", "nick/nicholas",
        "pat/patrick", "ron/ronald", "sam/samuel", "tim/timothy", "al/albert", "al/alan", "andy/andrew",
        "ben/benjamin", "don/donald", "fred/frederick", "jack/john", "jerry/gerald", "jon/jonathan", "kate/katherine",
        "liz/elizabeth", "maggie/margaret", "meg/margaret", "pete/peter", "rob/robert", "sue/susan", "vince/vincent",
        "walt/walter", "will/william", "alex/alexander", "abe/abraham", "gerry/gerald", "harry/harold", "hank/henry",
        "marty/martin", "mitch/mitchell", "newt/newton", "phil/philip", "ray/raymond", "rudy/rudolph",
        "sandy/alexander", "stan/stanley", "terry/terence", "theo/theodore", "wes/wesley", "zach/zachary",
        "debbie/deborah", "cathy/catherine", "kathy/katherine", "jenny/jennifer", "becky/rebecca", "sandra/sandy",
        "beth/elizabeth", "betsy/elizabeth", "bernie/bernard", "eli/ely", "mick/michael",
    ]
}
# Words that tie two parts of one name together.
RELATING = SMALL | frozenset(
    [
        "toward", "towards", "against", "without", "with", "under", "over", "between", "among", "from", "through",
        "into", "by", "at", "upon", "near", "across", "who", "which", "that", "pour", "par", "para", "por", "contra",
        "sobre", "entre", "sur", "des", "aux", "della", "delle", "dei", "degli", "nel", "fuer", "zur", "zum", "voor",
        "bin", "ibn", "ben", "van", "den", "ter", "dos", "abu", "and", "or", "per", "pro", "sans",
    ]
)
COMPANY = frozenset(
    {"inc", "corp", "corporation", "llc", "ltd", "plc", "co", "nv", "ag", "sa", "gmbh", "group", "company", "spa", "se"}
)
TRADES = frozenset(
    {"motor", "motors", "computer", "computers", "holding", "holdings", "industries", "airlines", "bank"}
)
# Common words that stand, with a capital and an article, for a body or text named in full elsewhere.
HEADS = frozenset(
    [
        "academy", "act", "administration", "agency", "agreement", "alliance", "army", "assembly", "association",
        "authority", "bank", "bill", "board", "brotherhood", "bureau", "cabinet", "charter", "church", "coalition",
        "college", "commission", "committee", "commonwealth", "community", "conference", "confederation", "congress",
        "constitution", "convention",
        "corps", "council", "county", "court", "covenant", "declaration", "department", "directorate", "federation",
        "force", "forum", "foundation", "front", "fund", "guard", "house", "institute", "league", "legislature",
        "ministry", "mission", "movement", "navy", "organisation", "organization", "pact", "parliament", "party",
        "press", "protocol", "secretariat", "senate", "service", "society", "summit", "treaty", "tribunal", "union",
        "university",
    ]
)
# A body's name with one of these is another body or a house: "United Nations Mission", "Security Council Committee".
ARMS = frozenset(
    [
        "bureau", "center", "centre", "commission", "committee", "conference", "council", "court", "delegation",
        "force", "forces", "foundation", "fund", "headquarters", "mission", "office", "operation", "peace",
        "secretariat", "staff", "states", "summit", "team", "tribunal",
    ]
)
SCHOOLS = frozenset({"university", "college", "institute", "school", "party", "movement"})
