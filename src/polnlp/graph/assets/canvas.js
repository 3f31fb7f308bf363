// The drawing: cytoscape on a canvas, at the places that were computed with the page.
//
// Ties get their look by classes (sign and width class), not by values of their own: cytoscape computes a style once per
// set of classes, which is what makes ten thousand ties bearable.

const container = byId("canvas");
const big = edges.length > 2500;
let cy = null;
const cyNode = (node) => cy.getElementById(`n${node.index}`);
const cyEdge = (edge) => cy.getElementById(`e${edge.index}`);

const WIDTHS = [0.7, 1.2, 2, 3, 4.4, 6.5];
const widthClass = (count) => Math.min(WIDTHS.length - 1, Math.round((WIDTHS.length - 1) * Math.sqrt((count - 1) / Math.max(1, mostMet - 1))));
// The fewer ties are shown, the stronger they are drawn.
let crowding = 0;
const crowdingOf = (count) => (count > 3000 ? 0 : count > 700 ? 1 : 2);
const opacityOf = (width, sign) => Math.min(0.9, [0.13, 0.34, 0.46][crowding] + width * 0.14 + (sign ? 0.14 : 0));
const signOf = (edge) => (state.signTies && edge.sign && edge.sign !== "neutral" ? edge.sign : "plain");
const LINES = { favor: "solid", against: "dashed", mixed: "dotted", plain: "solid" };
const lineColor = (sign) => (sign === "plain" ? theme.edge : shade(SIGN_COLORS[sign]));
const edgeClasses = (edge) => `${signOf(edge)} w${widthClass(edge.now || 1)}${edge.shown ? "" : " gone"}`;
const nodeLook = (node) => {
  const type = typeOf.get(node.label);
  return { color: colorOf(node, state.color), size: sizeOf(node, state.size), shape: type ? type.shape : "ellipse" };
};

const buildStyle = () => [
  { selector: "node", style: {
    "background-color": "data(color)", width: "data(size)", height: "data(size)", shape: "data(shape)",
    "border-width": 1.2, "border-color": theme.ground,
  } },
  { selector: "edge", style: { "curve-style": "haystack", "haystack-radius": 0 } },
  ...["plain", "favor", "against", "mixed"].flatMap((sign) => WIDTHS.map((width, step) => ({
    selector: `edge.${sign}.w${step}`,
    style: { "line-color": lineColor(sign), "line-style": LINES[sign], width, opacity: opacityOf(step, sign !== "plain") },
  }))),
  { selector: "node.named", style: {
    label: "data(label)", "font-size": "data(font)", "font-family": "system-ui, sans-serif", color: theme.ink,
    "text-outline-color": theme.ground, "text-outline-width": "data(outline)", "text-outline-opacity": 0.9,
    "text-valign": "bottom", "text-margin-y": 1,
  } },
  { selector: "node.top", style: { "text-valign": "top", "text-margin-y": -1 } },
  { selector: "node.right", style: { "text-valign": "center", "text-halign": "right", "text-margin-x": 2, "text-margin-y": 0 } },
  { selector: "node.left", style: { "text-valign": "center", "text-halign": "left", "text-margin-x": -2, "text-margin-y": 0 } },
  { selector: "node.chosen.bottom", style: { "text-margin-y": 5 } },
  { selector: "node.chosen.top", style: { "text-margin-y": -5 } },
  { selector: ".gone", style: { display: "none" } },
  { selector: "node.faded", style: { opacity: 0.12 } },
  { selector: "edge.faded", style: { opacity: 0.03 } },
  { selector: "edge.near", style: { opacity: 0.85, "z-index": 15 } },
  { selector: "node.chosen", style: { "border-width": 4, "border-color": theme.ink, "font-weight": 700, "z-index": 30 } },
  { selector: "edge.chosen", style: { opacity: 1, width: 7, "z-index": 25 } },
];

// Looks at the filters' outcome, so it comes after the first `applyFilters`.
const startCanvas = () => {
  cy = cytoscape({
    container,
    elements: {
      nodes: nodes.map((node) => ({
        data: { id: `n${node.index}`, ...nodeLook(node) }, position: { x: node.x, y: node.y }, classes: node.shown ? "" : "gone",
      })),
      edges: edges.map((edge) => ({ data: { id: `e${edge.index}`, source: `n${edge.a}`, target: `n${edge.b}` }, classes: edgeClasses(edge) })),
    },
    style: buildStyle(),
    layout: { name: "preset", fit: false },
    minZoom: 0.03, maxZoom: 6, boxSelectionEnabled: false, autounselectify: true, hideEdgesOnViewport: big, pixelRatio: big ? 1 : "auto",
  });
  listenToCanvas();
};

// After a change of colours, sizes, or light and dark.
const restyle = () => {
  if (!cy) return;
  cy.batch(() => { for (const node of nodes) cyNode(node).data(nodeLook(node)); });
  cy.style(buildStyle());
};

const showFiltered = () => {
  if (!cy) return;
  cy.batch(() => {
    for (const node of nodes) {
      if (node.wasShown !== node.shown) cyNode(node).toggleClass("gone", !node.shown);
      node.wasShown = node.shown;
    }
    for (const edge of edges) {
      const classes = edgeClasses(edge);
      if (edge.classes !== classes) cyEdge(edge).classes(classes);
      edge.classes = classes;
    }
  });
  lit = null;
};

// What is lit up now, so that a click costs as much as it changes.
let lit = null;
const highlight = () => {
  if (!cy || (!lit && !state.selected)) { labelSoon(); return; }
  cy.batch(() => {
    cy.elements(".faded, .near, .chosen").removeClass("faded near chosen");
    lit = state.selected;
    if (!lit) return;
    const item = (lit.kind === "node" ? byKey : edgeByKey).get(lit.key);
    if (item.away) {
      const drawn = drawnOf(lit);
      if (drawn.length) cy.elements().addClass("faded");
      for (const node of drawn) cyNode(node).removeClass("faded").addClass("near");
      return;
    }
    const element = lit.kind === "node" ? cyNode(item) : cyEdge(item);
    const near = lit.kind === "node" ? element.closedNeighborhood() : element.union(element.connectedNodes());
    cy.elements().not(near).addClass("faded");
    near.addClass("near");
    element.addClass("chosen");
    if (lit.kind === "tie") element.connectedNodes().addClass("chosen");
  });
  labelSoon();
};

// The box around entities, from their places; cytoscape's own looks at every tie and label.
const boxOf = (some) => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of some) {
    const reach = sizeOf(node, state.size) / 2;
    left = Math.min(left, node.x - reach);
    right = Math.max(right, node.x + reach);
    top = Math.min(top, node.y - reach);
    bottom = Math.max(bottom, node.y + reach);
  }
  return left < right ? { left, top, right, bottom, width: right - left, height: bottom - top } : { left: -100, top: -100, right: 100, bottom: 100, width: 200, height: 200 };
};
const fitBox = (box, room, most = 3) => {
  cy.resize();
  const zoom = Math.max(0.03, Math.min(most, (cy.width() - 2 * room) / box.width, (cy.height() - 2 * room) / box.height));
  cy.viewport({ zoom, pan: {
    x: cy.width() / 2 - ((box.left + box.right) / 2) * zoom, y: cy.height() / 2 - ((box.top + box.bottom) / 2) * zoom,
  } });
};
const showAll = () => {
  const seen = nodes.filter((node) => node.shown);
  fitBox(boxOf(seen.length ? seen : nodes), 34);
};
const centre = (selected) => {
  const drawn = drawnOf(selected);
  if (drawn.length) fitBox(boxOf(drawn), selected.kind === "tie" ? 120 : 60, 1.4);
};

// -- labels: as many as fit, the largest first, always of a readable size, as on a map ----------------------------------

const shorten = (name) => (name.length > 34 ? `${name.slice(0, 32)}…` : name);
let named = new Set();

// The sides of a mark on which its name may stand, the best first, as on maps; each with the box that the name then fills.
const SIDES = {
  bottom: (x, y, reach, half, high) => [x - half, y + reach, x + half, y + reach + high],
  top: (x, y, reach, half, high) => [x - half, y - reach - high, x + half, y - reach],
  right: (x, y, reach, half, high) => [x + reach, y - high / 2, x + reach + 2 * half, y + high / 2],
  left: (x, y, reach, half, high) => [x - reach - 2 * half, y - high / 2, x - reach, y + high / 2],
};
// Boxes by cells of a grid, so that only what is near is compared.
const makeGrid = () => {
  const cells = new Map();
  const over = ([left, top, right, bottom]) => {
    const names = [];
    for (let column = Math.floor(left / 48); column <= Math.floor(right / 48); column += 1) {
      for (let row = Math.floor(top / 48); row <= Math.floor(bottom / 48); row += 1) names.push(`${column}.${row}`);
    }
    return names;
  };
  return {
    add: (box, owner) => { for (const name of over(box)) cells.set(name, [...(cells.get(name) || []), [box, owner]]); },
    // The area of a box that boxes of others cover.
    crossed: (box, owner) => {
      const areas = new Map();
      for (const [old, whose] of over(box).flatMap((name) => cells.get(name) || [])) {
        const [wide, high] = [Math.min(old[2], box[2]) - Math.max(old[0], box[0]), Math.min(old[3], box[3]) - Math.max(old[1], box[1])];
        if (whose !== owner && wide > 0 && high > 0) areas.set(whose, wide * high);
      }
      return [...areas.values()].reduce((sum, area) => sum + area, 0);
    },
  };
};
const MUST = 3; // the largest of the whole drawing are named even where their names must cross marks
const SMALLEST = nodes.length > 800 ? 5 : 3; // marks of fewer pixels may be crossed by any name

// Gives the entities whose names fit on a screen of this size without covering names and marks of others, each with its
// font size in pixels and its side.
const fitLabels = (zoom, pan, width, height) => {
  const drawn = state.selected ? drawnOf(state.selected) : [];
  const inFocus = drawn.length ? new Set(drawn) : null;
  const key = state.selected?.kind === "node" ? byKey.get(state.selected.key) : null;
  const ranked = nodes.filter((node) => node.shown && (!inFocus || inFocus.has(node)))
    .sort((one, two) => (two === key) - (one === key) || two[state.size] - one[state.size] || one.index - two.index);
  const placed = ranked.map((node) => [node, node.x * zoom + pan.x, node.y * zoom + pan.y, (sizeOf(node, state.size) * zoom) / 2])
    .filter(([, x, y]) => x >= 0 && x <= width && y >= 0 && y <= height);
  const [names, marks] = [makeGrid(), makeGrid()];
  for (const [node, x, y, reach] of placed) if (2 * reach >= SMALLEST) marks.add([x - 0.8 * reach, y - 0.8 * reach, x + 0.8 * reach, y + 0.8 * reach], node);
  const fitted = new Map();
  const growth = 9.5 * Math.min(1, Math.max(0.35, width / 1000));
  for (const [node, x, y, reach] of placed) {
    const font = 10.5 + growth * Math.sqrt(node[state.size] / largest[state.size]);
    const half = shorten(node.name).length * font * 0.29 + 4;
    let best = null;
    for (const [side, boxAt] of Object.entries(SIDES)) {
      const box = boxAt(x, y, reach, half, font * 1.25);
      const inside = box[0] >= 0 && box[2] <= width && box[1] >= 0 && box[3] <= height;
      if (node !== key && (!inside || names.crossed(box, node))) continue;
      const crossed = marks.crossed(box, node);
      if (best === null || crossed < best.crossed) best = { side, box, crossed };
      if (crossed === 0) break;
    }
    if (best === null || (best.crossed && (inFocus || fitted.size >= MUST) && node !== key)) continue;
    names.add(best.box, node);
    fitted.set(node, { font, side: best.side });
  }
  return fitted;
};
const putLabels = (fitted, zoom) => cy.batch(() => {
  for (const node of named) if (!fitted.has(node)) cyNode(node).removeClass("named");
  for (const [node, { font, side }] of fitted) {
    const wanted = font / zoom;
    if (named.has(node) && node.font === wanted && node.side === side) continue;
    node.font = wanted;
    node.side = side;
    cyNode(node).data({ font: wanted, outline: 2.4 / zoom, label: shorten(node.name) }).removeClass("top right bottom left").addClass(`named ${side}`);
  }
  named = new Set(fitted.keys());
});
const label = () => putLabels(fitLabels(cy.zoom(), cy.pan(), cy.width(), cy.height()), cy.zoom());
const labelSoon = () => {
  clearTimeout(labelSoon.timer);
  labelSoon.timer = setTimeout(label, 90);
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
const listenToCanvas = () => {
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
  cy.on("viewport", labelSoon);
  cy.on("dragfree", "node", (event) => {
    const node = nodes[Number(event.target.id().slice(1))];
    ({ x: node.x, y: node.y } = event.target.position());
    labelSoon();
  });
  new ResizeObserver(() => cy.resize()).observe(container);
};

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
