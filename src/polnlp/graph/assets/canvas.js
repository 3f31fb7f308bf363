// The drawing: cytoscape on a canvas, at the places that were computed with the page.

const container = byId("canvas");
const big = edges.length > 2500;
const cy = cytoscape({
  container,
  elements: {
    nodes: nodes.map((node) => ({ data: { id: `n${node.index}`, name: node.name }, position: { x: node.x, y: node.y } })),
    edges: edges.map((edge) => ({ data: { id: `e${edge.index}`, source: `n${edge.a}`, target: `n${edge.b}` } })),
  },
  layout: { name: "preset" },
  minZoom: 0.03, maxZoom: 6, boxSelectionEnabled: false, autounselectify: true,
  hideEdgesOnViewport: big, textureOnViewport: false, pixelRatio: big ? 1 : "auto",
});
const cyNode = (node) => cy.getElementById(`n${node.index}`);
const cyEdge = (edge) => cy.getElementById(`e${edge.index}`);

const restyle = () => {
  cy.batch(() => {
    for (const node of nodes) {
      const type = typeOf.get(node.label);
      const size = sizeOf(node, state.size);
      cyNode(node).data({
        color: colorOf(node, state.color), size, shape: type ? type.shape : "ellipse",
        font: Math.max(8, Math.min(26, 5 + size * 0.42)),
      });
    }
    for (const edge of edges) {
      const sign = state.signTies && edge.sign && edge.sign !== "neutral" ? edge.sign : null;
      cyEdge(edge).data({
        color: sign ? shade(SIGN_COLORS[sign]) : theme.edge,
        line: sign === "against" ? "dashed" : sign === "mixed" ? "dotted" : "solid",
        opacity: Math.min(0.85, (sign ? 0.5 : 0.3) + Math.log10(edge.count) * 0.18),
      });
    }
  });
  cy.style([
    { selector: "node", style: {
      "background-color": "data(color)", width: "data(size)", height: "data(size)", shape: "data(shape)",
      "border-width": 1.2, "border-color": theme.ground, label: "data(name)", "font-size": "data(font)",
      "font-family": "system-ui, sans-serif", color: theme.ink, "text-outline-color": theme.ground, "text-outline-width": 2.2,
      "text-valign": "bottom", "text-margin-y": 2, "min-zoomed-font-size": 8.5, "text-max-width": 150, "text-wrap": "ellipsis",
      "z-index-compare": "manual", "z-index": 10,
    } },
    { selector: "edge", style: {
      "line-color": "data(color)", width: 1, opacity: "data(opacity)", "line-style": "data(line)",
      "curve-style": "haystack", "haystack-radius": 0, "z-index-compare": "manual", "z-index": 1,
    } },
    { selector: "edge[width]", style: { width: "data(width)" } },
    { selector: ".gone", style: { display: "none" } },
    { selector: "node.faded", style: { opacity: 0.13, "text-opacity": 0 } },
    { selector: "edge.faded", style: { opacity: 0.035 } },
    { selector: "node.near", style: { "min-zoomed-font-size": 5, "z-index": 20 } },
    { selector: "edge.near", style: { opacity: 0.9, "z-index": 15 } },
    { selector: "node.chosen", style: {
      "border-width": 4, "border-color": theme.ink, "font-weight": 700, "min-zoomed-font-size": 0, "z-index": 30,
    } },
    { selector: "edge.chosen", style: { opacity: 1, width: 7, "z-index": 25 } },
  ]);
};

const showFiltered = () => {
  cy.batch(() => {
    for (const node of nodes) cyNode(node).toggleClass("gone", !node.shown);
    for (const edge of edges) {
      const element = cyEdge(edge);
      element.toggleClass("gone", !edge.shown);
      if (edge.shown) element.data("width", widthOf(edge.now));
    }
  });
};

const highlight = () => {
  cy.batch(() => {
    cy.elements().removeClass("faded near chosen");
    if (!state.selected) return;
    const element = state.selected.kind === "node" ? cyNode(byKey.get(state.selected.key)) : cyEdge(edgeByKey.get(state.selected.key));
    const near = state.selected.kind === "node" ? element.closedNeighborhood() : element.union(element.connectedNodes());
    cy.elements().addClass("faded");
    near.removeClass("faded").addClass("near");
    element.addClass("chosen");
    if (state.selected.kind === "tie") element.connectedNodes().addClass("chosen");
  });
};

const showAll = () => {
  const seen = cy.nodes().not(".gone");
  cy.resize();
  cy.fit(seen.length ? seen : cy.nodes(), 36);
};

const centre = (selected) => {
  const element = selected.kind === "node" ? cyNode(byKey.get(selected.key)) : cyEdge(edgeByKey.get(selected.key));
  const around = selected.kind === "node" ? element.closedNeighborhood().nodes().not(".gone") : element.connectedNodes();
  if (!around.length) return;
  const before = cy.zoom();
  cy.fit(around, 80);
  if (cy.zoom() > 1.5) cy.zoom({ level: 1.5, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  if (cy.zoom() < before && selected.kind === "node") {
    cy.zoom(before);
    cy.center(element);
  }
};

// -- pointer and keys --------------------------------------------------------------------------------------------------

const tip = byId("tip");
const showTip = (event, text) => {
  tip.textContent = text;
  tip.hidden = false;
  const place = event.renderedPosition || { x: 0, y: 0 };
  tip.style.left = `${Math.min(place.x + 14, container.clientWidth - 180)}px`;
  tip.style.top = `${place.y + 14}px`;
};
cy.on("mouseover", "node", (event) => {
  const node = nodes[Number(event.target.id().slice(1))];
  showTip(event, `${node.name} · ${typeName(node.label)} · ${plural(node.count, "mention", "mentions")}`);
  container.style.cursor = "pointer";
});
cy.on("mouseover", "edge", (event) => {
  const edge = edges[Number(event.target.id().slice(1))];
  showTip(event, `${edge.source.name} – ${edge.target.name} · ${plural(edge.now, meta.window, `${meta.window}s`)}`);
  container.style.cursor = "pointer";
});
cy.on("mouseout", "node, edge", () => { tip.hidden = true; container.style.cursor = ""; });
cy.on("tap", "node", (event) => select({ kind: "node", key: nodes[Number(event.target.id().slice(1))].id }, { move: false }));
cy.on("tap", "edge", (event) => select({ kind: "tie", key: edges[Number(event.target.id().slice(1))].key }, { move: false }));
cy.on("tap", (event) => { if (event.target === cy) select(null); });

const zoomBy = (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
container.addEventListener("keydown", (event) => {
  const pans = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
  if (pans[event.key]) cy.panBy({ x: pans[event.key][0], y: pans[event.key][1] });
  else if (event.key === "+" || event.key === "=") zoomBy(1.25);
  else if (event.key === "-") zoomBy(0.8);
  else if (event.key === "0") showAll();
  else return;
  event.preventDefault();
});
byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
byId("fit").addEventListener("click", showAll);
new ResizeObserver(() => cy.resize()).observe(container);
