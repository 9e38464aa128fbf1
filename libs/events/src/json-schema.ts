import { z } from 'zod';
import type { EventDefinition } from './define-event.js';
import { typeNames } from './shared/named.js';

/** A JSON Schema (draft 2020-12) as plain JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema of an event's data, shared types under `$defs`. It says what the version promises and nothing about
 * how zod checks it, so an upgrade of zod does not look like a change of the language.
 */
export function eventJsonSchema(event: EventDefinition<unknown>): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(event.schema, {
    io: 'input',
    metadata: typeNames,
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return { $schema, title: event.type, ...schema };
}
