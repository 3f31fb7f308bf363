"""Word lists for quotation, written for polnlp: verbs of saying, of praise and of blame.

Lists hold base forms; ``inflect`` adds the regular endings, and irregular forms stand beside their base.
"""


def word_set(words: str) -> frozenset[str]:
    """Give the words of a string as a set."""
    return frozenset(words.split())


_SIBILANTS = ("s", "x", "z", "ch", "sh")
_DOUBLED = word_set("admit commit permit submit rebut regret rap slam ban rob stab dub quip snap rig trap blot plot")


def inflect(verb: str) -> tuple[str, str, str, str]:
    """Give a regular verb's base form, third person, past and participle in -ing.

    Examples:
        >>> inflect("deny")
        ('deny', 'denies', 'denied', 'denying')
    """
    if verb in _DOUBLED:
        return verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith("e"):
        participle = verb if verb.endswith("ee") else verb[:-1]
        return verb, verb + "s", verb + "d", participle + "ing"
    return verb, verb + ("es" if verb.endswith(_SIBILANTS) else "s"), verb + "ed", verb + "ing"


def _verbs(bases: str) -> frozenset[str]:
    return frozenset(form for verb in bases.split() for form in inflect(verb))


# Verbs whose subject speaks. Those of STRONG_SPEECH introduce a report by themselves; those of WEAK_SPEECH also have
# other uses ("the party added seats") and count only beside a quotation or before "that".
STRONG_SPEECH = _verbs(
    "acknowledge admit allege announce argue assert assure aver believe doubt boast caution chide claim "
    "comment complain concede confess contend counter declare decry denounce deny deplore explain exclaim "
    "emphasise emphasize guess hope insist inform joke lament maintain mention observe opine proclaim "
    "promise pronounce protest quip reaffirm reassert recount reiterate remark reckon reply respond retort "
    "scoff state stress suggest suspect testify theorise theorize tweet urge vow warn wonder"
) | word_set(
    "say says said saying tell tells told telling write writes wrote written writing swear swears swore sworn "
    "foresee foresees foresaw forewarn forewarned think thinks thought"
)
WEAK_SPEECH = _verbs(
    "accuse add affirm advise advocate agree answer ask blame call charge cite clarify conclude condemn "
    "confirm consider continue criticise criticize cry decide demand describe disclose dismiss elaborate "
    "end estimate expect express fear hail highlight hint imply indicate interject intone invoke judge "
    "label laugh mock mumble murmur muse mutter note offer outline pledge point praise predict propose "
    "question recall reason recommend record refuse regret reject relate remember remind report request "
    "reveal scream shout shrug sigh signal start summarise summarize suppose underline underscore voice "
    "welcome whisper yell grumble hiss growl roar rule snap thunder"
) | word_set(
    "begin begins began feel feels felt find finds found hold holds held go goes went know knows knew put "
    "puts read reads see sees saw speak speaks spoke understand understands understood shot"
)
SPEECH = STRONG_SPEECH | WEAK_SPEECH
# Verbs that tell what the subject thinks of the object: the object's stance is the subject's, not the author's.
ATTITUDE_FAVOR = _verbs(
    "acclaim admire applaud back bless celebrate champion cheer commend compliment congratulate credit "
    "defend embrace endorse esteem exalt extol favor favour greet hail honor honour laud praise prefer "
    "recommend respect revere salute second support thank toast trust value vindicate welcome cherish"
) | word_set("uphold upheld upholds")
ATTITUDE_AGAINST = _verbs(
    "abhor accuse assail attack bash belittle berate blame blast boo castigate censure challenge charge "
    "chastise chide condemn criticise criticize curse decry defame denigrate denounce deplore deride "
    "despise detest disavow disdain dislike dismiss disown disparage distrust excoriate fault fear hammer "
    "hate heckle impeach indict insult jeer lambast lambaste lampoon loathe malign mistrust mock oppose pan "
    "pillory rebuff rebuke rebut refute reject renounce reprimand reproach repudiate resent reprove revile "
    "ridicule savage scold scorn shun slam slate smear snub spurn sue taunt vilify"
) | word_set("bemoan bemoans bemoaned skewer skewers skewered")

# Verbs that give the object a name or a judgement ("called the commission a bunch of thieves").
JUDGING = _verbs("brand call consider deem describe dub judge label liken regard term view")
