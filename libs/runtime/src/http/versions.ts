import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainException } from '@hetao/kernel';
import { httpErrors } from './http.errors.js';

/** The strong ETag (RFC 9110 8.8.3) of a row's version: `"v3"`. Set it with `reply.header('etag', etagOf(row.version))`. */
export function etagOf(version: number): string {
  return `"v${version}"`;
}

/**
 * Injects the version a client says it changes: `@IfMatch() expected: number`. 428 when it does not say (RFC 6585),
 * 400 when what it says is no ETag of ours. Compare it with {@link assertVersion}.
 */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number =>
  versionIn(context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']),
);

/** Reads an If-Match header; see {@link IfMatch}. Weak tags never match (RFC 9110 13.1.1). */
export function versionIn(header: string | undefined): number {
  if (header === undefined || header.trim() === '') {
    throw new DomainException(httpErrors.IF_MATCH_MISSING('The header If-Match is missing.'));
  }
  const version = /^"v(\d{1,15})"$/.exec(header.trim())?.[1];
  if (version === undefined)
    throw new DomainException(httpErrors.IF_MATCH_MALFORMED('If-Match holds no ETag of this API.'));
  return Number(version);
}

/** @throws DomainException VERSION_STALE (412) when the resource has moved on since the client read it. */
export function assertVersion(expected: number, actual: number): void {
  if (expected === actual) return;
  throw new DomainException(
    httpErrors.VERSION_STALE(`The request changes ${etagOf(expected)}, but the resource is at ${etagOf(actual)}.`, {
      meta: { expected: etagOf(expected), actual: etagOf(actual) },
    }),
  );
}
