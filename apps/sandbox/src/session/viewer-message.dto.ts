import { keyModifiers, longestText, namedKeys, pointerActions } from '@hetao/pixels';
import { z } from 'zod';

const number = z.int().min(1).max(0xffff_ffff);
const key = z.union([
  z.enum(namedKeys),
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
    modifiers: z.array(z.enum(keyModifiers)).max(4),
  }),
  z.strictObject({
    type: z.literal('text'),
    number,
    text: z
      .string()
      .min(1)
      .max(2 * longestText),
  }),
  z.strictObject({
    type: z.literal('pointer'),
    number,
    action: z.enum(pointerActions),
    x: z.int().min(0).max(1279),
    y: z.int().min(0).max(719),
    delta: z.int().min(-10_000).max(10_000),
  }),
  z.strictObject({ type: z.literal('ping'), at: z.number() }),
]);
export type ViewerMessage = z.output<typeof viewerMessage>;

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
