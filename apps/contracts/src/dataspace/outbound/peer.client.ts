import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { request, type Agent } from 'undici';
import { guardedAgent, PrivateAddressError, SERVICE_CONFIG, traceHeaders } from '@hetao/runtime';
import type { DataspaceConfig } from '../dataspace.config.js';
import { PEER_AUTH, type PeerAuth } from '../peer/peer-auth.js';
import { checkAddress, type Peer } from '../peer/peer.js';
import type { Attempt } from './delivery-rules.js';

const CONNECT_MS = 2_000;
const TOTAL_MS = 10_000;
const CONNECTIONS = 64;
/** Answers to messages are small; a larger one is cut off. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** One call to a peer. */
export interface PeerCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly message?: object;
  /** Largest answer read, in bytes. */
  readonly maxBytes?: number;
  readonly signal?: AbortSignal;
}

/** Calls peers: SSRF-safe, bounded in time and size, with their kind of authentication. */
@Injectable()
export class PeerClient implements OnApplicationShutdown {
  readonly #auth: PeerAuth;
  readonly #config: DataspaceConfig;
  readonly #agent: Agent;

  constructor(@Inject(PEER_AUTH) auth: PeerAuth, @Inject(SERVICE_CONFIG) config: DataspaceConfig) {
    this.#auth = auth;
    this.#config = config;
    this.#agent = guardedAgent({
      privateAllowed: config.DATASPACE_PRIVATE_PEERS,
      connectMs: CONNECT_MS,
      headersMs: TOTAL_MS,
      silenceMs: TOTAL_MS,
      connections: CONNECTIONS,
    });
  }

  /** As the peer knows us. Never throws: what went wrong is part of the outcome. */
  async call(peer: Peer, call: PeerCall): Promise<Attempt> {
    return this.#request(call, () => this.#auth.outgoing(peer));
  }

  /** As anybody: what a participant publishes for everybody. */
  read(url: string, maxBytes: number): Promise<Attempt> {
    return this.#request({ method: 'GET', url, maxBytes }, () => Promise.resolve(undefined));
  }

  async #request(
    { method, url, message, maxBytes = MAX_ANSWER_BYTES, signal }: PeerCall,
    authorize: () => Promise<string | undefined>,
  ): Promise<Attempt> {
    const address = checkAddress(url.split('?', 1)[0] ?? '', this.#config.DATASPACE_PRIVATE_PEERS);
    if (!address.ok) return { kind: 'forbidden', fault: address.error.detail };
    const inTime = AbortSignal.timeout(TOTAL_MS);
    try {
      const authorization = await authorize();
      const answer = await request(url, {
        method,
        body: message === undefined ? null : JSON.stringify(message),
        dispatcher: this.#agent,
        signal: signal === undefined ? inTime : AbortSignal.any([signal, inTime]),
        headers: {
          ...traceHeaders(),
          accept: 'application/json',
          ...(message === undefined ? {} : { 'content-type': 'application/json' }),
          ...(authorization === undefined ? {} : { authorization }),
        },
      });
      const link = [answer.headers['link'] ?? []].flat().join(', ');
      return { kind: 'answered', status: answer.statusCode, body: jsonOf(await textOf(answer.body, maxBytes)), link };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      if (cause instanceof PrivateAddressError) return { kind: 'forbidden', fault: cause.message };
      return { kind: 'unreachable', fault: `The peer could not be reached (${nameOf(cause)})` };
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#agent.destroy();
  }
}

/** Reads a body to its end or to the bound. */
async function textOf(body: Readable, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new Error(`The answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A peer may answer with nothing, or with anything. */
function jsonOf(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
