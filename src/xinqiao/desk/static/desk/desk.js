// The desk without the mouse, and forms that show only what applies. Every page works without this file.
(() => {
  "use strict";

  // -- single keys: j and k move, x chooses, / finds, ? helps, g and a letter goes. They can be switched off, and never act while one types. ------

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

  const rows = () => Array.from(document.querySelectorAll("[data-row]"));
  const opener = (row) => row.querySelector("[data-open], a");
  const current = () => rows().find((row) => row.contains(document.activeElement));

  function move(by) {
    const all = rows();
    if (!all.length) return;
    const now = all.indexOf(current());
    const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(now + by, 0), all.length - 1);
    opener(all[next]).focus();
  }

  function choose() {
    const box = current()?.querySelector('input[type="checkbox"]');
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Urges the chosen rows; where none is chosen, the one that has the focus.
  function urge() {
    const button = document.querySelector("[data-urge]");
    if (!button) return;
    if (!boxes().some((box) => box.checked)) choose();
    if (boxes().some((box) => box.checked)) button.click();
  }

  const actions = {
    u: urge,
    j: () => move(1),
    k: () => move(-1),
    x: choose,
    r: () => document.querySelector("[data-refresh]")?.click(),
    n: () => document.querySelector("[data-next]")?.click(),
    p: () => document.querySelector("[data-print]")?.click(),
    "/": () => document.querySelector("[data-search]")?.focus(),
    "?": () => help?.showModal(),
  };

  // "g" and then a letter goes to the page whose place in the navigation bears that letter.
  let going = 0;
  const GOES_ON_MS = 1500;

  function went(key) {
    if (Date.now() - going > GOES_ON_MS) return false;
    going = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"] a`);
    link?.click();
    return Boolean(link);
  }

  // A row's box is no place where one types: the keys of the list go on working there.
  const inBox = (target) => target.matches('input[type="checkbox"]') && !target.closest("dialog[open]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keysOn()) return;
    if (typing(event.target) && !inBox(event.target)) return;
    if (went(event.key)) return event.preventDefault();
    if (event.key === "g") going = Date.now();
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  // -- Ctrl+Enter sends the form one is in; the first button says what it does ------------------------------------------

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest("form");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-send]") ?? undefined);
  });

  // -- parts that only a script can serve ---------------------------------------------------------------------------------

  const reveal = (within) => within.querySelectorAll("[data-needs-script]").forEach((part) => (part.hidden = false));
  reveal(document);

  // -- chosen rows: counted, kept when the list is refreshed, and the focus with them --------------------------------------

  const boxes = () => Array.from(document.querySelectorAll("[data-row] .xq-choose input"));

  function count() {
    const shown = document.querySelector("[data-chosen]");
    if (!shown) return;
    const chosen = boxes().filter((box) => box.checked);
    shown.textContent = chosen.length;
    const all = document.querySelector("[data-choose-all]");
    if (all) all.checked = chosen.length > 0 && chosen.length === boxes().length;
    boxes().forEach((box) => box.closest("[data-row]").toggleAttribute("data-chosen-row", box.checked));
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-choose-all]")) boxes().forEach((box) => (box.checked = event.target.checked));
    if (event.target.closest("[data-together]")) count();
  });

  let place = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.target.matches("[data-list]")) return;
    const row = current();
    place = { row: row && opener(row).getAttribute("href"), chosen: boxes().filter((box) => box.checked).map((box) => box.value) };
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!place) return;
    boxes().forEach((box) => (box.checked = place.chosen.includes(box.value)));
    if (place.row) document.querySelector(`[data-row] a[href="${CSS.escape(place.row)}"]`)?.focus();
    place = null;
    reveal(document);
    count();
  });

  // Whoever comes back to the page after a while sees it as it is now, at the place where they were.
  const STALE_MS = 60000;
  let left = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) left = Date.now();
    else if (left && Date.now() - left > STALE_MS && !typing(document.activeElement)) actions.r();
  });
  count();

  if (help) {
    const button = document.querySelector("[data-help-open]");
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
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

  // -- a group at the counter: the next representative by Alt+R; empty seats wait until they are needed -------------------

  const group = document.querySelector("[data-seats]");
  if (group) {
    const seats = Array.from(group.querySelectorAll("[data-seat]"));
    const empty = (seat) => Array.from(seat.querySelectorAll("input")).every((input) => !input.value);
    const add = () => {
      const next = seats.find((seat) => !seat.hidden && empty(seat)) ?? seats.find((seat) => seat.hidden) ?? seats.at(-1);
      group.open = true;
      next.hidden = false;
      group.querySelector("[data-add-seat]").hidden = seats.every((seat) => !seat.hidden);
      next.querySelector("input").focus();
    };
    seats.slice(1).forEach((seat) => (seat.hidden = empty(seat) && !seat.querySelector('[aria-invalid="true"]')));
    group.querySelector("[data-add-seat]").addEventListener("click", add);
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyR") return;
      event.preventDefault();
      add();
    });
  }

  // -- what a number says by itself is filled in, unless somebody chose otherwise ------------------------------------------

  const chosenByHand = new Set();
  document.addEventListener("change", (event) => event.isTrusted && chosenByHand.add(event.target.name));
  document.addEventListener("htmx:oobAfterSwap", () => {
    const found = document.querySelector("[data-fills]");
    if (!found || chosenByHand.has(found.dataset.fills)) return;
    const choice = document.querySelector(`[name="${found.dataset.fills}"][value="${found.dataset.value}"]`);
    if (!choice || choice.checked) return;
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  });

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
    if (button.dataset.print === "enter") button.focus(); // a receipt: Enter prints it
  }
})();
