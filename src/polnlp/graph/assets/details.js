// What is known of the chosen entity or tie, with the sentences behind it.

const panel = byId("details");
const typeName = (label) => ({
  PARTY: "party", LEADER: "leader", PERSON: "person", ORG: "organisation", COUNTRY: "country", REGION: "place",
  ELECTION: "election", EVENT: "event", MISC: "other name",
}[label] || label || "");

const figure = (name, value, low, high) => {
  if (value == null) return [];
  const range = low != null && high != null ? make("span", { class: "range" }, ` [${low}, ${high}]`) : null;
  return [make("dt", {}, name), make("dd", {}, String(value), range)];
};
const section = (title, ...content) => make("section", {}, make("h3", {}, title), ...content);
const head = (title, ...below) => make("header", {}, make("div", {}, make("h2", {}, title), ...below),
  make("button", { type: "button", class: "close", "aria-label": "Close details", click: () => select(null) }, "✕"));

const barRow = (name, value, most, kind = "plain") => [
  make("span", {}, name),
  draw("svg", { viewBox: "0 0 100 9", preserveAspectRatio: "none", "aria-hidden": "true" },
    draw("rect", { class: `fill-${kind}`, x: 0, y: 0, height: 9, width: Math.max(1, (100 * value) / most) })),
  make("span", { class: "number" }, whole(value)),
];
const bars = (counts, kind) => make("div", { class: "bars" },
  ...counts.flatMap(([name, value]) => barRow(name, value, Math.max(...counts.map((pair) => pair[1])), kind)));

// Bars over time: one column per bin, its parts stacked.
const timeline = (columns, label) => {
  const count = Math.max(1, data.bins.length);
  const most = Math.max(1, ...columns.map((column) => column.parts.reduce((sum, part) => sum + part[1], 0)));
  const svg = draw("svg", { viewBox: `0 0 ${count * 10} 70`, preserveAspectRatio: "none", role: "img", "aria-label": label });
  for (const column of columns) {
    let top = 70;
    for (const [kind, value] of column.parts) {
      const height = (66 * value) / most;
      top -= height;
      if (value) svg.append(draw("rect", { class: `fill-${kind}`, x: column.bin * 10 + 1, y: top, width: 8, height }));
    }
  }
  const ends = data.bins.length ? [data.bins[0].name, data.bins[lastBin].name] : ["", ""];
  return make("figure", { class: "chart" }, svg,
    make("div", { class: "axis" }, make("span", {}, ends[0]), make("span", {}, `most: ${most}`), make("span", {}, ends[1])));
};

const signWord = (sign) => (sign ? make("span", { class: `text-${sign}` }, `${SIGN_MARKS[sign]} ${SIGN_WORDS[sign]}`) : null);
const valueText = (value) => (value == null ? null : `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value).toFixed(2)}`);
const dateSpan = (first, last) => (first == null ? "undated" : first === last ? first : `${first} – ${last}`);
const percent = (value) => (value == null ? null : `${Math.round(100 * value)} %`);
const probability = (value) => (value < 0.001 ? value.toExponential(1) : value.toFixed(3));

const NEIGHBOURS = 25;
const neighbourRows = (node, all) => {
  const ties = tiesOf(node).sort((one, two) => two.now - one.now || one.index - two.index);
  const list = make("ul", { class: "rows" });
  for (const edge of all ? ties : ties.slice(0, NEIGHBOURS)) {
    const near = other(edge, node);
    const sign = edge.sign ? make("span", { class: `text-${edge.sign}`, title: SIGN_WORDS[edge.sign] }, SIGN_MARKS[edge.sign]) : null;
    list.append(make("li", {}, make("button", {
      type: "button", click: () => select({ kind: "tie", key: edge.key }), title: "Show what joins them",
    }, typeSwatch(near.label), make("span", { class: "name" }, near.name), make("span", { class: "number" }, sign, ` ${whole(edge.now)}`))));
  }
  const more = !all && ties.length > NEIGHBOURS
    ? make("button", { type: "button", class: "wide", click: (event) => event.target.parentNode.replaceChildren(...neighbourRows(node, true)) },
      `Show all ${whole(ties.length)}`)
    : null;
  return [list, more].filter(Boolean);
};

const showNode = (node) => {
  const link = /^Q\d+$/.test(node.qid || "") ? make("a", {
    href: `https://www.wikidata.org/wiki/${node.qid}`, rel: "noreferrer", target: "_blank",
  }, node.qid) : null;
  const known = make("p", { class: "sub" }, node.id, link ? " · Wikidata " : null, link, node.country ? ` · ${node.country}` : null);
  fill(panel,
    head(node.name, make("p", { class: "badge" }, typeSwatch(node.label), typeName(node.label)), known),
    node.away ? make("p", { class: "warn" }, "Not in the drawing, which is the backbone. Filters do not apply to it.") : null,
    section("Figures", make("dl", { class: "figures" },
      ...figure("Mentions", whole(node.count)),
      ...figure("Articles", whole(node.articles)),
      ...figure(`${meta.window[0].toUpperCase()}${meta.window.slice(1)}s`, whole(node.windows), node.windows_low, node.windows_high),
      ...figure("Strength", whole(node.strength), node.strength_low, node.strength_high),
      ...figure("Degree", whole(node.degree), node.degree_low, node.degree_high),
      ...figure("Rank by strength", node.rank, node.rank_low, node.rank_high),
      ...figure("Betweenness", node.betweenness.toFixed(4)),
      ...figure("on the backbone", ...[node.backbone_betweenness, node.backbone_betweenness_low, node.backbone_betweenness_high].map((value) => value?.toFixed(4))),
      ...figure("PageRank", ...[node.pagerank, node.pagerank_low, node.pagerank_high].map((value) => value?.toFixed(4))),
      ...figure("k-core", node.core),
      ...figure("Community", communityName(node.community)),
      ...figure("kept there by", node.community_stability == null ? null : `${percent(node.community_stability)} of runs`),
      ...figure("alike with other articles", percent(node.community_support))),
    node.rank_high != null && node.rank_high - node.rank_low > Math.max(3, node.rank)
      ? make("p", { class: "warn" }, "The data do not settle this rank: with other articles, or if doubtful names are wrong, it may lie anywhere in the interval.") : null),
    section("Names used", make("ul", { class: "chips" }, ...node.aliases.map((alias) => make("li", {}, alias)))),
    section("When", make("p", { class: "sub" }, dateSpan(node.first, node.last)),
      node.away ? null : timeline(node.times.map(([bin, value]) => ({ bin, parts: [["plain", value]] })), `Ties' ${meta.window}s over time`)),
    node.favor + node.against + node.neutral > 0 ? section("How it is spoken of",
      make("p", {}, signWord(node.sign), node.stance == null ? null : make("span", { class: "sub" }, ` · mean ${valueText(node.stance)} of ±1`)),
      make("div", { class: "bars" },
        ...[["favourable", node.favor, "favor"], ["neutral", node.neutral, "neutral"], ["unfavourable", node.against, "against"]]
          .flatMap(([name, value, kind]) => barRow(name, value, Math.max(node.favor, node.against, node.neutral, 1), kind))),
      node.stance_times.length ? timeline(node.stance_times.map(([bin, favor, against, neutral]) => ({
        bin, parts: [["against", against], ["neutral", neutral], ["favor", favor]],
      })), "Stances over time") : null) : null,
    node.topics.length ? section("Topics", bars(node.topics.slice(0, 8).map(([topic, count]) => [data.topics[topic], count]))) : null,
    section(countTies(node), make("div", {}, ...neighbourRows(node, false)), farNote(node)),
  );
};

const communityName = (number) => {
  const known = data.communities.find((community) => community.id === number);
  return known ? `${number + 1}: ${known.name}` : `${number + 1}`;
};

// -- the evidence ------------------------------------------------------------------------------------------------------

// A sentence with its marks: offsets are UTF-16 units into the sentence, as the page was written.
const quoteSentence = (place, marks) => {
  const text = data.sentences[place][1];
  const parts = [];
  let at = 0;
  for (const [start, end, kind] of marks.sort((one, two) => one[0] - two[0])) {
    if (start < at) continue;
    parts.push(text.slice(at, start), make("mark", { class: kind }, text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
};
const quote = (entry) => {
  const [, first, second, aStart, aEnd, bStart, bEnd] = entry;
  if (first == null) return ["…", make("mark", { class: "a" }, entry[10]), " … ", make("mark", { class: "b" }, entry[11]), "…"];
  if (first === second) return quoteSentence(first, [[aStart, aEnd, "a"], [bStart, bEnd, "b"]]);
  const sentences = [[first, [[aStart, aEnd, "a"]]], [second, [[bStart, bEnd, "b"]]]];
  sentences.sort((one, two) => data.sentences[one[0]][0] - data.sentences[two[0]][0]);
  const near = data.sentences[sentences[1][0]][0] - data.sentences[sentences[0][0]][0] - data.sentences[sentences[0][0]][1].length;
  return [...quoteSentence(...sentences[0]), near > 3 ? " … " : " ", ...quoteSentence(...sentences[1])];
};
const plainText = (parts) => parts.map((part) => (typeof part === "string" ? part : part.textContent)).join("");

const evidenceItem = (entry) => {
  const article = data.articles[entry[0]];
  const address = article.url ? safeLink(article.url) : null;
  const title = article.title || article.id;
  const source = [article.author, article.source].filter(Boolean).join(", ");
  const words = quote(entry);
  const cite = () => copy(
    `“${plainText(words)}” ${[source, `“${title}”`, article.date || "undated"].filter(Boolean).join(", ")} (${article.id}, characters ${entry[8]}–${entry[9]})`,
    "Quotation copied");
  return make("li", {}, make("blockquote", { dir: "auto" }, ...words),
    make("p", { class: "source" }, article.date || "undated", " · ",
      address ? make("a", { href: address, rel: "noreferrer", target: "_blank" }, title) : title,
      source ? ` · ${source}` : null, ` · characters ${entry[8]}–${entry[9]} · score ${entry[7]} `,
      article.page ? make("a", { href: `${article.page}#c${entry[8]}`, title: "The whole article, with all that was found in it" }, "Read in the article") : null,
      " ", make("button", { type: "button", click: cite }, "Copy")));
};

// -- evidence that the page does not hold, from `polnlp view` ----------------------------------------------------------

const live = "live" in document.documentElement.dataset;

// Asks for a tie's next windows. The first answer takes the place of what the page holds, for it begins at the ledger's start.
const fetchEvidence = async (edge) => {
  if (edge.asking) return;
  edge.asking = true;
  edge.trouble = "";
  try {
    const offset = edge.fetched || 0;
    takeEvidence(edge, await ask("evidence.json", { a: edge.source.id, b: edge.target.id, offset }), offset);
  } catch (error) {
    edge.trouble = `The rest could not be fetched (${error.message}). Is polnlp view still running?`;
  }
  edge.asking = false;
  if (state.selected?.kind === "tie" && state.selected.key === edge.key) showEdge(edge);
};
const takeEvidence = (edge, answer, offset) => {
  const [articles, sentences] = [data.articles.length, data.sentences.length];
  data.articles.push(...answer.articles);
  data.sentences.push(...answer.sentences);
  const rows = answer.evidence.map((row) => {
    const entry = [...row];
    entry[0] += articles;
    for (const place of [1, 2]) if (entry[place] != null) entry[place] += sentences;
    entry[12] = row[12] == null ? -1 : data.bins.findIndex((bin) => row[12].startsWith(bin.key));
    entry[13] = row[13] == null ? -1 : data.topics.indexOf(row[13]);
    return entry;
  });
  edge.evidence = offset ? [...edge.evidence, ...rows] : rows;
  edge.fetched = offset + rows.length;
};
const missingNote = (edge) => {
  const missing = edge.count - (edge.fetched || edge.evidence.length);
  if (missing <= 0) return null;
  if (!live) {
    return make("p", { class: "warn" },
      `The page holds the ${edge.evidence.length} most certain; polnlp view, graph.json and evidence.parquet give all ${whole(edge.count)}.`);
  }
  if (edge.trouble) {
    return make("div", {}, make("p", { class: "warn", role: "alert" }, edge.trouble),
      make("button", { type: "button", class: "wide", click: () => fetchEvidence(edge) }, "Try again"));
  }
  if (edge.fetched === undefined) { fetchEvidence(edge); return make("p", { class: "sub", role: "status" }, "Fetching the evidence…"); }
  return make("button", { type: "button", class: "wide", id: "more-evidence", click: () => fetchEvidence(edge) },
    `Fetch more (${whole(missing)} not here yet)`);
};

const showEdge = (edge) => {
  const { source: a, target: b } = edge;
  const nodeButton = (node, mark) => make("button", { type: "button", click: () => select({ kind: "node", key: node.id }) },
    typeSwatch(node.label), make("mark", { class: mark }, node.name), make("span", { class: "number" }, typeName(node.label)));
  const all = state.from === 0 && state.to === lastBin && state.topic === "";
  const chosen = all ? edge.evidence : edge.evidence.filter((entry) => {
    const dated = (state.from === 0 && state.to === lastBin) || (entry[12] >= state.from && entry[12] <= state.to);
    return dated && (state.topic === "" || entry[13] === Number(state.topic));
  });
  const spoken = [
    edge.stance_a == null ? [] : figure(`Toward ${a.name}`, valueText(edge.stance_a)),
    edge.stance_b == null ? [] : figure(`Toward ${b.name}`, valueText(edge.stance_b)),
    edge.alignment == null ? [] : figure("Alignment", valueText(edge.alignment)),
    edge.a_to_b == null ? [] : figure(`${a.name} of ${b.name}`, valueText(edge.a_to_b)),
    edge.b_to_a == null ? [] : figure(`${b.name} of ${a.name}`, valueText(edge.b_to_a)),
  ].flat();
  fill(panel,
    head(`${a.name} – ${b.name}`, make("p", { class: "sub" }, dateSpan(edge.first, edge.last))),
    make("ul", { class: "rows" }, make("li", {}, nodeButton(a, "a")), make("li", {}, nodeButton(b, "b"))),
    section("Figures", make("dl", { class: "figures" },
      ...figure(`Shared ${meta.window}s`, whole(edge.count), edge.count_low, edge.count_high),
      ...(edge.now !== edge.count ? figure("of these shown", whole(edge.now)) : []),
      ...figure("Articles", whole(edge.articles)),
      ...figure("NPMI", edge.npmi.toFixed(2), ...[edge.npmi_low, edge.npmi_high].map((value) => (value == null ? null : value.toFixed(2)))),
      ...figure("False discovery rate", probability(edge.q)),
      ...figure("Disparity α", probability(edge.disparity)),
      ...figure("Noise-corrected", edge.noise_corrected == null ? null : edge.noise_corrected.toFixed(2)),
      ...figure("One community in", edge.same_community == null ? null : `${percent(edge.same_community)} of redraws`)),
    edge.q > 0.05 ? make("p", { class: "warn" }, "Names as frequent as these two would meet this often by chance: the tie alone proves nothing.") : null),
    edge.stance_count ? section("How they are spoken of here",
      make("p", {}, signWord(edge.sign), make("span", { class: "sub" },
        ` · mean ${valueText(edge.stance)}${edge.stance_low == null ? "" : ` [${valueText(edge.stance_low)}, ${valueText(edge.stance_high)}]`} of ${plural(edge.stance_count, "stance", "stances")}`)),
      spoken.length ? make("dl", { class: "figures" }, ...spoken) : null) : null,
    edge.topics.length ? section("Topics", bars(edge.topics.slice(0, 6).map(([topic, count]) => [data.topics[topic], count]))) : null,
    section(`Evidence (${whole(chosen.length)}${edge.count > edge.evidence.length ? ` of ${whole(edge.count)}` : ""})`,
      missingNote(edge),
      data.sentences.length === 0 && chosen.length ? make("p", { class: "warn" }, "The reports carry no texts; offsets lead to the sentences.") : null,
      make("ol", { class: "evidence" }, ...chosen.map(evidenceItem))),
  );
};

const showDetails = () => {
  panel.hidden = !state.selected;
  if (!state.selected) { panel.replaceChildren(); return; }
  const node = byKey.get(state.selected.key);
  if (state.selected.kind === "node" && node.away && node.total === null) showWaiting(node);
  else if (state.selected.kind === "node") showNode(node);
  else showEdge(edgeByKey.get(state.selected.key));
  panel.scrollTop = 0;
};
