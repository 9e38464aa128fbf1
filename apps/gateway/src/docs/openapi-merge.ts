import { canonicalJson, type JsonValue } from '@hetao/kernel';
import { accessTable } from '../access/access-table.js';
import { isOpen } from '../routing/open-paths.js';
import { routeFor, type ServiceName } from '../routing/route-table.js';

/** A JSON object whose members are looked at one by one. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** One service's own OpenAPI document, as it serves it. */
export interface ServiceDocument {
  readonly service: ServiceName | 'gateway';
  readonly document: JsonObject;
}

/** The parts of the public document that are the door's: title, servers, security, the answers every route can give. */
export interface Frame {
  readonly head: JsonObject;
  readonly tags: Readonly<Record<string, string>>;
  readonly security: JsonValue;
  readonly components: Readonly<Record<string, JsonObject>>;
  /** Answers added to every operation that does not describe them itself: status → response. */
  readonly responses: JsonObject;
  /** Answers that every operation has in these words alone. */
  readonly always: JsonObject;
}

const METHODS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);
/** Each service protects its routes with the signed caller; the world outside uses the door's two ways. */
const INTERNAL_SECTIONS: ReadonlySet<string> = new Set(['securitySchemes']);

type Sections = Record<string, Record<string, JsonValue>>;

/**
 * Makes one OpenAPI 3.1 document of what the services say about themselves. Only what the route table really sends to
 * a service is kept. Two services may use one component name: equal ones are shared, different ones are renamed after
 * their service, and so are operation ids.
 */
export function mergeDocuments(frame: Frame, sources: readonly ServiceDocument[]): JsonObject {
  const components: Sections = structuredClone(frame.components);
  const paths: Record<string, JsonValue> = {};
  const operationIds = new Set<string>();
  const tags = new Set<string>();
  for (const { service, document } of sources) {
    const adopt = adoptComponents(components, service, objectAt(document, 'components'));
    for (const [path, item] of Object.entries(objectAt(document, 'paths'))) {
      const address = path.replaceAll(/[{}]/g, '');
      if (routeFor(address)?.service !== service || !isObject(item)) continue;
      paths[path] = operationsOf(adopt(item), { service, address, frame, operationIds, tags });
    }
  }
  return {
    ...frame.head,
    tags: [...tags].sort().map((name) => ({ name, description: frame.tags[name] ?? `Routes of ${name}.` })),
    security: frame.security,
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: onlyUsed(components, paths, frame),
  };
}

interface OperationContext {
  readonly service: string;
  /** The path with its parameters filled in by their names. */
  readonly address: string;
  readonly frame: Frame;
  readonly operationIds: Set<string>;
  readonly tags: Set<string>;
}

function operationsOf(item: JsonObject, context: OperationContext): JsonObject {
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) =>
      METHODS.has(key) && isObject(value) ? [key, operation(value, key, context)] : [key, value],
    ),
  );
}

function operation(source: JsonObject, method: string, context: OperationContext): JsonObject {
  const kept = Object.fromEntries(Object.entries(source).filter(([key]) => key !== 'security'));
  const given =
    typeof kept['operationId'] === 'string' ? kept['operationId'] : `${method}_${context.operationIds.size}`;
  const operationId = context.operationIds.has(given) ? `${context.service}_${given}` : given;
  context.operationIds.add(operationId);
  const tag = context.service;
  context.tags.add(tag);
  const parameters = Array.isArray(kept['parameters']) ? kept['parameters'].filter(isPublicParameter) : [];
  return {
    ...kept,
    operationId,
    tags: [tag],
    summary: typeof kept['summary'] === 'string' && kept['summary'] !== '' ? kept['summary'] : inWords(given),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(isOpen(method.toUpperCase(), context.address) ? { security: [] } : {}),
    ...accessOf(method, context.address),
    // What can go wrong with any request is said once for all of them, not in each service's own words.
    responses: { ...context.frame.responses, ...objectAt(kept, 'responses'), ...context.frame.always },
  };
}

/** Who may do this, and to whose: as the door goes by it. */
function accessOf(method: string, address: string): JsonObject {
  const row = accessTable.rowFor(method.toUpperCase(), address);
  if (row === undefined) return {};
  return { ...(typeof row.who === 'string' ? {} : { 'x-allow': row.who }), 'x-whose': row.whose };
}

/** `listUsageWindows` → `List usage windows`. */
function inWords(operationId: string): string {
  const words = operationId
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function isPublicParameter(parameter: JsonValue): boolean {
  const name = isObject(parameter) && parameter['in'] === 'header' ? parameter['name'] : undefined;
  return typeof name !== 'string' || !name.toLowerCase().startsWith('x-hetao-');
}

/** Puts a service's components beside those there are; returns how its references have to be rewritten. */
function adoptComponents(into: Sections, service: string, from: JsonObject): (value: JsonObject) => JsonObject {
  const own = Object.entries(from)
    .filter(([section, entries]) => !INTERNAL_SECTIONS.has(section) && isObject(entries))
    .flatMap(([section, entries]) =>
      Object.entries(entries as JsonObject).map(([name, value]) => ({ section, name, value })),
    );
  const renamed = new Map<string, string>();
  let settled = false;
  // One component more is renamed in every round but the last, so there are at most as many rounds as components.
  while (!settled) {
    settled = true;
    for (const { section, name, value } of own) {
      const reference = `#/components/${section}/${name}`;
      const existing = into[section]?.[name];
      if (existing === undefined || renamed.has(reference)) continue;
      // Equal words that refer to a renamed component mean something else than the words that are there.
      const same = canonicalJson(existing) === canonicalJson(rewriteReferences(value, renamed));
      if (same) continue;
      renamed.set(reference, `#/components/${section}/${service.charAt(0).toUpperCase()}${service.slice(1)}${name}`);
      settled = false;
    }
  }
  for (const { section, name, value } of own) {
    const place = renamed.get(`#/components/${section}/${name}`)?.split('/').at(-1) ?? name;
    (into[section] ??= {})[place] = rewriteReferences(value, renamed);
  }
  return (value) => rewriteReferences(value, renamed) as JsonObject;
}

function rewriteReferences(value: JsonValue, renamed: ReadonlyMap<string, string>): JsonValue {
  if (Array.isArray(value)) return value.map((item) => rewriteReferences(item as JsonValue, renamed));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === '$ref' && typeof member === 'string'
        ? (renamed.get(member) ?? member)
        : rewriteReferences(member, renamed),
    ]),
  );
}

/** Components that something public refers to, directly or through another component. */
function onlyUsed(components: Sections, paths: JsonObject, frame: Frame): JsonObject {
  const used = new Set<string>();
  const visit = (value: JsonValue): void => {
    for (const reference of referencesIn(value)) {
      if (used.has(reference)) continue;
      used.add(reference);
      const [section = '', name = ''] = reference.split('/').slice(2);
      visit(components[section]?.[name] ?? null);
    }
  };
  visit(paths);
  return Object.fromEntries(
    Object.entries(components).map(([section, entries]) => [
      section,
      Object.fromEntries(
        Object.entries(entries)
          .filter(
            ([name]) => used.has(`#/components/${section}/${name}`) || frame.components[section]?.[name] !== undefined,
          )
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    ]),
  );
}

function referencesIn(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(item as JsonValue));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === '$ref' && typeof member === 'string' ? [member] : referencesIn(member),
  );
}

/** The member as an object; an empty one when it is something else. */
export function objectAt(value: JsonObject, key: string): JsonObject {
  const member = value[key];
  return isObject(member) ? member : {};
}

/** Narrows to a JSON object. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
