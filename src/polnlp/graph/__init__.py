"""Stage 7: Reports → the network of who is named beside whom, with its evidence.

``build_graph`` makes a networkx graph, ``export_graph`` writes it for other programs, ``write_page`` as one page to
read in a browser, ``explain`` gives the sentences behind a node or an edge.
"""

from polnlp.graph.backbone import backbone
from polnlp.graph.bipartite import topic_graph
from polnlp.graph.build import build_graph
from polnlp.graph.changes import find_changes
from polnlp.graph.signs import stance_graph

__all__ = ["backbone", "build_graph", "find_changes", "stance_graph", "topic_graph"]
