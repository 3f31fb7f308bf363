"""``graph.html``: the network as one page that opens from disk, without network, server or installation.

Nothing from an article can run in it: data stand in a block that no browser executes, texts reach the page as text
nodes, and the page's policy allows exactly the scripts and styles whose hashes it names.
"""

import base64
import hashlib
import html
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import networkx as nx

from polnlp import __version__
from polnlp.config import GraphConfig
from polnlp.graph.backbone import backbone
from polnlp.graph.dates import date_range
from polnlp.graph.page_data import crowd_note, page_data
from polnlp.reports import page_name, write_atomically
from polnlp.wording import name_window

PROGRAM = ("model", "look", "filters", "canvas", "details", "away", "list", "save", "search", "main")
# What cytoscape would otherwise put into the page by itself, against the policy.
CANVAS_STYLE = ".__________cytoscape_container { position: relative; }"
_SLOT = re.compile(r"\{\{([a-z-]+)\}\}")


def write_page(
    graph: nx.Graph,
    output: Path,
    *,
    config: GraphConfig | None = None,
    title: str = "Network of names",
    reports: str | None = None,
) -> Path:
    """Write the network as a page.

    Args:
        graph: As ``build_graph`` makes it. Beyond the caps of the settings its backbone is drawn, and the page says so.
        output: A folder, which then holds ``graph.html``, or a file ending in ``.html``.
        config: ``page_nodes``, ``page_edges`` and ``page_evidence`` are its caps.
        title: Of the page.
        reports: Folder beside the page in which the articles have pages of their own, which the evidence links to.

    Returns:
        The file.
    """
    path = output if output.suffix == ".html" else output / "graph.html"
    write_atomically(path, format_page(graph, config=config or GraphConfig(), title=title, reports=reports))
    return path


def format_page(graph: nx.Graph, *, config: GraphConfig, title: str, reports: str | None = None) -> bytes:
    """Put the page together; the same graph gives the same bytes."""
    shown = backbone(graph, max_nodes=config.page_nodes, max_edges=config.page_edges)
    data = page_data(shown, evidence_cap=config.page_evidence, seed=config.seed)
    data["meta"] = describe_page(graph, shown, title, undated=data.pop("undated"))
    if reports is not None:
        for article in data["articles"]:
            article["page"] = f"{reports}/{page_name(article['id'])}"
    style, library, program = _asset("page.css"), _asset("cytoscape.min.js"), _program()
    slots = {
        "title": html.escape(title),
        "policy": make_policy(scripts=[library, program], styles=[CANVAS_STYLE, style]),
        "canvas-style": CANVAS_STYLE,
        "style": style,
        "library": library,
        "program": program,
        "data": embed_json(data),
    }
    return _SLOT.sub(lambda slot: slots[slot[1]], _asset("page.html")).encode("utf-8", "replace")


def make_policy(*, scripts: list[str], styles: list[str]) -> str:
    """Write the Content-Security-Policy that allows these very texts and nothing else."""
    script, style = (" ".join(map(hash_source, texts)) for texts in (scripts, styles))
    return f"default-src 'none'; script-src {script}; style-src {style}; img-src data: blob:"


def make_live(page: bytes) -> bytes:
    """Let a page ask the server that it comes from for evidence that it does not hold; nothing else changes."""
    policy = b"img-src data: blob:"
    page = page.replace(policy, policy + b"; connect-src 'self'", 1)  # the head's: it stands before all texts
    return page.replace(b'<html lang="en">', b'<html lang="en" data-live>', 1)


def hash_source(text: str) -> str:
    """Give the hash by which a policy names an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def embed_json(data: Any) -> str:
    r"""Write JSON that can stand inside a script element: every ``<`` as ``\u003c``, so no tag can begin or end."""
    text = msgspec.json.encode(data).decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _asset(name: str) -> str:
    return (files("polnlp.graph") / "assets" / name).read_text(encoding="utf-8")


def _program() -> str:
    parts = "\n".join(_asset(f"{name}.js") for name in PROGRAM)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def describe_page(whole: nx.Graph, shown: nx.Graph, title: str, *, undated: int) -> dict[str, Any]:
    """Give what the page says of itself."""
    told, settings = whole.graph, whole.graph["settings"]
    window = name_window(settings["window"], settings.get("window_tokens", 0))
    articles = told["articles"]
    part = _describe_part(told.get("part", {}))
    first, last = date_range(article["date"] for article in articles.values() if article["date"])
    span = "undated" if first is None else f"{first} to {last}" if first != last else str(first)
    return {
        "title": title,
        "version": __version__,
        "window": window,
        "null": settings["null"],
        "articles": len(articles),
        "span": span,
        "total_nodes": len(whole),
        "total_edges": whole.number_of_edges(),
        "draws": told["draws"],
        "position_draws": told.get("position_draws", 0),
        "backbone_edges": told.get("backbone_edges", 0),
        "left_out": told["left_out"],
        "undated": undated,
        "settings_hash": hashlib.sha256(msgspec.json.encode(settings, order="sorted")).hexdigest()[:12],
        "notice": crowd_note(shown, whole),
        "part": part,
        "description": (
            f"{part}{len(whole):,} entities named in {len(articles):,} articles ({span}); a tie is a shared "
            f"{window}, {whole.number_of_edges():,} pairs have one."
        ),
    }


def _describe_part(part: dict[str, Any]) -> str:
    asked = [f"{name} {', '.join(value) if isinstance(value, list) else value}" for name, value in part.items()]
    return f"A part of a corpus ({'; '.join(asked)}): " if asked else ""
