import { z } from 'zod';

/** The ids by which JSON Schema refers to shared types; a registry of our own, so that no other user of zod sees them. */
export const typeNames = z.registry<{ id: string }>();

const descriptions = new Map<string, string>();

/** Gives a schema the name under which every event's documentation shows it. */
export function named<S extends z.ZodType>(name: string, description: string, schema: S): S {
  typeNames.add(schema, { id: name });
  descriptions.set(name, description);
  return schema;
}

/** The shared types and what they mean, by name. */
export function sharedTypes(): ReadonlyMap<string, string> {
  return descriptions;
}
