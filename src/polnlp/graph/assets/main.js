// The controls, and the one way in which a change reaches the drawing, the list, the details and the link.

const narrow = matchMedia("(max-width: 760px)");

const refresh = ({ look = false } = {}) => {
  const { shownNodes, shownEdges } = applyFilters();
  const crowded = crowdingOf(shownEdges);
  if (look || crowded !== crowding) {
    crowding = crowded;
    restyle();
  }
  showFiltered();
  highlight();
  byId("shown").replaceChildren(make("b", {}, whole(shownNodes)), ` of ${whole(nodes.length)} entities, `,
    make("b", {}, whole(shownEdges)), ` of ${whole(edges.length)} ties shown`);
  byId("nothing").hidden = shownNodes > 0;
  if (look) showLegend();
  showDates();
  showList();
  showDetails();
  writeState();
};

const select = (selected, { move = true, refilter = false } = {}) => {
  state.selected = selected;
  if (refilter) refresh({ look: true });
  else { highlight(); showDetails(); writeState(); }
  if (narrow.matches) setPanel(selected ? "details" : "stage");
  if (selected && move && state.view === "network") centre(selected);
};

const setPanel = (name) => {
  document.body.dataset.panel = name;
  for (const tab of ["filters", "stage", "details"]) byId(`tab-${tab}`).setAttribute("aria-pressed", String(tab === name));
};
const setView = (view) => {
  state.view = view;
  byId("show-network").setAttribute("aria-pressed", String(view === "network"));
  byId("show-list").setAttribute("aria-pressed", String(view === "list"));
  listView.hidden = view !== "list";
  container.setAttribute("aria-hidden", String(view === "list"));
  showList();
  writeState();
};

// -- filters -----------------------------------------------------------------------------------------------------------

const showTypes = () => byId("types").replaceChildren(...types.map((type) => {
  const box = make("input", { type: "checkbox" });
  box.checked = state.types.has(type.label);
  box.addEventListener("change", () => {
    if (box.checked) state.types.add(type.label); else state.types.delete(type.label);
    refresh();
  });
  return make("li", {}, make("label", {}, box, typeSwatch(type.label), `${type.name}`, make("span", { class: "number" }, whole(type.count))));
}));

const showCommunities = () => byId("communities").replaceChildren(...data.communities.map((community) => {
  const box = make("input", { type: "checkbox" });
  box.checked = state.communities === null || state.communities.has(community.id);
  box.addEventListener("change", () => {
    const chosen = state.communities ?? new Set(nodes.map((node) => node.community));
    if (box.checked) chosen.add(community.id); else chosen.delete(community.id);
    state.communities = chosen.size === new Set(nodes.map((node) => node.community)).size ? null : chosen;
    refresh();
  });
  const color = shade(COMMUNITY_COLORS[community.id] || GREY);
  return make("li", {}, make("label", { title: community.name }, box, swatch("ellipse", color),
    make("span", { class: "name" }, community.name), make("span", { class: "number" }, whole(community.size))));
}));

const showLegend = () => {
  const items = [];
  if (state.color === "stance") {
    for (const sign of ["favor", "mixed", "neutral", "against"]) items.push([swatch("ellipse", shade(SIGN_COLORS[sign])), `${SIGN_MARKS[sign]} ${SIGN_WORDS[sign]}`]);
  }
  if (state.color === "first" && data.bins.length) {
    AGE_COLORS.forEach((pair, step) => {
      const bin = data.bins[Math.ceil((step / AGE_COLORS.length) * data.bins.length)];
      if (bin) items.push([swatch("ellipse", shade(pair)), `from ${bin.name}`]);
    });
  }
  if (state.color === "community") items.push([null, "Colours: see Communities below"]);
  if (state.signTies && edges.some((edge) => edge.sign && edge.sign !== "neutral")) {
    const line = (sign, dash) => draw("svg", { class: "swatch", viewBox: "0 0 15 15", "aria-hidden": "true" },
      draw("path", { d: "M0,8H15", stroke: shade(SIGN_COLORS[sign]), "stroke-width": 3, "stroke-dasharray": dash }));
    items.push([line("favor", "none"), "tie: favourable"], [line("against", "5 2"), "unfavourable"], [line("mixed", "1.5 2"), "mixed"]);
  }
  const most = largest[state.size];
  const chosen = byId("size").selectedOptions[0].textContent.toLowerCase();
  const marks = draw("svg", { class: "swatch wide", viewBox: "0 0 34 15", "aria-hidden": "true" },
    ...[[7.5, 7], [21, 3.5], [29, 1.75]].map(([x, r]) => draw("circle", { cx: x, cy: 7.5, r, fill: shade(GREY) })));
  items.push([marks, `size: ${chosen}, at most ${most < 1 ? most.toFixed(3) : whole(most)}`]);
  const lines = draw("svg", { class: "swatch", viewBox: "0 0 15 15", "aria-hidden": "true" },
    ...[[3, 1], [7, 2], [12, 4]].map(([y, width]) => draw("path", { d: `M0,${y}H15`, stroke: shade(GREY), "stroke-width": width })));
  items.push([lines, `width: shared ${meta.window}s, at most ${whole(mostMet)}`]);
  byId("legend").replaceChildren(...items.map(([mark, text]) => make("li", {}, mark, text)));
};

const showDates = () => {
  const box = byId("dates");
  if (!data.bins.length) { box.replaceChildren(make("p", { class: "sub" }, "No tie is dated.")); return; }
  const most = Math.max(1, ...data.bins.map((bin) => bin.count));
  const svg = draw("svg", { viewBox: `0 0 ${data.bins.length * 10} 54`, preserveAspectRatio: "none", role: "img", "aria-label": `Ties' ${meta.window}s over time` });
  data.bins.forEach((bin, place) => {
    const height = bin.count ? Math.max(1.5, (52 * bin.count) / most) : 0;
    svg.append(draw("rect", { class: place >= state.from && place <= state.to ? "bar-in" : "bar-out", x: place * 10 + 0.8, y: 54 - height, width: 8.4, height },
      draw("title", {}, `${bin.name}: ${bin.count}`)));
  });
  if (box.dataset.built) {
    box.querySelector("svg").replaceWith(svg);
    box.querySelector(".ends").replaceChildren(make("span", {}, data.bins[state.from].name), make("span", {}, data.bins[state.to].name));
    return;
  }
  const slide = (end, name) => {
    const input = make("input", { type: "range", min: 0, max: lastBin, step: 1, id: `date-${end}`, "aria-label": name });
    input.value = state[end];
    const tell = () => input.setAttribute("aria-valuetext", data.bins[state[end]].name);
    input.addEventListener("input", () => {
      const value = Number(input.value);
      state[end] = end === "from" ? Math.min(value, state.to) : Math.max(value, state.from);
      input.value = state[end];
      tell();
      soon(refresh);
    });
    tell();
    return input;
  };
  box.replaceChildren(svg, make("div", { class: "slider" }, slide("from", "From"), slide("to", "To")),
    make("div", { class: "ends" }, make("span", {}, data.bins[state.from].name), make("span", {}, data.bins[state.to].name)),
    meta.undated ? make("p", { class: "sub" }, `${whole(meta.undated)} undated ${meta.window}s count only while all dates are chosen.`) : "");
  box.dataset.built = "1";
};

// A slider fires faster than a large network can be filtered: one refresh per frame is enough.
const soon = (action) => {
  if (soon.waiting) return;
  soon.waiting = true;
  requestAnimationFrame(() => { soon.waiting = false; action(); });
};

const showKept = () => {
  byId("kept-note").textContent = KEPT_NOTES[state.kept] || "";
  byId("kept-note").hidden = !(state.kept in KEPT_NOTES);
};
const syncControls = () => {
  for (const name of ["kept", "topic", "stance", "color", "size"]) byId(name).value = state[name];
  showKept();
  byId("weight").value = state.weight;
  byId("weight-value").textContent = state.weight;
  byId("weight-unit").textContent = state.weight === 1 ? `shared ${meta.window}` : `shared ${meta.window}s`;
  byId("sign-ties").checked = state.signTies;
  byId("alone").checked = state.alone;
  delete byId("dates").dataset.built;
  showTypes();
  showCommunities();
  showDates();
};

const listen = () => {
  for (const name of ["kept", "topic", "stance"]) byId(name).addEventListener("change", () => { state[name] = byId(name).value; showKept(); refresh(); });
  for (const name of ["color", "size"]) byId(name).addEventListener("change", () => { state[name] = byId(name).value; refresh({ look: true }); });
  byId("sign-ties").addEventListener("change", () => { state.signTies = byId("sign-ties").checked; refresh({ look: true }); });
  byId("alone").addEventListener("change", () => { state.alone = byId("alone").checked; refresh(); });
  byId("weight").addEventListener("input", () => {
    state.weight = Number(byId("weight").value);
    byId("weight-value").textContent = state.weight;
    byId("weight-unit").textContent = state.weight === 1 ? `shared ${meta.window}` : `shared ${meta.window}s`;
    soon(refresh);
  });
  const reset = () => {
    state = { ...fresh(), view: state.view };
    syncControls();
    refresh({ look: true });
    showAll();
  };
  byId("reset").addEventListener("click", reset);
  byId("nothing-reset").addEventListener("click", () => { reset(); container.focus(); });
  byId("show-network").addEventListener("click", () => setView("network"));
  byId("show-list").addEventListener("click", () => setView("list"));
  byId("skip").addEventListener("click", (event) => { event.preventDefault(); setView("list"); listView.focus(); });
  for (const tab of ["filters", "stage", "details"]) byId(`tab-${tab}`).addEventListener("click", () => setPanel(tab));
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = theme.dark ? "light" : "dark";
    syncControls();
    refresh({ look: true });
  });
  byId("help").addEventListener("click", () => { byId("about").showModal(); byId("about").scrollTop = 0; });
  addEventListener("hashchange", () => { readState(); syncControls(); refresh({ look: true }); setView(state.view); });
};

// -- the explanation behind "?" ----------------------------------------------------------------------------------------

const ABOUT = [
  ["A tie", `Two entities are named in the same ${meta.window}. It does not say that they agree, meet or know each other: read the evidence.`],
  ["Shared " + meta.window + "s, with an interval", `How often. The interval comes from ${meta.draws} redraws of the articles in which doubtful names and identities are left out as often as they are likely to be wrong.`],
  ["NPMI", "How much more often than by chance, given how often each is named: 0 is chance, 1 is always together."],
  ["False discovery rate", `The share of such ties that chance alone would make (${meta.null} null, corrected for all pairs).`],
  ["Disparity α", "How likely a tie this heavy is if an entity spread its ties evenly. Small: the tie matters to one of the two."],
  ["Noise-corrected", "By how many standard deviations a tie exceeds what the strengths of both ends let expect. Above 1.64: p < 0.05."],
  ["Strength, degree", `All shared ${meta.window}s of an entity; the number of entities it shares any with.`],
  ["Betweenness, PageRank, k-core", "Positions in this network of names, not power or influence in the world."],
  ["Stance", "The attitude that a paragraph conveys, from −1 (against) to +1 (in favour), as the classifier reads it. Alignment above 0: the two are spoken of alike."],
  ...(meta.position_draws ? [["Backbone", `Betweenness has its interval on the ${whole(meta.backbone_edges)} ties of the smallest disparity${meta.backbone_edges === meta.total_edges ? ", here all of them," : ""} and from ${meta.position_draws} redraws. A redraw lacks the ties of articles that it left out: compare the intervals of two entities, not an interval with its figure.`]] : []),
  ["Community", "Groups found by the Louvain method; another run or another corpus may draw the borders elsewhere. Runs: how far repeated runs agree on this network. Alike with other articles: the mean overlap (Jaccard) of the entity’s community with the one it has in a redraw of the articles; below about a half, do not report the group."],
];
const fillAbout = () => byId("about").replaceChildren(
  make("h2", { id: "about-title", tabindex: -1, autofocus: true }, "What the figures mean"),
  make("p", { class: "sub" }, meta.description),
  make("dl", {}, ...ABOUT.flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)])),
  make("p", { class: "sub" }, `Left out before counting: ${Object.entries(meta.left_out).map(([reason, count]) => `${whole(count)} × ${reason}`).join("; ") || "nothing"}.`),
  make("p", { class: "sub" }, "Keys: / searches, arrows move the drawing, + and − zoom, 0 shows all, Escape clears the choice."),
  make("form", { method: "dialog" }, make("button", {}, "Close")),
);

const begin = () => {
  byId("subtitle").textContent = meta.description;
  byId("subtitle").title = meta.description;
  if (meta.notice) { byId("notice").textContent = `${meta.notice}${partial ? " The search finds the rest as well." : ""}`; byId("notice").hidden = false; }
  const alone = nodes.filter((node) => node.edges.length === 0).length;
  byId("alone-count").textContent = whole(alone);
  byId("alone-row").hidden = alone === 0;
  byId("nothing-text").textContent = edges.length ? "No tie passes the filters." : `No ${meta.window} names two entities: this network has no ties.`;
  byId("nothing-reset").hidden = edges.length === 0;
  byId("topic").append(...data.topics.map((topic, place) => make("option", { value: place }, topic)));
  byId("weight").max = Math.min(50, Math.max(2, mostMet));
  readState();
  listen();
  fillAbout();
  crowding = crowdingOf(applyFilters().shownEdges);
  startCanvas();
  for (const node of nodes) node.wasShown = node.shown;
  for (const edge of edges) edge.classes = edgeClasses(edge);
  syncControls();
  setPanel("stage");
  setView(state.view);
  showLegend();
  refresh();
  showAll();
  if (state.selected) select(state.selected);
  label();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
  }));
};
begin();
