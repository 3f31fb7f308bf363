// The same as text: two tables that can be sorted, for keyboards, screen readers and long looks.

const listView = byId("list-view");
const PAGE = 100;
const listState = { table: "nodes", nodes: { by: "strength", down: true, page: 0 }, ties: { by: "now", down: true, page: 0 } };

const LISTS = {
  nodes: {
    title: "Entities", rows: () => nodes.filter((node) => node.shown),
    columns: [
      ["name", "Name", (node) => node.name, false], ["label", "Type", (node) => typeName(node.label), false],
      ["count", "Mentions", (node) => node.count, true], ["articles", "Articles", (node) => node.articles, true],
      ["strength", "Strength", (node) => node.strength, true], ["degree", "Degree", (node) => node.degree, true],
      ["betweenness", "Betweenness", (node) => node.betweenness, true, (value) => value.toFixed(4)],
      ["backbone", "Backbone’s, 95 %", (node) => node.backbone_betweenness_low ?? -1, true,
        (low, node) => (low < 0 ? "" : `${low.toFixed(4)} – ${node.backbone_betweenness_high.toFixed(4)}`)],
      ["community", "Community (support)", (node) => node.community + 1, true,
        (number, node) => (node.community_support == null ? number : `${number} (${percent(node.community_support)})`)],
      ["sign", "Spoken of", (node) => SIGN_WORDS[node.sign] || "", false], ["first", "First", (node) => node.first || "", false],
      ["last", "Last", (node) => node.last || "", false],
    ],
    open: (node) => ({ kind: "node", key: node.id }),
  },
  ties: {
    title: "Ties", rows: () => edges.filter((edge) => edge.shown),
    columns: [
      ["pair", "Between", (edge) => `${edge.source.name} – ${edge.target.name}`, false], ["now", "Shared", (edge) => edge.now, true],
      ["npmi", "NPMI", (edge) => edge.npmi, true, (value) => value.toFixed(2)], ["q", "False discovery rate", (edge) => edge.q, true, probability],
      ["sign", "Spoken of", (edge) => SIGN_WORDS[edge.sign] || "", false],
      ["first", "First", (edge) => edge.first || "", false], ["last", "Last", (edge) => edge.last || "", false],
    ],
    open: (edge) => ({ kind: "tie", key: edge.key }),
  },
};

const showList = () => {
  if (state.view !== "list") return;
  const kind = listState.table;
  const { title, rows, columns, open } = LISTS[kind];
  const order = listState[kind];
  const valueOf = columns.find(([key]) => key === order.by)[2];
  const compare = (one, two) => {
    const [first, second] = [valueOf(one), valueOf(two)];
    const ranked = typeof first === "string" ? first.localeCompare(second, "en") : first - second;
    return (order.down ? -ranked : ranked) || one.index - two.index;
  };
  const all = rows().sort(compare);
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  order.page = Math.min(order.page, pages - 1);
  const shown = all.slice(order.page * PAGE, (order.page + 1) * PAGE);
  const heads = columns.map(([key, name, , numeric]) => make("th", {
    scope: "col", class: numeric ? "num" : null, "aria-sort": key === order.by ? (order.down ? "descending" : "ascending") : null,
  }, make("button", { type: "button", click: () => {
    order.down = key === order.by ? !order.down : numeric;
    order.by = key;
    order.page = 0;
    showList();
    listView.querySelector(`[aria-sort] button`).focus();
  } }, `${name}${key === order.by ? (order.down ? " ↓" : " ↑") : ""}`)));
  const body = shown.map((row) => make("tr", {}, ...columns.map(([key, , value, numeric, write], place) => {
    const text = write ? write(value(row), row) : String(value(row));
    if (place > 0) return make("td", { class: numeric ? "num" : key === "first" || key === "last" ? "date" : null }, text);
    return make("td", {}, make("button", { type: "button", click: () => { select(open(row)); panel.focus(); } }, text));
  })));
  const turn = (by, name) => make("button", { type: "button", disabled: order.page + by < 0 || order.page + by >= pages, click: () => {
    order.page += by;
    showList();
    listView.scrollTop = 0;
  } }, name);
  listView.replaceChildren(
    make("div", { class: "head" },
      make("div", { class: "switch", role: "group", "aria-label": "Table" }, ...Object.keys(LISTS).map((key) => make("button", {
        type: "button", "aria-pressed": String(key === kind), click: () => { listState.table = key; showList(); },
      }, LISTS[key].title))),
      make("span", {}, `Page ${order.page + 1} of ${pages}`), turn(-1, "Back"), turn(1, "Next")),
    make("table", {}, make("caption", {}, `${title} that pass the filters: ${whole(all.length)}. Choose one for its evidence.`),
      make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...body)),
  );
};
