import { createCanvas } from '@napi-rs/canvas';
import { fontFamily, loadFonts } from '../pixel-source/fonts.loader.js';

/** Who looks, and when: what somebody reads who finds a photograph. */
export interface VisibleMark {
  readonly name: string;
  readonly organisation: string;
  readonly session: string;
  /** UTC, to the minute. */
  readonly minute: string;
}

/** The mark is laid out in cells of this size, px: every piece of the screen that is worth a photograph holds one whole. */
export const MARK_CELL = { width: 330, height: 110 } as const;
const SLANT = -0.16;
const LONGEST = 34;

/** The lettering of the mark over a screen, 0 to 255 for each pixel. */
export function paintLettering(
  mark: VisibleMark,
  { width, height }: { readonly width: number; readonly height: number },
): Uint8Array {
  loadFonts();
  const canvas = createCanvas(width, height);
  const paper = canvas.getContext('2d');
  paper.fillStyle = '#000';
  paper.fillRect(0, 0, width, height);
  paper.fillStyle = '#fff';
  paper.font = `16px "${fontFamily}"`;
  paper.textBaseline = 'middle';
  const lines = [`${short(mark.name)} · ${short(mark.organisation)}`, `${mark.session} · ${mark.minute}`];
  for (let top = 0; top < height; top += MARK_CELL.height) {
    for (let left = 0; left < width; left += MARK_CELL.width) {
      paper.save();
      paper.translate(left + 12, top + MARK_CELL.height / 2 + 22);
      paper.rotate(SLANT);
      for (const [line, text] of lines.entries()) paper.fillText(text, 0, (line - 0.5) * 26, MARK_CELL.width - 24);
      paper.restore();
    }
  }
  const { data } = paper.getImageData(0, 0, width, height);
  return Uint8Array.from({ length: width * height }, (_, pixel) => data[4 * pixel] ?? 0);
}

function short(text: string): string {
  const letters = [...text];
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST - 1).join('')}…`;
}
