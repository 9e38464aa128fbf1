import { createEmbeddedTransport, type Transport } from '@hetao/messaging';
import { callerToken, emptyDatabase, testCallerKeys, type EmptyDatabase, type TestCaller } from '@hetao/testing';
import type { ErrorItem } from '@hetao/kernel';
import {
  CALLER_HEADER,
  createLogger,
  startService,
  type Page,
  type Problem,
  type RunningService,
  type StartOptions,
} from '../src/index.js';
import type { ReadinessReport } from '../src/observe/readiness.js';
import { notesService } from './notes/notes.definition.js';

export type NotesOptions = Partial<StartOptions<typeof notesService.config>>;

export const merchant: TestCaller = { personas: ['merchant'], organisationId: 'org_lingnan' };
export const buyer: TestCaller = { personas: ['buyer'], organisationId: 'org_hkhealth' };

interface Note {
  readonly id: string;
  readonly text: string;
  readonly organisation_id: string | null;
  readonly version: number;
}

/** Whatever the service answers with: which of these an answer has is what the specs are about. */
export interface AnswerBody extends Note, Problem, Page<Note>, ReadinessReport {
  readonly errors: readonly ErrorItem[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON. */
  readonly body: AnswerBody;
  /** As it came. */
  readonly text: string;
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

export async function startNotes(options: NotesOptions = {}, definition = notesService): Promise<RunningNotes> {
  const database: EmptyDatabase = await emptyDatabase();
  const transport: Transport = createEmbeddedTransport({});
  const { publicKeys } = await testCallerKeys();
  const service = await startService(definition, {
    databaseUrl: database.url,
    transport,
    callerKeys: publicKeys,
    // Specs that are about what is logged bring a logger that they can read.
    logger: createLogger({ service: 'notes', level: 'silent' }),
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
  const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '');
  const parsed = (isJson ? JSON.parse(text) : {}) as AnswerBody;
  return { status: response.status, headers: response.headers, body: parsed, text };
}
