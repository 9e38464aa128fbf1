import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { request, type Agent } from 'undici';
import type { Clock } from '@hetao/kernel';
import { CLOCK, guardedAgent, SERVICE_CONFIG } from '@hetao/runtime';
import type { GatewayConfig } from '../gateway.config.js';
import { openText } from '../gateway.secrets.js';
import { signedHeaders } from './webhook.signature.js';
import { judgeAttempt, type Attempt } from './webhook.js';
import { WebhookQueue, type AttemptRecord, type DueDelivery } from './webhook.queue.js';

const TIMEOUT_MS = 20_000;
/** Enough of an answer to see what the receiver complained of. */
const ANSWER_BYTES = 1_024;

type Tried = { readonly attempt: Attempt; readonly answer: string | null };

/** Sends one message to one endpoint, once, and writes down how it ended. */
@Injectable()
export class PostWebhook implements OnApplicationShutdown {
  readonly #queue: WebhookQueue;
  readonly #config: GatewayConfig;
  readonly #clock: Clock;
  readonly #agent: Agent;
  readonly #stop = new AbortController();

  constructor(queue: WebhookQueue, @Inject(SERVICE_CONFIG) config: GatewayConfig, @Inject(CLOCK) clock: Clock) {
    this.#queue = queue;
    this.#config = config;
    this.#clock = clock;
    const bounds = { connectMs: 5_000, headersMs: TIMEOUT_MS, silenceMs: TIMEOUT_MS, connections: 8 };
    this.#agent = guardedAgent({ privateAllowed: config.DELIVERY_PRIVATE_UPSTREAMS, ...bounds });
  }

  async execute(delivery: DueDelivery): Promise<void> {
    const at = this.#clock.now();
    const began = performance.now();
    const { attempt, answer } = await this.#try(delivery, at);
    const durationMs = Math.round(performance.now() - began);
    // Cut off by our own stop: it says nothing of the receiver, and the lease brings the message back.
    if (attempt.kind === 'failed' && this.#stop.signal.aborted) return;
    const chance = Math.random();
    const { attempts, failingSince } = delivery;
    const verdict = judgeAttempt(attempt, { attempts, failingSince, at, chance });
    const record: AttemptRecord = {
      at,
      durationMs,
      status: attempt.kind === 'answered' ? attempt.status : null,
      fault: attempt.kind === 'failed' ? attempt.reason : null,
      answer,
    };
    await this.#queue.end(delivery, verdict, record);
  }

  /** Gives up what is still unanswered. */
  stop(): void {
    this.#stop.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#agent.destroy();
  }

  async #try(delivery: DueDelivery, at: Date): Promise<Tried> {
    try {
      const headers = signedHeaders(
        { id: delivery.messageId, at, body: delivery.body },
        await this.#secrets(delivery, at),
      );
      const answer = await request(delivery.url, {
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/json',
          'user-agent': 'hetao-exchange-webhooks/1',
          'hetao-delivery': delivery.id,
          'hetao-sequence': delivery.sequence,
        },
        body: delivery.body,
        dispatcher: this.#agent,
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      const wait = answer.headers['retry-after'];
      const retry = retryAfterMs(Array.isArray(wait) ? wait[0] : wait, at);
      const attempt: Attempt = { kind: 'answered', status: answer.statusCode, retryAfterMs: retry };
      return { attempt, answer: await beginningOf(answer.body) };
    } catch (error) {
      return { attempt: { kind: 'failed', reason: reasonOf(error) }, answer: null };
    }
  }

  async #secrets({ secretSealed, previousSealed, rollsUntil }: DueDelivery, at: Date): Promise<string[]> {
    const overlaps = previousSealed !== null && rollsUntil !== null && at.getTime() < rollsUntil.getTime();
    const sealed = overlaps ? [secretSealed, previousSealed] : [secretSealed];
    return Promise.all(sealed.map((text) => openText('webhook-secrets', this.#config.SESSION_SECRET, text)));
  }
}

/** A bound of bytes and of nothing else: what comes later is not waited for. Text that PostgreSQL can keep. */
async function beginningOf(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of body) {
      parts.push(part);
      size += part.byteLength;
      if (size >= ANSWER_BYTES) break;
    }
  } catch {
    // The status is what counts; an answer that breaks off is kept as far as it came.
  } finally {
    body.destroy();
  }
  return Buffer.concat(parts).subarray(0, ANSWER_BYTES).toString('utf8').replaceAll('\0', '\uFFFD');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`;
  return error.message.slice(0, 500);
}

/** `Retry-After` (RFC 9110 10.2.3) in ms from `at`: seconds or a date; null where it says neither. */
function retryAfterMs(header: string | undefined, at: Date): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - at.getTime());
}
