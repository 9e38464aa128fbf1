/** A modifier that changes what a key means; shift alone comes with its letter. */
export type Modifier = 'control' | 'shift' | 'alt' | 'meta';

/** What a viewer does. Nothing else goes in: no clipboard, no file, no sound. */
export type ViewerInput =
  | { readonly kind: 'key'; readonly key: string; readonly modifiers: readonly Modifier[] }
  /** Committed by the input method of the viewer's own machine. */
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'pointer';
      readonly action: 'down' | 'move' | 'up' | 'wheel';
      readonly x: number;
      readonly y: number;
      /** Of the wheel, in px; 0 for all else. */
      readonly delta: number;
    };

/** A picture of the whole screen. It belongs to the source and holds until the next one is taken. */
export interface Picture {
  /** RGBA in 32 bits, little-endian, row by row. */
  readonly pixels: Uint32Array;
  /** Tiles that may differ from the picture before: more may be named than do, fewer never. */
  readonly dirty: readonly number[];
}

/** Where what is typed appears, so that an input method can open beside it; px. */
export interface Caret {
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Where pixels come from. The pump asks when it may show something; a source says only that there is news. */
export interface PixelSource {
  start(onNews: () => void): Promise<void>;
  input(event: ViewerInput): void;
  capture(): Promise<Picture>;
  /** Null where nothing is written at the moment. */
  caret(): Caret | null;
  stop(): Promise<void>;
}
