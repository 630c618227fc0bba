// Bundles the page's script and style into mapper/publish/assets/.
import { build } from "esbuild";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const web = join(dirname(fileURLToPath(import.meta.url)), "..");
const assets = join(web, "..", "assets");
await mkdir(assets, { recursive: true });

// Importing Leaflet's parts leaves its notice behind; its licence wants it kept.
const LEAFLET_NOTICE =
  "/* Leaflet 1.9.4 (https://leafletjs.com), (c) 2010-2023 Volodymyr Agafonkin, (c) 2010-2011 CloudMade, BSD-2-Clause; " +
  "supercluster and kdbush (c) Mapbox, Volodymyr Agafonkin, ISC */";

const shared = {
  absWorkingDir: web,
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "inline",
  logLevel: "warning",
};
const script = (outfile, leaflet) =>
  build({
    ...shared,
    entryPoints: ["src/main.ts"],
    outfile: join(assets, outfile),
    format: "iife",
    target: "es2022",
    // Names that begin with an underscore are private to Leaflet and to us: they may be short.
    mangleProps: /^_[a-zA-Z]/,
    mangleQuoted: true,
    plugins: [
      {
        name: "leaflet-parts",
        setup: ({ onResolve }) => onResolve({ filter: /^leaflet$/ }, () => ({ path: join(web, "build", leaflet) })),
      },
    ],
    banner: { js: LEAFLET_NOTICE },
  });
await script("map-tiles.js", "leaflet-tiles.mjs");
await script("map.js", "leaflet.mjs");

// Styles of parts of Leaflet that the page does not have.
const UNUSED = /tooltip|control-layers|draw|oldie|div-icon|image-layer|attribution|lvml|behavior|leaflet-image|-popup-tip-container\s+\./u;
const usedStyles = {
  name: "used-styles",
  setup: ({ onLoad }) =>
    onLoad({ filter: /leaflet\.css$/ }, async ({ path }) => {
      const text = (await readFile(path, "utf8")).replace(/\/\*[\s\S]*?\*\//gu, "").split("@media print")[0];
      const rules = text.split("}").flatMap((rule) => {
        const [selectors = "", body = ""] = rule.split("{");
        const used = selectors.split(",").filter((selector) => selector.trim() !== "" && !UNUSED.test(selector));
        return used.length > 0 && !body.includes("vml") ? [`${used.join(",")}{${body}}`] : [];
      });
      return { contents: rules.join("\n"), loader: "css" };
    }),
};
await build({
  ...shared,
  plugins: [usedStyles],
  entryPoints: ["src/style/map.css"],
  outfile: join(assets, "map.css"),
  target: ["chrome111", "firefox113", "safari16.4"],
  // The page loads no images: Leaflet's marker and layer pictures are not used.
  loader: { ".png": "empty" },
});
