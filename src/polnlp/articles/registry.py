"""Articles get ids that are unique, and each text is read once; what must be known of those before lies in a file."""

import sqlite3
import tempfile
from collections.abc import Iterator

import msgspec

from polnlp.articles.copies import CopyFinder
from polnlp.config import ArticlesConfig
from polnlp.errors import PolnlpError
from polnlp.schema import Article, Failure

_TABLES = (
    "CREATE TABLE taken (id TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE read (sha256 BLOB PRIMARY KEY, id TEXT) WITHOUT ROWID",
)


class Registry:
    """The ids and texts that were read already; of a text it keeps hashes alone.

    They lie in a temporary SQLite file, so that memory does not grow with the corpus.
    """

    def __init__(self, config: ArticlesConfig) -> None:
        self._keep_all = config.duplicates == "all"
        self._known = sqlite3.connect("", check_same_thread=False)  # a file of its own that goes when it is closed
        for table in _TABLES:
            self._known.execute(table)
        self._copies = CopyFinder()

    def admit_all(self, read: Iterator[Article | Failure]) -> Iterator[Article | Failure]:
        """Give articles with ids that are unique, and each text once.

        Raises:
            PolnlpError: If there is no room for what must be known of them.
        """
        for item in read:
            try:
                admitted = item if isinstance(item, Failure) else self._admit(item)
            except sqlite3.Error as error:
                raise PolnlpError(
                    f"{tempfile.gettempdir()}: cannot write temporary files: {error}. Make room there, or name another "
                    "folder by TMPDIR."
                ) from error
            yield admitted

    def _admit(self, article: Article) -> Article | Failure:
        digest = article.sha256
        kept = self._find_text(digest)
        notes = []
        if kept is not None and not self._keep_all:
            reason = f'the same text as {kept!r}, which is kept; set [articles] duplicates = "all" to keep both.'
            return Failure(article_id=article.id, reason=reason, origin=article.origin, duplicate_of=kept)
        if kept is not None:
            notes.append(f"the same text as {kept!r}")
        unique = self._make_unique(article.id, digest)
        if unique != article.id:
            notes.append(f"id {article.id!r} was taken")
        self._known.execute("INSERT INTO taken VALUES (?)", (unique,))
        self._known.execute("INSERT OR IGNORE INTO read VALUES (?, ?)", (bytes.fromhex(digest), unique))
        copied = kept if kept is not None else self._copies.find(unique, article.text)
        if not notes and copied is None:
            return article
        return msgspec.structs.replace(article, id=unique, copy_of=copied, notes=(*article.notes, *notes))

    def _find_text(self, digest: str) -> str | None:
        query = "SELECT id FROM read WHERE sha256 = ?"
        row = self._known.execute(query, (bytes.fromhex(digest),)).fetchone()
        return None if row is None else row[0]

    def _make_unique(self, given: str, digest: str) -> str:
        unique, count = given, 1
        while self._is_taken(unique):
            unique = f"{given}~{digest[:8]}" + (f"-{count}" if count > 1 else "")
            count += 1
        return unique

    def _is_taken(self, given: str) -> bool:
        return self._known.execute("SELECT 1 FROM taken WHERE id = ?", (given,)).fetchone() is not None
