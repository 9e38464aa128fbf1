import { deterministicId } from '@hetao/kernel';
import type { Random } from '../random.js';

/** A usage event before it is written as a CloudEvent. */
export interface UsageToSend {
  readonly merchantId: string;
  readonly agreementId: string;
  readonly source: string;
  readonly id: string;
  readonly timeMs: number;
  readonly meters: Readonly<Record<string, number>>;
}

/** A request: events of one merchant. */
export interface UsageBatch {
  readonly merchantId: string;
  readonly events: readonly UsageToSend[];
  /** How many of its events say something else than what was sent under their ids before. */
  readonly conflicting: number;
}

const MERCHANTS = 4;
const AGREEMENTS_A_MERCHANT = 3;
const FROM_MS = Date.parse('2026-02-01T00:00:00Z');
const DAYS = 3;
const MS_PER_DAY = 86_400_000;
const MOST_EVENTS = 200;
/** So many old batches are kept to be sent again. */
const REMEMBERED = 300;

export const agreements = Array.from({ length: MERCHANTS * AGREEMENTS_A_MERCHANT }, (_, index) => ({
  agreementId: deterministicId('agr', 'chaos', String(index)),
  merchantId: `org_merchant${index % MERCHANTS}`,
}));

/** Invents batches: mostly new usage, some of it sent before, some under an id that is taken. */
export class UsageMaker {
  readonly #answered: UsageBatch[] = [];
  #made = 0;

  constructor(private readonly random: Random) {}

  /** The next batch to send. */
  next(): UsageBatch {
    const { random } = this;
    const old = random.pick(this.#answered);
    if (old && random.percent(15)) return { ...old, events: random.shuffled(old.events) };
    const merchantId = old && random.percent(20) ? old.merchantId : `org_merchant${random.between(0, MERCHANTS - 1)}`;
    const fresh = Array.from({ length: random.between(1, MOST_EVENTS) }, () => this.#event(merchantId));
    const taken = old?.merchantId === merchantId ? old.events.slice(0, random.between(0, 20)) : [];
    const isOther = random.percent(50);
    const repeated = isOther ? taken.map((event) => ({ ...event, timeMs: event.timeMs + 1 })) : taken;
    return {
      merchantId,
      events: random.shuffled([...fresh, ...repeated]),
      conflicting: isOther ? taken.length : 0,
    };
  }

  /** A batch was answered, so it is durable: it may be sent again, and its ids are taken. */
  answered(batch: UsageBatch): void {
    if (batch.conflicting > 0) return;
    if (this.#answered.length < REMEMBERED) this.#answered.push(batch);
    else this.#answered[this.random.between(0, REMEMBERED - 1)] = batch;
  }

  #event(merchantId: string): UsageToSend {
    const { random } = this;
    const own = agreements.filter((agreement) => agreement.merchantId === merchantId);
    this.#made += 1;
    return {
      merchantId,
      agreementId: random.pick(own)?.agreementId ?? '',
      source: `/chaos/${merchantId}/${random.between(1, 3)}`,
      id: `e-${this.#made}`,
      timeMs: FROM_MS + random.between(0, DAYS * MS_PER_DAY - 1),
      meters: random.percent(70) ? { calls: 1, bytes: random.between(0, 1_000_000) } : { calls: random.between(1, 9) },
    };
  }
}

/** The batch as CloudEvents. */
export function bodyOf({ events }: UsageBatch): string {
  return JSON.stringify(
    events.map(({ source, id, agreementId, timeMs, meters }) => ({
      specversion: '1.0',
      id,
      source,
      type: 'hetao.usage.recorded',
      subject: agreementId,
      time: new Date(timeMs).toISOString(),
      data: { meters: Object.fromEntries(Object.entries(meters).map(([meter, value]) => [meter, String(value)])) },
    })),
  );
}
