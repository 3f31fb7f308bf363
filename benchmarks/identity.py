"""Who is who: grouping against exact match, linking on cases of our own, coverage of names, speed, size.

    python benchmarks/identity.py --data FOLDER [--errors]

Grouping is scored with B-cubed on gold mentions that are names: more than half of their words begin with a capital;
pronouns, times and numbers are left out, a mention is read whole. "Exact" groups what is equal once articles, titles
and a final possessive are stripped. "Grouping" joins within the article alone, "with the knowledge base" lets names
meet in one entry too. MEANTIME and GUM join "White House" or "American" with the United States; polnlp does not.
"""

import argparse
import gzip
import json
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from machine import describe_machine
from polnlp.entities import resolve_entities
from polnlp.entities.grouping import group_mentions
from polnlp.kb import KnowledgeBase, open_kb
from polnlp.mentions.gazetteer import Gazetteer
from polnlp.schema import Article, ArticleDate, Mention

HERE = Path(__file__).parent
AMBIGUITY = HERE.parent / "tests" / "data" / "identity" / "ambiguity.tsv"
COREF = ("gum_named_train.jsonl.gz", "gum_named_dev.jsonl", "meantime_train.jsonl", "redocred_dev.jsonl")
LABELS = {
    "person": "PERSON", "PER": "PERSON", "place": "REGION", "LOC": "REGION", "organization": "ORG", "ORG": "ORG",
    "FIN": "ORG", "event": "EVENT",
}  # fmt: skip
COVERED = {
    "politicalparty": {"PARTY"}, "politician": {"LEADER"}, "country": {"COUNTRY", "REGION"},
    "location": {"COUNTRY", "REGION"}, "organisation": {"ORG"},
}  # fmt: skip
SMALL = {"the", "of", "and", "for", "in", "a", "an", "de", "la", "on", "to", "at", "'s"}
PRONOUNS = set(
    re.findall(r"\w+", "i you he she it we they me him her us them its his their our my your who which that this")
)
TITLES = set(
    re.findall(
        r"\w+",
        "mr mrs ms miss madam sir lord lady dame dr doctor prof professor president vice prime minister premier "
        "chancellor secretary senator sen representative rep congressman congresswoman governor gov mayor general gen "
        "colonel col captain capt judge justice ambassador king queen prince princess pope bishop archbishop saint st",
    )
)
MARK = re.compile(r"\[(\*?)([A-Z]+) ([^\]]+)\]")

Clusters = dict[tuple[int, int], Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    parser.add_argument("--errors", action="store_true", help="List the errors on the ambiguity set.")
    options = parser.parse_args()
    begun = time.perf_counter()
    kb = open_kb()
    Gazetteer(kb).find("Hugo Chavez met Evo Morales in Bolivia.")
    opened = time.perf_counter() - begun
    print(describe_machine(), "\n")
    print_grouping(options.data / "coref", kb)
    print_linking(kb, options.errors)
    print_coverage(options.data / "ner" / "crossner_politics_dev.jsonl", kb)
    print_speed(options.data / "corpus" / "articles.jsonl", kb)
    size = (kb.path / "kb.sqlite").stat().st_size / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nOpening and first look-ups {opened:.2f} s; {size:.1f} MB on disk; peak memory of this run {peak:.0f} MB.")


def print_grouping(folder: Path, kb: KnowledgeBase) -> None:
    print("| B-cubed (P, R, F1), names, whole mention | mentions | exact | grouping | with the knowledge base |")
    print("| --- | --- | --- | --- | --- |")
    for file in COREF:
        texts = list(read_lines(folder / file))
        scores = [score_grouping(texts, method) for method in (group_exactly, group_ours, lambda *a: resolve(kb, *a))]
        cells = " | ".join(f"{p:.1f} {r:.1f} **{f:.1f}**" for p, r, f, _ in scores)
        print(f"| {file} | {scores[0][3]} | {cells} |")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def score_grouping(
    texts: list[dict[str, Any]], method: Callable[[str, list[Mention]], list[Any]]
) -> tuple[float, float, float, int]:
    precision = recall = count = 0.0
    for row in texts:
        gold: Clusters = {}
        mentions = []
        for number, cluster in enumerate(row["clusters"]):
            for item in cluster:
                place = (item["start"], item["end"])
                if place not in gold and is_named(item, row["text"]):
                    gold[place] = number
                    mentions.append(as_mention(item, row["text"]))
        mentions.sort(key=lambda mention: (mention.start, mention.end))
        found = dict(zip([(m.start, m.end) for m in mentions], method(row["text"], mentions), strict=True))
        p, r = score_bcubed(gold, found)
        precision, recall, count = precision + p, recall + r, count + len(gold)
    p, r = precision / count, recall / count
    return 100 * p, 100 * r, 200 * p * r / (p + r), int(count)


def score_bcubed(gold: Clusters, found: Clusters) -> tuple[float, float]:
    """Sum precision and recall over mentions. Bagga & Baldwin (1998), Entity-based cross-document coreferencing."""
    sets: list[dict[Any, set[tuple[int, int]]]] = []
    for clusters in (gold, found):
        members: dict[Any, set[tuple[int, int]]] = defaultdict(set)
        for place, cluster in clusters.items():
            members[cluster].add(place)
        sets.append(members)
    precision = recall = 0.0
    for place in gold:
        true, own = sets[0][gold[place]], sets[1][found[place]]
        shared = len(true & own)
        precision, recall = precision + shared / len(own), recall + shared / len(true)
    return precision, recall


def is_named(item: dict[str, Any], text: str) -> bool:
    surface = text[item["start"] : item["end"]]
    if (
        item.get("form") not in (None, "name")
        or item.get("label") in ("TIME", "NUM", "time")
        or surface.lower() in PRONOUNS
    ):
        return False
    words = [word for word in re.findall(r"[\w'’.-]+", surface) if word.lower() not in SMALL]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in words)
    return bool(words) and capitals > len(words) / 2 and any(word[0].isupper() for word in words)


def as_mention(item: dict[str, Any], text: str) -> Mention:
    start, end = item["start"], item["end"]
    label = LABELS.get(item.get("label"), "MISC")
    return Mention(
        start=start, end=end, text=text[start:end], label=label, score=1.0, paragraph=text.count("\n", 0, start)
    )  # fmt: skip


def group_exactly(text: str, mentions: list[Mention]) -> list[Any]:
    return [strip_name(mention.text) for mention in mentions]


def strip_name(surface: str) -> str:
    """Strip article, final possessive and titles; independent of the package, so that the measure stays as it is."""
    words = re.sub(r"['’]s?$", "", surface.strip(" \"'“”‘’.,;:")).split()
    while len(words) > 1 and words[0].strip(".,").lower() in TITLES | {"the", "a", "an"}:
        words = words[1:]
    return " ".join(words)


def group_ours(text: str, mentions: list[Mention]) -> list[Any]:
    found = [0] * len(mentions)
    for number, group in enumerate(group_mentions(text, mentions)):
        for index in group.members:
            found[index] = number
    return found


def resolve(kb: KnowledgeBase, text: str, mentions: list[Mention]) -> list[Any]:
    return [mention.entity_id for mention in resolve_entities(Article(id="x", text=text), (), mentions, kb).mentions]


def print_linking(kb: KnowledgeBase, errors: bool) -> None:
    tally: dict[str, Counter[bool]] = defaultdict(Counter)
    wrong = []
    for line in AMBIGUITY.read_text(encoding="utf-8").splitlines()[1:]:
        kind, date, marked, answer, reason = line.split("\t")
        text, mentions, asked = read_marked(marked)
        article = Article(id="case", text=text, date=ArticleDate(value=date, source="argument"))
        found = resolve_entities(article, (), mentions, kb).mentions[asked].entity_id or ""
        right = found == answer or (answer == "nil" and found.startswith("nil:"))
        tally[kind][right] += 1
        if not right:
            wrong.append(f"{date} {marked}: {found}, not {answer} ({reason})")
    rights, cases = sum(held[True] for held in tally.values()), sum(held.total() for held in tally.values())
    print("\n| linking, cases of our own | right | of |\n| --- | --- | --- |")
    for kind, held in sorted(tally.items()):
        print(f"| {kind} | {held[True]} | {held.total()} |")
    print(f"| all | {rights} ({100 * rights / cases:.1f} %) | {cases} |")
    if errors:
        print("\n" + "\n".join(f"- {line}" for line in wrong))


def read_marked(marked: str) -> tuple[str, list[Mention], int]:
    text, mentions, asked, at = "", [], 0, 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        asked = len(mentions) if match.group(1) else asked
        surface, label = match.group(3), match.group(2)
        mentions.append(Mention(start=len(text), end=len(text) + len(surface), text=surface, label=label, score=0.9))
        text += surface
        at = match.end()
    return text + marked[at:], mentions, asked


def print_coverage(path: Path, kb: KnowledgeBase) -> None:
    names, typed, known = Counter(), Counter(), Counter()
    for row in read_lines(path):
        for span in row["spans"]:
            if span["label"] not in COVERED:
                continue
            found = kb.find(row["text"][span["start"] : span["end"]])
            entries = [kb.entry(entry_id) for entry_id, _ in found]
            names[span["label"]] += 1
            known[span["label"]] += bool(found)
            typed[span["label"]] += any(entry and entry.label in COVERED[span["label"]] for entry in entries)
    print(
        "\n| names in CrossNER politics dev | mentions | known, % | known by its label, % |\n| --- | --- | --- | --- |"
    )
    for label, count in names.most_common():
        print(f"| {label} | {count} | {100 * known[label] / count:.1f} | {100 * typed[label] / count:.1f} |")


def print_speed(path: Path, kb: KnowledgeBase) -> None:
    gazetteer = Gazetteer(kb)
    rows = [row for row, _ in zip(read_lines(path), range(400), strict=False)]
    words = sum(len(row["text"].split()) for row in rows)
    begun = time.process_time()
    mentions = [find_mentions(row["text"], gazetteer) for row in rows]
    found = time.process_time()
    for row, held in zip(rows, mentions, strict=True):
        resolve_entities(Article(id=row["id"], text=row["text"]), (), held, kb)
    done = time.process_time()
    total = sum(len(held) for held in mentions)
    print(
        f"\n{len(rows)} articles, {words:,} words, {total:,} mentions, processor time on one core: gazetteer "
        f"{words / (found - begun):,.0f} words/s, grouping and linking {words / (done - found):,.0f} words/s, "
        f"{total / (done - found):,.0f} mentions/s."
    )


def find_mentions(text: str, gazetteer: Gazetteer) -> list[Mention]:
    """Give the gazetteer's names, and other runs of capitalised words, as a tagger would."""
    held, last = [], 0
    known = {(span.start, span.end): span.label for span in gazetteer.find(text)}
    runs = [(match.start(), match.end()) for match in re.finditer(r"[A-Z]\w+(?: [A-Z]\w+)+", text)]
    for start, end in sorted({*known, *runs}, key=lambda place: (place[0], -place[1])):
        if start >= last:
            label = known.get((start, end), "PERSON")
            paragraph = text.count("\n\n", 0, start)
            held.append(
                Mention(start=start, end=end, text=text[start:end], label=label, score=0.9, paragraph=paragraph)
            )
            last = end
    return held


if __name__ == "__main__":
    main()
