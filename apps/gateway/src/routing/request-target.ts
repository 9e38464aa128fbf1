import { err, ok, type Result } from '@hetao/kernel';
import { routingErrors, type RoutingError } from './routing.errors.js';

/** Path and query of a request, as sent: nothing decoded, nothing resolved. */
export interface RequestTarget {
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
}

/** Longer than any address of the exchange; shorter than what proxies start to cut. In characters. */
export const maxTargetLength = 4096;

/** RFC 3986 3.3 pchar without `;`: path parameters are the classic way to smuggle `..;/` past a prefix check. */
const PATH = /^(?:\/(?:[A-Za-z0-9\-._~!$&'()*+,=:@]|%[0-9A-Fa-f]{2})*)+$/;
/** RFC 3986 3.4, and `[]|"` which browsers send as they are. */
const QUERY = /^\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?[\]|"^`{}]|%[0-9A-Fa-f]{2})*$/;
/** `.` `/` `\` `%` `;` and NUL, encoded: two readers of one path would disagree about what it names. */
const ENCODED_TRICK = /%(?:2e|2f|5c|25|3b|00)/i;

/** Bytes that are no text are read by everybody in his own way. */
function isText(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Accepts only targets that every reader on the way understands the same: origin form (RFC 9112 3.2.1), no dot or
 * empty segments, nothing encoded that has a meaning in a path. Routing by prefix is safe after this and only after.
 */
export function checkTarget(rawUrl: string): Result<RequestTarget, RoutingError> {
  const refuse = (what: string) => err(routingErrors.REQUEST_TARGET_INVALID(what));
  if (rawUrl.length > maxTargetLength) {
    return refuse(`The address has ${rawUrl.length} characters; at most ${maxTargetLength} are taken.`);
  }
  const mark = rawUrl.indexOf('?');
  const path = mark === -1 ? rawUrl : rawUrl.slice(0, mark);
  const query = mark === -1 ? '' : rawUrl.slice(mark);
  if (!path.startsWith('/')) return refuse('The address must start with a slash; absolute addresses are not proxied.');
  if (path.includes('//')) return refuse('The path holds an empty segment ("//").');
  if (ENCODED_TRICK.test(path)) return refuse('The path holds an encoded ".", "/", "\\", "%", ";" or NUL.');
  if (!PATH.test(path)) return refuse('The path holds a character that must be percent-encoded, or a broken encoding.');
  if (!isText(path)) return refuse('The path holds encoded bytes that are no UTF-8.');
  if (path.split('/').some((segment) => segment === '.' || segment === '..')) {
    return refuse('The path holds a dot segment ("." or "..").');
  }
  if (query !== '' && !QUERY.test(query)) {
    return refuse('The query holds a character that must be percent-encoded, or a broken encoding.');
  }
  return ok({ path, query });
}
