"""The wording of what pages put around an article; each pattern is for a whole paragraph, without case.

They are bounded, and narrow on purpose: a sentence of an article that looks like one of them would be lost.
"""

CHANNEL = r"(?:facebook|twitter|x|whatsapp|linkedin|reddit|e-?mail|pinterest|telegram|instagram|youtube|google\+?)"
FRIENDS = r"(?:(?:your |a )?friends?)"
PIECE = r"(?:article|story|post|page|item)"
NEWS_BY_MAIL = r"(?:newsletters?|mailing list|e-?mail|rss|feed|updates|alerts|podcast|channel)"

SHARE = (
    rf"(?:(?:share|tweet|e-?mail|print|like|save|bookmark|rss|pdf|{CHANNEL})(?: (?:this|it|us))?(?: {PIECE})?"
    rf"(?: (?:(?:on|via|to|with|by) )?(?:{CHANNEL}|{FRIENDS}))?(?:[\s|/•·,&+:!.-]{{1,4}}|$)){{1,12}}"
    rf"|share (?:this|the) {PIECE}\s?[:|].{{0,80}}"
)
SUBSCRIBE = (
    rf"(?:please )?(?:subscribe|sign up)\b(?=.{{0,80}}\b{NEWS_BY_MAIL}\b).{{0,160}}|(?:subscribe|sign up|log ?in"
    rf"|newsletter)[.!]?"
    rf"|(?:get|receive) (?:our|the) (?:free |daily |weekly ){{0,2}}newsletters?\b.{{0,80}}"
)
COPYRIGHT = (
    r"copyright\s?(?:©|\(c\)|notice|\d{4}|:).{0,300}|(?:©|\(c\)\s)\s?.{0,200}|.{0,120}\ball rights reserved\b.{0,160}"
    r"|(?:this (?:work|article|text) is )?licen[sc]ed under (?:a |the )?creative commons.{0,200}"
    r"|.{0,60}may not be (?:published|reproduced)[, ].{0,160}(?:permission|redistributed).{0,60}"
)
READ_MORE = (
    r"(?:[>»→*]\s?)?(?:read|see|find out|learn|view) (?:more|also|next|(?:the )?full (?:story|article|text))"
    r"(?:\s?[:>»→…-].{0,160}|\s?\.{3}| (?:about|on|at|from|in)\b[^.!?]{0,80})?"
    r"|continue reading\b[^.!?]{0,80}|click here\b[^!?]{0,120}|more from (?:this|our)\b[^.!?]{0,60}"
)
RELATED = (
    r"#{0,6}\s?(?:related (?:articles?|stories|posts|content|coverage|links|reading)|related(?=:)|you (?:may"
    r"|might) also"
    r" (?:like|be interested in)|recommended (?:for you|reading|articles)|most (?:read|popular|viewed)"
    r"|trending(?: now)?"
    r"|also read|see also|don['’]t miss|editor['’]s picks?|more stories)(?:\s?:.{0,160}|\s.{0,140}(?<![.!?]))?"
)
COOKIES = (
    r"(?:we|this (?:web ?)?site|our (?:web ?)?site|by (?:continuing|using)|to (?:give|provide) (?:you|the best))\b"
    r".{0,200}\bcookies?\b.{0,400}|(?:accept|reject|manage)(?: all)? cookies|cookie (?:policy|settings|preferences"
    r"|notice)"
    r"|(?:privacy policy|terms (?:of (?:use|service)|and conditions))(?:[\s|•·/,&-]{1,5}.{0,80})?"
)
FURNITURE = (
    r"advertise?ments?|sponsored(?: content)?|skip to (?:main )?(?:content|navigation)|scroll down.{0,60}"
    r"|loading\.{0,3}"
    r"|(?:back|return) to (?:the )?(?:top|home(?: ?page)?)|home(?: ?page)? ?[|>»/] ?.{0,80}|permalink"
    r"|print(?:er)?[- ](?:friendly|version)(?: version)?|print this (?:page|article)|trackbacks?(?: url)?:?.{0,120}"
    r"|(?:story|article) continues (?:below|after).{0,40}|please (?:enable|turn on) javascript.{0,80}|jump to comments"
    r"|listen to this article.{0,40}|powered by [^.!?]{1,60}(?:\d[\d.]{0,8})?|\d{1,2} min(?:ute)?s? read"
    r"|\d{1,4} (?:shares|likes|views)"
)
FILING = (
    r"(?:(?:filed|posted|published|archived) (?:under|in)(?: sections?| categor(?:y|ies))?|categor(?:y|ies)|tags?"
    r"|tagged(?: with| as)?|keywords|direct link|short ?link|source url|url|permalink)\s?:\s?.{0,200}(?<![.!?])"
    r"|filed under [^.!?]{1,100}|posted in(?: [\w&]{1,20},?){1,4}"
)
APPEAL = (
    r"(?:please )?(?:donate|support (?:us|our (?:work|journalism|reporting))|make a donation)(?: (?:now|today|here"
    r"|to us))?[.!]?"
    rf"|(?:like|follow|find|join|connect with) us (?:on|via) {CHANNEL}\b.{{0,100}}"
)
PAGE_NUMBER = (
    r"page \d{1,4}(?: (?:of|/) \d{1,4})?|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,3} ?/ ?\d{1,3}"
    r"|(?:\d{2}/\d{2}/\d{4} )?[AES]/\d{1,3}/PV\.\d{1,3}(?: \d{2}/\d{2}/\d{4})?"
)
