import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { problem, startScriptedExchange, type ScriptedExchange, type SeenRequest } from '../test/scripted-exchange.js';
import { Hetao, UsageBatcher, type UsageEvent } from './index.js';
import { spillTo } from './node/index.js';

let exchange: ScriptedExchange;
let folder: string;
beforeAll(async () => {
  exchange = await startScriptedExchange();
});
afterAll(() => exchange.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hetao-spill-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const counted = ({ body }: SeenRequest) => ({
  status: 202,
  body: { batch_id: 'bat_1', accepted: (JSON.parse(body) as unknown[]).length, items: [] },
});
const away = problem(503, 'SERVICE_AWAY', '0');
const batcher = (more: object = {}) =>
  new Hetao({ baseUrl: exchange.url, apiKey: 'k', retries: 0 }).usage({ source: '/t', maxWaitMs: 10_000, ...more });
const one = (id: string) => ({ agreementId: 'agr_1', id, meters: { calls: 1 } });
const idsIn = (requests: readonly SeenRequest[]) =>
  requests.flatMap(({ body }) => (JSON.parse(body) as UsageEvent[]).map(({ id }) => id));

describe('usage', () => {
  it('leaves as CloudEvents: at once when a batch is full, else when it waited long enough', async () => {
    exchange.answers(counted);
    const reports: number[] = [];
    const usage = batcher({
      maxEvents: 2,
      maxWaitMs: 20,
      onReport: ({ accepted }: { accepted: number }) => reports.push(accepted),
    });
    for (const id of ['a', 'b']) usage.add(one(id));
    await usage.flush();
    expect(reports).toEqual([2]);
    usage.add({ agreementId: 'agr_1', meters: { bytes: '12.5' }, details: { path: '/x' } });
    await new Promise<void>((resolve) => setTimeout(resolve, 80));
    await usage.close();
    expect(reports).toEqual([2, 1]);
    expect(exchange.seen[0]?.headers['content-type']).toBe('application/cloudevents-batch+json');
    expect(JSON.parse(exchange.seen[1]?.body ?? '')).toEqual([
      expect.objectContaining({
        ...{ specversion: '1.0', type: 'hetao.usage.recorded', source: '/t', subject: 'agr_1' },
        data: { meters: { bytes: '12.5' }, path: '/x' },
      }),
    ]);
  });

  it('is kept while the exchange is away, and sent in its order when it is back', async () => {
    exchange.answers(away);
    const troubles: unknown[] = [];
    const usage = batcher({ onTrouble: (error: unknown) => troubles.push(error) });
    for (const id of ['a', 'b', 'c']) usage.add(one(id));
    await usage.flush();
    expect([usage.held, troubles.length]).toEqual([3, 1]);
    exchange.answers(counted);
    await usage.close();
    expect([usage.held, idsIn(exchange.seen)]).toEqual([0, ['a', 'b', 'c']]);
  });

  it('waits on disk beyond the process that took it', async () => {
    exchange.answers('drop');
    const before = batcher({ maxEvents: 2, spill: spillTo(folder) });
    for (const id of ['a', 'b', 'c']) before.add(one(id));
    await before.close();
    expect(readdirSync(folder)).toHaveLength(2);
    // A file that was being written when the process died is no batch.
    writeFileSync(join(folder, '000000000000001-x.json.draft'), '[{"id":');
    exchange.answers(counted);
    const after = batcher({ spill: spillTo(folder) });
    after.add(one('d'));
    await after.close();
    expect(idsIn(exchange.seen)).toEqual(['a', 'b', 'c', 'd']);
    expect(readdirSync(folder)).toEqual(['000000000000001-x.json.draft']);
  });

  it('that the exchange will not take is handed back with the reason, and stops nobody else’s', async () => {
    exchange.answers(problem(403, 'SCOPE_MISSING'), counted);
    const refused: string[] = [];
    const usage = batcher({ maxEvents: 1, onRefused: ({ code }: { code: string }) => refused.push(code) });
    for (const id of ['a', 'b']) usage.add(one(id));
    await usage.close();
    expect([refused, idsIn(exchange.seen)]).toEqual([['SCOPE_MISSING'], ['a', 'b']]);
  });

  it('that cannot be held any more is refused to whoever adds it, and what would be lost is said', async () => {
    exchange.answers(away);
    const usage = batcher({ maxHeld: 2 });
    for (const id of ['a', 'b']) usage.add(one(id));
    expect(() => usage.add(one('c'))).toThrow(RangeError);
    await expect(usage.close()).rejects.toThrow('2 usage events could not be sent');
  });

  it('is neither lost nor reordered whatever the exchange answers, and sent twice at most where it was not answered for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('counted', 'away', 'lost answer'), { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (outcomes, maxEvents) => {
          const taken: string[] = [];
          const script = [...outcomes];
          const usage = new UsageBatcher(
            (events) => {
              const outcome = script.shift() ?? 'counted';
              if (outcome !== 'away') taken.push(...events.map(({ id }) => id));
              if (outcome !== 'counted') return Promise.reject(new Error(outcome));
              return Promise.resolve({ accepted: events.length } as never);
            },
            { source: '/t', maxEvents, maxWaitMs: 100_000 },
          );
          const ids = Array.from({ length: 7 }, (_, index) => `e${index}`);
          for (const id of ids) usage.add(one(id));
          for (let round = 0; round <= outcomes.length; round += 1) await usage.flush();
          await usage.close();
          expect([...new Set(taken)]).toEqual(ids);
          expect(taken.length - ids.length).toBeLessThanOrEqual(
            outcomes.filter((outcome) => outcome === 'lost answer').length * maxEvents,
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
