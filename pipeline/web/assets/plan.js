"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const one = (id) => document.getElementById(id);
  const marks = new Map(); // of a finding's id: where it stands in the pictures and in the text
  const look = () => {
    marks.clear();
    for (const mark of all("[data-of]"))
      for (const id of mark.dataset.of.split(" ").filter(Boolean)) marks.set(id, [...(marks.get(id) || []), mark]);
  };
  look();

  const why = one("why");
  let chosen = null;

  const show = (value) => {
    for (const lit of all(".on")) lit.classList.remove("on");
    chosen = value;
    if (!value) { why.hidden = true; return; }
    value.classList.add("on");
    const places = marks.get(value.id) || [];
    for (const mark of places) mark.classList.add("on");
    const said = value.dataset;
    for (const name of ["words", "doubt", "page", "rule"]) why.querySelector("." + name).textContent = said[name] || "";
    why.querySelector(".sure").textContent = said.sure ? said.sure + " %" : "";
    why.hidden = !(said.words || said.page || said.rule || said.sure);
  };
  const visible = (mark) => mark.getClientRects().length > 0;
  const within = (mark) => { // the page's own window is moved, and nothing else
    const place = one("source"), frame = place.getBoundingClientRect(), box = mark.getBoundingClientRect();
    place.scrollBy(box.left + box.width / 2 - frame.left - frame.width / 2, box.top + box.height / 2 - frame.top - frame.height / 2);
  };
  const toPlace = (value) => {
    const mark = (marks.get(value.id) || []).find(visible);
    if (mark) within(mark);
    else if (value.dataset.page && one("page-" + value.dataset.page)) within(one("page-" + value.dataset.page));
  };
  const choose = (value) => { show(value); toPlace(value); };

  document.addEventListener("click", (event) => {
    const value = event.target.closest(".value");
    if (value && !value.disabled) return choose(value);
    const mark = event.target.closest("[data-of]");
    if (!mark || !mark.dataset.of) return;
    const found = mark.dataset.of.split(" ").map(one).filter(Boolean).pop();
    if (!found) return;
    for (let up = found.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
    show(found);
    found.scrollIntoView({ block: "center" });
    found.focus({ preventScroll: true });
  });

  const alive = document.body.dataset.alive !== undefined; // on the desk warnings are no step: nobody can correct one
  const doubts = () => all(alive ? ".value.unsure" : ".unsure").filter(visible);
  const follows = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  const next = () => {
    const waiting = doubts();
    if (!waiting.length) { document.dispatchEvent(new Event("settled")); return; }
    const at = (chosen && waiting.find((one) => follows(chosen, one))) || waiting[0];
    if (at.matches(".value")) choose(at); else { show(null); chosen = at; at.classList.add("on"); }
    at.scrollIntoView({ block: "center" });
    at.focus({ preventScroll: true });
  };
  const press = (button, on) => button.setAttribute("aria-pressed", String(on));
  const only = () => press(one("only"), document.body.classList.toggle("only"));
  const view = () => {
    const text = one("text"), sheets = one("sheets");
    if (!text || !sheets) return;
    text.hidden = !text.hidden;
    sheets.hidden = !text.hidden;
    press(one("view"), !text.hidden);
    if (chosen && chosen.id) toPlace(chosen);
  };
  const filter = one("filter");
  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  filter.addEventListener("input", () => {
    const wanted = plain(filter.value.trim());
    for (const item of all("article.item")) item.classList.toggle("out", !plain(item.textContent).includes(wanted));
  });
  document.addEventListener("click", (event) => {
    const act = { next, only, view }[event.target.id];
    if (act) act();
  });
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return; // the keys are the form's
    if (event.key === "Escape") { filter.blur(); return show(null); }
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { n: next, d: only, t: view, "/": () => filter.focus() }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  window.kehoach = { all, one, choose, look, next, show, chosen: () => chosen, doubts };
  const toNamed = () => {
    const named = location.hash && one(decodeURIComponent(location.hash.slice(1)));
    if (!named) return;
    if (named.matches("details")) named.open = true;
    const value = named.matches(".value") ? named : named.querySelector(".value");
    if (value) { choose(value); value.focus({ preventScroll: true }); }
  };
  addEventListener("hashchange", toNamed);
  toNamed();
})();
