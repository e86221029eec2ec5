// Builds into the Python package under fixed names; the pages add the hash of the content to the address.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

import { carryReportFonts } from "./report-fonts";

const here = dirname(fileURLToPath(import.meta.url));
const uswds = resolve(here, "node_modules/@uswds/uswds");

const built = resolve(here, "../src/commonweal/web/static/built");

/** Carry the licenses of what goes into the built files, in licenses.txt beside them. */
function carryLicenses(): Plugin {
  const carried = { "maplibre-gl": "LICENSE.txt", "htmx.org": "LICENSE", "@uswds/uswds": "LICENSE.md" };
  return {
    name: "carry-licenses",
    closeBundle() {
      const texts = Object.entries(carried).map(
        ([name, file]) => `${name}\n\n${readFileSync(resolve(here, "node_modules", name, file), "utf8").trim()}\n`,
      );
      writeFileSync(join(built, "licenses.txt"), texts.join(`\n${"-".repeat(72)}\n\n`));
    },
  };
}

/** Write manifest.json: name of each file and the start of the hash of its content. */
function listWithHashes(): Plugin {
  return {
    name: "list-with-hashes",
    closeBundle() {
      const names = readdirSync(built).filter((name) => name !== "manifest.json").sort();
      const hash = (name: string): string =>
        createHash("sha256").update(readFileSync(join(built, name))).digest("hex").slice(0, 12);
      const listed = Object.fromEntries(names.map((name) => [name, hash(name)]));
      writeFileSync(join(built, "manifest.json"), `${JSON.stringify(listed, null, 2)}\n`);
    },
  };
}

export default defineConfig({
  root: here,
  base: "./",
  publicDir: false,
  plugins: [carryLicenses(), listWithHashes(), carryReportFonts(resolve(here, "node_modules"), built)],
  resolve: { alias: { "uswds-fonts": resolve(uswds, "dist/fonts/public-sans"), "uswds-img": resolve(uswds, "dist/img") } },
  css: {
    preprocessorOptions: {
      scss: { loadPaths: [resolve(here, "src/style"), resolve(uswds, "packages")], quietDeps: true },
    },
  },
  build: {
    outDir: built,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    reportCompressedSize: true,
    chunkSizeWarningLimit: 1200,
    // Fonts and pictures stay files, so that a browser keeps them; only the report, which must stand alone, has
    // them inside (its addresses end in ?inline).
    assetsInlineLimit: 0,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: {
        app: resolve(here, "src/app.ts"),
        style: resolve(here, "src/style/style.scss"),
        report: resolve(here, "src/style/report.scss"),
      },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
