import type { ValueTransformer } from 'typeorm';

/** bigint columns travel as text, since a JavaScript number would lose cents beyond 2^53. */
export const minorUnits: ValueTransformer = {
  to: (value: bigint | null): string | null => value?.toString() ?? null,
  from: (value: string | null): bigint | null => (value === null ? null : BigInt(value)),
};
