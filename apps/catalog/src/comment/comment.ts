import type { JsonValue } from '@hetao/kernel';

/** A reviewer's word on one place of what he reviews, and the answer to it. Times are instants (UTC). */
export interface ReviewComment {
  readonly id: string;
  /** The product or the participant. */
  readonly aggregateId: string;
  /** RFC 6901, into the aggregate as the API shows it. */
  readonly pointer: string;
  readonly text: string;
  readonly writtenBy: string;
  readonly writtenAt: Date;
  readonly answer: string | null;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
}

/** True when the pointer (RFC 6901) leads to a place in the document: a comment beside nothing helps nobody. */
export function leadsSomewhere(pointer: string, document: JsonValue): boolean {
  if (pointer === '') return true;
  if (!pointer.startsWith('/')) return false;
  let place: JsonValue | undefined = document;
  for (const token of pointer.slice(1).split('/')) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    place = step(place, name);
    if (place === undefined) return false;
  }
  return true;
}

function step(place: JsonValue | undefined, name: string): JsonValue | undefined {
  if (Array.isArray(place))
    return /^(0|[1-9][0-9]{0,6})$/.test(name) ? (place as JsonValue[])[Number(name)] : undefined;
  if (typeof place !== 'object' || place === null || !Object.hasOwn(place, name)) return undefined;
  return (place as Readonly<Record<string, JsonValue>>)[name];
}
