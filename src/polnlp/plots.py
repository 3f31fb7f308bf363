"""Reports and networks → figures for print, with matplotlib (``pip install matplotlib``).

Each function draws into ``ax``, or into a new figure of one column's width, and gives the axes back. Nothing is told by
colour alone: lines differ in dash and mark, types in shape, signs in dash.

References:
    Efron (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.
    Fruchterman, Reingold (1991). Graph drawing by force-directed placement. Software: Practice and Experience 21(11).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np

from polnlp.arguments import each_of
from polnlp.errors import PolnlpError
from polnlp.graph.colors import TYPE_COLORS, TYPE_NAMES
from polnlp.graph.cooccurrence import Identity
from polnlp.graph.entity_graph import check_graph
from polnlp.graph.names import Known, resolve_name
from polnlp.graph.page_data import Bins
from polnlp.reports import each_report
from polnlp.schema import Report
from polnlp.summaries import check_seed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Type 42 fonts stay text in PDF, as journals ask; SVG keeps text that can be set anew.
STYLE = {
    "font.size": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
}
COLUMN = (3.5, 2.4)  # inches: one column of a journal
SERIES = (("#0072b2", "-", "o"), ("#c7402d", "--", "s"), ("#00835f", ":", "^"), ("#7a4fb5", "-.", "D"))
MARKERS = {"PARTY": "s", "LEADER": "o", "PERSON": "p", "ORG": "P", "COUNTRY": "D", "REGION": "v", "ELECTION": "*"}
LINES = {"favor": "-", "against": "--", "mixed": ":"}
SIGNS = {"favor": "#0072b2", "against": "#c7402d", "mixed": "#7a4fb5"}
DRAWS = 500
TICKS = 6


def plot_mentions(
    reports: Iterable[Report], names: Sequence[str], *, identity: Identity | None = None, ax: "Axes | None" = None
) -> "Axes":
    """Draw how often entities are named over time, by the articles' dates.

    Examples:
        >>> from polnlp import load
        >>> report = load().analyze("Evo Morales spoke. Nobody heard Morales.", date="2009-01-29")
        >>> ax = plot_mentions([report], ["Evo Morales"])
        >>> list(ax.lines[0].get_ydata()) == [2.0]
        True

    Args:
        reports: Read once and kept in memory. Undated articles are left out, and the figure says how many.
        names: Up to four entities, by name, alias or id.
        identity: Gives an entity's corpus-wide id, as in ``build_graph``.
        ax: Where to draw.

    Returns:
        ``ax``, or the axes of the new figure.

    Raises:
        PolnlpError: If matplotlib is missing, or a name is not found or means several.
        ValueError: If no name is given, or more than four.
        TypeError: If ``names`` is one name, or ``reports`` are none, such as a file's name.
    """
    names = list(each_of(str, names, "names", "give one name as [name]"))
    if not 1 <= len(names) <= len(SERIES):
        raise ValueError(f"plot_mentions: give one to {len(SERIES)} names, not {len(names)}.")
    ax = _axes(ax)
    known, counts, undated = _count_mentions(reports, identity)
    wanted = [resolve_name(known, name) for name in names]
    bins = Bins(date for dates in counts.values() for date in dates)
    for entity_id, (color, dash, mark) in zip(wanted, SERIES, strict=False):
        heights = np.zeros(len(bins.keys))
        for date, count in counts[entity_id].items():
            if (place := bins.place(date)) >= 0:
                heights[place] += count
        ax.plot(heights, color=color, linestyle=dash, marker=mark, markersize=3, linewidth=1.2)
    _name_bins(ax, bins)
    ax.set_ylim(bottom=0)
    ax.set_ylabel("mentions")
    _legend(ax, ax.get_lines(), [known.name(entity_id) for entity_id in wanted])
    _note(ax, f"{undated:,} undated articles left out" if undated else "")
    return ax


def _count_mentions(reports: Iterable[Report], identity: Identity | None) -> tuple[Known, dict[str, Counter[str]], int]:
    known, undated = Known(), 0
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for report in each_report(reports):
        date = report.article.date.value if report.article.date else None
        undated += date is None
        for entity in report.entities:
            entity_id = identity(report.article.id, entity) if identity else entity.id
            others = [code for code in (entity.qid, entity.id) if code]
            known.add(entity_id, entity.label, entity.name, entity.aliases, others, entity.count)
            if date is not None:
                counts[entity_id][date] += entity.count
    return known, counts, undated


def plot_stance(graph: nx.Graph, name: str, *, seed: int = 1, ax: "Axes | None" = None) -> "Axes":
    """Draw how the articles of each stretch of time speak of an entity: the mean stance, from -1 to 1.

    A bar is the 95 % interval of the mean when articles are drawn anew and stances from their probabilities; a stretch
    of one article has none and a hollow mark. The figures above are numbers of stances. It is the tone of the texts,
    as the classifier reads it.

    Examples:
        >>> from polnlp import build_graph, load
        >>> from polnlp.config import GraphConfig
        >>> report = load().analyze("Rafael Correa lied, and his law is a disgrace.", date="2009-01-29")
        >>> ax = plot_stance(build_graph([report], config=GraphConfig(draws=0)), "Rafael Correa")
        >>> ax.get_title()
        'Rafael Correa'

    Args:
        graph: As ``build_graph`` makes it.
        name: An entity, by name, alias or id.
        seed: Of the redraws, from 0.
        ax: Where to draw.

    Returns:
        ``ax``, or the axes of the new figure.

    Raises:
        PolnlpError: If matplotlib is missing, or the name is not found, means several, or has no dated stance.
        ValueError: If ``seed`` is below 0, or ``graph`` is none that ``build_graph`` made.
        TypeError: If ``graph`` is no graph, or ``name`` no string.

    References:
        Efron (1979). Bootstrap methods: another look at the jackknife. Annals of Statistics 7(1), 1-26.
    """
    check_graph(graph)
    check_seed(seed)
    ax = _axes(ax)
    node = find_node(graph, name)
    dates = {article: told["date"] for article, told in graph.graph["articles"].items()}
    stances = [s for s in graph.graph["stances"] if s["target"] == node and dates[s["article"]]]
    bins = Bins(dates[stance["article"]] for stance in stances)
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for stance in stances:
        groups[bins.place(dates[stance["article"]])].append(stance)
    groups.pop(-1, None)
    if not groups:
        raise PolnlpError(f"plot_stance: {name!r} has no stance in an article with a date.")
    rng = np.random.default_rng(seed)
    for place, group in sorted(groups.items()):
        mean = float(np.mean([stance["value"] for stance in group]))
        low, high = redraw_mean(group, rng)
        single = low is None
        if low is not None and high is not None:
            ax.plot([place, place], [low, high], color="black", linewidth=0.8)
        ax.plot(place, mean, "o", markersize=4, color="black", markerfacecolor="white" if single else "black")
        ax.annotate(str(len(group)), (place, 1.06), ha="center", fontsize=6, annotation_clip=False)
    ax.axhline(0, color="gray", linewidth=0.6)
    ax.set_ylim(-1.05, 1.05)
    ax.set_ylabel("against        mean stance        for")
    _name_bins(ax, bins)
    _text(ax.set_title(_plain(graph.nodes[node]["name"]), fontsize=8, pad=12))
    return ax


def redraw_mean(stances: list[dict[str, Any]], rng: np.random.Generator) -> tuple[float | None, float | None]:
    """Give the 95 % interval of stances' mean over redraws of articles and labels; ``None`` for a single article."""
    articles = sorted({stance["article"] for stance in stances})
    if len(articles) < 2:
        return None, None
    place = np.array([articles.index(stance["article"]) for stance in stances])
    chances = np.array([_chances(stance) for stance in stances])
    times = rng.multinomial(len(articles), np.full(len(articles), 1 / len(articles)), size=DRAWS)[:, place]
    drawn = rng.random((DRAWS, len(stances)))
    values = np.where(drawn < chances[:, 0], 1.0, np.where(drawn < chances.sum(axis=1), -1.0, 0.0))
    low, high = np.quantile((values * times).sum(axis=1) / times.sum(axis=1), [0.025, 0.975])
    return float(low), float(high)


def _chances(stance: dict[str, Any]) -> tuple[float, float]:
    told = stance["probabilities"] or {stance["label"]: stance["score"]}
    return told.get("favor", 0.0), told.get("against", 0.0)


def plot_ego(graph: nx.Graph, name: str, *, most: int = 20, seed: int = 1, ax: "Axes | None" = None) -> "Axes":
    """Draw an entity, those that it shares most windows with, and the ties among them.

    Ties are solid where the texts speak in favour of the two, dashed against, dotted mixed, thin grey without a sign.
    Places say nothing; they come from a layout by springs (Fruchterman and Reingold).

    Examples:
        >>> from polnlp import build_graph, load
        >>> from polnlp.config import GraphConfig
        >>> report = load().analyze("Evo Morales met Rafael Correa.")
        >>> ax = plot_ego(build_graph([report], config=GraphConfig(draws=0)), "Evo Morales")
        >>> [text.get_text() for text in ax.texts]
        ['Evo Morales', 'Rafael Correa']

    Args:
        graph: As ``build_graph`` makes it.
        name: An entity, by name, alias or id.
        most: Neighbours at most, by count, from 1; the figure says of how many.
        seed: Of the layout, from 0.
        ax: Where to draw.

    Returns:
        ``ax``, or the axes of the new figure.

    Raises:
        PolnlpError: If matplotlib is missing, or the name is not found or means several.
        ValueError: If ``most`` is below 1, ``seed`` below 0, or ``graph`` is none that ``build_graph`` made.
        TypeError: If ``graph`` is no graph, or ``name`` no string.

    References:
        Fruchterman, Reingold (1991). Graph drawing by force-directed placement. Software: Practice and Experience
            21(11).
    """
    if most < 1:
        raise ValueError(f"plot_ego: most must be at least 1, not {most}.")
    check_graph(graph)
    check_seed(seed)
    ax = _axes(ax, (5.0, 5.0))
    centre = find_node(graph, name)
    near = sorted(graph[centre], key=lambda node: (-graph.edges[centre, node]["count"], node))[:most]
    shown = nx.Graph()
    shown.add_nodes_from([centre, *near])
    order = {node: place for place, node in enumerate(shown)}
    pairs = sorted((edge for edge in graph.subgraph(order).edges), key=lambda edge: sorted(order[end] for end in edge))
    shown.add_edges_from((a, b, {"count": graph.edges[a, b]["count"]}) for a, b in pairs)
    places = nx.spring_layout(shown, weight=None, seed=seed, pos={centre: (0.0, 0.0)}, fixed=[centre])
    heaviest = max((count for _, _, count in shown.edges(data="count")), default=1)
    for a, b, count in shown.edges(data="count"):
        sign = graph.edges[a, b].get("sign")
        (x1, y1), (x2, y2) = places[a], places[b]
        look: dict[str, Any] = {"color": SIGNS.get(sign, "#b0b4ba"), "linestyle": LINES.get(sign, "-"), "zorder": 1}
        ax.plot([x1, x2], [y1, y2], linewidth=0.4 + 2.6 * count / heaviest, alpha=0.8, **look)
    drawn = _draw_nodes(ax, graph, shown, places, centre)
    _legend(ax, list(drawn.values()), [TYPE_NAMES.get(label, label) for label in drawn], outside=True)
    ax.set_axis_off()
    ax.margins(0.15)
    _note(ax, f"{len(near)} of {graph.degree(centre)} neighbours" if len(near) < graph.degree(centre) else "")
    return ax


def _draw_nodes(ax: "Axes", graph: nx.Graph, shown: nx.Graph, places: Any, centre: Any) -> dict[str, Any]:
    drawn: dict[str, Any] = {}
    for node in shown:
        data, (x, y) = graph.nodes[node], places[node]
        size = 90 if node == centre else 36
        look: dict[str, Any] = {
            "color": TYPE_COLORS.get(data["label"], "#6b6f76"),
            "edgecolors": "white",
            "linewidths": 0.6,
        }
        point = ax.scatter([x], [y], s=size, marker=MARKERS.get(data["label"], "h"), zorder=2, **look)
        drawn.setdefault(data["label"], point)
        weight = "bold" if node == centre else "normal"
        label = ax.annotate(
            _plain(data["name"]),
            (x, y),
            xytext=(0, -6),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=6.5,
            weight=weight,
            zorder=3,
        )
        _text(label)
    return drawn


def save_plot(ax: "Axes", path: str | Path) -> None:
    """Save a figure; the same figure gives the same bytes.

    Examples:
        >>> from polnlp import load
        >>> report = load().analyze("Evo Morales spoke.", date="2009-01-29")
        >>> save_plot(plot_mentions([report], ["Evo Morales"]), "morales.pdf")
        >>> Path("morales.pdf").exists()
        True

    Args:
        ax: As the other functions give it.
        path: Ends in ``.pdf``, ``.svg`` or ``.png`` (300 dots per inch); a file that is there is replaced.

    Raises:
        ValueError: If matplotlib knows no such format.
        OSError: If the file cannot be written.
    """
    import matplotlib as mpl

    path = Path(path)
    dated = {".pdf": {"CreationDate": None}, ".svg": {"Date": None}}.get(path.suffix.lower(), {})
    figure: Any = ax.figure
    with mpl.rc_context({**STYLE, "svg.hashsalt": "polnlp"}):
        figure.savefig(path, dpi=300, bbox_inches="tight", metadata=dated)


def find_node(graph: nx.Graph, name: str) -> str:
    """Give the node that a name, an alias or an id means.

    Raises:
        PolnlpError: If nothing is called so, or several are.
    """
    known = Known()
    for node, data in graph.nodes(data=True):
        known.add(node, data["label"], data["name"], data["aliases"], _codes(data), data["count"])
    return resolve_name(known, name)


def _codes(data: dict[str, Any]) -> Iterator[str]:
    if data.get("qid"):
        yield data["qid"]


def _axes(ax: "Axes | None", size: tuple[float, float] = COLUMN) -> "Axes":
    try:
        import matplotlib.pyplot as plt
    except ImportError as error:
        raise PolnlpError("plots need matplotlib: pip install matplotlib") from error
    if ax is not None:
        return ax
    with plt.rc_context(STYLE):
        axes: Axes = plt.subplots(figsize=size, layout="constrained")[1]
    return axes


def _name_bins(ax: "Axes", bins: Bins) -> None:
    ending = "0s" if bins.width == 3 else ""
    step = max(1, -(-len(bins.keys) // TICKS))
    ticks = range(0, len(bins.keys), step)
    ax.set_xticks(list(ticks), [bins.keys[place] + ending for place in ticks])
    ax.set_xlim(-0.5, max(len(bins.keys) - 0.5, 0.5))


def _legend(ax: "Axes", handles: Sequence[Any], names: Sequence[str], *, outside: bool = False) -> None:
    # A label that begins with an underscore is one that matplotlib leaves out.
    labels = [f" {_plain(name)}" for name in names]
    where = {"loc": "upper center", "bbox_to_anchor": (0.5, 0.0), "ncols": 4} if outside else {}
    for label in ax.legend(handles, labels, frameon=False, fontsize=7, **where).get_texts():
        _text(label)


def _note(ax: "Axes", text: str) -> None:
    if text:
        ax.annotate(text, (1, 1.01), xycoords="axes fraction", ha="right", va="bottom", fontsize=6, color="gray")


def _text(text: Any) -> None:
    text.set_parse_math(False)  # a name may hold dollar signs


def _plain(name: str) -> str:
    shown = "".join(character if character.isprintable() else " " for character in name)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
