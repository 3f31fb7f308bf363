"""A run's account → the paragraph on methods that a paper needs, with the run's figures."""

from typing import Any

from polnlp.schema import CAP
from polnlp.wording import name_window

_NULL = {
    "hypergeometric": "both entities strewn evenly over the windows (Tumminello et al. 2011)",
    "configuration": "windows that keep their number of entities (Saracco et al. 2017)",
}
_WEIGHT = {
    "count": "the number of windows that two entities share",
    "npmi": "normalised pointwise mutual information (Bouma 2009)",
    "log_likelihood": "the log-likelihood ratio (Dunning 1993)",
    "jaccard": "the Jaccard index of their windows",
    "proximity": "windows weighted by the distance of the names",
}
_TAGGERS = {"encoder": "a MiniLM encoder fine-tuned for political texts (Wang et al. 2020)"}


def describe_methods(account: dict[str, Any]) -> str:
    """Give the paragraph, in English; ``polnlp cite`` has the references.

    Args:
        account: A run's ``run.json``.
    """
    sentences = [*_corpus(account), *_reading(account), *_network(account), *_provenance(account)]
    return " ".join(sentences)


def _corpus(account: dict[str, Any]) -> list[str]:
    counts, coverage = account["counts"], account["coverage"]
    articles = counts["reports"]
    share = 100 * coverage["read"] / coverage["characters"] if coverage["characters"] else 0
    sentences = [
        f"We analysed {_several(articles, 'article')} ({coverage['characters']:,} characters) with polnlp "
        f"{account['polnlp']}, which works offline and gives the same result for the same input."
    ]
    skipped = ", ".join(f"{count:,} ({reason})" for reason, count in coverage["skipped"].items())
    sentences.append(
        f"Names, topics and stances were read in {share:.1f} % of the characters"
        + (f"; left out were, in characters, {skipped}." if skipped else ".")
    )
    failed, double = counts.get("failed", 0), counts.get("duplicate", 0)
    if failed or double:
        sentences.append(f"{_several(failed, 'article')} could not be read and {double:,} had a text already seen.")
    if counts.get("undated"):
        sentences.append(f"{_several(counts['undated'], 'article')} had no date, and relative dates there stay open.")
    return sentences


def _reading(account: dict[str, Any]) -> list[str]:
    settings, counts = account["settings"], account["counts"]
    tagger = settings["mentions"]["model"]
    return [
        f"Names were found by {_TAGGERS.get(tagger, f'the model {tagger}')}, kept from a probability of "
        f"{settings['mentions']['threshold']} on ({counts['mentions']:,} mentions), grouped within articles and linked "
        "to polnlp's knowledge base, which draws on Party Facts (Döring and Regel 2019), GeoNames, Wikidata and the "
        f"World Factbook, from {settings['entities']['threshold']} on ({_several(counts['entities'], 'entity')} "
        "counted article by article)."
        if settings["entities"]["link"]
        else f"Names were found by {_TAGGERS.get(tagger, f'the model {tagger}')} ({counts['mentions']:,} mentions) and "
        "grouped within articles.",
        f"Dates were resolved against each article's own date as TIMEX3 values (Pustejovsky et al. 2003; "
        f"{counts['dates']:,} expressions).",
        f"Paragraphs were assigned to {_name_topics(account.get('topic_scheme', CAP))} where the calibrated "
        f"probability was at least {settings['topic']['threshold']} "
        f"({counts['topics']:,} paragraphs; {counts.get('topic below threshold', 0):,} below), and "
        "their attitude toward named entities was classified as favor, against or neutral from "
        f"{settings['stance']['threshold']} on ({counts['stances']:,} judgements; "
        f"{counts.get('stance below threshold', 0):,} below), with a model trained among others on NewsMTSC (Hamborg "
        "and Donnay 2021).",
    ]


def _name_topics(scheme: str) -> str:
    if scheme == CAP:
        return f"the major topics of the {CAP} (Baumgartner, Breunig and Grossman 2019)"
    return f"the labels of the scheme {scheme!r}, by a model fitted to texts labelled in it,"


def _network(account: dict[str, Any]) -> list[str]:
    graph, network = account["settings"]["graph"], account["network"]
    window = name_window(graph["window"], graph.get("window_tokens", 0))
    sentences = [
        f"Two entities are tied where a {window} names both, at least {_several(graph['min_count'], 'time')}; "
        f"mentions below a probability of {graph['min_score']} do not count. The network has "
        f"{_several(network['nodes'], 'node')} and {_several(network['edges'], 'edge')}, weighted by "
        f"{_WEIGHT[graph['weight']]}; ties were tested against {_NULL[graph['null']]}, with p-values corrected for the "
        "number of pairs, and communities are Louvain's (Blondel et al. 2008), agreed on over several runs "
        "(Lancichinetti and Fortunato 2012)."
    ]
    if graph["draws"]:
        sentences.append(
            f"Intervals are from {graph['draws']} redraws of whole articles with replacement (Field and Welsh 2007)."
        )
    return sentences


def _provenance(account: dict[str, Any]) -> list[str]:
    models = ", ".join(f"{name} {digest[:12]}" for name, digest in sorted(account["models"].items()))
    return [f"Settings have the sha256 {account['settings_hash'][:12]}; models: {models}."]


def _several(count: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count:,} {noun if count == 1 else plural}"
