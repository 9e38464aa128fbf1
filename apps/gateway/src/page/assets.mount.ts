import { fileURLToPath } from 'node:url';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { rawRoute } from '@hetao/runtime';

// `src` and `dist` lie side by side, so the same steps lead to `public` from both.
const PUBLIC_FOLDER = fileURLToPath(new URL('../../public/', import.meta.url));
/** Swagger UI's own files, as npm brought them. */
const SWAGGER_FOLDER = fileURLToPath(new URL('./', import.meta.resolve('swagger-ui-dist/package.json')));

/** Every file that can be had, and where it lies: a list, so that no path trick leads anywhere else. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['icon.svg', PUBLIC_FOLDER],
  ['site.css', PUBLIC_FOLDER],
  ['site.js', PUBLIC_FOLDER],
  ['home.js', PUBLIC_FOLDER],
  ['passkey.js', PUBLIC_FOLDER],
  ['docs.js', PUBLIC_FOLDER],
  ['docs.css', PUBLIC_FOLDER],
  ['swagger-ui.css', SWAGGER_FOLDER],
  ['swagger-ui-bundle.js', SWAGGER_FOLDER],
]);

const ONE_HOUR_MS = 3_600_000;

/** Serves our own style sheet and scripts, and the documentation's, from this machine alone. */
export async function mountAssets(fastify: FastifyInstance): Promise<void> {
  await fastify.register(files, { root: PUBLIC_FOLDER, serve: false });
  fastify.get('/assets/:name', { config: rawRoute.public }, (request, reply) => {
    const { name } = request.params as { readonly name: string };
    const folder = FILES.get(name);
    if (folder === undefined) return reply.callNotFound();
    return reply.sendFile(name, folder, { maxAge: ONE_HOUR_MS });
  });
}
