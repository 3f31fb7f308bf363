(() => {
"use strict";
// Without this the page reads as well: marks link to cards, cards link back. This makes it quicker to check.
const root = document.documentElement;
const side = document.getElementById("side");
const said = document.getElementById("said");
const marks = [...document.querySelectorAll(".block a.name, .block a.date")];
root.classList.add("scripted");
for (const id of ["layers", "theme", "close", "open"]) document.getElementById(id).hidden = false;

const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
document.getElementById("theme").addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; });
for (const button of document.querySelectorAll("[data-layer]")) {
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    root.dataset[button.dataset.layer] = on ? "on" : "off";
  });
}

const clear = () => { for (const lit of document.querySelectorAll(".on")) lit.classList.remove("on"); };
const openSide = () => side.classList.add("shown");
const closeSide = () => side.classList.remove("shown");

// One entity: its card open, all its marks lit.
const choose = (number) => {
  clear();
  const body = document.getElementById(`e${number}`);
  const card = body.parentNode;
  card.open = true;
  card.classList.add("on");
  const own = marks.filter((mark) => mark.dataset.e === String(number));
  for (const mark of own) mark.classList.add("on");
  openSide();
  card.querySelector("summary").scrollIntoView({ block: "nearest" });
  said.textContent = `${card.querySelector("summary bdi").textContent}: ${own.length} in the text`;
};
const chooseDate = (id) => {
  clear();
  const row = document.getElementById(id);
  row.classList.add("on");
  document.getElementById(`${id}-at`)?.classList.add("on");
  openSide();
  row.scrollIntoView({ block: "nearest" });
};
const showPlace = (mark) => {
  clear();
  mark.classList.add("on");
  if (matchMedia("(max-width: 760px)").matches) closeSide();
  mark.scrollIntoView({ block: "center" });
  stand(marks.indexOf(mark));
  mark.focus({ preventScroll: true });
};
const follow = (id) => {
  const target = document.getElementById(id);
  if (!target) return;
  if (/^e\d+$/.test(id)) choose(Number(id.slice(1)));
  else if (/^d\d+$/.test(id)) chooseDate(id);
  else if (marks.includes(target)) showPlace(target);
  else target.scrollIntoView({ block: "start" });
  try { history.replaceState(null, "", `#${id}`); } catch { /* inside a notebook there is no address */ }
};
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (!link || link.classList.contains("skip")) return;
  event.preventDefault();
  follow(link.getAttribute("href").slice(1));
});

// The marks are one stop for the Tab key; arrows go from mark to mark.
let place = 0;
const stand = (next) => {
  if (!marks.length) return;
  marks[place].tabIndex = -1;
  place = next;
  marks[place].tabIndex = 0;
};
for (const mark of marks) mark.tabIndex = -1;
stand(0);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") { clear(); closeSide(); return; }
  const at = marks.indexOf(document.activeElement);
  if (at < 0) return;
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  let next = null;
  if (event.key in steps) next = at + steps[event.key];
  else if (event.key === "n" || event.key === "p") {
    const same = marks.filter((mark) => mark.dataset.e && mark.dataset.e === marks[at].dataset.e);
    next = marks.indexOf(same[(same.indexOf(marks[at]) + (event.key === "n" ? 1 : -1) + same.length) % same.length]);
  }
  if (next === null || !marks[next]) return;
  event.preventDefault();
  stand(next);
  marks[next].focus();
  marks[next].scrollIntoView({ block: "nearest" });
});
document.getElementById("open").addEventListener("click", () => { openSide(); side.focus(); });
document.getElementById("close").addEventListener("click", closeSide);
// The browser goes to the fragment by itself first; what is chosen then is brought into view whole.
if (location.hash) addEventListener("load", () => requestAnimationFrame(() => follow(location.hash.slice(1))));
})();
