import { createEmbeddedTransport, type Transport } from '@hetao/messaging';
import { callerToken, emptyDatabase, testCallerKeys, type EmptyDatabase, type TestCaller } from '@hetao/testing';
import { CALLER_HEADER, startService, type RunningService, type StartOptions } from '../src/index.js';
import { notesService } from './notes/notes.definition.js';

export type NotesOptions = Partial<StartOptions<typeof notesService.config>>;

export const merchant: TestCaller = { personas: ['merchant'], organisationId: 'org_lingnan' };
export const buyer: TestCaller = { personas: ['buyer'], organisationId: 'org_hkhealth' };

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // A spec looks into whatever came back; what it expects there is its assertion.
  readonly body: any;
}

export interface SentRequest {
  readonly as?: TestCaller;
  readonly token?: string;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A running notes service with a database of its own. */
export interface RunningNotes {
  readonly service: RunningService;
  readonly databaseUrl: string;
  send(method: string, path: string, request?: SentRequest): Promise<Answer>;
  stop(): Promise<void>;
}

export async function startNotes(options: NotesOptions = {}): Promise<RunningNotes> {
  const database: EmptyDatabase = await emptyDatabase();
  const transport: Transport = createEmbeddedTransport({});
  const { publicKeys } = await testCallerKeys();
  const service = await startService(notesService, {
    databaseUrl: database.url,
    transport,
    callerKeys: publicKeys,
    ...options,
  });
  return {
    service,
    databaseUrl: database.url,
    send: (method, path, request) => send(service.url, method, path, request),
    stop: async () => {
      await service.stop();
      await transport.close();
      await database.drop();
    },
  };
}

/** Sends one request; a JSON body is parsed, anything else left as text. */
export async function send(base: string, method: string, path: string, request: SentRequest = {}): Promise<Answer> {
  const token = request.as === undefined ? request.token : await callerToken(request.as);
  const body = request.json === undefined ? request.text : JSON.stringify(request.json);
  const response = await fetch(`${base}${path}`, {
    method,
    ...(body === undefined ? {} : { body }),
    headers: {
      ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { [CALLER_HEADER]: token }),
      ...request.headers,
    },
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}
