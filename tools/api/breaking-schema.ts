import type { ApiDocument, JsonSchema } from './operations.js';

/** Where two schemas stand, and who has to keep to them. */
export interface SchemaSide {
  readonly released: Pick<ApiDocument, 'components'>;
  readonly current: Pick<ApiDocument, 'components'>;
  /** `asked`: what clients send, which must not have to be more. `answered`: what they read, which must not become less. */
  readonly side: 'asked' | 'answered';
  readonly at: string;
}

interface Walk extends SchemaSide {
  /** Pairs of references on the way here: a schema may hold itself. */
  readonly within: readonly string[];
}

/** Bounds that must not become tighter for what is sent: keyword and the direction in which it loosens. */
const BOUNDS = { maxLength: 1, maximum: 1, maxItems: 1, minLength: -1, minimum: -1, minItems: -1 } as const;

/**
 * What a schema no longer accepts (`asked`) or no longer promises (`answered`). Patterns and formats are not compared: two
 * of them may mean the same.
 *
 * @returns one sentence each
 */
export function breaksInSchema(
  before: JsonSchema | undefined,
  after: JsonSchema | undefined,
  side: SchemaSide,
): string[] {
  return compare(before ?? {}, after ?? {}, { ...side, within: [] });
}

function compare(before: JsonSchema, after: JsonSchema, walk: Walk): string[] {
  if (before.$ref !== undefined || after.$ref !== undefined) {
    const pair = `${before.$ref} ${after.$ref}`;
    if (walk.within.includes(pair)) return [];
    const within = [...walk.within, pair];
    return compare(resolved(before, walk.released), resolved(after, walk.current), { ...walk, within });
  }
  const variants = { before: variantsOf(before), after: variantsOf(after) };
  if (variants.before.length > 1 || variants.after.length > 1) return breaksInVariants(variants, walk);
  const [one = before, other = after] = [variants.before[0], variants.after[0]];
  return [
    ...breaksInTypes(one, other, walk),
    ...breaksInValues(one, other, walk),
    ...breaksInMembers(one, other, walk),
    ...(one.items && other.items ? compare(one.items, other.items, { ...walk, at: `${walk.at}[]` }) : []),
  ];
}

function resolved(schema: JsonSchema, { components }: Pick<ApiDocument, 'components'>): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (components.schemas[name] ?? {});
}

/** The alternatives of a schema; a list of types is as many alternatives. */
function variantsOf(schema: JsonSchema): readonly JsonSchema[] {
  const listed = schema.anyOf ?? schema.oneOf;
  if (listed !== undefined) return listed;
  if (typeof schema.type === 'object') return schema.type.map((type) => ({ ...schema, type }));
  return [schema];
}

/** Each alternative that was sent must still be taken by one; each that is answered must be one that was promised. */
function breaksInVariants(
  { before, after }: { readonly before: readonly JsonSchema[]; readonly after: readonly JsonSchema[] },
  walk: Walk,
): string[] {
  const asked = walk.side === 'asked';
  const homeless = (asked ? before : after).filter((variant) =>
    (asked ? after : before).every((home) => compare(asked ? variant : home, asked ? home : variant, walk).length > 0),
  );
  const what = asked ? 'alternatives are no longer taken' : 'alternatives are new in the answer';
  return homeless.length === 0 ? [] : [`${walk.at}: ${homeless.length} of its ${what}.`];
}

function breaksInTypes(before: JsonSchema, after: JsonSchema, { side, at }: Walk): string[] {
  const [narrow, wide] = side === 'asked' ? [before.type, after.type] : [after.type, before.type];
  const fits = wide === undefined || narrow === wide || (narrow === 'integer' && wide === 'number');
  return fits ? [] : [`${at} was ${typeName(before)}, and is ${typeName(after)}.`];
}

function typeName({ type }: JsonSchema): string {
  return typeof type === 'string' ? type : 'anything';
}

function breaksInValues(before: JsonSchema, after: JsonSchema, { side, at }: Walk): string[] {
  // Answers may say something new: whoever reads a list of names has to expect one more.
  if (side === 'answered') return [];
  const faults = [];
  const allowed = valuesOf(after);
  const lost = (valuesOf(before) ?? []).filter((value) => allowed !== undefined && !allowed.includes(value));
  if (lost.length > 0) faults.push(`${at} no longer takes ${lost.map((value) => JSON.stringify(value)).join(', ')}.`);
  if (valuesOf(before) === undefined && allowed !== undefined) faults.push(`${at} takes certain values only.`);
  for (const [keyword, direction] of Object.entries(BOUNDS)) {
    const [was, is] = [before[keyword], after[keyword]];
    if (typeof is !== 'number') continue;
    if (typeof was !== 'number' || (is - was) * direction < 0) faults.push(`${at} has ${keyword} ${is} now.`);
  }
  return faults;
}

function valuesOf(schema: JsonSchema): readonly unknown[] | undefined {
  return schema.enum ?? ('const' in schema ? [schema.const] : undefined);
}

function breaksInMembers(before: JsonSchema, after: JsonSchema, walk: Walk): string[] {
  const { properties: had = {}, required: needed = [] } = before;
  const { properties: has = {}, required: needs = [] } = after;
  const faults: string[] = [];
  for (const [name, member] of Object.entries(had)) {
    const at = `${walk.at}.${name}`;
    const successor = has[name];
    if (successor !== undefined) faults.push(...compare(member, successor, { ...walk, at }));
    else if (walk.side === 'answered' || after.additionalProperties === false) faults.push(`${at} is gone.`);
    if (walk.side === 'answered' && successor !== undefined && needed.includes(name) && !needs.includes(name)) {
      faults.push(`${at} may be missing now.`);
    }
  }
  if (walk.side === 'asked') {
    const demanded = needs.filter((name) => !needed.includes(name));
    faults.push(...demanded.map((name) => `${walk.at}.${name} is required now.`));
  }
  return faults;
}
