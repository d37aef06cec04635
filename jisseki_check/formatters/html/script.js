"use strict";
(() => {
  const form = document.getElementById("filter");
  const reports = [...document.querySelectorAll("details.report")];

  // --- tables: a click on a heading sorts its rows ---
  const value = (row, at) => row.cells[at].textContent.trim();
  const asNumber = (text) => (/^-?[0-9][0-9,.]*％?$/.test(text) ? Number(text.replace(/[,％]/g, "")) : null);
  const compared = (one, other) => {
    const [a, b] = [asNumber(one), asNumber(other)];
    return a !== null && b !== null ? a - b : one.localeCompare(other, "ja");
  };
  for (const table of document.querySelectorAll("table.sortable")) {
    const body = table.tBodies[0];
    if (body.rows.length < 2) continue;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", `${head.textContent}で並べ替える`);
      head.append(button);
      head.addEventListener("click", () => {
        // Numbers are wanted largest first.
        const first = head.classList.contains("n") ? "descending" : "ascending";
        const second = first === "ascending" ? "descending" : "ascending";
        const wanted = head.getAttribute("aria-sort") === first ? second : first;
        heads.forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", wanted);
        const sign = wanted === "ascending" ? 1 : -1;
        body.append(...[...body.rows].sort((a, b) => sign * compared(value(a, at), value(b, at))));
      });
    });
  }

  // --- what a link leads to is opened ---
  const reveal = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name && document.getElementById(name);
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    if (target.hidden && form) form.reset();
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  reveal();

  // --- paper has nothing that could be opened ---
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const each of closed) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
    closed = [];
  });

  if (!form) return;

  // --- findings: filter and order ---
  const RANKS = { error: 0, warning: 1, info: 2 };
  const STATUSES = [...document.getElementById("by-status").options].map((each) => each.value).filter(Boolean);
  const findings = [];
  for (const report of reports) {
    for (const item of report.querySelectorAll(".item")) {
      const name = item.querySelector("h4").textContent;
      for (const element of item.querySelectorAll(".f")) {
        const level = Object.keys(RANKS).find((each) => element.classList.contains(each));
        findings.push({
          element, report, item, name, level,
          list: element.parentNode,
          rule: element.querySelector("a").textContent,
          status: STATUSES.find((each) => element.classList.contains(each)),
          text: null,
        });
      }
    }
  }
  const totals = new Map();
  for (const each of findings) totals.set(each.report, (totals.get(each.report) ?? 0) + 1);

  const names = new Map();
  const field = (id) => document.getElementById(id);
  const shown = field("shown");
  const counted = (number) => number.toLocaleString("ja-JP");
  // Width, case, dashes, and the commas of numbers make no difference; nor, in what is searched, do blanks.
  const folded = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\u2010-\u2015\u2212\u2500]/g, "-")
      .replaceAll("\u301c", "~")
      .replace(/(?<=[0-9]),(?=[0-9]{3})/g, "");
  const headOf = (report) => (names.get(report) ?? names.set(report, nameOf(report)).get(report));
  const nameOf = (report) =>
    [...report.querySelectorAll(":scope > summary h3, :scope > .path")].map((each) => each.textContent).join(" ");
  const textOf = (each) =>
    (each.text ??= folded(`${headOf(each.report)} ${each.name} ${each.element.textContent}`).replace(/\s+/g, ""));

  const filter = () => {
    const words = folded(field("by-text").value).split(/\s+/).filter(Boolean);
    const wanted = {
      level: field("by-level").value, rule: field("by-rule").value, status: field("by-status").value,
    };
    const wantedReports = new Set(field("by-report").value.split(" ").filter(Boolean));
    const isWanted = (each) =>
      (!wantedReports.size || wantedReports.has(each.report.id)) &&
      Object.entries(wanted).every(([name, value]) => !value || each[name] === value) &&
      words.every((word) => textOf(each).includes(word));
    const numbers = new Map();
    const items = new Set();
    let number = 0;
    for (const each of findings) {
      const wants = isWanted(each);
      each.element.hidden = !wants;
      if (!wants) continue;
      number += 1;
      numbers.set(each.report, (numbers.get(each.report) ?? 0) + 1);
      items.add(each.item);
    }
    const isAll = number === findings.length;
    for (const each of reports) {
      const held = numbers.get(each) ?? 0;
      each.hidden = held === 0;
      each.querySelector(".part").textContent =
        isAll || held === totals.get(each) ? "" : `（${counted(totals.get(each))}件中 ${counted(held)}件を表示）`;
      for (const item of each.querySelectorAll(".item:not(.flat)")) item.hidden = !items.has(item);
    }
    if (!isAll && number <= 100) for (const each of numbers.keys()) each.open = true;
    shown.textContent = isAll
      ? `${counted(number)}件`
      : `${counted(findings.length)}件中 ${counted(number)}件を表示（絞り込み中）`;
  };

  const RULE = (a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
  const ORDERS = { level: (a, b) => RANKS[a.level] - RANKS[b.level] || RULE(a, b), rule: RULE };
  const sort = () => {
    for (const flat of document.querySelectorAll(".item.flat")) flat.remove();
    for (const each of findings) each.element.querySelector(".of")?.remove();
    const order = ORDERS[field("order").value];
    if (!order) {
      for (const each of findings) each.list.append(each.element);
      for (const report of reports) report.classList.remove("sorted");
      return filter();
    }
    const lists = new Map();
    for (const report of reports) {
      const flat = document.createElement("section");
      flat.className = "item flat";
      const list = document.createElement("ul");
      flat.append(list);
      report.append(flat);
      report.classList.add("sorted");
      lists.set(report, list);
    }
    for (const each of [...findings].sort(order)) {
      const of = document.createElement("span");
      of.className = "of";
      of.textContent = `　${each.name}`;
      each.element.querySelector("p").append(of);
      lists.get(each.report).append(each.element);
    }
    return filter();
  };

  let waiting = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(waiting);
    if (event.target.id === "order") sort();
    else waiting = setTimeout(filter, event.target.id === "by-text" ? 200 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(sort, 0));
  const openAll = (open) => () => {
    for (const each of reports) each.open = open;
  };
  field("open-all").addEventListener("click", openAll(true));
  field("close-all").addEventListener("click", openAll(false));
  form.hidden = false;
})();
