import { keyModifiers, longestText, namedKeys, type KeyModifier, type ViewerDeed } from '@hetao/pixels';

/** As much of a key's event as matters. */
export interface PressedKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  /** The key belongs to the viewer's own input method. */
  readonly isComposing: boolean;
}

const NAMED: ReadonlySet<string> = new Set(namedKeys);
/** Chords of the clipboard: nothing of them is in the protocol, and the browser's own meaning is not wanted either. */
const CLIPBOARD: ReadonlySet<string> = new Set(['c', 'v', 'x']);
const CONTROL = /^\p{Cc}$/u;

/** What a key says in the session; undefined for what stays here: the input method's keys, function keys, the clipboard. */
export function deedOfKey(pressed: PressedKey): ViewerDeed | undefined {
  const { key, isComposing } = pressed;
  if (isComposing || !(NAMED.has(key) || isOneCharacter(key)) || isClipboard(pressed)) return undefined;
  const held: Readonly<Record<KeyModifier, boolean>> = {
    ...{ control: pressed.ctrlKey, shift: pressed.shiftKey, alt: pressed.altKey, meta: pressed.metaKey },
  };
  return { type: 'key', key, modifiers: keyModifiers.filter((modifier) => held[modifier]) };
}

/** Whether the browser would copy, cut or paste. */
export function isClipboard({ key, ctrlKey, metaKey }: Pick<PressedKey, 'key' | 'ctrlKey' | 'metaKey'>): boolean {
  return (ctrlKey || metaKey) && CLIPBOARD.has(key.toLowerCase());
}

/** A committed text in pieces that the protocol takes, cut between characters. */
export function piecesOf(text: string): readonly string[] {
  const characters = [...text];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += longestText) {
    pieces.push(characters.slice(at, at + longestText).join(''));
  }
  return pieces;
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where on the shown screen a point of the page lies; px of the screen, never outside of it. */
export function placeOnScreen(
  point: { readonly clientX: number; readonly clientY: number },
  area: Area,
  screen: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number } {
  const along = (at: number, from: number, length: number, most: number) =>
    Math.max(0, Math.min(most - 1, Math.floor(((at - from) / Math.max(1, length)) * most)));
  return {
    x: along(point.clientX, area.left, area.width, screen.width),
    y: along(point.clientY, area.top, area.height, screen.height),
  };
}

function isOneCharacter(key: string): boolean {
  return [...key].length === 1 && !CONTROL.test(key);
}
