// The referral board by single keys: t transfers, a assigns the row that has the focus (x marks: desk.js).
(() => {
  "use strict";

  const off = () => {
    try {
      return localStorage.getItem("xinqiao-keys") === "off"; // the switch in the help of the keys
    } catch {
      return false; // storage is blocked: the keys stay on
    }
  };
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog[open]");
  const row = () => document.activeElement?.closest("[data-row]");

  const actions = {
    t: (here) => here.querySelector("[data-key=t]")?.click(),
    a: (here) => {
      const assign = here.querySelector("[data-key=a]")?.parentElement;
      if (!assign) return;
      assign.open = true;
      assign.querySelector("[name=report_by]").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target) || off()) return;
    const here = row();
    if (here && actions[event.key]) {
      event.preventDefault();
      actions[event.key](here);
    }
  });

  document.querySelector("[data-all]")?.addEventListener("change", (event) => {
    for (const box of document.querySelectorAll("input[name=row][type=checkbox]")) box.checked = event.target.checked;
  });
})();
