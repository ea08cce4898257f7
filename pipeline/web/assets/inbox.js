"use strict";
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
