/** What a trusted painter knows how to draw. Lengths in px, colours as #rrggbb. */
export type Primitive =
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
    }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Middle of the line. */
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly color: string;
      /** What is longer is cut off here. */
      readonly width: number;
      readonly align: 'left' | 'right';
      /** Where it is set, every half-width character takes so much room and every full-width one twice. */
      readonly cell?: number;
    }
  | {
      readonly kind: 'line';
      readonly points: readonly (readonly [x: number, y: number])[];
      readonly color: string;
      readonly width: number;
    };

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The area a primitive can touch, with room for what smoothing adds. */
export function boundsOf(primitive: Primitive): Bounds {
  if (primitive.kind === 'box') return grown(primitive, 1);
  if (primitive.kind === 'text') {
    const { x, y, width, size, align } = primitive;
    return grown({ x: align === 'right' ? x - width : x, y: y - size, width, height: 2 * size }, 2);
  }
  const xs = primitive.points.map(([x]) => x);
  const ys = primitive.points.map(([, y]) => y);
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return grown({ x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }, primitive.width + 1);
}

function grown({ x, y, width, height }: Bounds, by: number): Bounds {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** Whether a character takes the room of two: East Asian wide and full-width forms (UAX 11), as far as people type them. */
export function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{3fffd}]/u.test(
    character,
  );
}

/** How many cells a text takes. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += isWide(character) ? 2 : 1;
  return cells;
}
