// Parts of a target: their running sum beside the whole. Without scripts, "Calculate" does the same.
(() => {
  "use strict";

  const form = document.querySelector("[data-whole]");
  if (!form) return;
  const sum = form.querySelector("[data-parts-sum]");
  const gap = form.querySelector("[data-parts-gap]");
  const whole = Number(form.dataset.whole);
  const number = (box) => Number(box.value.replaceAll(",", "").trim() || 0);

  const count = () => {
    const total = Array.from(form.querySelectorAll("[data-part]"), number).reduce((one, other) => one + other, 0);
    sum.textContent = Number.isFinite(total) ? String(total) : "—";
    const away = total - whole;
    gap.textContent = Number.isFinite(away) && away ? `${away > 0 ? "+" : ""}${away}` : "0";
  };

  form.addEventListener("input", count);
  form.querySelector("[data-parts-total]").hidden = false;
  count();
})();
