// Runs before the first paint, so a dark page never flashes white. The choice is "light", "dark" or, when
// nothing was chosen, whatever the device asks for.
const KEY = "xinqiao-theme";
const root = document.documentElement;
const device = matchMedia("(prefers-color-scheme: dark)");

function chosen() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is blocked: follow the device
  }
}

function show(theme) {
  root.dataset.bsTheme = theme;
  dispatchEvent(new CustomEvent("xinqiao:theme", { detail: theme }));
}

function apply() {
  show(chosen() ?? (device.matches ? "dark" : "light"));
}

window.xinqiaoTheme = {
  toggle() {
    const next = root.dataset.bsTheme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem(KEY, next);
    } catch {
      // storage is blocked: the choice holds for this page only
    }
    show(next);
  },
};

root.classList.add("js");
device.addEventListener("change", apply);
addEventListener("storage", (event) => event.key === KEY && apply());
apply();
