"""Stages 1 to 6 in order, for one article and for many: the data's way on one screen."""

import logging
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import msgspec

from polnlp.arguments import check_choice, check_type, each_of
from polnlp.articles.dating import find_article_date, parse_stamp
from polnlp.articles.drafts import clean_metadata, replace_surrogates
from polnlp.classify import StanceModel, TopicModel, classify_stances, classify_texts, classify_topics, stances_of
from polnlp.config import Config, check_config, load_config
from polnlp.entities import find_references, resolve_entities
from polnlp.kb import open_kb
from polnlp.language import NAMES, READ, detect_language
from polnlp.mentions import find_mentions, load_tagger, resolve_overlaps
from polnlp.mentions.dates import find_dates
from polnlp.mentions.gazetteer import Gazetteer
from polnlp.mentions.labels import Scheme
from polnlp.mentions.spanish import SpanishTagger
from polnlp.models import find_model
from polnlp.paragraphs import split_paragraphs
from polnlp.provenance import Provenance
from polnlp.reports import build_report
from polnlp.schema import (
    CONTENT_ZONES,
    Article,
    ArticleDate,
    DateMention,
    Entity,
    Failure,
    MadeBy,
    Mention,
    Paragraph,
    Report,
    Stance,
    Topic,
)
from polnlp.sentences import split_sentences

_ARTICLES = "read_articles(path) reads files, analyze(text) takes a text"
_TEXTS = "give one text as [text]"

logger = logging.getLogger(__name__)


def load(config: Config | str | Path | None = None, *, model: str | Path | None = None) -> "Pipeline":
    """Open the models and give a pipeline.

    Examples:
        >>> from polnlp.config import TopicConfig
        >>> nlp = load(Config(topic=TopicConfig(threshold=0.5)))
        >>> nlp.config.topic.threshold
        0.5

    Args:
        config: Settings, or a TOML file of them; without it the defaults.
        model: Takes the place of ``config.mentions.model``: a shipped model's name, a folder, or an installed
            spaCy pipeline.

    Returns:
        A pipeline with its models open; this takes a second or two, so keep it.

    Raises:
        ConfigError: If a setting is wrong.
        CorpusError: If a file of own entities is missing or wrong.
        ModelError: If a model is missing or damaged.
    """
    settings = config if isinstance(config, Config) else load_config(config)
    if model is not None:
        mentions = msgspec.structs.replace(settings.mentions, model=str(model))
        settings = msgspec.structs.replace(settings, mentions=mentions)
    return Pipeline(settings)


class Pipeline:
    """Reads articles. Models are opened when it is made; after that it keeps no state between articles.

    Examples:
        >>> nlp = load()
        >>> report = nlp.analyze("Evo Morales spoke in La Paz.", date="2009-01-29")
        >>> [mention.text for mention in report.mentions]
        ['Evo Morales', 'La Paz']

    Args:
        config: Settings, checked before any model is opened. ``load`` also takes a file of them.

    Raises:
        ConfigError: If a setting is wrong.
        CorpusError: If a file of own entities is missing or wrong.
        ModelError: If a model is missing or damaged.

    References:
        Wang et al. (2020). MiniLM: deep self-attention distillation for task-agnostic compression of pre-trained
            transformers. NeurIPS 33. (The encoder that names, topics and stances share.)
    """

    def __init__(self, config: Config) -> None:
        self.config = config = check_config(config)
        self.provenance = Provenance(config)
        self.kb = open_kb(own=config.entities.own)
        self.gazetteer = Gazetteer(self.kb) if config.mentions.gazetteer else None
        self.tagger = load_tagger(config.mentions.model)
        self.topic_model = TopicModel.load(find_model(config.topic.model))
        self.stance_model = StanceModel.load(find_model(config.stance.model))

    def analyze_article(self, article: Article) -> Report:
        """Take one article the whole way, from its text to its report.

        Examples:
            >>> article = Article(id="a", text="Evo Morales spoke in La Paz.")
            >>> load().analyze_article(article).article.id
            'a'

        Args:
            article: As ``read_articles`` gives it. Its date is looked for where it has none.

        Returns:
            All that was found, with the article's language and date. In a language that is not read it holds the
            paragraphs alone.

        Raises:
            TypeError: If ``article`` is no ``Article``, or its id, text or date is of a wrong type.
        """
        check_article(article)
        config = self.config
        made_by = self.provenance.made_by(article)
        paragraphs = split_paragraphs(article, config.paragraphs)
        article = name_language(date_article(article, paragraphs), paragraphs)
        if article.language not in (None, *READ):
            return self._report_unread(article, paragraphs, made_by)
        dates = self._find_dates(article, paragraphs)
        tagger = SpanishTagger(self.tagger) if article.language == "es" else self.tagger
        mentions = find_mentions(article.text, paragraphs, tagger, self.gazetteer, config.mentions, dates)
        mentions, dates = resolve_overlaps(mentions, dates)
        mentions, entities, merges = resolve_entities(article, paragraphs, mentions, self.kb, config.entities)
        described = find_references(article, paragraphs, mentions, dates, self.kb) if config.entities.references else ()
        topics, stances, left_out = self._classify(article, paragraphs, mentions, entities)
        return build_report(
            article,
            paragraphs=paragraphs,
            mentions=mentions,
            dates=dates,
            entities=entities,
            topics=topics,
            stances=stances,
            merges=merges,
            references=described,
            left_out={reason: count for reason, count in left_out.items() if count},
            made_by=made_by,
            keep_text=config.reports.text,
        )

    def _classify(
        self,
        article: Article,
        paragraphs: tuple[Paragraph, ...],
        mentions: tuple[Mention, ...],
        entities: tuple[Entity, ...],
    ) -> tuple[tuple[Topic, ...], tuple[Stance, ...], dict[str, int]]:
        """Judge topics and stances, in English alone: the classifiers have seen no other language."""
        if article.language not in (None, "en"):
            content = sum(paragraph.zone in CONTENT_ZONES for paragraph in paragraphs)
            return (), (), {f"paragraphs in {NAMES[article.language]}: no topic, no stance": content}
        config = self.config
        topics = classify_topics(article.text, paragraphs, self.topic_model, config.topic)
        stances = classify_stances(article.text, paragraphs, mentions, entities, self.stance_model, config.stance)
        left_out = {"topic below threshold": topics.left_out, "stance below threshold": stances.left_out}
        return topics.items, stances.items, left_out

    def _report_unread(self, article: Article, paragraphs: tuple[Paragraph, ...], made_by: MadeBy) -> Report:
        """Give the report of an article in a language that no stage knows: its paragraphs and its date alone."""
        code = article.language or ""
        return build_report(
            article,
            paragraphs=paragraphs,
            made_by=made_by,
            unread=f"in {NAMES.get(code, code)}",
            keep_text=self.config.reports.text,
        )

    def analyze(
        self,
        text: str,
        *,
        date: str | None = None,
        title: str | None = None,
        id: str = "text",
        metadata: dict[str, str] | None = None,
    ) -> Report:
        """Analyse one text.

        Examples:
            >>> report = load().analyze("They met on Tuesday.", date="2009-01-29", id="a")
            >>> [(date.text, date.value) for date in report.dates]
            [('Tuesday', '2009-01-27')]

        Args:
            text: The article. Offsets in the report index it.
            date: When it was written, ISO 8601, as fine as known: ``2009-01-29``, ``2009-01``, ``2009``. Without it
                the text is searched for one; if there is none, relative dates stay unresolved.
            title: Its title, where that is not part of the text.
            id: The article's id in the report.
            metadata: What else is known; ``country`` helps to tell namesakes apart.

        Returns:
            All that was found; of an empty text nothing.

        Raises:
            ValueError: If ``date`` is not a date.
            TypeError: If ``text``, ``date``, ``title`` or ``id`` is no string, or ``metadata`` no dictionary.
        """
        check_type("id", id, str, "give str(id)")
        if title is not None:
            check_type("title", title, str, "give its words, or None where there is none")
        if metadata is not None:
            check_type("metadata", metadata, dict, "give names with values, such as {'country': 'Ecuador'}")
        article = Article(
            id=make_encodable(id),
            text=make_encodable(text),
            title=None if title is None else make_encodable(title),
            date=as_article_date(date),
            metadata=clean_metadata(metadata or {}),
        )
        return self.analyze_article(article)

    def run(self, articles: Iterable[Article | Failure]) -> Iterator[Report | Failure]:
        """Analyse articles in input order; one that fails gives a ``Failure`` and never stops the run.

        Examples:
            >>> articles = [Article(id="a", text="Quito is high."), Failure(article_id="b", reason="no text")]
            >>> [type(result).__name__ for result in load().run(articles)]
            ['Report', 'Failure']

        Args:
            articles: Read one at a time; a ``Failure`` among them is handed on.

        Returns:
            One result an article, made when it is asked for. Whatever goes wrong with an article is its ``Failure``.

        Raises:
            TypeError: If ``articles`` is a file's name, or an item is neither article nor ``Failure``.
        """
        for article in articles:
            if isinstance(article, Failure):
                yield article
                continue
            check_type("articles: one of them", article, Article, _ARTICLES)
            try:
                yield self.analyze_article(article)
            except Exception as error:
                logger.warning("%s failed", article.id, exc_info=True)
                reason = f"{type(error).__name__}: {error}"
                yield Failure(article_id=article.id, reason=reason, origin=article.origin)

    def extract_entities(self, text: str, *, date: str | None = None) -> list[Mention]:
        """Find the names of a text and whom they name; the whole text is read, whatever its zones.

        Examples:
            >>> [mention] = load().extract_entities("Evo Morales spoke.")
            >>> mention.start, mention.end, mention.label, mention.entity_id
            (0, 11, 'LEADER', 'leader:BOL:evo-morales')

        Args:
            text: Offsets of the mentions are code points of it.
            date: When it was written, ISO 8601; helps to tell who held an office then.

        Returns:
            Mentions in order of ``start``, without overlaps, each with its ``entity_id``.

        Raises:
            ValueError: If ``date`` is not a date.
            TypeError: If ``text`` or ``date`` is no string.

        References:
            McFadden (1974). Conditional logit analysis of qualitative choice behavior. In: Frontiers in Econometrics.
                (Which of several namesakes is meant.)
        """
        article = Article(id="text", text=make_encodable(text), date=as_article_date(date))
        paragraphs = tuple(
            paragraph if paragraph.zone in CONTENT_ZONES else msgspec.structs.replace(paragraph, zone="body")
            for paragraph in split_paragraphs(article, self.config.paragraphs)
        )
        mentions = find_mentions(article.text, paragraphs, self.tagger, self.gazetteer, self.config.mentions)
        return list(resolve_entities(article, paragraphs, mentions, self.kb, self.config.entities).mentions)

    def extract_batch(
        self, texts: Iterable[str], *, scheme: Literal["codebook", "crossner"] = "codebook"
    ) -> Iterator[list[Mention]]:
        """Find names alone, in one list per text and in order; identities stay open (``entity_id`` is ``None``).

        Examples:
            >>> [[name.text for name in names] for names in load().extract_batch(["Evo Morales spoke.", ""])]
            [['Evo Morales'], []]

        Args:
            texts: Each is read as one paragraph.
            scheme: Whose conventions to mark by. ``crossner`` marks as the CrossNER politics set does
                ("Republicans" is ``MISC``); labels are polnlp's either way.

        Returns:
            One list a text, made when it is asked for; mentions in order, without overlaps, ``score`` in [0, 1].

        Raises:
            ModelError: If the model was not made for names in that scheme.
            ValueError: If there is no such scheme.
            TypeError: If ``texts`` is one text, or one of them is no string.

        References:
            Liu et al. (2021). CrossNER: evaluating cross-domain named entity recognition. AAAI 35.
            Viterbi (1967). Error bounds for convolutional codes. IEEE Transactions on Information Theory 13(2),
                260-269. (The best sequence of tags.)
        """
        check_choice("scheme", scheme, get_args(Scheme))
        tagger = load_tagger(self.config.mentions.model, scheme=scheme)
        gazetteer = self.gazetteer if scheme == "codebook" else None
        for text in each_of(str, texts, "texts", _TEXTS):
            readable = make_encodable(text)
            paragraph = as_paragraph(readable)
            yield list(find_mentions(readable, paragraph, tagger, gazetteer, self.config.mentions, scheme=scheme))

    @property
    def topic_labels(self) -> tuple[str, ...]:
        """The labels that topics may have: the codebook's, or those of the scheme of the settings' model.

        Examples:
            >>> load().topic_labels[:2]
            ('Macroeconomics', 'Civil Rights')
        """
        return self.topic_model.labels

    def topics(self, texts: Iterable[str]) -> Iterator[Topic]:
        """Tell what each text, read as one paragraph, is about; in order, whatever the score.

        Examples:
            >>> [topic] = load().topics(["The hospitals have no nurses, and patients wait for months."])
            >>> topic.label
            'Health'

        Args:
            texts: One paragraph each, in English.

        Returns:
            One topic a text, made when it is asked for: one of ``topic_labels`` with its calibrated probability in
            [0, 1].

        Raises:
            TypeError: If ``texts`` is one text, or one of them is no string.

        References:
            Guo et al. (2017). On calibration of modern neural networks. ICML.
        """
        return classify_texts(
            map(make_encodable, each_of(str, texts, "texts", _TEXTS)), self.topic_model, self.config.topic
        )

    def stances(self, pairs: Iterable[tuple[str, tuple[int, int] | str]]) -> Iterator[Stance]:
        """Tell the attitude of each text, read as one paragraph, toward a target.

        Examples:
            >>> [stance] = load().stances([("Correa lied, and his law is a disgrace.", "Correa")])
            >>> stance.label
            'against'

        Args:
            pairs: A text and its target: offsets ``(start, end)`` in code points, or a surface form, which means
                all its occurrences.

        Returns:
            One stance a pair, made when it is asked for; its holder is ``author`` or a surface form of the text.
            Its score is a calibrated probability in [0, 1].

        Raises:
            ValueError: If a target does not stand in its text.
            TypeError: If an item is not a text with its target.

        References:
            Guo et al. (2017). On calibration of modern neural networks. ICML.
        """
        return stances_of(pairs, self.stance_model, self.config.stance)

    def _find_dates(self, article: Article, paragraphs: tuple[Paragraph, ...]) -> tuple[DateMention, ...]:
        dates = self.config.dates
        spoken = article.language if article.language in READ else "en"
        found = find_dates(
            article.text,
            reference=article.date.value if article.date else None,
            guideline=dates.guideline,
            language=spoken or "en" if dates.language == "auto" else dates.language,
            day_first=dates.day_first,
            paragraphs=paragraphs,
        )
        return tuple(found)


def check_article(article: Article) -> None:
    """Refuse what is no article, or one that was made by hand with fields of wrong types."""
    check_type("article", article, Article, _ARTICLES)
    check_type("article.id", article.id, str, "give str(id)")
    check_type(f"{article.id}: text", article.text, str, "give the text itself")
    if article.date is not None:
        hint = "give ArticleDate(value='2009-01-29', source='argument'), or call analyze(text, date='2009-01-29')"
        check_type(f"{article.id}: date", article.date, ArticleDate, hint)


def date_article(article: Article, paragraphs: tuple[Paragraph, ...]) -> Article:
    """Give the article its date, where one is found; a date that came with it stays."""
    date = article.date or find_article_date(article, paragraphs)
    return msgspec.structs.replace(article, date=date)


def name_language(article: Article, paragraphs: tuple[Paragraph, ...]) -> Article:
    """Give the article the language that its content is written in; one that came with it stands where none is sure.

    Pages and databases often name a wrong one, so what the text shows goes first.
    """
    content = "\n".join(article.text[p.start : p.end] for p in paragraphs if p.zone in CONTENT_ZONES)
    shown, given = detect_language(content), article.language
    notes = article.notes
    if shown and given and shown != given:
        notes = (*notes, f"language given as {given!r}, but written in {shown!r}: read as that")
    return msgspec.structs.replace(article, language=shown or given, notes=notes)


def as_article_date(date: str | None) -> ArticleDate | None:
    """Check a date that a caller gives."""
    if date is None:
        return None
    check_type("date", date, str, "give it as 2009-01-29, 2009-01 or 2009, such as day.isoformat() or str(year)")
    value = parse_stamp(date)
    if value is None:
        raise ValueError(f"date={date!r} is not a date as text; give it as 2009-01-29, 2009-01 or 2009.")
    return ArticleDate(value=value, source="argument", text=date)


def as_paragraph(text: str) -> tuple[Paragraph, ...]:
    """Give a text as one paragraph of running text."""
    return (Paragraph(index=0, start=0, end=len(text), zone="body", sentences=tuple(split_sentences(text))),)


def make_encodable(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot hold, by U+FFFD; every offset stays.

    Raises:
        TypeError: If it is no text.
    """
    check_type("text", text, str, "give the text itself; read_articles(path) reads files, extract_batch many texts")
    return replace_surrogates(text)


def extract_entities(text: str, *, date: str | None = None) -> list[Mention]:
    """Find the names of a text and whom they name, with the default pipeline (opened once, at the first call).

    Examples:
        >>> [mention.entity_id for mention in extract_entities("Evo Morales spoke.")]
        ['leader:BOL:evo-morales']

    Args:
        text: Read whole, whatever its zones; offsets are code points of it.
        date: When it was written, ISO 8601; helps to tell who held an office then.

    Returns:
        Mentions in order of ``start``, without overlaps, each with its ``entity_id``.

    Raises:
        ValueError: If ``date`` is not a date.
        TypeError: If ``text`` or ``date`` is no string.
        ModelError: If a model is missing or damaged.
    """
    return _default_pipeline().extract_entities(text, date=date)


@cache
def _default_pipeline() -> Pipeline:
    return load()
