"""Word lists for stance and quotation, written for polnlp: praise and blame, negation, and verbs of saying.

Lists hold base forms; ``inflect`` adds the regular endings, and irregular forms stand beside their base.
"""


def word_set(words: str) -> frozenset[str]:
    """Give the words of a string as a set."""
    return frozenset(words.split())


_SIBILANTS = ("s", "x", "z", "ch", "sh")
_DOUBLED = word_set("admit commit permit submit rebut regret rap slam ban rob stab dub quip snap rig trap blot plot")


def inflect(verb: str) -> tuple[str, str, str, str]:
    """Give a regular verb's base form, third person, past and participle in -ing.

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
    "say says said saying tell tells told telling write writes wrote written writing swear swears swore "
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
JUDGING = _verbs("brand call consider deem describe dub judge label regard term view")

POSITIVE = (
    ATTITUDE_FAVOR
    | _verbs(
        "accomplish achieve advance aid assist benefit boost calm care clinch comfort cooperate donate ease "
        "empower enable encourage enhance enjoy enrich excel flourish foster gain heal help impress improve "
        "innovate inspire liberate love mend outperform overcome please prevail progress promote prosper "
        "protect reassure reconcile recover reform rescue resolve restore revive reward safeguard save secure "
        "shine soar solve stabilise stabilize strengthen succeed surge thrive triumph unify unite win"
    )
    | word_set(
        "able acclaim accomplishment accomplishments achievement achievements admirable admiration adept adored "
        "affection affectionate amazing ambitious approval apt authentic award awards beautiful beloved "
        "beneficial best better blessing bold bravery brave breakthrough bright brilliant brotherly calm candid "
        "capable careful caring charisma charismatic charm charming clean clear clever comfortable commendable "
        "commitment committed compassion compassionate competence competent confidence confident "
        "congratulations consensus consistent constructive cooperation courage courageous courteous creative "
        "credibility credible cultured decency decent decisive dedicated dedication deserve deserved deserves "
        "dependable determined devoted devotion dignified dignity diligent diplomatic dynamic eager earnest "
        "effective efficient elegant eloquent eminent enthusiasm enthusiastic ethical excellent exceptional "
        "excited exciting exemplary experienced expert expertise extraordinary fair fairness faithful famous "
        "fantastic favorable favorite favourable favourite fine flawless forthright fortunate freedom fresh "
        "friend friendly friends friendship frontrunner fruitful generosity generous genius gentle genuine "
        "gifted glad glorious glory good goodwill grace gracious grateful gratitude great greatest greatness "
        "happy hardworking harmony healthy hero heroes heroic heroism historic honest honesty honorable "
        "honourable hope hopeful hopes humane humble humility ideal important impressive incredible independent "
        "influential ingenious innocent innovation innovative inspiration inspirational inspiring integrity "
        "intelligent invaluable joy justice keen kind kindness landmark landslide lawful leadership legendary "
        "legitimate liked likable likeable loyal loyalty magnificent masterful mature merit merits meritorious "
        "moderate modest moral mourned noble nobly optimism optimistic outstanding passion passionate patience "
        "patient patriot patriotic peace peaceful peacemaker perfect persuasive pioneer pioneering plus poised "
        "polite popular popularity positive powerful pragmatic praiseworthy precious prestige prestigious "
        "principled productive professional prominent promising proud prudent qualified rational ready real "
        "reasonable reasoned reliable remarkable renowned resilience resilient resolute respected respectful "
        "responsible revered rich right righteous robust sane sensible sincere skilful skill skilled skillful "
        "smart smooth sober solid solidarity sovereign splendid stable star staunch steadfast steady stellar "
        "sterling strength strengths strong stronger strongest stunning success successes successful "
        "successfully superb superior supporter supporters supportive sympathetic sympathy talent talented "
        "tenacious terrific thankful thanks thoughtful tireless tolerant tough transparent tremendous "
        "triumphant trusted trustworthy truth truthful unanimous unforgettable unprecedented upbeat valiant "
        "valuable victories victorious victory vibrant vindication virtue virtuous vision visionary vital warm "
        "warmth wealth welcome winner winning wins wisdom wise won wonderful worthy"
    )
)
NEGATIVE = (
    ATTITUDE_AGAINST
    | _verbs(
        "abandon abduct abuse aggravate alienate annoy antagonise antagonize apologise apologize arrest "
        "assassinate assault backfire bicker blacken blackmail blunder boycott bully bungle censor clash coerce "
        "collapse collude complain compromise conceal confuse conspire contradict convict crack crash cripple "
        "crumble damage deceive decline defraud defy demonise demonize depose destabilise destabilize destroy "
        "deteriorate devastate disappoint discredit discriminate disgrace dishonor disrupt distort divide dodge "
        "dominate embarrass embezzle endanger erode evade exaggerate exclude exploit extort fabricate fail "
        "falter flounder fumble harass harm hamper hinder humiliate hurt ignore impair incite infiltrate "
        "inflame injure interfere intimidate invade isolate jail jeopardise jeopardize kidnap kill lag languish "
        "lie loot lose manipulate massacre menace mislead mismanage mistreat murder neglect obstruct offend "
        "oppress oust overreach overthrow panic persecute plague plunder plummet poison pollute provoke punish "
        "purge ravage repress resign retaliate rig rob ruin sabotage scare seize shame slip slump smuggle sour "
        "spoil squander stagnate stain stall starve stumble suffer suppress taint threaten torture torpedo "
        "trample undermine usurp violate weaken worsen wreck"
    )
    | word_set(
        "abnormal absurd abusive accusation accusations adversary aggression aggressive aggressor alarm "
        "alarming alleged allegedly allegation allegations anger angry anxiety anxious apathy appalling "
        "arrogance arrogant ashamed atrocious atrocities atrocity authoritarian awful awkward backlash backward "
        "bad baffling bankrupt bankruptcy barbaric baseless beaten betray betrayal betrayed bias biased bigot "
        "bigoted bigotry bitter bizarre blatant bleak blind bloated blood bloodshed bogus boring brash brazen "
        "breach bribe bribery bribes broke broken brutal brutality burden careless catastrophe catastrophic "
        "chaos chaotic cheap cheat cheated cheating childish clown clumsy coercion cold complacent complicit "
        "conflict confused confusion conspiracy contempt contemptuous controversial controversy corrupt "
        "corruption costly coup coverup coward cowardice cowardly crackdown crazy crime crimes criminal "
        "criminals crisis critic critical criticism critics cronies crooked crooks cruel cruelty cynical "
        "cynicism dangerous danger dark dead deadlock death debacle deceit deceitful deception deceptive "
        "defamatory defeat defeated defiance deficient deluded delusional demagogue demagogic deplorable "
        "desperate despicable despot despotic destruction destructive devious devastating dictator dictatorial "
        "dictatorship difficulty dire dirty disaster disastrous discredited discrimination disgrace disgraceful "
        "disgust disgusting dishonest dishonesty disinformation disloyal dismal disorder disputed disrespect "
        "disrespectful disruptive dissatisfied distress divisive doomed doubt doubtful dubious dumb egotistical "
        "elitist embarrassing embarrassment enemies enemy enraged erratic erroneous evasive evil excessive "
        "excuse exploitation explosive extremism extremist extremists failed failing failings failure failures "
        "fake false falsehood falsehoods falsely fanatic fanatical farce fascism fascist fault faulty feckless "
        "feeble feud fiasco fierce flawed flaws flop folly fool foolish fools foul fraud fraudulent frightening "
        "frustrated frustrating frustration furious fury futile gaffe genocide ghastly gloomy greed greedy "
        "grievance grim gross guilt guilty harmful harsh hateful hatred heartless hegemony helpless hid hidden "
        "hiding hideous horrible horrific horrifying hostile hostility hurtful hypocrisy hypocrite hypocritical "
        "hysteria hysterical idiot idiotic ignorance ignorant illegal illegitimate illicit immature immoral "
        "imperialism imperialist impotent impunity inaccurate inadequate incapable incoherent incompetence "
        "incompetent inconsistent indecent indecisive indictment ineffective inept inexcusable inexperienced "
        "infamous inferior inflammatory inhuman inhumane injustice insane insecure insensitive insidious "
        "insincere insufficient intolerable intolerance intolerant irrational irrelevant irresponsible jealous "
        "lackey lackeys laughable lawless lawsuit lazy liar liars liability lied lies lost loser losers losing "
        "ludicrous lying mad malicious meddling mediocre meltdown menacing mess messy militant misconduct "
        "misguided misinformation misleading misogynist mistake mistaken mistakes mob monster monstrous naive "
        "nasty nefarious negative negligence negligent nepotism nervous nightmare nonsense notorious "
        "notoriously objectionable obnoxious obscene obsessed occupation offensive ominous oligarchs oligarchy "
        "opponent opponents oppression oppressive oppressor outcry outrage outraged outrageous pariah paranoid "
        "partisan pathetic pathological perilous perjury phony pitiful plight pompous poor poorly predator "
        "prejudice preposterous pretext problem problematic problems propaganda puppet questionable racism "
        "racist racists radical rage rampant reckless regime regrettable repressive repugnant repulsive "
        "rejection resentment ridiculous rogue rude ruthless sad sadly scam scandal scandals scandalous "
        "scapegoat scared scary secretive selfish senseless separatist setback sexist shady shaky shallow sham "
        "shameful shameless shocking shoddy shortcomings sick sinister skeptical slander slanderous sleazy "
        "sloppy sluggish sly smug spat spineless spite stale stagnant stolen strange stubborn stupid subversive "
        "suspect suspicion suspicious sworn tactless tainted tense tension terrible terrified terrifying terror "
        "terrorism terrorist terrorists thief thieves thug thugs toxic traitor traitorous tragedy tragic "
        "treason treacherous trouble troubled troubles troubling tyranny tyrannical tyrant ugly ulterior unable "
        "unacceptable unbearable uncertain unconstitutional undemocratic undue uneasy unethical unfair unfit "
        "unfortunate unfortunately unfounded unhappy unhinged unjust unjustified unlawful unpatriotic unpopular "
        "unprepared unqualified unreliable unrest unscrupulous unsuccessful unstable untrue untrustworthy "
        "unwilling unworthy upset useless vague vain venal vicious victim victims vile villain violation "
        "violations violence violent vulgar vulnerable war warmonger wasteful weak weaker weakness whining "
        "wicked worried worries worry worrying worse worst worthless wrong wrongdoing wrongly"
    )
)
NEGATIONS = word_set(
    "not no never neither nor none nobody nothing nowhere without hardly barely scarcely cannot rarely "
    "seldom lack lacks lacked lacking n't refuse refuses refused fail fails failed"
)
MODALS = word_set("should must ought needs need could would might may can will shall cannot")
HEDGES = word_set(
    "alleged allegedly reportedly supposedly apparently perhaps possibly likely unlikely so-called "
    "purported purportedly if"
)
CONTRASTS = word_set("but however although though yet despite whereas while instead nevertheless nonetheless unlike")
