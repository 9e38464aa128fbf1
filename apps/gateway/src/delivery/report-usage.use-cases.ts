import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Clock } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { CLOCK, DATABASE, LOGGER } from '@hetao/runtime';
import { ServiceClient, systemMeter } from '../routing/service.client.js';
import { callAwaitsReport } from './delivery.repository.js';

const BATCH = 500;

interface EndedCall {
  readonly id: string;
  readonly agreementId: string;
  readonly meters: readonly string[];
  readonly bytesOut: string;
  readonly endedAt: Date;
}

/** What is read of metering's answer. */
const reportDto = z.object({
  items: z.array(z.object({ index: z.int(), status: z.string(), code: z.string().optional() })),
});
type ReportItem = z.output<typeof reportDto>['items'][number];

const ENDED = `SELECT id, agreement_id AS "agreementId", meters, bytes_out AS "bytesOut", ended_at AS "endedAt"
  FROM delivery_calls WHERE ${callAwaitsReport} ORDER BY id LIMIT $1`;
const REPORTED = `UPDATE delivery_calls SET reported_at = $2, report_fault = fault.code
  FROM unnest($1::text[], $3::text[]) AS fault (call_id, code) WHERE id = fault.call_id`;

/**
 * Tells metering of every call that was delivered: the gateway's own count, beside whatever the merchant reports. The
 * call's id is the event's, so telling twice after a crash counts once.
 */
@Injectable()
export class ReportUsage {
  readonly #database: Database;
  readonly #services: ServiceClient;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor(
    services: ServiceClient,
    @Inject(DATABASE) database: Database,
    @Inject(CLOCK) clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#database = database;
    this.#services = services;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** One batch. What metering did not take in time waits for the next turn. */
  async execute(): Promise<void> {
    const calls = await this.#database.withClient(
      async (client) => (await client.query<EndedCall>(ENDED, [BATCH])).rows,
    );
    if (calls.length === 0) return;
    const items = await this.#tell(calls);
    const faults = new Map(
      items
        .filter(({ status }) => status === 'rejected' || status === 'conflict')
        .map(({ index, code }) => [calls[index]?.id, code ?? 'UNKNOWN']),
    );
    if (faults.size > 0) this.#logger.error({ faults: [...faults] }, 'Metering refused calls that were delivered');
    await this.#database.withClient((client) =>
      client.query(REPORTED, [
        calls.map(({ id }) => id),
        this.#clock.now(),
        calls.map(({ id }) => faults.get(id) ?? null),
      ]),
    );
  }

  async #tell(calls: readonly EndedCall[]): Promise<readonly ReportItem[]> {
    const batch = { json: calls.map(toUsageEvent), mediaType: 'application/cloudevents-batch+json' };
    const answer = await this.#services.post('metering', '/v1/usage/events', batch, systemMeter);
    if (!answer.ok) throw new Error(answer.error.detail);
    const report = reportDto.safeParse(answer.value.body);
    if (!report.success) throw new Error(`Metering answered ${answer.value.status} to a report of calls.`);
    return report.data.items;
  }
}

/** A call as a usage event; only what the licence meters is said. */
function toUsageEvent({ id, agreementId, meters, bytesOut, endedAt }: EndedCall) {
  const counted = Object.entries({ calls: '1', bytes: bytesOut }).filter(([meter]) => meters.includes(meter));
  return {
    specversion: '1.0',
    id,
    source: 'hetao/gateway',
    type: 'hetao.usage.recorded',
    subject: agreementId,
    time: endedAt.toISOString(),
    data: { meters: Object.fromEntries(counted) },
  };
}
