// Colours, shapes and sizes, for the canvas, the legend and the drawing that is saved.

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const theme = {
  get dark() { return document.documentElement.dataset.theme === "dark"; },
  get ink() { return this.dark ? "#eceef2" : "#1d2127"; },
  get ground() { return this.dark ? "#12151b" : "#fbfaf7"; },
  get edge() { return this.dark ? "#7d8796" : "#8f959f"; },
};
document.documentElement.dataset.theme = systemDark.matches ? "dark" : "light";

const COMMUNITY_COLORS = [
  ["#0072b2", "#56a8e8"], ["#c7402d", "#ff7a66"], ["#00835f", "#2dbd92"], ["#b3750a", "#e6a93c"],
  ["#7a4fb5", "#b391ea"], ["#a8559a", "#e08fd3"], ["#4a6b8a", "#93b4d1"], ["#86701f", "#c2aa52"],
  ["#2f7d86", "#6cc4cd"], ["#9b4a3c", "#d99a8d"], ["#557a2e", "#a3c977"], ["#6a4c7d", "#b89acb"],
];
const GREY = ["#868b94", "#7d8490"];
const SIGN_COLORS = {
  favor: ["#1a6fb0", "#6ab4f2"], against: ["#b2361e", "#ff8f75"], mixed: ["#80529c", "#c9a2e6"], neutral: ["#868b94", "#9aa1ad"],
};
const AGE_COLORS = [["#440154", "#7a4bb0"], ["#3b528b", "#6c86c9"], ["#21918c", "#35b5ae"], ["#5ec962", "#5ec962"], ["#c9b410", "#fde725"]];
const shade = (pair) => pair[theme.dark ? 1 : 0];

const types = data.types; // label, color, dark, shape, count
const typeOf = new Map(types.map((type) => [type.label, type]));

const ageStep = (node) => {
  if (node.first == null || data.bins.length === 0) return null;
  const place = data.bins.indexOf(data.bins.find((bin) => node.first.startsWith(bin.key)));
  return place < 0 ? null : Math.min(AGE_COLORS.length - 1, Math.floor((place / data.bins.length) * AGE_COLORS.length));
};
const colorOf = (node, by) => {
  if (by === "community") return shade(COMMUNITY_COLORS[node.community] || GREY);
  if (by === "stance") return shade(node.sign ? SIGN_COLORS[node.sign] : GREY);
  if (by === "first") { const step = ageStep(node); return shade(step == null ? GREY : AGE_COLORS[step]); }
  const type = typeOf.get(node.label);
  return type ? shade([type.color, type.dark]) : shade(GREY);
};

const largest = {};
for (const by of ["strength", "degree", "count", "betweenness", "pagerank"]) {
  largest[by] = Math.max(1e-9, ...nodes.map((node) => node[by]));
}
const sizeOf = (node, by) => 8 + (40 + Math.sqrt(nodes.length)) * Math.sqrt(node[by] / largest[by]);
const mostMet = Math.max(1, ...edges.map((edge) => edge.count));

// Every shape as a path in a box from -1 to 1, for swatches and the saved drawing.
const polygon = (points, turn = -90, inner = 1) => {
  const corners = [];
  const total = inner === 1 ? points : points * 2;
  for (let corner = 0; corner < total; corner += 1) {
    const angle = ((corner * 360) / total + turn) * (Math.PI / 180);
    const reach = corner % 2 && inner !== 1 ? inner : 1;
    corners.push(`${(reach * Math.cos(angle)).toFixed(3)},${(reach * Math.sin(angle)).toFixed(3)}`);
  }
  return `M${corners.join("L")}Z`;
};
const SHAPES = {
  ellipse: "M-1,0A1,1 0 1 0 1,0A1,1 0 1 0 -1,0Z",
  rectangle: "M-.86,-.86L.86,-.86L.86,.86L-.86,.86Z",
  "round-rectangle": "M-.5,-.86L.5,-.86Q.95,-.86 .95,-.4L.95,.4Q.95,.86 .5,.86L-.5,.86Q-.95,.86 -.95,.4L-.95,-.4Q-.95,-.86 -.5,-.86Z",
  diamond: polygon(4), "round-diamond": polygon(4), star: polygon(5, -90, 0.45), triangle: polygon(3), hexagon: polygon(6, 0),
  pentagon: polygon(5), vee: "M-1,-1L0,-.35L1,-1L0,1Z",
};
const swatch = (shape, color) => draw("svg", { class: "swatch", viewBox: "-1.15 -1.15 2.3 2.3", "aria-hidden": "true" },
  draw("path", { d: SHAPES[shape] || SHAPES.ellipse, fill: color }));
const typeSwatch = (label) => {
  const type = typeOf.get(label);
  return swatch(type ? type.shape : "ellipse", type ? shade([type.color, type.dark]) : shade(GREY));
};
