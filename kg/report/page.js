// Filters the problems. Without it the page shows them all and lacks nothing.
"use strict";
(() => {
  const form = document.getElementById("filter");
  if (!form) return;

  const { level, code, text } = form.elements;
  const problems = [...document.querySelectorAll(".problem")];
  const groups = [...document.querySelectorAll(".level")];
  const status = document.getElementById("filter-status");
  const nothing = document.getElementById("filter-nothing");
  const words = new WeakMap();

  const wordsOf = (problem) => {
    if (!words.has(problem)) words.set(problem, problem.textContent.toLowerCase());
    return words.get(problem);
  };

  const matches = (problem, wanted) =>
    (!level.value || problem.dataset.level === level.value) &&
    (!code.value || problem.dataset.code === code.value) &&
    wanted.every((word) => wordsOf(problem).includes(word));

  const number = (value) => value.toLocaleString("en");

  const apply = () => {
    const wanted = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const problem of problems) {
      problem.hidden = !matches(problem, wanted);
      if (!problem.hidden) shown += 1;
    }
    const filtered = shown < problems.length;
    for (const group of groups) {
      group.hidden = filtered && !group.querySelector(".problem:not([hidden])");
    }
    nothing.hidden = shown > 0 || !filtered;
    status.textContent = `${number(shown)} of ${number(problems.length)} shown`;
  };

  const clear = () => {
    form.reset();
    apply();
  };

  // A link to a problem that the filter hides takes the filter away.
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.closest("[hidden]")) {
      clear();
      target.scrollIntoView();
    }
  };

  // The count beside a code leads to its problems: all of them, now that there is a filter.
  const follow = (event) => {
    const link = event.target.closest("a[data-filter]");
    if (!link) return;
    form.reset();
    code.value = link.dataset.filter;
    apply();
  };

  form.hidden = false;
  form.addEventListener("input", apply); // as one types
  form.addEventListener("change", apply); // not every choice from a list is an input
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("filter-clear").addEventListener("click", clear);
  document.addEventListener("click", follow);
  window.addEventListener("hashchange", reveal);
  window.addEventListener("pageshow", apply); // a browser may bring back what was typed

  // What is folded on the screen is printed in full.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
  apply();
})();
