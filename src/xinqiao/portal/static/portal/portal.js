// Small helps on the pages of citizens; without them every page works the same.

// How many characters a text has, as the server counts them: a line break is one character.
for (const line of document.querySelectorAll("[data-count-for]")) {
  const box = document.getElementById(line.dataset.countFor);
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const limit = number.format(Number(line.dataset.limit));
  const count = () => {
    const characters = Array.from(box.value).length;
    line.textContent = line.dataset.words.replace("{count}", number.format(characters)).replace("{limit}", limit);
  };
  box.addEventListener("input", count);
  count();
  line.hidden = false;
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What is being written on an open matter is kept now and then, and when the page is left, until it is sent.
for (const form of document.querySelectorAll("form[data-draft]")) {
  const said = form.querySelector("[data-draft-kept]");
  let changed = false, sent = false, timer = 0;
  const keep = async () => {
    if (!changed || sent) return;
    changed = false;
    const typed = new FormData(form);
    for (const [name, value] of [...typed]) if (value instanceof File) typed.delete(name);
    typed.set("keep", "silently");
    const answer = await fetch(location.href, { method: "POST", body: typed, keepalive: true, redirect: "manual" }).catch(() => null);
    if (said && answer && answer.status === 204) said.hidden = false;
  };
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, 3000);
  });
  form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
}
