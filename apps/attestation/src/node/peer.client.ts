import { DomainException } from '@hetao/kernel';
import { traceHeaders } from '@hetao/runtime';
import { nodeErrors } from './node.errors.js';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 64 * 1024;
const HASH = /^[0-9a-f]{64}$/;

/** The other node's log as anybody sees it over HTTP; what it answers is not believed, only carried. */
export class PeerClient {
  constructor(private readonly url: string) {}

  checkpoint(): Promise<string> {
    return this.#text('/v1/attestation-log/checkpoint');
  }

  async proof(from: number, to: number): Promise<readonly string[]> {
    const text = await this.#text(`/v1/attestation-log/consistency?from=${from}&to=${to}`);
    const path: unknown = (safeJson(text) as { path?: unknown } | undefined)?.path;
    if (Array.isArray(path) && path.every((hash) => typeof hash === 'string' && HASH.test(hash)))
      return path as string[];
    throw this.#unreachable('its consistency proof is none');
  }

  /** What the other node last saw of our log, with its signature; nothing while it has seen nothing. */
  sighting(): Promise<string | undefined> {
    return this.#text('/v1/attestation-witness/checkpoint', true);
  }

  async #text(path: string, optional: true): Promise<string | undefined>;
  async #text(path: string): Promise<string>;
  async #text(path: string, optional = false): Promise<string | undefined> {
    const answer = await fetch(new URL(path, this.url), {
      headers: traceHeaders(),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw this.#unreachable('it could not be asked', cause);
    });
    if (optional && answer.status === 404) return undefined;
    if (!answer.ok) throw this.#unreachable(`it answered ${answer.status} to ${path}`);
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of answer.body ?? []) {
      bytes += part.length;
      if (bytes > MAX_BYTES) throw this.#unreachable(`its answer to ${path} has no end`);
      parts.push(part);
    }
    return Buffer.concat(parts).toString('utf8');
  }

  #unreachable(why: string, cause?: unknown): DomainException {
    return new DomainException(nodeErrors.PEER_UNREACHABLE(`The node at ${this.url}: ${why}.`), { cause });
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
