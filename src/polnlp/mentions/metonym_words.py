"""The words beside a capital that tell a government from a city: one pattern for each way of standing beside it.

In the tables "accus-" is the beginning of a word, with any ending or none; "_" is the space between two words.
"""

import re


def _one_of(words: str) -> str:
    """Give a pattern that takes any word of a table, whole."""
    return rf"\b(?:{'|'.join(map(_read, words.split()))})\b"


def _read(word: str) -> str:
    stem = re.escape(word.removesuffix("-")).replace("_", r"\s")
    return stem + r"\w*" if word.endswith("-") else stem


# What governments do; a city that "grew" or "was hit by snow" does not.
ACTS = _one_of(
    "abandon- accept- accus- acknowledg- admit- agree agreed agrees alarmed amused angry announc- anxious argu- "
    "backed backing backs believ- blam- boycott- break- broke- called_for- called_it- called_on- called_the- "
    "calls_for- calls_it- calls_on- calls_the- carried_on- carries_on- carry_on- claim- complain- conced- concerned "
    "condemn- consider- continu- cooperat- criticis- criticiz- cut cuts decid- demand- denied- denies- deny- deploy- "
    "determined disagree disagreed disagrees dismiss- eager encourag- expect- expel- favor- favour- fear- financ- "
    "freez- froze- funded funds furious grumbl- has_cause- has_interest- has_no_cause- has_no_interest- "
    "has_no_reason- has_reason- hint- hold_the- holds_the- hoped hopes impos- insist- intend- intent- interfer- "
    "interven- keen keep keeps knew- know- lifted lifts looked_away- looked_on- looked_to- looks_away- looks_on- "
    "looks_to- maintain- meddl- mediat- need needed needs negotiate negotiated negotiates negotiating nervous offer- "
    "oppos- planned plans played plays pleased pledg- prais- prefer- prepared pressed presses promis- propos- "
    "protested protests provok- pursu- pushed pushes ratif- react- ready recall- recognis- recogniz- refus- regard- "
    "reject- reluctant respon- retaliat- right said- says- seek seeks sees sends sent share_its- share_the- "
    "share_this- shared_its- shared_the- shared_this- shares_its- shares_the- shares_this- signal- signed signs "
    "silent sought- stayed_away- stayed_neutral- stayed_out- stayed_silent- stays_away- stays_neutral- stays_out- "
    "stays_silent- summon- support- suspect- tells- threat- told- tolerat- tried tries trust- understand- urg- veto- "
    "vow- want- warn- welcom- willing withdr- worr- worried wrong"
)
# What may stand before it, up to four of them.
HELPERS = _one_of(
    "has have had is was are were will would does did do can could may might must should not never also still now "
    "no_longer soon long already repeatedly less more very been being both again only even then once yet to"
)
# What governments have: "Tehran's nuclear plans".
THINGS = _one_of(
    "accusation accusations aggression aid allegation allegations allies ally ambassador ambassadors ambition "
    "ambitions approval arsenal attempt attempts backing blessing claim claims commitment commitments concern "
    "concerns consent decision declaration declarations demand demands denial denials diplomac- diplomat- effort "
    "efforts enemies enemy envoy envoys failure forces foreign friends government grip hand help hopes hostility "
    "illegal influence insistence intention intentions interest interests interference intervention lackey lackeys "
    "leadership meddling military missile missiles nuclear objection objections offer orders permission plan plans "
    "policies policy position pressure propaganda proposal proposals puppet puppets reaction recognition refusal "
    "regime relations relationship response role rulers sanctions soldiers stance strategy support threat threats "
    "ties troops veto view views war wars willingness"
)
# Who governs from there: "the Kabul government".
BODIES = _one_of("leadership regime government administration authorities junta")
# What a government does to others, behind a hyphen: "Washington-backed".
BACKED = _one_of(
    "backed led sponsored funded financed friendly imposed supported controlled aligned dominated appointed run "
    "brokered mediated ordered dictated inspired driven leaning installed trained armed supplied"
)
# What is between governments: "talks with Havana".
BETWEEN = _one_of(
    "agreement agreements alliance clash clashes co-operation conflict conflicts confrontation contact contacts "
    "cooperation deal deals detente dialogue differences dispute disputes détente engagement friendship negotiations "
    "pact partnership quarrel quarrels rapprochement relation relations relationship rift rivalry row rows stand-off "
    "standoff summit summits talks tension tensions ties trade treaties treaty understanding"
)
# What is on or toward a government: "contingent on Washington".
LEANING = _one_of(
    "contingent depend- reliant relies relied rely relying pressure leverage impose imposes imposed dependence policy "
    "stance line sanctions"
)
# What comes from a government: "orders from Moscow".
FROM = _one_of(
    "aid approval arms assurance assurances autonomy backing concession concessions criticism funding guarantee "
    "guarantees help independence independent instruction instructions money order orders permission pressure "
    "proposal proposals recognition response signal signals statement statements support threat threats weapons"
)
# What goes to a government, or is so toward it: "loyal to Madrid".
TO = _one_of(
    "aid allied alternative ambassador answer answerable appeal appealed appeals assistance beholden bow bowed bowing "
    "bows challenge close closer concessions envoy exports friendly hostile loyal message obedient opposed opposition "
    "overtures resistance response sales submission submit submits submitted subordinate subservient sympathetic "
    "threat threats turn turned turns warning yield yielded yields"
)
# What is done by a government: "backed by Tripoli".
BY = _one_of(
    "accepted approved armed backed blessed brokered condemned controlled demanded dictated directed dominated "
    "encouraged engineered favored favoured financed funded held imposed initiated manipulated opposed orchestrated "
    "ordered possessed proposed recognised recognized rejected sponsored supported threatened trained"
)
# What is done to a government: "accused Madrid".
DONE_TO = _one_of(
    "accuse accused accuses accusing alarm alarmed alarms allow allowed allowing allows anger angered angers "
    "antagonise antagonised antagonises antagonize antagonized antagonizes appease appeased appeases appeasing ask "
    "asked asks blame blamed blames blaming challenge challenged challenges challenging confront confronted "
    "confronting confronts convince convinced criticise criticised criticises criticising criticize criticized "
    "criticizes criticizing defied defies defy defying denounce denounced denounces denouncing distrust distrusted "
    "distrusts embarrass embarrassed embarrasses force forced forces forcing infuriate infuriated infuriates irritate "
    "irritated irritates isolate isolated isolates isolating let lets mistrust mistrusted mistrusts oppose opposed "
    "opposes opposing persuade persuaded persuades please pleased pleases press pressed presses pressing provoke "
    "provoked provokes provoking reassure reassured reassures tell tells than told trust trusted trusts upset urge "
    "urged urges urging warn warned warning warns"
)
# What is done with or against a government: "sided with Paris".
WITH = _one_of(
    "intrigue intrigues intrigued stand stands standing stood side sides sided ally allied align aligned deal deals "
    "dealing dealt negotiate negotiates negotiated negotiating cooperate cooperates cooperated cooperating work works "
    "worked working"
)
# What puts somebody or something into the city: "in Lima", "left Rome".
IN_IT = _one_of(
    "in at near outside inside around across throughout via into beyond leave leaves leaving left visit visits "
    "visited visiting reach reaches reached streets_of city_of mayor_of"
)
# How one comes to the city, before "to", "in", "at" or "from".
MOVING = _one_of(
    "fly flies flew flown flying travel- trip trips journey journeys visit visits return- went goes came come "
    "flight flights arriv- mov- drove driv- bring brought invited welcome welcomed"
)
