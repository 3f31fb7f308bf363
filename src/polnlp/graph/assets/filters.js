// What is shown: the state of all filters, and the ties and entities that pass them.

const lastBin = Math.max(0, data.bins.length - 1);
const fresh = () => ({
  types: new Set(types.map((type) => type.label)), communities: null, weight: 1, kept: "all", topic: "", stance: "",
  from: 0, to: lastBin, color: "label", size: "strength", signTies: true, alone: false, view: "network", selected: null,
});
let state = fresh();

// A tie's windows that fall into the chosen dates and topic; undated ones count only where no date is chosen.
const meetings = (edge) => {
  const all = state.from === 0 && state.to === lastBin;
  const topic = state.topic === "" ? null : Number(state.topic);
  if (all && topic === null) return edge.count;
  let count = 0;
  for (const [bin, about, windows] of edge.meetings) {
    const dated = all || (bin >= state.from && bin <= state.to);
    if (dated && (topic === null || about === topic)) count += windows;
  }
  return count;
};

const PASSES = {
  all: () => true,
  q05: (edge) => edge.q <= 0.05,
  q001: (edge) => edge.q <= 0.001,
  backbone: (edge) => edge.disparity <= 0.05,
  noise: (edge) => edge.noise_corrected >= 1.64,
  stable: (edge) => edge.count_low != null && edge.count_low > 1,
};
// What a choice of evidence keeps, where its name does not say it.
const KEPT_NOTES = {
  backbone: "Ties that are a larger share of what one of the two has than chance would give it (α ≤ 0.05). The only tie of an entity does not pass by itself. Serrano et al. 2009.",
  noise: "Ties heavier than the strengths of both ends let expect, by more than chance moves them (p < 0.05). The few ties of a rarely named entity mostly pass: raise the least count as well. Coscia and Neffke 2017.",
};
const passesStance = (edge) => {
  if (state.stance === "") return true;
  if (state.stance === "aligned") return edge.alignment != null && edge.alignment > 0;
  if (state.stance === "opposed") return edge.alignment != null && edge.alignment < 0;
  return edge.sign === state.stance;
};
const passesNode = (node) => state.types.has(node.label)
  && (state.communities === null || state.communities.has(node.community));

// Marks every entity and tie as shown or not, and counts what each shown tie's windows are under the filters.
const applyFilters = () => {
  const narrowed = state.weight > 1 || state.kept !== "all" || state.topic !== "" || state.stance !== ""
    || state.from !== 0 || state.to !== lastBin;
  for (const node of nodes) { node.passes = passesNode(node); node.shownEdges = 0; }
  let shownEdges = 0;
  for (const edge of edges) {
    edge.now = meetings(edge);
    edge.shown = edge.source.passes && edge.target.passes && edge.now >= Math.max(1, state.weight)
      && PASSES[state.kept](edge) && passesStance(edge);
    if (edge.shown) { shownEdges += 1; edge.source.shownEdges += 1; edge.target.shownEdges += 1; }
  }
  let shownNodes = 0;
  // Entities that have lost all their ties to the filters go with them.
  for (const node of nodes) {
    node.shown = node.passes && (node.shownEdges > 0 || (state.alone && !narrowed));
    shownNodes += node.shown ? 1 : 0;
  }
  return { shownNodes, shownEdges };
};

// -- the view as a link: everything that differs from the start goes into the fragment ---------------------------------

const writeState = () => {
  const base = fresh();
  const query = new URLSearchParams();
  if (state.types.size !== base.types.size) query.set("types", [...state.types].sort().join(","));
  if (state.communities !== null) query.set("communities", [...state.communities].sort((a, b) => a - b).join(","));
  for (const name of ["weight", "kept", "topic", "stance", "color", "size", "view"]) {
    if (state[name] !== base[name]) query.set(name, String(state[name]));
  }
  if (!state.signTies) query.set("plain", "1");
  if (state.alone) query.set("alone", "1");
  if (state.from !== 0 || state.to !== lastBin) query.set("dates", `${data.bins[state.from].key}..${data.bins[state.to].key}`);
  if (state.selected) query.set(state.selected.kind, state.selected.key);
  const fragment = query.toString();
  try {
    history.replaceState(null, "", fragment ? `#${fragment}` : location.pathname + location.search);
  } catch { location.hash = fragment; }
};

const readState = () => {
  const query = new URLSearchParams(location.hash.slice(1));
  const next = fresh();
  if (query.has("types")) next.types = new Set(query.get("types").split(",").filter((label) => typeOf.has(label)));
  if (query.has("communities")) next.communities = new Set(query.get("communities").split(",").filter(Boolean).map(Number));
  const weight = Number(query.get("weight"));
  if (Number.isInteger(weight) && weight > 1) next.weight = weight;
  for (const name of ["kept", "topic", "stance", "color", "size"]) {
    const allowed = [...byId(name).options].some((option) => option.value === query.get(name));
    if (allowed) next[name] = query.get(name);
  }
  if (query.get("view") === "list") next.view = "list";
  next.signTies = query.get("plain") !== "1";
  next.alone = query.get("alone") === "1";
  const [from, to] = (query.get("dates") || "").split("..").map((key) => data.bins.findIndex((bin) => bin.key === key));
  if (from >= 0 && to >= from) { next.from = from; next.to = to; }
  const node = query.get("node");
  if (node && partial && !byKey.has(node)) standIn({ id: node, name: node, label: "" });
  if (query.has("node") && byKey.has(node)) next.selected = { kind: "node", key: query.get("node") };
  if (query.has("tie") && edgeByKey.has(query.get("tie"))) next.selected = { kind: "tie", key: query.get("tie") };
  state = next;
};
