// What a text suggests: a chip fills in its field, Alt+T takes the first of each. Without this file a chip is sent like a button.
(() => {
  "use strict";

  const tell = (control) => {
    for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
  };

  function put(form, name, value) {
    const controls = Array.from(form.querySelectorAll(`[name="${name}"]`)).filter((one) => one.type !== "submit");
    const choice = controls.find((one) => (one.type === "radio" ? one.value === value : one.type === "checkbox"));
    if (choice) choice.checked = true;
    else if (controls[0] && controls[0].type !== "radio") controls[0].value = value;
    const control = choice ?? controls[0];
    if (control) tell(control);
    return Boolean(control);
  }

  // What somebody has chosen, the petitioner too, is changed by its chip alone.
  function isEmpty(form, name) {
    const controls = Array.from(form.querySelectorAll(`[name="${name}"]`));
    return controls.every((one) => (one.type === "radio" || one.type === "checkbox" ? !one.checked : !one.value.trim()));
  }

  function fill(chip) {
    const { fill: name, value } = chip.dataset;
    if (name === "urgent") {
      put(chip.form, "urgent", "on");
      put(chip.form, "urgent_reason", value);
    } else put(chip.form, name, value);
    for (const other of chip.form.querySelectorAll(`[data-fill="${name}"]`)) {
      other.setAttribute("aria-pressed", String(other === chip || (name === "urgent" && other.ariaPressed === "true")));
    }
  }

  document.addEventListener("click", (event) => {
    const chip = event.target.closest?.("[data-fill]");
    if (!chip) return;
    event.preventDefault();
    fill(chip);
  });

  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyT") return;
    const first = Array.from(document.querySelectorAll("[data-fill][data-first]"));
    if (!first.length) return;
    event.preventDefault();
    for (const chip of first) if (isEmpty(chip.form, chip.dataset.fill)) fill(chip);
  });

  // Alt+S: together with the first of what may be about the same; Alt+N: none of it is. Once more: undecided again.
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !["KeyS", "KeyN"].includes(event.code)) return;
    const choices = Array.from(document.querySelectorAll('#alike input[name="together"]'));
    if (choices.length < 3) return;
    event.preventDefault();
    const wanted = event.code === "KeyS" ? choices[1] : choices.at(-1);
    const choice = wanted.checked ? choices[0] : wanted;
    choice.checked = true;
    choice.focus();
    tell(choice);
  });

  // Whoever is reading the reasons goes on reading them when the suggestions are made anew.
  let reading = false;
  document.addEventListener("htmx:beforeSwap", (event) => event.target.id === "advice" && (reading = Boolean(event.target.querySelector("details[open]"))));
  document.addEventListener("htmx:afterSettle", (event) => {
    const why = event.target.id === "advice" && event.target.querySelector("details");
    if (why && reading) why.open = true;
  });

  const reveal = (within) => within.querySelectorAll?.("[data-needs-script]").forEach((part) => (part.hidden = false));
  document.addEventListener("htmx:load", (event) => reveal(event.target));
})();
