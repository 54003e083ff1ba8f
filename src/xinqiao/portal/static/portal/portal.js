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
