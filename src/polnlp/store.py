"""The reports of a run on disk: what is there already, what is new, what is stale.

Up to ``shard_from`` articles each report is a file of its own; beyond it they are packed into ``part-00000.jsonl.gz``
and so on, ``PART_SIZE`` to a part and in input order.
"""

import gzip
import logging
from collections.abc import Iterator
from pathlib import Path

import msgspec

from polnlp.errors import CorpusError
from polnlp.reports import (
    decode_report,
    encode_report,
    read_report_file,
    remove_leftovers,
    report_name,
    write_atomically,
    write_report,
)
from polnlp.schema import MadeBy, Report

PART_SIZE = 1_000

logger = logging.getLogger(__name__)


class _Head(msgspec.Struct, frozen=True):
    made_by: MadeBy


_head_decoder = msgspec.json.Decoder(_Head)


def read_made_by(data: bytes) -> MadeBy | None:
    """Give what an encoded report was made by; ``None`` where the report is damaged."""
    try:
        return _head_decoder.decode(data).made_by
    except (msgspec.DecodeError, RecursionError):
        return None


class ReportStore:
    """The folder ``reports/`` of a run.

    Args:
        folder: Is made if missing.
        shard_from: Number of articles above which reports are packed.
        resume: Whether reports that are there already may be kept.
    """

    def __init__(self, folder: Path, *, shard_from: int, resume: bool) -> None:
        self.folder = folder
        self.shard_from = shard_from
        self.resume = resume
        self.names: list[str] = []  # in input order, those not packed yet
        self.count = 0
        self.parts = 0
        folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(folder)
        self._unpack()

    def has(self, article_id: str, made_by: MadeBy) -> bool:
        """Tell whether an earlier run left a report on the article that was made by the same."""
        path = self.folder / report_name(article_id)
        if not (self.resume and path.is_file()):
            return False
        return read_made_by(path.read_bytes()) == made_by

    def keep(self, article_id: str) -> None:
        """Take a report that stands in the folder, new or an earlier run's, into this run."""
        self.names.append(report_name(article_id))
        self.count += 1
        if self.count > self.shard_from:
            while len(self.names) >= PART_SIZE:
                self._pack()

    def finish(self) -> list[str]:
        """Pack what is left, delete the reports of articles that are no longer in the input; give their names."""
        current = set(self.names)
        if self.parts:
            self._pack()
            current = set()
        stale = sorted(path.name for path in self.folder.glob("*.json") if path.name not in current)
        for name in stale:
            (self.folder / name).unlink()
        return stale

    def read(self) -> Iterator[Report]:
        """Read all reports of this run in input order, once it is finished."""
        for part in range(self.parts):
            yield from read_report_file(self._part(part))
        for name in self.names:
            yield decode_report((self.folder / name).read_bytes(), name)

    def _part(self, number: int) -> Path:
        return self.folder / f"part-{number:05d}.jsonl.gz"

    def _pack(self) -> None:
        names, self.names = self.names[:PART_SIZE], self.names[PART_SIZE:]
        if not names:
            return
        reports = (decode_report((self.folder / name).read_bytes(), name) for name in names)
        lines = b"".join(encode_report(report) + b"\n" for report in reports)
        write_atomically(self._part(self.parts), gzip.compress(lines, mtime=0), sync=True)
        self.parts += 1
        for name in names:
            (self.folder / name).unlink()

    def _unpack(self) -> None:
        for part in sorted(self.folder.glob("part-*.jsonl.gz")):
            if self.resume:
                self._unpack_part(part)
            part.unlink()

    def _unpack_part(self, part: Path) -> None:
        try:
            for report in read_report_file(part):
                if not (self.folder / report_name(report.article.id)).exists():
                    write_report(report, self.folder)
        except CorpusError as error:
            logger.warning("%s The reports behind that place are made anew.", error)
