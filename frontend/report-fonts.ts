// Copies the fonts of the printed report into built/fonts: Public Sans from the design system, Gothic A1 for Korean.
// They go into the wheel, so that a report can be printed on a machine that has no fonts and no network.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const latin = ["Regular", "Italic", "SemiBold", "Bold"];
const korean = ["400Regular", "600SemiBold", "700Bold"];

/** Copy the font files and their licenses once everything else is built. */
export function carryReportFonts(modules: string, built: string): Plugin {
  return {
    name: "carry-report-fonts",
    closeBundle: {
      order: "post",
      sequential: true,
      handler() {
        const target = join(built, "fonts");
        mkdirSync(target, { recursive: true });
        for (const style of latin) {
          const name = `PublicSans-${style}.ttf`;
          copyFileSync(join(modules, "@uswds/uswds/dist/fonts/public-sans", name), join(target, name));
        }
        const package_ = join(modules, "@expo-google-fonts/gothic-a1");
        for (const style of korean) {
          const name = `GothicA1_${style}.ttf`;
          copyFileSync(join(package_, style, name), join(target, name));
        }
        copyFileSync(join(package_, "LICENSE_FONT"), join(target, "GothicA1-LICENSE.txt"));
      },
    },
  };
}
