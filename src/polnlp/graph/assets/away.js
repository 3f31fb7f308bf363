// Entities and ties that the page does not hold, from `polnlp view`: they have a card, and no place in the drawing.

const partial = live && (meta.total_nodes > nodes.length || meta.total_edges > edges.length);

const ask = async (path, query) => {
  const answer = await fetch(`${path}?${new URLSearchParams(query)}`);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

// An entity of which no more than its name is known; its card is fetched when it is shown.
const standIn = ({ id, name, label }) => {
  if (!byKey.has(id)) byKey.set(id, { id, name, label, index: -1, away: true, edges: [], far: [], total: null });
  return byKey.get(id);
};
const numberTopics = (pairs) => pairs.map(([topic, count]) => {
  if (!data.topics.includes(topic)) data.topics.push(topic);
  return [data.topics.indexOf(topic), count];
});
const takeTie = (row) => {
  const [source, target] = [standIn(row.source), standIn(row.target)];
  const key = `${source.id}|${target.id}`;
  const known = edgeByKey.get(key) || edgeByKey.get(`${target.id}|${source.id}`);
  if (known) return known;
  const edge = { ...row, source, target, key, index: -1, away: true, topics: numberTopics(row.topics), meetings: [], evidence: [], now: row.count, shown: true };
  edgeByKey.set(key, edge);
  return edge;
};
// Fetches an entity with its ties; one that is on the page gets those of its ties that are not.
const fetchEntity = async (node) => {
  if (node.asking) return;
  node.asking = true;
  node.trouble = "";
  try {
    const answer = await ask("entity.json", { id: node.id });
    if (answer === null) throw new Error("there is no such entity in this network");
    if (node.away) Object.assign(node, answer.node, { topics: numberTopics(answer.node.topics) });
    node.far = answer.ties.map(takeTie).filter((edge) => edge.away);
    node.total = answer.total;
  } catch (error) {
    node.trouble = `It could not be fetched: ${error.message}`;
  }
  node.asking = false;
  if (state.selected?.kind === "node" && state.selected.key === node.id) { highlight(); showDetails(); }
};
const showWaiting = (node) => {
  const note = node.trouble
    ? [make("p", { class: "warn", role: "alert" }, node.trouble), make("button", { type: "button", class: "wide", click: () => { fetchEntity(node); showDetails(); } }, "Try again")]
    : [make("p", { class: "sub", role: "status" }, "Fetching what is known of it…")];
  panel.replaceChildren(head(node.name), make("div", {}, ...note));
  if (!node.trouble) fetchEntity(node);
};
// The ties that pass the filters, and those that were fetched.
const tiesOf = (node) => [...node.edges.filter((edge) => edge.shown), ...(node.far || [])];
const countTies = (node) => {
  const count = tiesOf(node).length;
  return node.total > count ? `Ties shown (${whole(count)} of ${whole(node.total)})` : `Ties shown (${whole(count)})`;
};
const farNote = (node) => {
  if (!partial || node.total != null) return null;
  const missing = node.degree - node.edges.length;
  return missing > 0
    ? make("button", { type: "button", class: "wide", id: "more-ties", click: () => fetchEntity(node) }, `Fetch ${plural(missing, "tie that is", "ties that are")} not drawn`)
    : null;
};
// What of an entity or a tie is in the drawing.
const drawnOf = (selected) => {
  if (selected.kind === "tie") {
    const edge = edgeByKey.get(selected.key);
    return [edge.source, edge.target].filter((node) => !node.away);
  }
  const node = byKey.get(selected.key);
  const near = node.away ? node.far.map((edge) => other(edge, node)) : node.edges.filter((edge) => edge.shown).map((edge) => other(edge, node));
  return [node, ...near].filter((item) => !item.away);
};
