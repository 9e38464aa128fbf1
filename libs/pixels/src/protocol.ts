/** Keys that write nothing by themselves. */
export const namedKeys = [
  ...['Enter', 'Tab', 'Backspace', 'Delete', 'Escape', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
] as const;

/** Modifiers that change what a key means; shift alone comes with its letter. */
export const keyModifiers = ['control', 'shift', 'alt', 'meta'] as const;
export type KeyModifier = (typeof keyModifiers)[number];

export const pointerActions = ['down', 'move', 'up', 'wheel'] as const;
export type PointerAction = (typeof pointerActions)[number];

/** Code points of one committed text, at most. */
export const longestText = 200;

/** What a viewer does. There is no clipboard, file, drop, sound or print in it: what has no word cannot be asked for. */
export type ViewerDeed =
  | { readonly type: 'key'; readonly key: string; readonly modifiers: readonly KeyModifier[] }
  /** Committed by the input method of the viewer's own machine. */
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'pointer';
      readonly action: PointerAction;
      /** Px of the shown screen. */
      readonly x: number;
      readonly y: number;
      /** Of the wheel, in px; 0 for all else. */
      readonly delta: number;
    };

/** What a viewer is told beside frames. */
export type ServerMessage =
  | {
      readonly type: 'welcome';
      readonly session: string;
      readonly status: string;
      readonly width: number;
      readonly height: number;
      /** Width and height of a tile, px. */
      readonly tile: number;
    }
  | { readonly type: 'status'; readonly status: string }
  | { readonly type: 'caret'; readonly x: number; readonly y: number; readonly height: number }
  /** An input that was left out: it came faster than hands are. */
  | { readonly type: 'dropped'; readonly number: number }
  | { readonly type: 'pong'; readonly at: number };

/** Why a connection ends, as WebSocket close codes of our own (RFC 6455 7.4.2). */
export const closeCodes = { protocol: 4400, takenOver: 4409, ended: 4410, flood: 4429, stopped: 4503 } as const;
