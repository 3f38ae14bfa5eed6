// The review page: one card a number, decided by keys; nothing is sent anywhere.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const rows = data.rows;
const at = (id) => document.getElementById(id);
const KEPT = `hyreport ${data.sha256} ${data.known}`; // another decisions.csv begins anew
const decided = new Map(); // the decision on each row, by its place in `rows`
const past = []; // what undo goes back to: a list of [place, decision before] a step
const stale = new Set(rows.keys()); // places whose mark is to be painted again
let current = 0, keys = 0, decisions = 0, saved = true;

// ---- what a row is now

function drafted(row) {
  return { ...row.fields, kind: row.kind, reason: row.reason };
}

function now(place) {
  return decided.get(place) ?? drafted(rows[place]);
}

function isFigure(place) {
  const decision = decided.get(place);
  return decision ? decision.decision !== "exclude" : rows[place].grade !== "";
}

function isFlagged(row) {
  return row.grade === "B" || row.grade === "C" || row.fault !== "";
}

function isGoal(row) {
  return row.grade !== "" && row.kind === "goal"; // an aim without a number
}

const FILTERS = {
  flagged: (place) => isFlagged(rows[place]),
  undecided: (place) => !decided.has(place),
  targets: (place) => isFigure(place) && now(place).role.includes("target"),
  headline: (place) => isFigure(place) && now(place).indicator !== "",
  others: (place) => !isFigure(place),
  all: () => true,
};

function isShown(place) {
  const filter = at("filter").value;
  return filter in FILTERS ? FILTERS[filter](place) : `section ${rows[place].section}` === filter;
}

// ---- deciding

function decide(changes) {
  past.push(changes.map(([place]) => [place, decided.get(place)]));
  for (const [place, decision] of changes) {
    decided.set(place, decision);
    stale.add(place);
  }
  decisions += 1;
  keep();
}

function decision(place, fields, read) {
  const row = rows[place];
  const same = Object.keys(fields).every((name) => fields[name] === drafted(row)[name]);
  const wasFigure = row.grade !== "";
  return { ...fields, decision: same && wasFigure ? "accept" : "change", read };
}

function excluded(place, read) {
  const blank = Object.fromEntries(data.fields.map((name) => [name, ""]));
  const { kind, reason } = rows[place];
  return { ...blank, kind: kind || "number", reason: reason || "no figure", decision: "exclude", read };
}

function acceptRow() {
  // What stands in the fields counts, saved before or not.
  const typed = Object.fromEntries(data.fields.map((name) => [name, at(`field-${name}`)?.value.trim() ?? ""]));
  const one = isFigure(current) ? decision(current, figureFields(typed), "each") : excluded(current, "each");
  document.activeElement.matches("input, select") && document.activeElement.blur();
  decide([[current, one]]);
  go(1, true);
}

function figureFields(from, place = current) {
  const goal = isGoal(rows[place]);
  const fields = Object.fromEntries(data.fields.map((name) => [name, from[name]]));
  return { ...fields, kind: goal ? "goal" : "", reason: goal ? rows[place].reason : "" };
}

function choose(number) {
  const option = rows[current].options[number - 1];
  if (!option || !isFigure(current)) return;
  const fields = { ...figureFields(now(current)), [option.field]: option.value };
  decide([[current, decision(current, fields, "each")]]);
  go(1, true);
}

function turn() {
  if (isFigure(current)) {
    decide([[current, excluded(current, "each")]]);
    go(1, true);
    return;
  }
  const row = rows[current];
  const start = row.grade !== "" ? row.fields : {
    ...row.fields, as_printed: row.sentence[1].replace(/\s/g, ""), area: "whole_area", qualifier: "exact", role: "context",
  };
  decide([[current, decision(current, figureFields(start), "each")]]);
  show();
  edit();
}

function acceptAll(wanted) {
  const left = rows.map((_, place) => place).filter((place) => !decided.has(place) && wanted(rows[place]));
  const one = (place) => rows[place].grade !== ""
    ? decision(place, figureFields(rows[place].fields, place), "grade") : excluded(place, "grade");
  if (left.length) decide(left.map((place) => [place, one(place)]));
  show();
}

function undo() {
  const step = past.pop();
  if (!step) return;
  for (const [place, before] of step) {
    before ? decided.set(place, before) : decided.delete(place);
    stale.add(place);
  }
  keep();
  show(step[0][0]);
}

// ---- moving

function go(step, undecidedOnly = false) {
  for (let place = current + step; place >= 0 && place < rows.length; place += step) {
    if (isShown(place) && !(undecidedOnly && decided.has(place))) return show(place);
  }
  show();
}

function first() {
  const shown = rows.map((_, place) => place).filter(isShown);
  show(shown.find((place) => !decided.has(place)) ?? shown[0] ?? current);
}

// ---- showing; all words of the text go in as text, never as HTML

function make(kind, words, parent, attributes = {}) {
  const element = Object.assign(document.createElement(kind), attributes);
  element.append(words);
  parent.append(element);
  return element;
}

function paint(place) {
  const mark = at(`at${rows[place].start}`);
  mark.dataset.role = isFigure(place) ? now(place).role || "goal" : "";
  mark.dataset.grade = rows[place].grade;
  mark.toggleAttribute("data-fault", rows[place].fault !== "");
  mark.toggleAttribute("data-decided", decided.has(place));
  mark.classList.toggle("current", place === current);
}

function show(place = current) {
  stale.add(current).add(place);
  current = place;
  stale.forEach(paint);
  stale.clear();
  const row = rows[current], state = decided.get(current), fields = now(current);
  at(`at${row.start}`).scrollIntoView({ block: "center" });
  const grades = row.fault ? {} : { A: "A: nothing to check", B: "B: a rule that can err", C: "C: a guess", "": "no figure" };
  at("head").textContent = `${row.sentence[1]}, ${current + 1} of ${rows.length} · ${grades[row.grade] ?? "the build would refuse it"}`;
  at("sentence").replaceChildren(row.sentence[0], make("mark", row.sentence[1], at("sentence")), row.sentence[2]);
  at("fault").textContent = row.fault;
  at("why").replaceChildren();
  for (const why of isFigure(current) ? row.why : [`${fields.kind}: ${fields.reason}`]) make("li", why, at("why"));
  for (const name of data.fields) {
    const was = drafted(row)[name];
    if (isFigure(current) && fields[name] !== was) make("li", `drafted as ${name}: ${was || "blank"}`, at("why"));
  }
  at("state").textContent = state ? `✓ ${state.decision}, read: ${state.read}` : "undecided";
  at("options").replaceChildren();
  row.options.forEach((option, number) => {
    const item = make("li", "", at("options"));
    const words = `${option.field}: ${option.value || "blank"}`;
    make("button", words, item, { type: "button", onclick: () => choose(number + 1) });
  });
  showFields(row, fields);
  showProgress();
}

function showFields(row, fields) {
  at("fields").replaceChildren();
  if (!isFigure(current)) return;
  for (const name of row.names) {
    make("label", name.replace("_", " "), at("fields"), { htmlFor: `field-${name}` });
    const codes = data.choices[name];
    const field = make(codes ? "select" : "input", "", at("fields"), { id: `field-${name}` });
    if (name === "indicator") field.setAttribute("list", "indicators");
    for (const code of codes ? new Set(["", ...codes, fields[name]]) : []) make("option", code, field);
    field.value = fields[name];
  }
}

function showProgress() {
  const flagged = rows.map((_, place) => place).filter((place) => isFlagged(rows[place]));
  const done = flagged.filter((place) => decided.has(place)).length;
  const here = rows.filter((_, place) => isShown(place) && !decided.has(place)).length;
  at("progress").textContent =
    `${decided.size} of ${rows.length} decided, ${here} left under this filter${saved ? "" : ", not downloaded"}, flagged ${done} of ${flagged.length}`;
  at("bar").max = rows.length;
  at("bar").value = decided.size;
  at("counts").textContent = `On this visit: ${keys} keys pressed, ${decisions} decisions.`;
}

// ---- editing

function edit() {
  at(`field-${rows[current].names[0]}`)?.focus();
}

// ---- keeping

function keep() {
  saved = false;
  try {
    localStorage.setItem(KEPT, JSON.stringify([...decided].map(([place, one]) => [rows[place].start, one])));
  } catch { /* a frame without storage: the download alone keeps */ }
}

function restore() {
  const places = new Map(rows.map((row, place) => [row.start, place]));
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(KEPT));
  } catch { /* nothing was kept */ }
  saved = kept === null;
  kept ??= rows.filter((row) => row.decided).map((row) => [row.start, row.decided]);
  for (const [start, one] of kept) if (places.has(start)) decided.set(places.get(start), one);
}

function asCsv() {
  const quote = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = [...decided.keys()].sort((one, other) => one - other).map((place) => {
    const { start, end, grade } = rows[place];
    const cells = { ...decided.get(place), sha256: data.sha256, start, end, certainty: grade };
    return data.columns.map((name) => quote(String(cells[name] ?? ""))).join(",");
  });
  return [data.columns.join(","), ...lines, ""].join("\n");
}

function download() {
  const address = URL.createObjectURL(new Blob([asCsv()], { type: "text/csv" }));
  make("a", "", document.body, { href: address, download: "decisions.csv" }).click();
  document.body.lastChild.remove();
  saved = true;
  showProgress();
}

// ---- keys and buttons

const isGradeA = (row) => row.grade === "A" && row.fault === "";
const KEYS = {
  a: acceptRow, Enter: acceptRow, e: edit, x: turn, u: undo, d: download,
  n: () => go(1, true), p: () => go(-1, true), j: () => go(1), k: () => go(-1),
  ArrowDown: () => go(1), ArrowUp: () => go(-1),
  A: () => acceptAll(isGradeA), O: () => acceptAll((row) => row.grade === ""),
  f: () => { at("filter").selectedIndex = (at("filter").selectedIndex + 1) % Object.keys(FILTERS).length; first(); },
  "?": () => at("help").showModal(),
};

document.addEventListener("keydown", (event) => {
  keys += 1;
  const typing = event.target.matches?.("input, select");
  if (typing && event.key === "Escape") {
    event.target.blur();
    show();
  }
  if (typing && event.key === "Enter") {
    event.preventDefault();
    acceptRow();
  }
  const plain = !typing && !event.ctrlKey && !event.metaKey && !event.altKey && !at("help").open;
  const onButton = event.key === "Enter" && event.target.matches?.("button");
  const run = KEYS[event.key] ?? (/^[1-9]$/.test(event.key) ? () => choose(Number(event.key)) : null);
  if (plain && run && !onButton) {
    event.preventDefault();
    run();
  }
});
at("card").onsubmit = (event) => event.preventDefault();
at("filter").addEventListener("change", () => { at("filter").blur(); first(); });
for (const [id, run] of Object.entries({ accept: acceptRow, exclude: turn, undo, download })) at(id).onclick = run;
at("help-button").onclick = KEYS["?"];
at("text").addEventListener("click", (event) => {
  const place = rows.findIndex((row) => `at${row.start}` === event.target.id);
  if (place >= 0) show(place);
});
addEventListener("beforeunload", (event) => { if (!saved) event.preventDefault(); });
restore();
first();
