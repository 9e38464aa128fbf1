import httpProxy from '@fastify/http-proxy';
import fastify from 'fastify';

// The baseline: the same plugin on the same server, and nothing of what a door is for.
const app = fastify({ logger: false });
await app.register(httpProxy, {
  upstream: process.argv[2] ?? '',
  prefix: '/v1',
  rewritePrefix: '/v1',
  undici: { connections: 16_384, bodyTimeout: 0 },
});
process.send?.({ url: await app.listen({ port: 0, host: '127.0.0.1' }) });
process.on('message', () => process.send?.(process.memoryUsage()));
