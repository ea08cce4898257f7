"use strict";
(() => {
  const page = window.kehoach, { all, one } = page;
  const body = document.body.dataset, address = body.address;
  const dialog = one("editing");
  let doing = Promise.resolve(); // one after the other: a key that is pressed meanwhile is about what stands there then
  const then = (work) => { doing = doing.then(work).catch((error) => tell(String(error))); };

  const tell = (words) => { const told = one("told"); told.textContent = words; told.hidden = !words; if (words) told.scrollIntoView({ block: "nearest" }); };
  const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

  // What stands there now takes the place of what stood there; pictures and the place that is read stay.
  const swap = (fresh) => {
    const source = one("found").scrollTop, place = window.scrollY, chosen = page.chosen()?.id;
    const replace = (old, made) => { if (old && made) old.replaceWith(document.adoptNode(made)); };
    replace(one("found"), fresh.getElementById("found"));
    for (const svg of all(".frame svg")) replace(svg, fresh.getElementById(svg.closest(".sheet").id)?.querySelector("svg"));
    const text = one("text"), hidden = text?.hidden;
    replace(text, fresh.getElementById("text"));
    if (one("text")) one("text").hidden = hidden;
    for (const id of ["next", "done", "after"]) replace(one(id), fresh.getElementById(id));
    for (const part of [".names", ".counts", ".top"]) replace(document.querySelector(part), fresh.querySelector(part));
    body.next = fresh.body.dataset.next;
    document.title = fresh.title;
    page.look();
    window.scrollTo({ top: place });
    one("found").scrollTop = source;
    return chosen && one(chosen);
  };

  const send = async (fields) => {
    const before = page.chosen(), at = before && all(".value").indexOf(before);
    const form = new URLSearchParams({ ...fields, csrf: body.csrf });
    const answer = await fetch(address + "/.corrections", { method: "POST", body: form });
    const fresh = await parsed(answer);
    if (!answer.ok) {
      if (fresh.getElementById("form")) return ask(fresh);
      const problem = fresh.getElementById("problem");
      return tell(problem ? problem.innerText || problem.textContent : answer.statusText);
    }
    if (!fresh.getElementById("found")) { location.assign(answer.url); return; }
    if (dialog.open) dialog.close();
    tell("");
    const again = swap(fresh);
    if (again) page.choose(again);
    else if (before) { // it is another value now, or gone: what stands in its place is the nearest
      const near = all(".value")[Math.min(at, all(".value").length - 1)];
      page.show(near || null);
    }
    if (["accept", "reject"].includes(fields.act) || fields.doubt) page.next();
  };

  document.addEventListener("settled", () => tell(body.settled));

  const about = (value) => ({ path: value.dataset.path, token: value.dataset.is });
  const act = (name) => {
    const value = page.chosen();
    if (!value || !value.dataset.path) return;
    if (name === "edit") return open(address + "/.edit?" + new URLSearchParams(about(value)));
    then(() => send({ act: name, ...about(value) }));
  };

  // All that are doubtful for the reason that the chosen one is.
  const alike = () => {
    const why = page.chosen()?.dataset?.alike;
    return why ? page.doubts().filter((value) => value.dataset.alike === why) : [];
  };
  const acceptAlike = () => {
    const value = page.chosen(), others = alike().filter((other) => other !== value);
    if (!value?.dataset?.path) return;
    then(() => send({ act: "accept", ...about(value), also: JSON.stringify(others.map((other) => [other.dataset.path, other.dataset.is])) }));
  };

  const ask = (fresh) => {
    const form = fresh.getElementById("form");
    if (!form) return tell(fresh.getElementById("problem")?.textContent || "");
    dialog.replaceChildren(document.adoptNode(form));
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector("[autofocus], input:not([type=hidden]), textarea, a.button");
    first?.focus();
    if (first?.select) first.select();
    read();
  };
  const open = (url) => then(async () => ask(await parsed(await fetch(url))));

  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    then(() => send(fields));
  });

  let waiting = 0;
  const later = (work) => { clearTimeout(waiting); waiting = setTimeout(work, 150); };
  const read = async () => {
    const typed = dialog.querySelector("[data-reads]"), told = dialog.querySelector("output.read");
    if (!typed || !told) return;
    const said = await (await fetch(address + "/.time?" + new URLSearchParams({ text: typed.value }))).json();
    told.textContent = said.read ? told.dataset.read + " " + said.read : told.dataset.none;
    told.classList.toggle("none", !said.read);
  };
  const suggest = async (typed) => {
    const names = await (await fetch(address + "/.agencies?" + new URLSearchParams({ q: typed.value }))).json();
    const list = dialog.querySelector("datalist");
    list?.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
  };
  dialog.addEventListener("input", (event) => {
    if (event.target.dataset.reads) later(read);
    if (event.target.dataset.suggests) later(() => suggest(event.target));
  });

  document.addEventListener("click", (event) => {
    const leads = event.target.closest("a[data-adds], a[data-leaves]");
    if (leads) {
      event.preventDefault();
      return leads.dataset.leaves !== undefined ? dialog.close() : open(leads.href);
    }
    const named = event.target.closest("[data-act]");
    if (named) return named.dataset.act === "next" ? page.next() : named.dataset.act === "alike" ? acceptAlike() : act(named.dataset.act);
    if (event.target.id === "undo") then(() => send({ act: "undo" }));
    if (event.target.id === "help") help();
  });
  document.addEventListener("submit", (event) => {
    if (dialog.contains(event.target) || !event.target.matches("form.inline")) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    then(() => send(fields));
  });

  const help = () => { const keys = one("keys"); keys.hidden = !keys.hidden; one("help").setAttribute("aria-expanded", String(!keys.hidden)); if (!keys.hidden) keys.scrollIntoView({ block: "center" }); };
  const add = () => {
    const item = page.chosen()?.closest("article.item");
    item?.querySelector(".adding a")?.focus();
  };
  const showActs = () => {
    const value = page.chosen(), acts = one("acts"), can = Boolean(value?.dataset?.path);
    acts.hidden = !can;
    if (can) one("why").hidden = false;
    const button = one("alike"), count = can ? alike().length : 0, words = button.dataset.words.replace("{count}", count);
    button.hidden = count < 2;
    if (button.firstChild.textContent !== words) button.firstChild.textContent = words;
  };
  new MutationObserver(showActs).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });

  const keys = {
    a: () => act("accept"), A: acceptAlike, e: () => act("edit"), x: () => act("reject"), i: add, "?": help,
    u: () => then(() => send({ act: "undo" })),
    r: () => then(() => send({ act: "done" })),
    j: () => location.assign(body.next),
  };
  document.addEventListener("keydown", (event) => {
    if (dialog.open || event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
