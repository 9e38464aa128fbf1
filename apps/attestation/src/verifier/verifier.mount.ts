import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { languages, type Language } from '@hetao/kernel';
import { formatNoteKey, type NoteKey } from '@hetao/proofs';
import { rawRoute } from '@hetao/runtime';
import { browserModules, type BrowserModule } from './verifier.modules.js';
import { verifierPage } from './verifier.page.js';

export const VERIFIER = '/v1/attestation-log/verifier';
const STYLE = new URL('./verifier.css', import.meta.url);
/**
 * Nothing may be loaded but the page's own scripts and style, and nothing may be sent at all: the browser itself keeps
 * the promise that a file stays where it is.
 */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
const HOUR = 'public, max-age=3600';

/** A page that hashes and verifies in the browser, without a sign-in, and works on when the network is gone. */
export function mountVerifier(fastify: FastifyInstance, logKey: NoteKey): void {
  // Read at the first question: most processes never show the page.
  let loaded: Promise<ReadonlyMap<string, string>> | undefined;
  const modules = (): Promise<ReadonlyMap<string, string>> =>
    (loaded ??= browserModules(import.meta.resolve('@hetao/proofs/verifier-page')).then(byName));

  fastify.get(VERIFIER, { config: rawRoute.public }, async (request, reply) => {
    const [entry = ''] = (await modules()).keys();
    const { lang } = request.query as { readonly lang?: unknown };
    const html = verifierPage({ language: languageOf(lang), script: entry, logKey: formatNoteKey(logKey) });
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', POLICY)
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'no-cache')
      .send(html);
  });
  fastify.get(`${VERIFIER}/:name`, { config: rawRoute.public }, async (request, reply) => {
    const { name } = request.params as { readonly name: string };
    if (name === 'verifier.css') {
      return reply
        .header('content-type', 'text/css; charset=utf-8')
        .header('cache-control', HOUR)
        .send(await readFile(STYLE));
    }
    const text = (await modules()).get(name);
    if (text === undefined) {
      reply.callNotFound();
      return reply;
    }
    return reply
      .header('content-type', 'text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(text);
  });
}

function byName(modules: readonly BrowserModule[]): ReadonlyMap<string, string> {
  return new Map(modules.map(({ name, text }) => [name, text]));
}

function languageOf(asked: unknown): Language {
  return languages.find((language) => language === asked) ?? 'en';
}
