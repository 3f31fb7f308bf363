"""In which language a text is written: by its script, then by its most frequent small words.

A text that is short, or whose words speak for two languages, gives ``None``: unknown is better than guessed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache

__all__ = ["NAMES", "READ", "SMALL", "detect_language"]

_SAMPLE = 20_000  # characters that are looked at; more do not change the answer
_FEWEST = 20  # words, below which nothing is told
_SHARE = 0.18  # of the words that must be small words of the language; prose has 0.3 to 0.5
_DISTINCT = 4  # of them that must be different
_LEAD = 2  # times as often as the other way round, the words must be the language's and not another's,
_LEAST = 3  # and so many times at least

# Languages that polnlp reads: English whole, Spanish without topics and stances.
READ = frozenset({"en", "es"})
NAMES = {
    "en": "English", "es": "Spanish", "fr": "French", "de": "German", "pt": "Portuguese", "it": "Italian", "nl":
    "Dutch", "ca": "Catalan", "gl": "Galician", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "pl": "Polish",
    "cs": "Czech", "sk": "Slovak", "sl": "Slovenian", "hr": "Croatian", "ro": "Romanian", "hu": "Hungarian", "tr":
    "Turkish", "fi": "Finnish", "id": "Indonesian", "ru": "Russian", "uk": "Ukrainian", "bg": "Bulgarian", "sr":
    "Serbian", "ar": "Arabic", "fa": "Persian", "ur": "Urdu", "el": "Greek", "he": "Hebrew", "ko": "Korean", "ja":
    "Japanese", "zh": "Chinese", "th": "Thai", "ka": "Georgian", "hy": "Armenian", "hi": "Hindi",
}  # fmt: skip

SMALL = {
    "en": "the of and to in a is that for was on with as it by he his be at from are this has had have not but they"
    " an were which their its who or been will would said more about than when there after if all one also"
    " could into",
    "es": "el la de que y en los del las un una por con para se al es su no lo como más pero sus le ya este fue ha"
    " son también entre sin sobre desde cuando muy hasta hay quien había según contra ser está esta dijo donde"
    " porque ni",
    "fr": "l d qu le la les de des et à en un une du que qui dans est pour pas au sur par il plus ne se ce avec son"
    " sont aux ont mais elle cette été ses ou leur comme sa nous être fait deux après on était aussi sans"
    " entre",
    "de": "der die und das in den von zu mit ist des im für auf dem sich eine ein nicht auch es an als werden aus"
    " er hat dass bei nach sie einer um am sind noch wie einem über einen so zum war haben nur oder vor zur"
    " bis mehr durch",
    "pt": "ainda foram pode era o a de que e do da em um os para com não uma no na por mais as dos se como mas ao"
    " foi das à seu sua ou ser quando muito nos já também pelo pela até isso entre depois sem aos são está tem"
    " pelos nas disse sobre às era",
    "it": "l dell all nell il di che e la in per un una non è con del si da le dei i al della gli ha nel sono più"
    " come anche ma alla dal delle lo se nella o ai su essere questo degli era due stato sul dalla loro alle"
    " hanno suo sua dopo tra fra",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er om ook als dan maar uit bij door over ze hij"
    " nog naar heeft tot worden werd wordt geen hebben meer was deze of die zich kan moet zal onder tegen wel"
    " veel",
    "ca": "l d el la de que i en els les un una per amb per no és al del dels és com més però seva seu va són ha"
    " aquest aquesta també entre sense sobre des quan molt fins hi ja els pel als ser està perquè on qui havia"
    " segons",
    "gl": "o a de que e do da en un os para con non unha no na por máis as dos se como pero ao foi das á seu súa ou"
    " ser cando moi nos xa tamén polo pola ata isto entre despois sen aos son está ten nas dixo sobre era"
    " estes esta",
    "sv": "och i att det som en på är av för med den till inte om ett han har de var sig från men vi så kan hon när"
    " år under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket"
    " än",
    "da": "og i at det som en på er af for med den til ikke om et han har de var sig fra men vi så kan hun når år"
    " under også efter eller nu sin der ved mod skal ville blev ud får være havde alle andre meget end ind"
    " over hvor",
    "no": "og i at det som en på er av for med den til ikke om et han har de var seg fra men vi så kan hun når år"
    " under også etter eller nå sin der ved mot skal ville ble ut får være hadde alle andre mye enn inn over"
    " hvor",
    "pl": "w i na z do się nie że to jest o jak po za od przez co dla są który która które ale oraz tym jego tego"
    " był była było jej ich przed już może tylko także przy czy być pod lub ze gdy roku tak ma",
    "cs": "a v se na je že o s z do i to ve pro za by si k ale jako které který která od po podle jeho jsou byl"
    " byla bylo už také tak při jen nebo před až jak ze mezi aby má být své ještě bude však když",
    "sk": "a v sa na je že o z do aj vo pre by si k ale ako ktorý ktorá ktoré od po podľa jeho sú bol bola bolo už"
    " tak pri len alebo pred až medzi aby má byť svoje ešte bude však keď než",
    "sl": "in v je na se da za od so s o ki kot ne pa ali iz po bo ni le bi tudi še ter pri do kako zaradi več vse"
    " bil bila bilo ko če med lahko kar nad pred",
    "hr": "i u je na se da za od su s o koji koja koje kao ne to a ili ali iz po će nije samo biti bi što nakon"
    " prema još kako te zbog sve bio bila bilo već kada",
    "ro": "și în de la a cu pe o că un din nu este pentru care mai prin se sunt au fost al ale ce dar sau lui unei"
    " unui său despre după până fi iar cel cea dintre lor ca va această acest sa când fără între",
    "hu": "a az és hogy nem is egy ez meg de van volt azt csak mint már még ha el ki vagy fel lesz után ezt lehet"
    " pedig szerint majd között minden sem mert kell több aki ami itt ott ezek úgy így magyar",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi ancak kadar sonra her ne ki en o olduğu var değil"
    " göre ise ya hem ama şu veya diye tarafından üzerinde ilk iki yeni önce karşı",
    "fi": "ja on ei että se oli hän ovat kun mutta myös kuin joka sen tai ole jos vain niin mukaan hänen jo voi"
    " olla ne nyt mitä jotka vuonna sekä vielä kanssa ollut jälkeen tämä siitä",
    "id": "yang dan di untuk dengan dari ini itu pada tidak akan dalam juga oleh ke adalah mereka telah ada lebih"
    " tersebut karena bisa sudah sebagai kepada atau saat dapat bahwa para tahun harus",
    "ru": "и в не на что с по как он это к из но за от его для о а у все так было же был бы до если или также при"
    " этом после она они которые который более уже года только были со без",
    "uk": "і в не на що з та як до це за від про його для у але є він також який які після було був року або при"
    " під щоб вже вони бути може із цього та й так",
    "bg": "и в на не се за да от с по че е си са като до това но при или бе ще има обаче след които който само през"
    " още както този във със тази бъде",
    "sr": "и у је да на се за од са не што као су то а али који које би из до по о ће није само када или већ после"
    " због која јер што",
    "ar": "في من على إلى أن التي الذي عن مع هذا هذه ما لا كان كما بعد قد بين لم كل قال أو وقال ذلك حيث أي إن كانت وقد",
    "fa": "و در به از که این را با است برای آن یک خود تا بر هم نیز شد شده بود می اما کرد ها کند آنها گفت دارد باید",
    "ur": "کے میں کی اور ہے سے کا کو نے پر کہ یہ ہیں اس بھی تھا ایک کر ان وہ تھی نہیں لیے گیا ہو جو کہا",
}
# Scripts in which one language of those above is written; Cyrillic and Arabic are those of several.
_SCRIPTS = {
    "GREEK": "el", "HEBREW": "he", "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "THAI": "th",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "DEVANAGARI": "hi",
}  # fmt: skip
_SHARED = {"CYRILLIC": "und-Cyrl", "ARABIC": "und-Arab"}  # codes of BCP 47: an undetermined language in that script
_WORD = re.compile(r"[^\W\d_]+")  # "l'assemblée" is two


def detect_language(text: str) -> str | None:
    """Tell the language of a text.

    Examples:
        >>> text = "La asamblea aprobó anoche la ley con los votos de los suyos, pero no se sabe"
        >>> detect_language(f"{text} si el presidente la firma.")
        'es'
        >>> detect_language("Angela Merkel, Rafael Correa, Michelle Bachelet") is None
        True

    Returns:
        A code of ISO 639-1 (a key of ``NAMES``); ``und-Cyrl`` and the like where only the script is known, and
        ``None`` for a text in Latin letters that is too short, of names alone, or in two languages.
    """
    sample = text[:_SAMPLE]
    script = _find_script(sample)
    if script in _SCRIPTS:
        return _SCRIPTS[script]
    words = [word.casefold() for word in _WORD.findall(sample)]
    unsure = _SHARED.get(script) or (None if script == "LATIN" else "und")
    if len(words) < _FEWEST:
        return unsure
    return _weigh(words) or unsure


def _find_script(sample: str) -> str:
    """Give the script of most letters, by their names in Unicode; without letters it is Latin."""
    letters = Counter(character for character in sample if character.isalpha())
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[unicodedata.name(letter, "LATIN").split()[0].split("-")[0]] += count
    # Japanese is written in Chinese characters too.
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana > 0.1 * (kana + scripts["CJK"]):
        scripts["HIRAGANA"] += scripts.pop("CJK", 0)
    return scripts.most_common(1)[0][0] if scripts else "LATIN"


def _weigh(words: Sequence[str]) -> str | None:
    """Give the language whose small words these are, and no other's: neighbours share many of them."""
    small = _small_words()
    counts = Counter(words)
    known = {language: {word: counts[word] for word in of if word in counts} for language, of in small.items()}
    best = max(known, key=lambda language: sum(known[language].values()))
    if sum(known[best].values()) < _SHARE * len(words) or len(known[best]) < _DISTINCT:
        return None
    for other, found in known.items():
        own = sum(count for word, count in known[best].items() if word not in small[other])
        others = sum(count for word, count in found.items() if word not in small[best])
        if other != best and own < _LEAD * others + _LEAST:
            return None
    return best


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in SMALL.items()}
