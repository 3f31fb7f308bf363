"""A run's folder → its page in this machine's browser, with entities and evidence that the page cannot hold.

Only this machine is answered (127.0.0.1), only ``GET``, only files that a run writes. A request that names another host
is refused, so that no page from elsewhere can read the folder by giving itself this address.
"""

import logging
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from polnlp.errors import CorpusError, PolnlpError
from polnlp.graph.page import make_live
from polnlp.graph.stored_entities import find_entities, read_entity
from polnlp.graph.stored_evidence import read_evidence

logger = logging.getLogger(__name__)

Question = dict[str, list[str]]  # a request's query
HOST = "127.0.0.1"
MOST = 500  # windows, or ties, in one answer
LONGEST = 200  # characters that are searched for
NEEDED = ("graph.html", "tables/articles.parquet", "tables/paragraphs.parquet", "tables/evidence.parquet")
# The kinds of files that a run writes. HTML is only what polnlp wrote: the page, and the articles' pages.
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".gz": "application/gzip",
    ".csv": "text/csv; charset=utf-8",
    ".gexf": "application/gexf+xml",
    ".graphml": "application/graphml+xml",
    ".net": "text/plain; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def make_server(output: Path, *, port: int = 0) -> "ViewServer":
    """Make a server for a run's folder; ``serve_forever`` runs it, as for every server of ``socketserver``.

    Args:
        output: A folder that ``polnlp run`` or ``polnlp graph`` wrote.
        port: 0 takes one that is free.

    Raises:
        CorpusError: If the folder lacks the page or a table that it needs.
        PolnlpError: If the port is taken or not allowed.
    """
    missing = [name for name in NEEDED if not (output / name).is_file()]
    if missing:
        raise CorpusError(
            f"{output}: not a run's folder, {' and '.join(missing)} missing. Give the folder that `polnlp run` wrote "
            "with `-o`, or make its network with `polnlp graph`."
        )
    try:
        return ViewServer(output.resolve(), port)
    except OSError as error:
        raise PolnlpError(f"port {port}: {error.strerror}. Leave `--port` out to take one that is free.") from error


class ViewServer(ThreadingHTTPServer):
    """Serves one folder; ``address`` is where."""

    daemon_threads = True
    allow_reuse_address = False  # a port that another program has is refused, not shared

    def __init__(self, output: Path, port: int) -> None:
        super().__init__((HOST, port), _Handler)
        self.output = output
        self.address = f"http://{HOST}:{self.server_port}/"
        self.hosts = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}


class _WrongQuestionError(Exception):
    """A request that asks for nothing that can be given; the message says what to give."""


class _Handler(BaseHTTPRequestHandler):
    """Answers one request; any other method than ``GET`` is none that it knows."""

    server: ViewServer
    server_version = "polnlp"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        if self.headers.get("Host") not in self.server.hosts:
            self._refuse(HTTPStatus.FORBIDDEN, "This server answers to its own address only.")
            return
        asked = urlsplit(self.path)
        answers = {
            "/evidence.json": self._find_evidence,
            "/search.json": self._find_names,
            "/entity.json": self._find_entity,
        }
        if asked.path in answers:
            self._answer_question(answers[asked.path], parse_qs(asked.query, keep_blank_values=True))
            return
        file = find_file(self.server.output, unquote(asked.path))
        if file is None:
            self._refuse(HTTPStatus.NOT_FOUND, "There is no such file here.")
            return
        body = file.read_bytes()
        self._answer(HTTPStatus.OK, make_live(body) if file.name == "graph.html" else body, KINDS[file.suffix])

    def _answer_question(self, find: Callable[[Question], Any], asked: Question) -> None:
        try:
            found = find(asked)
        except _WrongQuestionError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
        except CorpusError as error:
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))
        else:
            self._answer(HTTPStatus.OK, msgspec.json.encode(found), KINDS[".json"])

    def _find_evidence(self, asked: Question) -> Any:
        a, b, offset = (asked.get(name, [""])[0] for name in ("a", "b", "offset"))
        if not a or not b or not (offset or "0").isdecimal() or len(offset) > 12:
            raise _WrongQuestionError("Give two entities' ids as a and b, and an offset from 0.")
        return read_evidence(self.server.output, a, b, offset=int(offset or 0), limit=MOST)

    def _find_names(self, asked: Question) -> Any:
        text = asked.get("q", [""])[0]
        if not text or len(text) > LONGEST:
            raise _WrongQuestionError(f"Give a part of a name as q, of at most {LONGEST} characters.")
        return find_entities(self.server.output, text)

    def _find_entity(self, asked: Question) -> Any:
        """Give the entity and its ties; ``null`` where there is none of this id."""
        entity_id = asked.get("id", [""])[0]
        if not entity_id:
            raise _WrongQuestionError("Give an entity's id as id.")
        return read_entity(self.server.output, entity_id, limit=MOST)

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self._answer(status, reason.encode(), "text/plain; charset=utf-8")

    def _answer(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, "Content-Type": kind, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        logger.debug(format, *args)


def find_file(output: Path, path: str) -> Path | None:
    """Give the file of a run that a request's path means; ``None`` for any other, and for all outside the folder.

    Args:
        output: The folder, resolved.
        path: Decoded; ``/`` is the page.
    """
    parts = path.removeprefix("/").split("/") if path != "/" else ["graph.html"]
    # Windows takes a backslash for a separator and a colon for a drive; no file of a run has either.
    if any(not part or part.startswith(".") or not part.isprintable() or {*part} & {"\\", ":"} for part in parts):
        return None
    file = output.joinpath(*parts)
    if file.suffix not in KINDS or not file.is_file() or not file.resolve().is_relative_to(output):
        return None
    if file.suffix == ".html" and parts != ["graph.html"] and (len(parts) != 2 or parts[0] != "reports"):
        return None
    return file
