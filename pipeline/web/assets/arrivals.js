"use strict";
(() => {
  const one = (id) => document.getElementById(id);
  const place = one("arrivals"), list = one("coming"), said = place.dataset;
  const rows = new Map(); // by the name that the desk gave: what stands in the list
  const sent = new Map(); // by the name that it is sent by: what stands there and has no such name yet
  const waiting = []; // what is to be sent
  const AT_ONCE = 2, LOOK = 1000, SAY = 5000;
  let sending = 0, looking = 0, again = false, saidAt = 0;
  place.hidden = false;

  const row = (name) => {
    const made = document.createElement("li"), parts = {};
    for (const [part, kind] of [["name", "span"], ["said", "span"], ["words", "span"], ["far", "progress"], ["away", "button"], ["refused", "span"]]) {
      parts[part] = Object.assign(document.createElement(kind), { className: part });
    }
    parts.name.textContent = name;
    parts.far.setAttribute("aria-label", name);
    Object.assign(parts.away, { type: "button", className: "link", textContent: said.away });
    parts.away.setAttribute("aria-label", said.away + ": " + name);
    parts.refused.setAttribute("role", "alert");
    parts.said.append(parts.words, " ", parts.far, " ", parts.away, " ", parts.refused);
    made.append(parts.name, parts.said);
    list.prepend(made);
    const shown = { made, ...parts };
    parts.away.addEventListener("click", () => putAway(shown));
    return shown;
  };
  const tell = (row, words, fate, { plan, done, of, failure } = {}) => {
    if (row.words.textContent !== words) row.words.textContent = words;
    row.made.dataset.fate = fate;
    row.failure = failure;
    row.away.title = failure ? said.stays : "";
    row.far.hidden = fate !== "reading" && fate !== "sending";
    row.away.hidden = fate !== "failed" && fate !== "unsent";
    if (of) Object.assign(row.far, { max: of, value: done }); else row.far.removeAttribute("value");
    if (plan && !row.name.querySelector("a")) {
      const link = Object.assign(document.createElement("a"), { textContent: row.name.textContent });
      link.href = "/plans/" + plan.split("/").map(encodeURIComponent).join("/");
      row.name.replaceChildren(link);
    }
  };

  // What was refused is gone with its line; what was kept and not read is put away in the inbox, and its file stays.
  const putAway = async (row) => {
    if (row.failure) {
      const form = new URLSearchParams({ ...row.failure, csrf: said.csrf, act: "away", back: "/" });
      let answer = null;
      try { answer = await fetch("/.failures", { method: "POST", body: form }); } catch { /* the desk is away */ }
      if (answer && answer.status === 422) return location.assign("/reviewer?back=/"); // nobody has said who puts it away
      if (!answer || !answer.ok) {
        row.refused.textContent = answer ? said.refused + " (" + answer.status + ")" : said.refused;
        return;
      }
    }
    for (const shown of [rows, sent]) for (const [name, one] of shown) if (one === row) shown.delete(name);
    row.made.remove();
    (list.querySelector("button:not([hidden])") || one("files")).focus();
    if (row.failure) await window.kehoachInbox.refresh();
  };

  // Heard by who sees nothing: not at each page of each document.
  const say = (words, now) => {
    const place = one("progress");
    if (place.textContent === words || (!now && Date.now() - saidAt < SAY)) return;
    place.textContent = words;
    saidAt = Date.now();
  };

  // One document a request: what breaks off costs this one, and what came is kept.
  const send = ({ file, name, shown }) => new Promise((done) => {
    const request = new XMLHttpRequest();
    tell(shown, said.sending, "sending", { done: 0, of: 1 });
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) shown.far.value = event.loaded / event.total; });
    request.addEventListener("load", () => {
      let told = {};
      try { told = JSON.parse(request.responseText); } catch { /* no words came */ }
      if (request.status === 429) { // more at once than the desk takes: what is left waits
        waiting.unshift({ file, name, shown });
        setTimeout(done, 1000 * (Number(request.getResponseHeader("Retry-After")) || 1));
        return;
      }
      if (request.status >= 300) tell(shown, (told.detail || request.statusText) + (told.code ? " (" + told.code + ")" : ""), "failed");
      else {
        sent.delete(name);
        if (!rows.has(told.name)) rows.set(told.name, shown); else if (rows.get(told.name) !== shown && told.fate !== "double") shown.made.remove();
        tell(shown, told.said, told.fate, told);
      }
      done();
    });
    for (const fails of ["error", "abort", "timeout"]) request.addEventListener(fails, () => { tell(shown, said.unsent, "unsent"); done(); });
    request.open("POST", "/.documents?" + new URLSearchParams({ name }));
    request.setRequestHeader("X-Kehoach-Form", said.csrf);
    request.send(file);
  });
  const work = async () => {
    if (sending >= AT_ONCE) return;
    sending += 1;
    for (let next = waiting.shift(); next; next = waiting.shift()) { await send(next); look(); }
    sending -= 1;
  };
  const bring = (files) => {
    for (const { file, name } of files) {
      if (/^(\.|~\$|thumbs\.db$|desktop\.ini$)/i.test(name.split("/").pop())) continue; // what systems and programs leave beside documents
      if (sent.has(name)) sent.get(name).made.remove(); // it is sent once more
      const shown = row(name);
      sent.set(name, shown);
      if (file.size > Number(said.limit) * 1048576) tell(shown, said.large, "failed");
      else { tell(shown, "", "sending"); waiting.push({ file, name, shown }); }
    }
    for (let more = 0; more < AT_ONCE; more += 1) work();
  };

  const look = () => { if (looking) again = true; else looking = setTimeout(ask, 0); };
  const ask = async () => {
    let told = null;
    again = false;
    try { told = await (await fetch("/.documents")).json(); } catch { /* the desk is away: asked again */ }
    let came = 0;
    for (const item of told ? told.items : []) {
      if (!rows.has(item.name)) rows.set(item.name, sent.get(item.name) || row(item.name));
      const shown = rows.get(item.name), before = shown.made.dataset.fate;
      tell(shown, item.said, item.fate, item);
      if (before !== item.fate && ["read", "failed"].includes(item.fate)) came += 1;
    }
    const halted = one("halted");
    if (told) { halted.textContent = told.problem; halted.hidden = !told.problem; }
    if (told) say(told.progress, !told.waiting);
    if (came) await window.kehoachInbox.refresh();
    looking = !told || told.waiting || sending || again ? setTimeout(ask, LOOK) : 0;
  };
  look();

  const entriesOf = (reader) => new Promise((done, fail) => reader.readEntries(done, fail));
  const within = async (entry, above) => {
    if (entry.isFile) return [{ file: await new Promise((done, fail) => entry.file(done, fail)), name: above + entry.name }];
    const reader = entry.createReader(), found = [];
    for (let some = await entriesOf(reader); some.length; some = await entriesOf(reader)) found.push(...some); // a hundred at a time
    const files = [];
    for (const one of found) if (!one.name.startsWith(".")) files.push(...await within(one, above + entry.name + "/"));
    return files;
  };
  for (const id of ["files", "directory"]) one(id).addEventListener("change", (event) => {
    bring(Array.from(event.target.files, (file) => ({ file, name: file.webkitRelativePath || file.name })));
    event.target.value = "";
  });
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    place.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) place.classList.remove("over"); });
  document.addEventListener("drop", async (event) => {
    place.classList.remove("over");
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    const dropped = Array.from(event.dataTransfer.items, (item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() })); // gone once this waits
    const files = [];
    for (const { entry, file } of dropped) {
      if (entry) files.push(...await within(entry, ""));
      else if (file) files.push({ file, name: file.name });
    }
    bring(files);
  });
})();
