import type { Frame } from './openapi-merge.js';

const problem = {
  type: 'object',
  description: 'What went wrong, where, and how to mend it (RFC 9457)',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'fix', 'trace_id'],
  properties: {
    type: { type: 'string', description: 'Address of the page about this code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What went wrong this time' },
    instance: { type: 'string', description: 'Path of the request' },
    code: { type: 'string', description: 'What to switch on; never translated' },
    fix: { type: 'string', description: 'How to mend it' },
    trace_id: { type: 'string', description: 'Tell it to the operator to find the request in logs and traces' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: { type: 'string', description: 'JSON Pointer (RFC 6901) into what was sent' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
    meta: { type: 'object' },
  },
} as const;

const problemBody = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } as const;
const text = { type: 'string' } as const;

const headers = {
  RateLimit: { description: 'What is left of the limit that will stop you first', schema: text },
  RateLimitPolicy: { description: 'Every limit that counts you', schema: text },
  RetryAfter: { description: 'Seconds to wait', schema: { type: 'integer' } },
  WwwAuthenticate: { description: 'What was wrong with the credentials (RFC 6750)', schema: text },
} as const;

const responses = {
  Unauthenticated: {
    description: 'Nobody we know, or not any more',
    headers: { 'WWW-Authenticate': { $ref: '#/components/headers/WwwAuthenticate' } },
    content: problemBody,
  },
  Forbidden: { description: 'Known, but not allowed to do this', content: problemBody },
  TooManyRequests: {
    description: 'A limit is reached',
    headers: {
      'Retry-After': { $ref: '#/components/headers/RetryAfter' },
      RateLimit: { $ref: '#/components/headers/RateLimit' },
      'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
    },
    content: problemBody,
  },
  Unavailable: {
    description: 'The service behind this route is away for a moment',
    headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } },
    content: problemBody,
  },
  Problem: { description: 'Any other problem', content: problemBody },
} as const;

/** The door's own part of the public document. `publicUrl` is where people reach the exchange. */
export function openApiFrame(publicUrl: string, sessionCookie: string): Frame {
  return {
    head: {
      openapi: '3.1.0',
      info: {
        title: 'Hetao Exchange',
        version: '1',
        summary: 'The public API of the data and compute exchange of the Hetao Shenzhen–Hong Kong park',
        description:
          'JSON in snake_case; typed ids such as `prd_…`; money as decimal text with its currency; times in UTC. ' +
          'Lists come in pages: `limit`, `cursor`, `next_cursor`. Commands that move money or access ' +
          'require an `Idempotency-Key`, and other steps honour one: repeated with it within 24 hours, a command is ' +
          'answered as it was the first time (`Idempotency-Replayed: true`) and has its effect once. Every failure is a problem (RFC 9457) with a `code` that ' +
          'never changes and a `fix`.',
        license: { name: 'Proprietary', identifier: 'LicenseRef-Hetao-Exchange' },
      },
      servers: [{ url: publicUrl, description: 'This exchange' }],
    },
    tags: {
      catalog: 'Who takes part, and which data products they list.',
      contracts: 'Offers, access requests, agreements signed by both sides, and the entitlements that follow.',
      metering: 'Usage as it is reported, counted by the hour and closed by the month.',
      settlement: 'Charges, invoices, the ledger, bank statements, payouts, and the equation that closes a period.',
      customs: 'Which way data may cross a border: policy queries, declarations, clocks, releases.',
      attestation: 'Proof without the data: a log of hashes, consents, verifications, checkpoints.',
      sandbox: 'Data stays, compute travels: enclaves, jobs, sessions, and the review of what may leave.',
      gateway: 'Who is calling, members of organisations, and API keys.',
    },
    security: [{ apiKey: [] }, { session: [] }],
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'hx_live_… or hx_test_…',
          description: 'A key made with POST /v1/api-keys; its scopes say what it may do.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description: 'Of somebody signed in at /sign-in. Changes also need X-CSRF-Token, from GET /v1/me.',
        },
      },
      headers,
      schemas: { Problem: problem },
      responses,
    },
    responses: {
      '401': { $ref: '#/components/responses/Unauthenticated' },
      '403': { $ref: '#/components/responses/Forbidden' },
      '429': { $ref: '#/components/responses/TooManyRequests' },
      '503': { $ref: '#/components/responses/Unavailable' },
    },
    always: { default: { $ref: '#/components/responses/Problem' } },
  };
}
