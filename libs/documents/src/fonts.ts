import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Weights that documents are set in. */
export type FontWeight = 'regular' | 'bold';

// Noto Sans SC (SIL Open Font License 1.1): 30,890 characters, among them every Han character of the first Unicode
// plane's main block and extension A, so Simplified and Traditional alike, Latin and Vietnamese.
const FILES: Readonly<Record<FontWeight, string>> = {
  regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf',
};

const require = createRequire(import.meta.url);
const loaded = new Map<FontWeight, Buffer>();

/** The font file of a weight, read once a process (10 MB each) and only by a process that prints. */
export function fontFile(weight: FontWeight): Buffer {
  const known = loaded.get(weight);
  if (known !== undefined) return known;
  const file = readFileSync(require.resolve(FILES[weight]));
  loaded.set(weight, file);
  return file;
}
