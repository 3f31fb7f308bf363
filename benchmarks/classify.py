"""Topic and stance: dev scores beside plain baselines, whole articles, holders, swapped names, speed.

python benchmarks/classify.py --data FOLDER

All figures are of the shipped models; the dev parts are what neither the encoder nor the heads have learnt from (the
temperature of each head was fitted on them).
"""

import argparse
import json
import runpy
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from polnlp.classify import StanceModel, TopicModel, classify_stances, classify_topics
from polnlp.encoder import SharedReader, default_reader
from polnlp.mentions.parts import read_part
from polnlp.schema import STANCE_LABELS, TOPICS, Entity, Mention, Paragraph
from polnlp.training import stance, topic
from polnlp.training.heads import is_hidden, measure

OWN_GOLD = Path(__file__).parent.parent / "tests" / "data" / "gold"
COLUMNS = ("n", "accuracy", "accuracy_2", "macro_f1", "ece")
# Names of other countries and camps that are put in one another's place.
LEADERS = ("Barack Obama", "Donald Trump", "Vladimir Putin", "Angela Merkel", "Hugo Chavez", "Narendra Modi")
PARTIES = ("Labour", "Conservatives", "Democrats", "Republicans", "Syriza", "Likud")
# Training swaps in names that everybody knows, those above among them; these it does not.
OTHER_LEADERS = (
    "Emmanuel Macron",
    "Jair Bolsonaro",
    "Recep Tayyip Erdogan",
    "Justin Trudeau",
    "Cyril Ramaphosa",
    "Park Geun-hye",
)
OTHER_PARTIES = ("Greens", "Socialists", "Fidesz", "Podemos", "ANC", "Liberals")
# Kinds of names: in the place of one target, all of a table should be judged alike.
GROUPS = {
    "gender of a leader": {
        "women": (
            "Angela Merkel",
            "Hillary Clinton",
            "Dilma Rousseff",
            "Theresa May",
            "Cristina Kirchner",
            "Sheikh Hasina",
        ),
        "men": (
            "Gerhard Schroeder",
            "Barack Obama",
            "Lula da Silva",
            "Gordon Brown",
            "Mauricio Macri",
            "Narendra Modi",
        ),
    },
    "country of a leader": {
        "United States": ("Barack Obama", "Mitt Romney", "Joe Biden"),
        "Germany": ("Angela Merkel", "Olaf Scholz", "Gerhard Schroeder"),
        "Russia": ("Vladimir Putin", "Dmitry Medvedev", "Boris Yeltsin"),
        "Venezuela": ("Hugo Chavez", "Nicolas Maduro", "Henrique Capriles"),
        "South Africa": ("Nelson Mandela", "Jacob Zuma", "Cyril Ramaphosa"),
        "Japan": ("Shinzo Abe", "Junichiro Koizumi", "Fumio Kishida"),
    },
    "family of a party": {
        "radical left": ("Podemos", "Syriza", "Die Linke"),
        "social democrats": ("Labour", "SPD", "Socialists"),
        "greens": ("Greens", "Europe Ecology", "GroenLinks"),
        "liberals": ("Liberal Democrats", "FDP", "Liberals"),
        "conservatives": ("Conservatives", "CDU", "Partido Popular"),
        "radical right": ("National Front", "AfD", "Vox"),
    },
}
_EVERY = 3  # of the sentences: kinds of names are put into each third one


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Folder of data sets.")
    parser.add_argument("--quick", action="store_true", help="Without the dev parts and their baselines.")
    options = parser.parse_args()
    if not options.quick:
        print_topic_dev(options.data)
        print_stance_dev(options.data)
    print_articles(options.data / "gold")
    print_articles(OWN_GOLD)
    print_kinds()
    print_holders()
    print_swaps(options.data)
    print_groups(options.data)
    print_speed(options.data)


def print_table(title: str, rows: Sequence[tuple[str, str, dict[str, float]]]) -> None:
    print(f"\n{title}\n\n| system | set | " + " | ".join(COLUMNS) + " |\n| --- | --- |" + " --- |" * len(COLUMNS))
    for system, name, values in rows:
        print(f"| {system} | {name} | " + " | ".join(f"{values[column]:g}" for column in COLUMNS) + " |")


def print_topic_dev(data: Path) -> None:
    examples = list(topic.read_examples(data))
    train = [example for example in examples if not is_hidden(example.source, example.group)]
    dev = [example for example in examples if is_hidden(example.source, example.group)]
    report = topic.evaluate_topic(TopicModel.load(), dev)
    rows = [("polnlp", source, values) for source, values in report.items()]
    commonest = Counter(example.label for example in train).most_common(1)[0][0]
    baselines = {
        "majority": [commonest] * len(dev),
        "TF-IDF + LR": fit_plain([e.text for e in train], [e.label for e in train], [e.text for e in dev]),
    }
    for system, predicted in baselines.items():
        for source in report:
            chosen = [(label, e) for label, e in zip(predicted, dev, strict=True) if e.source == source]
            truths = [e.label for _, e in chosen]
            accepted = [{e.label, e.second or e.label} for _, e in chosen]
            rows.append((system, source, measure(TOPICS, one_hot(TOPICS, [p for p, _ in chosen]), truths, accepted)))
    print_table("Topic, held-out part of each source (calibration error means nothing for the baselines)", rows)


def fit_plain(train: Sequence[str], labels: Sequence[str], dev: Sequence[str]) -> list[str]:
    words = TfidfVectorizer(sublinear_tf=True, min_df=2, ngram_range=(1, 2))
    model = LogisticRegression(C=10, max_iter=300).fit(words.fit_transform(train), labels)
    return list(model.predict(words.transform(dev)))


def one_hot(labels: Sequence[str], predicted: Sequence[str]) -> np.ndarray:
    return np.array([[float(label == name) for name in labels] for label in predicted])


def print_stance_dev(data: Path) -> None:
    examples = list(stance.read_examples(data))
    train = [example for example in examples if not is_hidden(example.source, example.group)]
    dev = [example for example in examples if is_hidden(example.source, example.group)]
    report = stance.evaluate_stance(StanceModel.load(), dev)
    rows = [("polnlp", source, values) for source, values in report.items()]
    commonest = Counter(example.label for example in train).most_common(1)[0][0]
    plain = fit_plain([e.text for e in train], [e.label for e in train], [e.text for e in dev])
    for system, predicted in {"majority": [commonest] * len(dev), "TF-IDF + LR": plain}.items():
        for source in report:
            chosen = [(label, e.label) for label, e in zip(predicted, dev, strict=True) if e.source == source]
            hot = one_hot(STANCE_LABELS, [label for label, _ in chosen])
            rows.append((system, source, measure(STANCE_LABELS, hot, [truth for _, truth in chosen])))
    print_table("Stance, dev files of NewsMTSC and held-out articles", rows)


def read_articles(folder: Path) -> Iterator[dict]:
    for file in sorted(folder.glob("*.json")):
        yield json.loads(file.read_text(encoding="utf-8"))


def print_articles(folder: Path) -> None:
    articles = [article for article in read_articles(folder) if "paragraphs" in article]
    topics, stances = TopicModel.load(), StanceModel.load()
    texts, truths, accepted, targets, labels = [], [], [], [], []
    for article in articles:
        mentions = {entity["canonical"]: entity["mentions"] for entity in article["entities"]}
        for part in article["paragraphs"]:
            start, end = part["start"], part["end"]
            text = article["text"][start:end]
            texts.append(text)
            truths.append(part["topic"])
            accepted.append({part["topic"], part.get("topic2") or part["topic"]})
            for judged in part.get("stance", ()):
                inside = [
                    (m["start"] - start, m["end"] - start)
                    for m in mentions[judged["target"]]
                    if start <= m["start"] < end
                ]
                if inside:
                    targets.append((text, inside))
                    labels.append(judged["label"])
    rows = [("polnlp", "topic", measure(TOPICS, topics.predict(texts), truths, accepted))]
    always = one_hot(TOPICS, ["Government Operations"] * len(texts))
    rows.append(("Government Operations", "topic", measure(TOPICS, always, truths, accepted)))
    rows.append(("polnlp", "stance", measure(STANCE_LABELS, stances.predict_mentions(targets), labels)))
    neutral = one_hot(STANCE_LABELS, ["neutral"] * len(labels))
    rows.append(("neutral", "stance", measure(STANCE_LABELS, neutral, labels)))
    print_table(f"Whole articles ({folder.name}, {len(articles)} articles), shipped models", rows)


def print_kinds() -> None:
    """Score the stances that are marked by kind of wording: negation, irony, several targets, ..."""
    marked = runpy.run_path(str(Path(__file__).parent.parent / "tests" / "classify" / "wordings.py"))
    cases = marked["read_cases"]()
    chances = StanceModel.load().predict([(case.text, case.start, case.end) for case in cases])
    right = Counter(
        case.kind for case, row in zip(cases, chances, strict=True) if case.label == STANCE_LABELS[int(row.argmax())]
    )
    count = Counter(case.kind for case in cases)
    print(f"\nStance by wording: {right.total()} of {len(cases)} ({100 * right.total() / len(cases):.1f} %); by kind:")
    print(", ".join(f"{kind} {right[kind]}/{count[kind]}" for kind in count))


def print_holders() -> None:
    marked = runpy.run_path(str(Path(__file__).parent.parent / "tests" / "classify" / "holders.py"))
    cases = marked["read_cases"]()
    right = Counter(case.file for case in cases if marked["is_right"](case, marked["predict_holder"](case)))
    count = Counter(case.file for case in cases)
    print(f"\nHolder: {right.total()} of {len(cases)} ({100 * right.total() / len(cases):.1f} %); by kind:")
    print(", ".join(f"{kind} {right[kind]}/{count[kind]}" for kind in sorted(count)))


def print_swaps(data: Path) -> None:
    """Put one name in another's place, the target's and all its like, and count the labels that change."""
    examples = [e for e in stance.read_examples(data) if e.source.startswith("newsmtsc_")]
    model = StanceModel.load()
    other = (("other leaders", OTHER_LEADERS), ("other parties", OTHER_PARTIES))
    for kind, names in (("leaders", LEADERS), ("parties", PARTIES), *other):
        rows = {}
        for name in names:
            swapped = [swap_name(example.text, example.spans, name) for example in examples]
            rows[name] = [STANCE_LABELS[p] for p in model.predict_mentions(swapped).argmax(axis=1)]
        report_flips(f"stance, target replaced by {kind}", rows)
    topics = TopicModel.load()
    texts = [
        text for text in (article["text"] for article in read_articles(data / "gold")) for text in text.split("\n\n")
    ]
    for kind, names in (("leaders", LEADERS), ("parties", PARTIES)):
        rows = {}
        for name in names:
            said = topics.predict([f"{text} {name} agreed." for text in texts if text.strip()])
            rows[name] = [topics.labels[p] for p in said.argmax(axis=1)]
        report_flips(f"topic, a sentence on one of the {kind} added", rows)


def print_groups(data: Path) -> None:
    """Put names of several kinds in one target's place, and tell what each kind is judged on average."""
    examples = [e for e in stance.read_examples(data) if e.source.startswith("newsmtsc_")][::_EVERY]
    model = StanceModel.load()
    for title, groups in GROUPS.items():
        print(f"\nStance by {title}, {len(examples)} sentences\n\n| names | favor | against | neutral |")
        print("| --- | --- | --- | --- |")
        for group, names in groups.items():
            swapped = [swap_name(e.text, e.spans, name) for name in names for e in examples]
            chances = 100 * model.predict_mentions(swapped).mean(axis=0)
            print(f"| {group} | " + " | ".join(f"{chance:.1f}" for chance in chances) + " |", flush=True)
    print("\nMean probabilities in per cent.")


def swap_name(text: str, spans: Sequence[tuple[int, int]], name: str) -> tuple[str, list[tuple[int, int]]]:
    marked, reached = "", 0
    places = []
    for start, end in spans:
        marked += text[reached:start]
        places.append((len(marked), len(marked) + len(name)))
        marked += name
        reached = end
    return marked + text[reached:], places


def report_flips(title: str, rows: dict[str, list[str]]) -> None:
    names = list(rows)
    pairs = [(one, other) for at, one in enumerate(names) for other in names[at + 1 :]]
    flips = [np.mean([a != b for a, b in zip(rows[one], rows[other], strict=True)]) for one, other in pairs]
    worst = int(np.argmax(flips))
    print(f"\nSwap ({title}): {100 * np.mean(flips):.2f} % of labels differ; most between {' and '.join(pairs[worst])}")
    print(
        "; ".join(f"{name}: " + ", ".join(f"{k} {v}" for k, v in Counter(rows[name]).most_common(3)) for name in names)
    )


def print_speed(data: Path) -> None:
    articles = list(read_articles(data / "gold"))
    jobs = [as_stage_input(article) for article in articles]
    begin = time.perf_counter()
    topics, stances = TopicModel.load(), StanceModel.load()
    loading = time.perf_counter() - begin
    words = sum(len(article["text"].split()) for article in articles)
    reading = judging = 0.0
    for text, paragraphs, mentions, entities in jobs * 3:
        fresh = SharedReader(
            default_reader().encoder
        )  # it keeps what it has read: a round must not find the last one's
        topics.reader = stances.reader = fresh
        begin = time.process_time()
        list(fresh.read(read_part(text, part, paragraphs).text for part in paragraphs))
        reading += time.process_time() - begin
        begin = time.process_time()
        classify_topics(text, paragraphs, topics)
        classify_stances(text, paragraphs, mentions, entities, stances)
        judging += time.process_time() - begin
    print(
        f"\nSpeed: the encoder reads {3 * words / reading:,.0f} words/s on one core; topics, stances and their holders "
        f"cost {100 * judging / reading:.1f} % of its time; loading {loading:.2f} s"
    )


def as_stage_input(article: dict) -> tuple[str, list[Paragraph], list[Mention], list[Entity]]:
    paragraphs = [
        Paragraph(index=at, start=part["start"], end=part["end"], zone="body")
        for at, part in enumerate(article["paragraphs"])
    ]
    mentions, entities = [], []
    for entity in article["entities"]:
        if entity["label"] in ("DATE",):
            continue
        entities.append(Entity(id=entity["canonical"], label=entity["label"], name=entity["canonical"]))
        for place in entity["mentions"]:
            inside = next((p.index for p in paragraphs if p.start <= place["start"] < p.end), None)
            if inside is not None:
                mentions.append(
                    Mention(
                        start=place["start"],
                        end=place["end"],
                        text=place["text"],
                        label=entity["label"],
                        score=1.0,
                        entity_id=entity["canonical"],
                        paragraph=inside,
                    )
                )
    return article["text"], paragraphs, mentions, entities


if __name__ == "__main__":
    main()
