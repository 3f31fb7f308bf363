"""Whom "he", "she", "it" and "the party" stand for: the last fitting name before them."""

from bisect import bisect_left
from collections.abc import Sequence

from polnlp.classify.quotes.names import Span, guess_gender
from polnlp.classify.words import word_set

_LOOK_BACK = 40  # names; beyond it a pronoun is left open
_NEAR = 6  # names among which a sentence's subject goes first
_BEFORE_THINGS = word_set("in at from near to across outside inside the")


class People:
    """The names of a text in order, asked for the one that a pronoun or a group's noun stands for."""

    def __init__(self, text: str, names: Sequence[Span]) -> None:
        self.text = text
        self.names = list(names)
        self.starts = [start for start, _ in self.names]
        self.subjects: set[int] = set()
        self.speakers: set[str] = set()
        known: dict[str, str] = {}
        for start, end in self.names:
            gender = guess_gender(text, start, end)
            if gender:
                known.setdefault(self._key(start, end), gender)
        self.genders = [known.get(self._key(start, end), "") for start, end in self.names]
        self.impersonal = [self._is_impersonal(start) for start in self.starts]

    def _key(self, start: int, end: int) -> str:
        """Give a name's last word, by which "Angela Merkel" and "Merkel" are one."""
        words = self.text[start:end].split()
        return words[-1].lower() if words else ""

    def _is_impersonal(self, start: int) -> bool:
        """Tell whether the word before a name shows that it is no person's: "in Harare", "the Muslim Brotherhood"."""
        before = self.text[max(0, start - 12) : start].lower().split()
        return bool(before) and before[-1] in _BEFORE_THINGS

    def note_subject(self, start: int) -> None:
        """Remember that the name at ``start`` is its sentence's subject: a pronoun after it most likely means it."""
        self.subjects.add(start)

    def note_speaker(self, span: Span) -> None:
        """Remember who has spoken: speakers are persons or bodies, never mere places."""
        self.speakers.add(self._key(*span))

    def find_pronoun(self, pronoun: str, position: int) -> Span | None:
        """Give the name before ``position`` that a pronoun stands for, or ``None``.

        A sentence's subject goes before the other names of a window of the six nearest; a known speaker counts as
        one. Gender is a guess from titles and first names, and only rules names out.
        """
        fitting = [at for at in self._before(position) if self._fits(at, pronoun)]
        for at in fitting[:_NEAR]:
            if self.starts[at] in self.subjects and (self.genders[at] or self._key(*self.names[at]) in self.speakers):
                return self.names[at]
        for at in fitting[:_NEAR]:
            if self.starts[at] in self.subjects or self.genders[at]:
                return self.names[at]
        return self.names[fitting[0]] if fitting else None

    def find_group(self, noun: str, position: int) -> Span | None:
        """Give the last name before ``position`` that holds a noun: "the party" is "the Civic Party"."""
        for at in self._before(position):
            start, end = self.names[at]
            if noun in self.text[start:end].lower().split():
                return self.names[at]
        return None

    def _before(self, position: int) -> range:
        last = bisect_left(self.starts, position) - 1
        return range(last, max(-1, last - _LOOK_BACK), -1)

    def _fits(self, at: int, pronoun: str) -> bool:
        gender = self.genders[at]
        if pronoun in ("he", "him", "his"):
            return gender == "he" or (gender == "" and self._may_be_person(at))
        if pronoun in ("she", "her"):
            return gender == "she" or (gender == "" and self._may_be_person(at))
        return gender == "it"

    def _may_be_person(self, at: int) -> bool:
        return not self.impersonal[at] and (
            self.starts[at] in self.subjects or self._key(*self.names[at]) in self.speakers
        )
