// The data of the page as objects: entities, ties, articles, and how they are joined.

const data = JSON.parse(document.getElementById("data").textContent);
const meta = data.meta;

const byId = (id) => document.getElementById(id);
const whole = new Intl.NumberFormat("en").format;
const plural = (count, one, many) => `${whole(count)} ${count === 1 ? one : many}`;

const unpack = (columns, rows) => rows.map((row, index) => {
  const item = { index };
  columns.forEach((column, place) => { item[column] = row[place]; });
  return item;
});

const nodes = unpack(data.node_columns, data.nodes);
const edges = unpack(data.edge_columns, data.edges);
const byKey = new Map(nodes.map((node) => [node.id, node]));
for (const node of nodes) node.edges = [];
for (const edge of edges) {
  edge.source = nodes[edge.a];
  edge.target = nodes[edge.b];
  edge.key = `${edge.source.id}|${edge.target.id}`;
  edge.source.edges.push(edge);
  edge.target.edges.push(edge);
}
const edgeByKey = new Map(edges.map((edge) => [edge.key, edge]));
const other = (edge, node) => (edge.source === node ? edge.target : edge.source);

// What names are compared by: no accents, no case.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
for (const node of nodes) node.folded = [node.name, ...node.aliases, node.id, node.qid || ""].map(fold);

const SIGN_WORDS = { favor: "favourable", against: "unfavourable", mixed: "mixed", neutral: "neutral" };
const SIGN_MARKS = { favor: "+", against: "−", mixed: "±", neutral: "○" };

// Text goes into the page as text nodes alone; nothing from an article is ever parsed as HTML.
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "click") element.addEventListener("click", value);
    else if (name === "class") element.className = value;
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
};
// A card's parts; null would be written out as a word.
const fill = (element, ...parts) => element.replaceChildren(...parts.filter((part) => part != null));
const SVG = "http://www.w3.org/2000/svg";
const draw = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const safeLink = (address) => {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch { return null; }
};

const toast = (message) => {
  const box = byId("toast");
  box.textContent = message;
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.hidden = true; }, 2600);
};
