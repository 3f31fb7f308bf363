// Taking things away: images, tables, links, citations.

const save = (blob, name) => {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 4000);
};

const copy = async (text, done) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page from disk may not use the clipboard; the older way asks nobody.
    const box = make("textarea", { class: "hidden", "aria-hidden": "true" });
    box.value = text;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  toast(done);
};

// Labels as on a sheet that holds the whole network at once.
const SHEET = 1800;
const sheet = () => {
  const box = boxOf(nodes.filter((node) => node.shown));
  const zoom = SHEET / Math.max(box.width, box.height, 1);
  return { zoom, fitted: fitLabels(zoom, { x: -box.left * zoom, y: -box.top * zoom }, box.width * zoom, box.height * zoom + 20) };
};
const savePng = () => {
  const { zoom, fitted } = sheet();
  putLabels(fitted, zoom);
  const blob = cy.png({ output: "blob", bg: theme.ground, full: true, scale: zoom * 2, maxWidth: 8000, maxHeight: 8000 });
  save(blob, "network.png");
  label();
};

// Our own drawing: cytoscape has none. Text stays text, so that it can be set anew in print.
const buildSvg = () => {
  const shownNodes = nodes.filter((node) => node.shown);
  const box = boxOf(shownNodes);
  const [left, top, right, bottom] = [box.left - 60, box.top - 40, box.right + 60, box.bottom + 60];
  const svg = draw("svg", { xmlns: SVG, viewBox: `${left} ${top} ${right - left} ${bottom - top}`, "font-family": "system-ui, sans-serif" });
  svg.append(draw("title", {}, meta.title), draw("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: theme.ground }));
  const lines = draw("g", { "stroke-linecap": "round" });
  for (const edge of edges.filter((item) => item.shown)) {
    const sign = signOf(edge);
    const step = widthClass(edge.now);
    const line = draw("line", {
      x1: edge.source.x, y1: edge.source.y, x2: edge.target.x, y2: edge.target.y,
      stroke: lineColor(sign), "stroke-width": WIDTHS[step], "stroke-opacity": opacityOf(step, sign !== "plain").toFixed(2),
    });
    if (LINES[sign] !== "solid") line.setAttribute("stroke-dasharray", LINES[sign] === "dashed" ? "7 5" : "1.5 4");
    lines.append(line);
  }
  const { zoom, fitted } = sheet();
  const marks = draw("g", { stroke: theme.ground, "stroke-width": 0.08 });
  const labels = draw("g", { fill: theme.ink, stroke: theme.ground, "stroke-width": (3 / zoom).toFixed(2), "paint-order": "stroke", "stroke-linejoin": "round" });
  for (const node of shownNodes) {
    const look = nodeLook(node);
    marks.append(draw("path", {
      d: SHAPES[look.shape] || SHAPES.ellipse, fill: look.color, transform: `translate(${node.x} ${node.y}) scale(${(look.size / 2).toFixed(2)})`,
    }));
    if (fitted.has(node)) {
      const { side } = fitted.get(node);
      const font = fitted.get(node).font / zoom;
      const reach = look.size / 2;
      const [x, y, anchor] = {
        bottom: [0, reach + font, "middle"], top: [0, -reach - 0.3 * font, "middle"],
        right: [reach + 2, 0.35 * font, "start"], left: [-reach - 2, 0.35 * font, "end"],
      }[side];
      labels.append(draw("text", { x: (node.x + x).toFixed(1), y: (node.y + y).toFixed(1), "font-size": font.toFixed(1), "text-anchor": anchor }, shorten(node.name)));
    }
  }
  svg.append(lines, marks, labels);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}`;
};

const saveCsv = () => {
  const cell = (value) => {
    const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? "");
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const rows = edges.filter((edge) => edge.shown).map((edge) => [
    edge.source.id, edge.target.id, edge.source.name, edge.target.name, edge.now, edge.count, edge.npmi, edge.q, edge.sign, edge.stance,
  ].map(cell).join(","));
  const columns = "source,target,source_name,target_name,shown,count,npmi,q_value,sign,stance";
  save(new Blob([`${columns}\n${rows.join("\n")}\n`], { type: "text/csv" }), "ties.csv");
};

const describeFilters = () => {
  const told = [];
  if (state.types.size < types.length) told.push(`types ${[...state.types].sort().join(", ")}`);
  if (state.weight > 1) told.push(`at least ${state.weight} shared ${meta.window}s`);
  if (state.kept !== "all") told.push(byId("kept").selectedOptions[0].textContent.trim());
  if (state.topic !== "") told.push(`topic ${data.topics[Number(state.topic)]}`);
  if (state.stance !== "") told.push(byId("stance").selectedOptions[0].textContent.trim());
  if (state.from !== 0 || state.to !== lastBin) told.push(`${data.bins[state.from].name} to ${data.bins[state.to].name}`);
  if (state.communities !== null) told.push(`communities ${[...state.communities].map((number) => number + 1).sort((a, b) => a - b).join(", ")}`);
  return told.length ? ` View: ${told.join("; ")}.` : "";
};
const citation = () => `${meta.title}. ${meta.part}Network of entities named in the same ${meta.window}, from ${plural(meta.articles, "article", "articles")}`
  + ` (${meta.span}), ${whole(meta.total_nodes)} entities and ${whole(meta.total_edges)} ties. Made with polnlp ${meta.version}`
  + `, settings ${meta.settings_hash}.${describeFilters()}`;

byId("save-png").addEventListener("click", savePng);
byId("save-svg").addEventListener("click", () => save(new Blob([buildSvg()], { type: "image/svg+xml" }), "network.svg"));
byId("save-csv").addEventListener("click", saveCsv);
byId("copy-link").addEventListener("click", () => copy(location.href, "Link copied"));
byId("copy-citation").addEventListener("click", () => copy(citation(), "Citation copied"));
byId("save-menu").addEventListener("click", (event) => { if (event.target.closest("button")) byId("save-menu").open = false; });
document.addEventListener("click", (event) => { if (!event.target.closest("#save-menu")) byId("save-menu").open = false; });
