"""Names in Spanish: where they stand is told by capitals, what they name by their first word, else by the encoder.

The encoder has learnt English: it sees that something is named, but neither where it begins and ends, nor that
"Partido" is a party. Written before it was measured; ``docs/spanish.md`` has the scores.
"""

import re
from collections.abc import Iterator, Sequence

from polnlp.language import SMALL
from polnlp.mentions.engines import NameTagger, RawName
from polnlp.schema import Label

_CAPITAL = r"[A-ZÁÉÍÓÚÜÑ][\w'’.-]*[\w]|[A-ZÁÉÍÓÚÜÑ]"
_WORD = re.compile(rf"(?<![\w@#/])(?:{_CAPITAL})(?!\w)")
_BETWEEN = re.compile(r" (?:(?P<link>de(?: la| las| los)?|del|al|y|e|i|para la|para el) )?")
_START = re.compile(r"(?:^|[.!?…:]\s+|[\n\r]\s*|[«“\"¿¡(]\s*|[#>*-]+\s+)$")
# The first word of a name that says what it is, and after which "de" may go on with the name.
_WORDS: dict[Label, str] = {
    "PARTY": "Partido Movimiento Alianza Frente Polo Coalición Concertación Izquierda Convergencia Unidad Mesa",
    "ORG": "Asamblea Congreso Senado Cámara Consejo Corte Tribunal Ministerio Instituto Confederación Federación Unión"
    " Sindicato Universidad Banco Fondo Organización Comisión Fiscalía Ejército Policía Guardia Fuerzas Iglesia Comité"
    " Asociación Fundación Palacio Casa Secretaría Agencia Oficina Defensoría Procuraduría Contraloría Junta Naciones"
    " Comisiones Colegio Sociedad Central Radio Diario Comunidad Cruz Foro",
    "REGION": "Estado Provincia Departamento Ciudad Río Valle América Isla Islas Puerto San Santa Costa Sierra",
    "MISC": "Constitución Ley Código Tratado Carta Estatuto Decreto",
}
_HEADS: dict[str, Label] = {
    word: label
    for label, words in _WORDS.items()
    for word in words.split()
}  # fmt: skip
# What else a sentence may begin with, before a name.
_OPENERS = frozenset(
    [
        "ayer", "hoy", "mañana", "anoche", "ahora", "entonces", "además", "mientras", "tras", "ante", "bajo",
        "durante", "este", "esta", "estos", "estas", "nadie", "todos", "antes", "después", "luego", "aunque", "así",
        "aquí", "allí", "cada", "otro", "otra", "otros", "sólo", "solo", "tampoco", "tanto", "pocos", "muchos",
        "según", "nuestro", "nuestra", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
    ]
)  # fmt: skip
_LINKED = frozenset(_HEADS) - {"San", "Santa"}
_OFFICE = re.compile(
    r"\b(?:(?:vice|ex)?president[ea]|(?:ex)?ministr[oa]|canciller|alcald(?:e|esa)|gobernador(?:a)?|senador(?:a)?"
    r"|diputad[oa]|candidat[oa]|líder(?:esa)?|jef[ea]|secretari[oa]|portavoz|rey|reina|dictador|comandante|prefect[oa]"
    r"|intendente)(?: (?:de|del|de la) [\w ]{3,30}| \w{5,20}[ao]s?)?,? $",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\b(?:president[ea]|ministr[oa]|jef[ea]|secretari[oa]|ministerio) (?:de|del|de la) $", re.IGNORECASE
)
_SMALL = frozenset(SMALL["es"].split())
_FIRM = 0.85  # score of a name whose first word says what it is
_OF_OFFICE = 0.75  # of one behind an office
_ACRONYM = 0.5  # of one in capitals that nothing else speaks for


class SpanishTagger:
    """Finds names in Spanish texts, with an English tagger's help."""

    def __init__(self, tagger: NameTagger) -> None:
        self.tagger = tagger
        self.source = f"{tagger.source}, spanish rules"

    def tag(self, texts: Sequence[str]) -> list[list[RawName]]:
        """Find the names of each text, in order, without overlaps."""
        return [list(_find(text, seen)) for text, seen in zip(texts, self.tagger.tag(texts), strict=True)]


def _find(text: str, seen: Sequence[RawName]) -> Iterator[RawName]:
    for start, end in _find_runs(text):
        if named := _name(text, start, end, seen):
            yield named


def _find_runs(text: str) -> Iterator[tuple[int, int]]:
    """Give runs of capitalised words, the small words within them included."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if not run and _is_small(text, word):
            continue
        if run and not _goes_on(text, run, word):
            yield run[0].start(), run[-1].end()
            run = []
            if _is_small(text, word):
                continue
        run.append(word)
    if run:
        yield run[0].start(), run[-1].end()


def _is_small(text: str, word: re.Match[str]) -> bool:
    """Tell whether a word is capitalised only because a sentence begins with it."""
    lowered = word[0].lower()
    begins = _START.search(text[max(0, word.start() - 8) : word.start()]) is not None
    known = lowered in _OPENERS or lowered in _SMALL
    return begins and (known or re.search(rf"\b{re.escape(lowered)}\b", text) is not None)


def _goes_on(text: str, run: Sequence[re.Match[str]], word: re.Match[str]) -> bool:
    between = _BETWEEN.fullmatch(text, run[-1].end(), word.start())
    if between is None:
        return False
    link = between["link"]
    if link is None:
        return True
    # "Congreso de los Diputados", "Humberto de la Calle", "Convergència i Unió"; not "Brasil de Lula", "Azuay y Loja".
    return link not in ("y", "e") and (run[0][0] in _LINKED or link in ("de la", "de los", "i"))


def _name(text: str, start: int, end: int, seen: Sequence[RawName]) -> RawName | None:
    surface = text[start:end]
    first = surface.split()[0]
    if first in _HEADS and (surface != first or _HEADS[first] in ("ORG", "PARTY", "MISC")):
        return RawName(start, end, _HEADS[first], _FIRM)
    before = text[max(0, start - 70) : start]
    if _FIELD.search(before) and len(surface.split()) == 1:
        return None  # "ministra de Defensa"
    if _OFFICE.search(before):
        return RawName(start, end, "LEADER", _OF_OFFICE)
    over = [name for name in seen if name.start < end and start < name.end]
    if over:
        best = max(over, key=lambda name: name.score)
        return None if best.label == "EVENT" else RawName(start, end, best.label, best.score)
    return RawName(start, end, "ORG", _ACRONYM) if re.fullmatch(r"[A-ZÁÉÍÓÚÑ]{3,}", surface) else None
