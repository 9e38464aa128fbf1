import { z } from 'zod';
import { inputLimits } from '../pixel/input-caps.js';

/** Keys that write nothing by themselves. */
const NAMED_KEYS = [
  ...['Enter', 'Tab', 'Backspace', 'Delete', 'Escape', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
] as const;

const number = z.int().min(1).max(0xffff_ffff);
const key = z.union([
  z.enum(NAMED_KEYS),
  z.string().regex(/^[^\p{Cc}]$/u, 'must be one character or the name of a key'),
]);

/**
 * All a viewer can say. There is no clipboard, file, drop, sound or print in it, and every message that is not in it ends
 * the connection: what has no word cannot be asked for.
 */
export const viewerMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('hello'), version: z.literal(1) }),
  z.strictObject({
    type: z.literal('key'),
    number,
    key,
    modifiers: z.array(z.enum(['control', 'shift', 'alt', 'meta'])).max(4),
  }),
  z.strictObject({
    type: z.literal('text'),
    number,
    text: z
      .string()
      .min(1)
      .max(2 * inputLimits.textLength),
  }),
  z.strictObject({
    type: z.literal('pointer'),
    number,
    action: z.enum(['down', 'move', 'up', 'wheel']),
    x: z.int().min(0).max(1279),
    y: z.int().min(0).max(719),
    delta: z.int().min(-10_000).max(10_000),
  }),
  z.strictObject({ type: z.literal('ping'), at: z.number() }),
]);
export type ViewerMessage = z.output<typeof viewerMessage>;

/** What a viewer is told beside frames. */
export type ServerMessage =
  | {
      readonly type: 'welcome';
      readonly session: string;
      readonly status: string;
      readonly width: number;
      readonly height: number;
      readonly tile: number;
    }
  | { readonly type: 'status'; readonly status: string }
  | { readonly type: 'caret'; readonly x: number; readonly y: number; readonly height: number }
  | { readonly type: 'dropped'; readonly number: number }
  | { readonly type: 'pong'; readonly at: number };

/** Why a connection ends, as WebSocket close codes of our own (RFC 6455 7.4.2). */
export const closeCodes = { protocol: 4400, takenOver: 4409, ended: 4410, flood: 4429, stopped: 4503 } as const;

/** Longest message in bytes: 200 characters of any script with all around them. */
export const MAX_MESSAGE_BYTES = 4_096;

/** @returns undefined for anything that is not in the protocol. */
export function parseViewerMessage(text: string): ViewerMessage | undefined {
  try {
    const parsed = viewerMessage.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
