import { createRequire } from 'node:module';
import { GlobalFonts } from '@napi-rs/canvas';

export const fontFamily = 'Hetao Sans';
const FILE = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';

/**
 * Makes Noto Sans SC (OFL) known to the canvas, which brings no fonts: simplified, traditional and Latin writing. Once a
 * process; the file is found as any module is, so nothing is copied.
 */
export function loadFonts(): void {
  if (GlobalFonts.has(fontFamily)) return;
  const path = createRequire(import.meta.url).resolve(FILE);
  if (GlobalFonts.registerFromPath(path, fontFamily) === null) throw new Error(`The font ${path} cannot be read.`);
}
