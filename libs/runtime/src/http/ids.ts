import { z } from 'zod';
import { isId } from '@hetao/kernel';

/** Schema of a typed id in a body or query: `idSchema('prd')`. */
export function idSchema(prefix: string) {
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), `must be an id that starts with ${prefix}_`)
    .refine((value) => isId(prefix, value), `must be an id that starts with ${prefix}_`)
    .meta({ examples: [`${prefix}_01jz8r8t2vf3q0w9c5m7n4x6ka`] });
}

/** For a path: `@Param('id', idParam('prd')) id: string`. Anything that cannot be such an id answers 404. */
export function idParam(prefix: string): { schema: z.ZodType<string> } {
  return { schema: idSchema(prefix) };
}
