"""What stands beside the text: a card for each entity, the dates, the article, and how it was read."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from polnlp.graph.colors import TYPE_NAMES
from polnlp.report_page.marking import (
    DOUBTFUL,
    LABEL_WORDS,
    STANCE_MARKS,
    STANCE_WORDS,
    date_value,
    escape,
    isolate,
    type_icon,
)
from polnlp.schema import LABELS, Entity, Mention, Merge, Report

LINKS = 40  # places in the text that a card lists; the arrows on a name reach all


def number_entities(report: Report) -> dict[str, int]:
    """Number the entities as their cards stand: by type, those named most often first."""
    order: dict[str, int] = {label: place for place, label in enumerate(LABELS)}
    ranked = sorted(report.entities, key=lambda entity: (order[entity.label], -entity.count, entity.name, entity.id))
    return {entity.id: number for number, entity in enumerate(ranked)}


def entity_cards(report: Report, numbers: dict[str, int], *, nodes: dict[str, str]) -> Iterator[str]:
    """Give the entities' cards under the names of their types.

    Args:
        report: The article's.
        numbers: As ``number_entities`` gives them.
        nodes: Entity id to its id in the network, of those that the card links to; may be empty.
    """
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in report.mentions:
        mentions[mention.entity_id or ""].append(mention)
    merges: dict[str, list[Merge]] = defaultdict(list)
    for merge in report.merges:
        merges[merge.into].append(merge)
    stances: dict[str, Counter[str]] = defaultdict(Counter)
    for stance in report.stances:
        stances[stance.target][stance.label] += 1
    by_id = {entity.id: entity for entity in report.entities}
    last = None
    for entity_id, number in sorted(numbers.items(), key=lambda item: item[1]):
        entity = by_id[entity_id]
        if entity.label != last:
            last = entity.label
            total = sum(other.label == last for other in report.entities)
            heading = f'{escape(TYPE_NAMES[last])} <span class="soft">{total}</span>'
            yield f'<h3 class="t-{last}">{type_icon(last)}{heading}</h3>'
        parts = [
            _identity(entity, nodes.get(entity_id)),
            _decisions(merges[entity_id]),
            _stances(stances[entity_id]),
            _places(mentions[entity_id]),
        ]
        yield (
            f'<details class="card t-{entity.label}"><summary>{isolate(entity.name)}'
            f'<span class="soft">{entity.count}</span></summary>'
            f'<div id="e{number}" tabindex="-1">{"".join(parts)}</div></details>'
        )


def _identity(entity: Entity, node: str | None) -> str:
    rows = [("Identity", f"<code>{escape(entity.id)}</code> · probability {entity.score:.2f}")]
    if entity.id.startswith("nil:"):
        rows = [("Identity", "not in the knowledge base")]
    known = []
    if entity.qid and entity.qid[1:].isdigit():
        known.append(_link(f"https://www.wikidata.org/wiki/{entity.qid}", f"Wikidata {entity.qid}"))
    if entity.geonames and entity.geonames.isdigit():
        known.append(_link(f"https://www.geonames.org/{entity.geonames}", "GeoNames"))
    known += [escape(f"{name} {code}") for name, code in (("", entity.iso), ("Party Facts", entity.partyfacts)) if code]
    if known:
        rows.append(("Elsewhere", " · ".join(known)))
    rows.append(("Written", ", ".join(map(isolate, entity.aliases))))
    if node is not None:
        rows.append(
            ("Network", f'<a href="../graph.html#node={escape(quote(node, safe=""))}">its ties in the corpus</a>')
        )
    return _rows(rows)


def _rows(rows: list[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in rows) + "</dl>"


def _decisions(merges: list[Merge]) -> str:
    if not merges:
        return ""
    words = {"group": "is the same", "link": "linked", "nil": "no entry fits", "corpus": "joined across articles"}
    items = []
    for merge in merges:
        other = f", next best {escape(merge.runner_up)}" if merge.runner_up else ""
        how = f"{words[merge.kind]} by {escape(merge.rule)} {merge.score:.2f}{other}"
        items.append(f'<li>{isolate(merge.source)} <span class="soft">{how}</span></li>')
    return f"<h4>Why</h4><ul>{''.join(items)}</ul>"


def _stances(counts: Counter[str]) -> str:
    told = [
        f'<span class="s-{label}"><span aria-hidden="true">{STANCE_MARKS[label]}</span> {word} {counts[label]}</span>'
        for label, word in STANCE_WORDS.items()
        if counts[label]
    ]
    return f"<h4>Spoken of</h4><p>{' · '.join(told)} <span class='soft'>paragraphs</span></p>" if told else ""


def _places(mentions: list[Mention]) -> str:
    links = [
        f'<a href="#c{m.start}">¶{m.paragraph} {isolate(m.text)}</a> <span class="soft">{m.score:.2f}'
        f"{' doubtful' if m.score < DOUBTFUL else ''}</span>"
        for m in mentions[:LINKS]
    ]
    more = f'<li class="soft">and {len(mentions) - LINKS} more</li>' if len(mentions) > LINKS else ""
    return f"<h4>In the text</h4><ul>{''.join(f'<li>{link}</li>' for link in links)}{more}</ul>"


def date_rows(report: Report) -> Iterator[str]:
    """Give a row for each date: words, value, rule, other readings."""
    for number, date in enumerate(report.dates):
        other = "".join(f" · or {escape(reading.value)} ({reading.probability:.2f})" for reading in date.alternatives)
        words = " ".join(date.text.split())
        value, rule = escape(date_value(date)), escape(date.rule)
        yield (
            f'<li id="d{number}" tabindex="-1"><a href="#d{number}-at">{isolate(words)}</a> <b>{value}</b> '
            f'<span class="soft">{date.type.lower()} · ¶{date.paragraph} · rule “{rule}”{other}</span></li>'
        )


def article_facts(report: Report) -> str:
    """Give what is known of the article: date and where it was found, author, source, country."""
    article, date = report.article, report.article.date
    if date is None:
        rows = [("Date", "none found: relative dates stay open")]
    else:
        bound = ", at the latest" if date.upper_bound else ""
        where = f"{date.source}{f' “{date.text}”' if date.text and date.source != 'argument' else ''}"
        rows = [("Date", f'{escape(date.value)}{bound} <span class="soft">from {escape(where)}</span>')]
    for key in ("author", "source", "country"):
        if isinstance(article.metadata.get(key), str):
            rows.append((key.capitalize(), isolate(article.metadata[key])))
    if isinstance(url := article.metadata.get("url"), str):
        rows.append(("Address", _link(url, url)))
    rows.append(("Article", isolate(article.id)))
    rows += [("Note", isolate(note)) for note in article.notes]
    return _rows(rows)


def coverage_line(report: Report) -> str:
    """Say how much was read, what was skipped and why, and what was left out."""
    coverage = report.coverage
    skipped = "; ".join(f"{escape(reason)} {count:,}" for reason, count in coverage.skipped.items()) or "nothing"
    left = "; ".join(f"{escape(reason)} {count:,}" for reason, count in coverage.left_out.items())
    told = f"Read {coverage.read:,} of {coverage.characters:,} characters for names; skipped: {skipped}."
    return f"{told} Left out: {left}." if left else told


def provenance(report: Report) -> str:
    """Say what made the report, each by its hash."""
    made = report.made_by
    rows: list[tuple[str, Any]] = [("polnlp", made.polnlp), ("settings", made.settings), ("input", made.input)]
    rows += [(f"model {name}", digest) for name, digest in made.models.items()]
    rows += [("topics of", made.topic_scheme), ("text, sha256", report.article.sha256)]
    return _rows([(escape(name), f"<code>{escape(value)}</code>") for name, value in rows])


def describe_counts(report: Report) -> str:
    """Say in a line what was found."""
    told = [
        f"{len(report.mentions):,} names of {len(report.entities):,} entities",
        f"{len(report.dates):,} dates",
        f"{len(report.topics):,} topics",
        f"{len(report.stances):,} stances",
    ]
    return ", ".join(told) + f" in {len(report.paragraphs):,} paragraphs"


def _link(address: str, text: str) -> str:
    """Give a link where the address is one of the web; else the text alone."""
    try:
        safe = urlsplit(address).scheme in ("http", "https")
    except ValueError:
        safe = False
    return f'<a href="{escape(address)}" rel="noreferrer" target="_blank">{escape(text)}</a>' if safe else isolate(text)


def legend(report: Report) -> str:
    """Give the types that the text holds, each with its shape and word."""
    present = Counter(mention.label for mention in report.mentions)
    items = [
        f'<li class="t-{label}">{type_icon(label)}{LABEL_WORDS[label]} <span class="soft">{present[label]}</span></li>'
        for label in LABELS
        if present[label]
    ]
    return "".join(items)
