"use strict";
(() => { // the list as it is by now, unless somebody is at work in it
  const SOON = 2000;
  const plans = () => document.getElementById("plans");
  const refresh = async () => {
    const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html").getElementById("plans");
    if (fresh && !plans().contains(document.activeElement)) plans().replaceWith(document.adoptNode(fresh));
  };
  const goOn = () => { if (plans().dataset.unread) setTimeout(() => refresh().catch(() => {}).then(goOn), SOON); };
  window.kehoachInbox = { refresh };
  goOn();
})();
(() => { // by keyboard from plan to plan
  const go = (step) => {
    const plans = Array.from(document.querySelectorAll(".entry h2 a")), at = plans.indexOf(document.activeElement);
    plans[at < 0 ? 0 : Math.min(plans.length - 1, Math.max(0, at + step))]?.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = { j: () => go(1), k: () => go(-1), "/": () => document.querySelector(".filters input[type=search]").focus() }[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
