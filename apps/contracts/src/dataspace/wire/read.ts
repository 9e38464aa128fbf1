import { DSP_CONTEXT } from './context.js';
import { err, ok, type Result } from '@hetao/kernel';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';

/** A JSON object whose properties nobody has looked at yet. */
export type Loose = Readonly<Record<string, unknown>>;

/** The most a peer may send in one list; more is not a message but an attack. */
const MAX_ITEMS = 1_000;

export function isLoose(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every array property may come as a single value: JSON-LD tools write one-element lists so. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value.slice(0, MAX_ITEMS) : [value];
}

/** An id comes as `"x"` or `{"@id":"x"}`, a literal as `x` or `{"@value":x}`; anything else is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 1 ? textOf(value[0]) : undefined;
  if (!isLoose(value)) return undefined;
  const inner = value['@id'] ?? value['@value'];
  return typeof inner === 'string' ? inner : undefined;
}

/** The bare name of a term that may come bare, with its prefix, or as a full IRI: `odrl:use`, `…/odrl/2/use` → `use`. */
export function termOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text?.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('#'), text.lastIndexOf(':')) + 1);
}

/** The property of this name, however spelled: bare, prefixed, or as a full IRI. */
export function propertyOf(object: Loose, name: string): unknown {
  if (name in object) return object[name];
  const key = Object.keys(object).find((candidate) => termOf(candidate) === name);
  return key === undefined ? undefined : object[key];
}

/**
 * Reads the frame every message has: the context, and this type. Unknown properties are nobody's business.
 *
 * @returns the message as a loose object, or DSP_BAD_MESSAGE saying what is wrong.
 */
export function readFrame(body: unknown, type: string): Result<Loose, DataspaceError> {
  if (!isLoose(body)) return bad(`The body is not a JSON object but a ${type} was expected.`);
  // A bare string is against the schema but unmistakable; what is sent is always a list.
  if (!listOf(body['@context']).includes(DSP_CONTEXT)) {
    return bad(`"@context" must be a list that names ${DSP_CONTEXT}.`, '/@context');
  }
  if (termOf(body['@type']) !== type) return bad(`"@type" must be "${type}".`, '/@type');
  return ok(body);
}

/** A required text of a message. */
export function requiredText(message: Loose, name: string): Result<string, DataspaceError> {
  const text = textOf(propertyOf(message, name));
  return text === undefined || text === '' ? bad(`"${name}" is required and must be a text.`, `/${name}`) : ok(text);
}

/** DSP_BAD_MESSAGE with what is wrong, and where. */
export function bad(detail: string, pointer?: string): Result<never, DataspaceError> {
  return err(dataspaceErrors.DSP_BAD_MESSAGE(detail, pointer === undefined ? {} : { pointer }));
}
