// Builds the browser files into src/xinqiao/ui/static/ui/vendor (git-ignored; `make` and the wheel build run this).
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = `${root}node_modules`;
const out = `${root}src/xinqiao/ui/static/ui/vendor`;
// Phones and office machines that stopped updating in 2023 still get the whole page.
const target = ["chrome111", "firefox113", "safari16.2"];

const settings = {
  absWorkingDir: root,
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target,
  legalComments: "eof",
  external: ["data:*"],
  logLevel: "warning",
};

async function scripts() {
  const entryPoints = { app: "frontend/app.js", charts: "frontend/charts.js", theme: "frontend/theme.js" };
  await build({ ...settings, entryPoints });
}

// Of the kit's styles those that some page, script or form of ours may ask for: an eighth of them, for cheap phones.
// A class counts as asked for where its whole name stands anywhere in a source, so names are never put together.
async function styles() {
  const bundled = await build({ ...settings, entryPoints: { tabler: "frontend/tabler.css" }, write: false });
  const raw = bundled.outputFiles[0].text;
  const content = [`${root}src/xinqiao/**/*.{html,py}`, `${out}/app.js`];
  const [kept] = await new PurgeCSS().purge({ content, css: [{ raw }] });
  await writeFile(`${out}/tabler.css`, kept.css);
}

// One sprite with exactly the icons named in icons.txt, so a page loads them once and they take the text's colour.
async function sprite() {
  const list = await readFile(`${root}src/xinqiao/ui/icons.txt`, "utf8");
  const names = list.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(names.map(symbol));
  await writeFile(`${out}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
  return names.length;
}

async function symbol(name) {
  let svg;
  try {
    svg = await readFile(`${modules}/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  } catch {
    throw new Error(`icons.txt names "${name}", which @tabler/icons (outline) does not have: correct the name`);
  }
  const shapes = svg
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>[\s\S]*$/, "")
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" ` +
    `stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`
  );
}

// The licences ask that their text travels with the copies.
async function licences() {
  const files = {
    "@alpinejs/csp": null,
    "@popperjs/core": "LICENSE.md",
    "@tabler/core": null,
    "@tabler/icons": "LICENSE",
    "@vue/reactivity": "LICENSE",
    bootstrap: "LICENSE",
    echarts: ["LICENSE", "NOTICE", "licenses/LICENSE-d3"],
    "htmx.org": "LICENSE",
    tslib: "LICENSE.txt",
    zrender: "LICENSE",
  };
  const parts = await Promise.all(
    Object.entries(files).map(async ([name, file]) => {
      const about = JSON.parse(await readFile(`${modules}/${name}/package.json`, "utf8"));
      const texts = await Promise.all([file ?? []].flat().map((one) => readFile(`${modules}/${name}/${one}`, "utf8")));
      const text = texts.length ? texts.join("\n") : `Licence: ${about.license}\n`;
      return `== ${name} ${about.version} ==\n\n${text}`;
    }),
  );
  await writeFile(`${out}/LICENCES.txt`, parts.join("\n"));
}

const started = performance.now();
await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const [icons] = await Promise.all([sprite(), licences(), scripts().then(styles)]);
console.error(`built ${out.slice(root.length)} (${icons} icons) in ${((performance.now() - started) / 1000).toFixed(2)} s`);
