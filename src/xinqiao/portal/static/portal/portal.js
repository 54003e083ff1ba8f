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

// Sending files as soon as they are chosen: how far it is, what came of it, what to do when the connection breaks.
function stateOf(form) {
  const line = form.querySelector("[data-upload-state]");
  return {
    say(words, percent) {
      line.hidden = false;
      line.querySelector("span").textContent = words;
      const bar = line.querySelector("progress");
      bar.hidden = percent === undefined;
      bar.value = percent ?? 0;
    },
  };
}

function announce(words) {
  const line = document.querySelector("[data-files-said]");
  if (line && words) line.textContent = words;
}

document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  if (!target.matches?.("[data-upload]") || !detail.lengthComputable) return;
  const percent = Math.floor((detail.loaded / detail.total) * 100);
  const words = percent < 100 ? target.dataset.sending.replace("{percent}", percent) : target.dataset.looking;
  stateOf(target).say(words, percent);
});

for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, ({ target }) => {
    if (!target.matches?.("[data-upload]")) return;
    stateOf(target).say(target.dataset.broken);
    announce(target.dataset.broken);
    target.reset();
  });
}

document.addEventListener("htmx:afterSettle", ({ target }) => {
  const part = document.getElementById("files");
  if (part && (target === part || part.contains(target))) announce(part.dataset.said);
});
