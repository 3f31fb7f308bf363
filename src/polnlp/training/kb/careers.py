"""Rows of one person, in several tables or spellings → one career."""

import re
from collections import defaultdict

from polnlp.kb.names import fold_name
from polnlp.training.kb.drafts import Draft, to_year
from polnlp.training.kb.spelling import names_agree, skeleton

# Titles of who leads a state or its government.
HEAD = re.compile(r"^(?:interim |acting |executive |state )?(?:president(?: of .*)?|"
                   r"prime minister(?: of .*)?|chancellor|premier|king|"
                   r"queen|emperor|head of (?:state|government):?|chief of state.*|supreme leader|monarch of .*|"
                   r"president of the(?: .*)?|sultan|amir|emir|taoiseach|secretary.general)$",
                   re.IGNORECASE)  # fmt: skip
_GAP = 30  # years between two careers that are not one person's


def find_years(draft: Draft) -> tuple[int, int] | None:
    """Give the first and the last year in which a person is known to have held an office."""
    years = [year for term in draft.terms for year in (to_year(term.start or ""), to_year(term.end or "")) if year]
    return (min(years), max(years)) if years else None


def merge_people(people: list[Draft]) -> list[Draft]:
    """Join the rows of one person, country by country; who agrees with two that disagree stays alone."""
    blocks: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for index, draft in enumerate(people):
        for heard in {skeleton(word) for word in fold_name(draft.name).split() if len(word) > 2}:
            blocks[draft.country, heard].append(index)
    words = [fold_name(draft.name).split() for draft in people]
    partners: dict[int, set[int]] = defaultdict(set)
    for members in blocks.values():
        if len(members) > 400:
            continue
        for place, one in enumerate(members):
            for other in members[place + 1 :]:
                if other in partners[one] or not _may_be_one(people[one], people[other]):
                    continue
                if names_agree(words[one], words[other]):
                    partners[one].add(other)
                    partners[other].add(one)
    return _join(people, partners)


def _may_be_one(one: Draft, other: Draft) -> bool:
    if one.qid and other.qid and one.qid != other.qid:
        return False
    congress = "us-congress-legislators"
    if congress in one.sources and congress in other.sources and not (one.qid and one.qid == other.qid):
        return False
    years, others = find_years(one), find_years(other)
    return not (years and others and (years[0] - others[1] > _GAP or others[0] - years[1] > _GAP))


def _join(people: list[Draft], partners: dict[int, set[int]]) -> list[Draft]:
    order = sorted(range(len(people)), key=lambda index: (-weigh(people[index]), people[index].name, index))
    taken: set[int] = set()
    kept = []
    for index in order:
        if index in taken:
            continue
        taken.add(index)
        draft = people[index]
        for other in sorted(partners[index] - taken, key=lambda o: (-weigh(people[o]), people[o].name, o)):
            rivals = [o for o in partners[other] if o != index and o not in partners[index]]
            if any(weigh(people[rival]) >= weigh(people[other]) and rival not in taken for rival in rivals):
                continue
            taken.add(other)
            absorb(draft, people[other])
        kept.append(draft)
    return kept


def weigh(draft: Draft) -> float:
    """Tell how well known a person is among those of the same name: offices of state, terms, sources."""
    head = any(HEAD.match(term.title) for term in draft.terms)
    return 2.0 * head + len(draft.terms) + 0.5 * len(draft.sources) + (1.0 if draft.qid else 0.0)


def absorb(held: Draft, draft: Draft) -> None:
    """Put all that is known of one draft into another of the same person."""
    for text, kind in draft.aliases.items():
        held.add(text, "alias" if kind == "name" else kind)
    held.qid = held.qid or draft.qid
    if held.name.isascii() and not draft.name.isascii() and fold_name(draft.name) == fold_name(held.name):
        held.name = draft.name
    held.terms.extend(term for term in draft.terms if term not in held.terms)
    held.sources |= draft.sources


def place_stateless(people: list[Draft]) -> list[Draft]:
    """Join rows without a country (an assembly's list) to the one person elsewhere of that very name, if it is one."""
    bearers: dict[str, list[Draft]] = defaultdict(list)
    for draft in people:
        if draft.country:
            for key in {fold_name(text) for text, kind in draft.aliases.items() if kind in ("name", "alias")}:
                bearers[key].append(draft)
    kept = []
    for draft in people:
        found = bearers.get(fold_name(draft.name), []) if not draft.country else []
        if len(found) == 1 and not (draft.qid and found[0].qid and draft.qid != found[0].qid):
            absorb(found[0], draft)
        else:
            kept.append(draft)
    return kept
