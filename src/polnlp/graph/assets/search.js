// The search box: suggestions as one types, by name, other names used, or id; arrows and Enter choose.

const searchBox = byId("search");
const suggestions = byId("suggestions");
let hits = [];
let active = -1;

const findNames = (text) => {
  const wanted = fold(text.trim());
  if (!wanted) return [];
  const found = [];
  for (const node of nodes) {
    let best = 9;
    let alias = "";
    node.folded.forEach((name, place) => {
      const at = name.indexOf(wanted);
      if (at < 0) return;
      const rank = (name === wanted ? 0 : at === 0 ? 1 : /[\s\-.]/.test(name[at - 1]) ? 2 : 4) + (place === 0 ? 0 : 0.5);
      if (rank < best) { best = rank; alias = place > 0 && place <= node.aliases.length ? node.aliases[place - 1] : ""; }
    });
    if (best < 9) found.push({ node, best, alias: alias === node.name ? "" : alias });
  }
  return found.sort((one, two) => one.best - two.best || two.node.strength - one.node.strength).slice(0, 12);
};

const closeSuggestions = () => {
  suggestions.hidden = true;
  active = -1;
  searchBox.setAttribute("aria-expanded", "false");
  searchBox.removeAttribute("aria-activedescendant");
};
const choose = (hit) => {
  closeSuggestions();
  searchBox.value = hit.node.name;
  if (!hit.node.shown && !hit.node.away) { state = { ...fresh(), view: state.view, color: state.color, size: state.size, alone: hit.node.edges.length === 0 }; syncControls(); toast("Filters were cleared to show it"); }
  select({ kind: "node", key: hit.node.id }, { refilter: true });
};
const markActive = () => {
  [...suggestions.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
  if (active >= 0) {
    searchBox.setAttribute("aria-activedescendant", `hit-${active}`);
    suggestions.children[active].scrollIntoView({ block: "nearest" });
  } else searchBox.removeAttribute("aria-activedescendant");
};
const showSuggestions = () => {
  hits = findNames(searchBox.value);
  active = -1;
  if (partial && searchBox.value.trim()) {
    clearTimeout(showSuggestions.timer);
    showSuggestions.timer = setTimeout(() => findAway(searchBox.value), 150);
  }
  listSuggestions(partial ? "Looking in the whole network…" : "Nothing is called so here.");
};
// The names that the drawing lacks come after those that it has.
const findAway = async (text) => {
  let nothing = "Nothing is called so in the whole network.";
  let found = [];
  try {
    found = await ask("search.json", { q: text.slice(0, 200) });
  } catch (error) { nothing = `The whole network could not be searched: ${error.message}`; }
  if (text !== searchBox.value || suggestions.hidden) return;
  const away = found.filter((row) => !byKey.has(row.id) || byKey.get(row.id).away);
  hits = [...hits.filter((hit) => !hit.node.away), ...away.map((row) => ({ node: standIn(row), alias: row.alias, count: row.count }))];
  listSuggestions(nothing);
  markActive();
};
const listSuggestions = (nothing) => {
  suggestions.replaceChildren(...hits.map((hit, place) => {
    const item = make("li", { id: `hit-${place}`, role: "option", "aria-selected": "false" }, typeSwatch(hit.node.label),
      make("span", {}, hit.node.name), hit.alias ? make("span", { class: "also" }, `“${hit.alias}”`) : null,
      hit.node.away ? make("span", { class: "also" }, "not drawn") : null, make("span", { class: "number" }, whole(hit.count ?? hit.node.count)));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(hit); });
    return item;
  }));
  if (searchBox.value.trim() && !hits.length) suggestions.append(make("li", { class: "also" }, nothing));
  suggestions.hidden = !suggestions.children.length;
  searchBox.setAttribute("aria-expanded", String(!suggestions.hidden));
};

searchBox.addEventListener("input", showSuggestions);
searchBox.addEventListener("focus", () => { if (searchBox.value) showSuggestions(); });
searchBox.addEventListener("blur", closeSuggestions);
searchBox.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (suggestions.hidden) showSuggestions();
    if (hits.length) active = (active + (event.key === "ArrowDown" ? 1 : -1) + hits.length) % hits.length;
    markActive();
    event.preventDefault();
  } else if (event.key === "Enter" && hits.length) choose(hits[Math.max(0, active)]);
  else if (event.key === "Escape") { closeSuggestions(); event.stopPropagation(); }
});
document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName || "");
  if (event.key === "/" && !typing) { searchBox.focus(); searchBox.select(); event.preventDefault(); }
  if (event.key === "Escape" && !byId("about").open) select(null);
});
