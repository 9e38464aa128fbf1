import { Inject, Injectable } from '@nestjs/common';
import { type Clock, err, ok, type Result } from '@hetao/kernel';
import { type Database } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import { splitBody } from '../ingestion/event-body.js';
import { readUsageEvent, type UsageEvent, usageEventType } from '../ingestion/usage-event.js';
import { parseInstant } from '../window/instant.js';
import { readPersons } from '../persons/persons.js';
import type { CorrectionItem } from './correction.js';
import type { NewCorrection } from './correction.dto.js';
import { correctionErrors, type CorrectionError } from './correction.errors.js';

type NewItem = NewCorrection['items'][number];

/** Reads what events are replaced with by the rules of ingestion: what could not have been sent cannot be put in. */
@Injectable()
export class ReadCorrectionItems {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DATABASE) private readonly database: Database,
  ) {}

  async execute({
    agreement_id: agreementId,
    items,
  }: NewCorrection): Promise<Result<readonly CorrectionItem[], CorrectionError>> {
    const meters = await this.#meters(agreementId);
    const read: CorrectionItem[] = [];
    for (const [at, item] of items.entries()) {
      const { action, source, event_id: eventId, sender_id: senderId = null } = item;
      const eventTimeMs = item.event_time === undefined ? null : (parseInstant(item.event_time) ?? null);
      const key = { action, source, eventId, senderId, eventTimeMs };
      if (action === 'void') {
        read.push({ ...key, timeMs: null, data: null });
        continue;
      }
      const replacement = this.#read(agreementId, item, meters);
      if (typeof replacement === 'string') {
        const pointer = `/items/${at}`;
        return err(correctionErrors.CORRECTION_ITEM_INVALID(`"${eventId}": ${replacement}`, { pointer }));
      }
      read.push({ ...key, timeMs: replacement.timeMs, data: replacement.data });
    }
    return ok(read);
  }

  #read(agreementId: string, item: NewItem & { action: 'replace' }, meters: ReadonlySet<string>): UsageEvent | string {
    const event = {
      specversion: '1.0',
      id: item.event_id,
      source: item.source,
      type: usageEventType,
      subject: agreementId,
      time: item.time,
      data: item.data,
    };
    const slices = splitBody(new TextEncoder().encode(JSON.stringify(event)), 'single');
    const [slice] = slices.ok ? slices.value : [];
    if (!slice) return 'The replacement cannot be read.';
    const usage = readUsageEvent(slice, this.clock.now().getTime());
    if (!usage.ok) return usage.error.error.detail;
    const unknown = usage.value.quantities.find(({ meter }) => !meters.has(meter));
    if (unknown) return `The agreement does not count "${unknown.meter}".`;
    const persons = readPersons(usage.value.data);
    return persons.ok ? usage.value : persons.error.detail;
  }

  async #meters(agreementId: string): Promise<ReadonlySet<string>> {
    const { rows } = await this.database.withClient((client) =>
      client.query<{ meter: string }>(
        'SELECT DISTINCT unnest(meters) AS meter FROM entitlements WHERE agreement_id = $1',
        [agreementId],
      ),
    );
    return new Set(rows.map((row) => row.meter));
  }
}
