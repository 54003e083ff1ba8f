// The desk without the mouse, and forms that show only what applies. Every page works without this file.
(() => {
  "use strict";

  // -- single keys: j and k move, / finds, ? helps. They can be switched off, and never act while one types. ------

  const SWITCH = "xinqiao-keys";
  const stored = (() => {
    try {
      return localStorage;
    } catch {
      return null; // storage is blocked: the keys stay on
    }
  })();
  const keysOn = () => stored?.getItem(SWITCH) !== "off";
  const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog[open]");
  const help = document.getElementById("keys");

  function move(by) {
    const links = Array.from(document.querySelectorAll("[data-row] a"));
    if (!links.length) return;
    const now = links.findIndex((link) => link.closest("[data-row]").contains(document.activeElement));
    const next = now < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(now + by, 0), links.length - 1);
    links[next].focus();
  }

  const actions = {
    j: () => move(1),
    k: () => move(-1),
    "/": () => document.querySelector("[data-search]")?.focus(),
    "?": () => help?.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keysOn() || typing(event.target)) return;
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  if (help) {
    const opener = document.querySelector("[data-help-open]");
    opener.hidden = false;
    opener.addEventListener("click", () => help.showModal());
    const toggle = help.querySelector("[data-keys-on]");
    toggle.checked = keysOn();
    toggle.addEventListener("change", () => stored?.setItem(SWITCH, toggle.checked ? "on" : "off"));
  }

  // -- parts of a form that belong to one answer: <div data-when="kind" data-is="report claim"> ----------------------
  // ... or to any of several: <div data-any-of="policy_account care_account" data-is="open">.
  // An empty word stands for no answer, a star for whatever follows.

  function answer(form, name) {
    const controls = Array.from(form.querySelectorAll(`[name="${name}"]`));
    const chosen = controls.find((one) => one.type === "radio" || one.type === "checkbox" ? one.checked : true);
    return chosen ? chosen.value : "";
  }

  function show(form) {
    for (const part of form.querySelectorAll("[data-when]")) {
      const is = answer(form, part.dataset.when);
      const fits = (word) => (word.endsWith("*") ? is.startsWith(word.slice(0, -1)) : is === word);
      part.hidden = !part.dataset.is.split(" ").some(fits);
    }
    for (const part of form.querySelectorAll("[data-any-of]")) {
      part.hidden = !part.dataset.anyOf.split(" ").some((name) => answer(form, name) === part.dataset.is);
    }
  }

  function watch(form) {
    form.addEventListener("change", () => show(form));
    form.addEventListener("htmx:afterSettle", () => show(form));
    show(form);
  }

  const watchAll = (within) =>
    within.querySelectorAll("form").forEach((form) => form.querySelector("[data-when], [data-any-of]") && watch(form));
  watchAll(document);
  document.addEventListener("htmx:load", (event) => event.target !== document.body && watchAll(event.target));

  // -- a form is sent once ---------------------------------------------------------------------------------------------

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // -- print buttons -----------------------------------------------------------------------------------------------------

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();
