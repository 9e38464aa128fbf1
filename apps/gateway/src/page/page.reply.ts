import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '@hetao/kernel';
import { pickLanguage } from './language.js';

const LANGUAGE_COOKIE = 'hetao-language';
const ONE_YEAR_S = 31_536_000;

/** The reader's language: of the address, of last time, of the browser. What was asked for is remembered. */
export function languageOf(request: FastifyRequest, reply: FastifyReply): Language {
  const asked = queryValue(request, 'lang');
  const language = pickLanguage({
    asked,
    remembered: request.cookies[LANGUAGE_COOKIE],
    accepted: request.headers['accept-language'],
  });
  if (asked === language) {
    // Readable by scripts: it is no secret, and the portal's own switch of languages writes it.
    void reply.setCookie(LANGUAGE_COOKIE, language, { path: '/', sameSite: 'lax', maxAge: ONE_YEAR_S });
  }
  return language;
}

/** One value of the query; undefined when it is absent or given twice. */
export function queryValue(request: FastifyRequest, name: string): string | undefined {
  const value: unknown = (request.query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * Sends a page. `formTargets` are origins beside our own to which a form of the page may lead in the end: browsers
 * check the whole chain of redirects after a form was sent.
 */
export async function sendPage(
  reply: FastifyReply,
  page: string,
  options: { readonly status?: number; readonly formTargets?: readonly string[] } = {},
): Promise<void> {
  await reply
    .status(options.status ?? 200)
    .header('content-security-policy', contentSecurityPolicy(options.formTargets ?? []))
    .header('cache-control', 'no-store')
    .header('vary', 'accept-language, cookie')
    .type('text/html; charset=utf-8')
    .send(page);
}

/** Nothing from outside, nothing inline, no framing. */
export function contentSecurityPolicy(formTargets: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
