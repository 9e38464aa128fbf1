import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Clock } from '@hetao/kernel';
import { eventually } from '@hetao/testing';
import { AgreementRepository } from '../src/agreement/agreement.repository.js';
import { FxClose } from '../src/fx/fx-close.book.js';
import { FxRepository } from '../src/fx/fx.repository.js';
import { CloseFactsQueries } from '../src/period/close-facts.queries.js';
import { CloseWork } from '../src/period/close-work.book.js';
import { FiguresQueries } from '../src/period/figures.queries.js';
import { PartyStatements } from '../src/party-statement/party-statements.book.js';
import { PeriodRepository } from '../src/period/period.repository.js';
import { ClosePeriod } from '../src/period/period.use-cases.js';
import { settlementConfig } from '../src/settlement.config.js';
import { RatingRepository } from '../src/rating/rating.repository.js';
import { RateUsage } from '../src/rating/rating.use-cases.js';
import { settlementService } from '../src/settlement.definition.js';
import { bankCredit, ledgerFixture, type LedgerFixture } from './ledger-fixture.js';
import { agreementOf, usageOf, type Deal } from './settlement-fixture.js';

const clock: Clock = { now: () => new Date('2015-06-10T08:00:00Z') };
const deal: Deal = { name: 'race', merchant: 'lingnan', buyer: 'harbour' };
const periods = new PeriodRepository();
const rateUsage = new RateUsage(new AgreementRepository(), new RatingRepository(), periods, clock);

let fixture: LedgerFixture;
beforeAll(async () => {
  fixture = await ledgerFixture(clock, settlementService.entities);
});
afterAll(() => fixture.close());

const sql = <R extends object>(text: string): Promise<R[]> =>
  fixture.database.withClient(async (client) => (await client.query<R>(text)).rows);

/** Runs work in a transaction that stays open until `release`. */
function held(work: Parameters<LedgerFixture['uow']['run']>[0]): {
  done: Promise<unknown>;
  ready: Promise<void>;
  release: () => void;
} {
  const ready = Promise.withResolvers<undefined>();
  const released = Promise.withResolvers<undefined>();
  const done = fixture.uow.run(async (tx) => {
    await work(tx);
    ready.resolve(undefined);
    await released.promise;
  });
  done.catch(ready.reject);
  return { done, ready: ready.promise, release: () => released.resolve(undefined) };
}

/** Resolves when the rival has either ended or is seen waiting for a lock: from then on nothing more happens by itself. */
async function endedOrWaiting(rival: Promise<unknown>): Promise<void> {
  let ended = false;
  const note = (): void => {
    ended = true;
  };
  rival.then(note, note);
  await eventually(async () => {
    const waiting = await sql(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    expect(ended || waiting.length > 0).toBe(true);
  });
}

describe('an agreement and its usage that commit at the same moment', () => {
  const { merchantId, buyerId, plan, ...terms } = agreementOf(deal);
  const dated = {
    effectiveFrom: new Date(terms.effectiveFrom),
    effectiveUntil: new Date(terms.effectiveUntil),
    concludedAt: new Date(terms.concludedAt),
  };
  const agreement = { ...terms, merchantId, buyerId, plan, ...dated, timeZone: null, endedAt: null };
  const { timeZone, ...told } = usageOf(deal);
  const usage = { ...told, closedAt: new Date(told.closedAt), state: 'waiting' as const };

  it('do not miss each other, so the usage is rated', async () => {
    const first = held((tx) => rateUsage.usagesClosed(tx, [{ usage, timeZone }]));
    await first.ready;
    const second = fixture.uow.run((tx) => rateUsage.agreementConcluded(tx, agreement));
    await endedOrWaiting(second);
    first.release();
    await Promise.all([first.done, second]);
    expect(await sql('SELECT state FROM usage_periods')).toEqual([{ state: 'rated' }]);
    expect(await sql('SELECT 1 FROM charges')).toHaveLength(3);
  });
});

describe('a close', () => {
  let close: ClosePeriod;
  beforeAll(() => {
    const fx = new FxClose(new FxRepository(), fixture.ledger, clock, settlementConfig.parse({}));
    const work = new CloseWork(
      new CloseFactsQueries(periods, new FiguresQueries(), fx),
      fx,
      new PartyStatements(clock),
    );
    close = new ClosePeriod(fixture.uow, periods, work, clock);
  });

  it('waits for a posting under way and then sees what it left', async () => {
    await fixture.uow.run(async (tx) => {
      await periods.begin(tx, '2015-04', 'UTC');
      await periods.complete(tx, { period: '2015-04', agreements: 0, closedAt: clock.now() });
    });
    const posting = bankCredit(5n, { period: '2015-04' });
    const first = held(async (tx) => {
      const posted = await fixture.ledger.post(tx, [posting]);
      expect(posted.ok).toBe(true);
    });
    await first.ready;
    const closing = close.execute('2015-04', 'usr_operator');
    await endedOrWaiting(closing);
    first.release();
    await first.done;
    expect(await closing).toMatchObject({ ok: false, error: { code: 'PERIOD_NOT_READY' } });
    const [row] = await sql<{ closed_at: Date | null }>(
      `SELECT closed_at FROM settlement_periods WHERE period = '2015-04'`,
    );
    expect(row?.closed_at).toBeNull();
  });

  it('closes a month in which nothing happened', async () => {
    await fixture.uow.run(async (tx) => {
      await periods.begin(tx, '2015-03', 'UTC');
      await periods.complete(tx, { period: '2015-03', agreements: 0, closedAt: clock.now() });
    });
    expect(await close.execute('2015-03', 'usr_operator')).toMatchObject({
      ok: true,
      value: { closedBy: 'usr_operator' },
    });
  });

  it('by two operators at once closes once, and both are told the same', async () => {
    await fixture.uow.run(async (tx) => {
      await periods.begin(tx, '2015-02', 'UTC');
      await periods.complete(tx, { period: '2015-02', agreements: 0, closedAt: clock.now() });
    });
    const operators = ['usr_1', 'usr_2', 'usr_3', 'usr_4'];
    const closed = await Promise.all(operators.map((operator) => close.execute('2015-02', operator)));
    const by = new Set(closed.map((one) => (one.ok ? one.value.closedBy : one.error.code)));
    expect(by.size).toBe(1);
    expect(operators).toContain([...by][0]);
  });
});
