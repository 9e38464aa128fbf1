import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PersonsDeliveredV1 } from '@hetao/events';
import { newId } from '@hetao/kernel';
import { addToSketch, emptySketch, estimatePersons, sketchToText } from '@hetao/rules';
import type { TestCaller } from '@hetao/testing';
import { startCustoms, textOf, type Body, type RunningCustoms } from './running-customs.js';
import { exporter, officer, university } from './sample-declaration.js';
import { crowd, people, stepsOf } from './steps.js';

let customs: RunningCustoms;
let merchant: TestCaller;
let steps: ReturnType<typeof stepsOf>;
beforeAll(async () => {
  customs = await startCustoms();
});
afterAll(() => customs.stop());
beforeEach(() => {
  customs.clock.set('2026-12-02T02:00:00Z');
  merchant = exporter();
  steps = stepsOf(customs, merchant);
});

const delivered = (agreementId: string, persons: { general?: string[]; sensitive?: string[] }, year = 2026) =>
  customs.hears(PersonsDeliveredV1, {
    ...{ deliveryId: newId('dlv'), agreementId, productId: 'prd_1', merchantId: merchant.organisationId ?? '' },
    ...{ buyerId: university, year, recordedAt: '2026-12-02T02:00:00.000Z' },
    ...{ general: persons.general ?? [], sensitive: persons.sensitive ?? [] },
  });
const releaseNow = async (id: string): Promise<Body> =>
  (await customs.send(merchant, 'GET', `/v1/customs/releases/${id}`)).body;
const counter = async (): Promise<Body> => (await customs.send(merchant, 'GET', '/v1/customs/counters')).body;
const elsewhere = async (path: string, json: object) => {
  const answer = await customs.send(merchant, 'POST', `/v1/customs/counters/${path}`, json);
  expect([answer.status, answer.body['code']]).toEqual([200, undefined]);
};

describe('persons delivered under an agreement', () => {
  it('count down the quota and up the year, each once, and suspend the release when the quota is used up', async () => {
    const { agreement, release, declaration } = await steps.released(3);
    await delivered(agreement, { sensitive: people('a', 'b') });
    await delivered(agreement, { sensitive: people('b', 'a') });
    expect([(await releaseNow(release))['status'], (await counter())['sensitive']?.['exact']]).toEqual(['active', 2]);
    await delivered(agreement, { sensitive: people('c') });
    expect(await releaseNow(release)).toMatchObject({
      status: 'suspended',
      reason: 'The quota is used up: 3 persons (sensitive) of 3.',
    });
    expect((await customs.send(merchant, 'GET', `/v1/customs/declarations/${declaration}`)).body['status']).toBe(
      'suspended',
    );
    const events = await customs.published(release);
    expect(events.map(({ type }) => type)).toEqual([
      'hetao.customs.release-issued.v1',
      'hetao.customs.release-suspended.v1',
    ]);
    expect(events[1]?.data).toMatchObject({ releaseId: release, reason: expect.stringContaining('quota') });
  });

  it('of a kind the release does not cover suspend it', async () => {
    const { agreement, release } = await steps.released(3);
    await delivered(agreement, { general: people('a') });
    expect(await releaseNow(release)).toMatchObject({
      status: 'suspended',
      reason: expect.stringContaining('general'),
    });
  });

  it('suspend every release of the exporter whose pathway the year outgrows, by numbers declared elsewhere too', async () => {
    const small = { recipient_id: 'org_else', persons: { general: 0, sensitive: 1_000 } };
    const [one, other] = [await steps.released(100), await steps.released(100, { form: small })];
    expect(await releaseNow(one.release)).toMatchObject({ year_limits: { general: 1_000_000, sensitive: 10_000 } });
    await elsewhere('declared', { year: 2026, category: 'sensitive', channel: 'own line', persons: 9_998 });
    await delivered(one.agreement, { sensitive: people('a') });
    expect([(await releaseNow(one.release))['status'], (await releaseNow(other.release))['status']]).toEqual([
      'active',
      'active',
    ]);
    await delivered(other.agreement, { sensitive: people('b') });
    for (const { release } of [one, other]) {
      const { status, reason } = (await releaseNow(release)) as { status: unknown; reason: unknown };
      expect([status, reason]).toEqual([
        'suspended',
        `Release ${release}: the exporter's year 2026 reaches 10000 persons (sensitive, at most); its pathway SC_OR_CERT (M-8-2) holds below 10000.`,
      ]);
    }
  });

  it('of last year suspend nothing this year: the count begins anew on 1 January of the mainland', async () => {
    const { agreement, release } = await steps.released(100);
    await elsewhere('declared', { year: 2026, category: 'sensitive', channel: 'own line', persons: 9_998 });
    customs.clock.set('2026-12-31T16:00:00Z');
    await delivered(agreement, { sensitive: people('a', 'b', 'c') }, 2027);
    expect((await releaseNow(release))['status']).toBe('active');
    expect((await counter())['sensitive']).toMatchObject({ exact: 3, total: 3, total_is: 'exact' });
  });

  it('count for the year where no release is known, and leave a note for the officers', async () => {
    const agreement = newId('agr');
    await delivered(agreement, { sensitive: people('a') });
    expect((await counter())['sensitive']).toMatchObject({ exact: 1 });
    const board = await customs.send(officer, 'GET', '/v1/customs/board/unreleased');
    expect(Object.values(board.body['data'] ?? {}).map((row) => row['agreement_id'])).toContain(agreement);
  });

  it('never count twice and never too few, in whatever order and however often they are told', async () => {
    const batch = fc.array(fc.nat(30), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 4 }), async (batches) => {
        merchant = exporter();
        for (const names of batches) await delivered('agr_none', { sensitive: people(...names) });
        expect((await counter())['sensitive']?.['exact']).toBe(new Set(batches.flat()).size);
      }),
      { numRuns: 8 },
    );
  });
});

describe('a release', () => {
  it('is not made where the year has outgrown its pathway since it was handed in', async () => {
    const id = await steps.cleared();
    await elsewhere('declared', { year: 2026, category: 'sensitive', channel: 'own line', persons: 10_000 });
    const refused = await steps.release(id, 5);
    expect([refused.status, refused.body['code']]).toEqual([409, 'RELEASE_YEAR_EXHAUSTED']);
    customs.clock.set('2027-01-04T02:00:00Z');
    expect((await steps.release(id, 5)).status).toBe(201);
  });
});

describe('a delivery that asks first', () => {
  it('is refused where it would take the year beyond the pathway, and nobody is counted', async () => {
    const { release } = await steps.released(100);
    await elsewhere('declared', { year: 2026, category: 'sensitive', channel: 'own line', persons: 9_998 });
    const use = (sensitive: string[]) =>
      customs.send(merchant, 'POST', `/v1/customs/releases/${release}/uses`, {
        ...{ purpose: 'academic', fields: ['pattern'], recipient_id: university, destination: 'HK', sensitive },
      });
    expect((await use(people('a'))).status).toBe(200);
    const refused = await use(people('b'));
    expect([refused.status, refused.body['code']]).toEqual([409, 'RELEASE_YEAR_EXHAUSTED']);
    expect((await counter())['sensitive']).toMatchObject({ exact: 1, total: 9_999 });
    expect((await releaseNow(release))['status']).toBe('active');
  });
});

describe('deliveries that race', () => {
  it('never take the exporter’s year to its limit, over however many releases at once', async () => {
    const small = { recipient_id: 'org_else', persons: { general: 0, sensitive: 1_000 } };
    const releases = [await steps.released(100), await steps.released(100, { form: small })];
    await elsewhere('declared', { year: 2026, category: 'sensitive', channel: 'own line', persons: 9_995 });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        customs.send(merchant, 'POST', `/v1/customs/releases/${releases[at % 2]?.release ?? ''}/uses`, {
          ...{ purpose: 'academic', fields: ['pattern'], destination: 'HK', sensitive: people(`racer ${at}`) },
          recipient_id: at % 2 === 0 ? university : 'org_else',
        }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 409, 409, 409, 409, 409, 409]);
    expect((await counter())['sensitive']).toMatchObject({ exact: 4, total: 9_999 });
  });
});

describe('an exporter who cannot give commitments', () => {
  const sketchOf = (commitments: readonly string[]) => {
    const sketch = emptySketch();
    for (const commitment of commitments) addToSketch(sketch, commitment);
    return sketch;
  };
  it('sends sketches: persons known already are not counted again, and the estimate says how sure it is', async () => {
    await elsewhere('persons', { year: 2026, sensitive: crowd(0, 1_000) });
    const sent = { year: 2026, category: 'sensitive', channel: 'branch' };
    for (const part of [crowd(500, 1_000), crowd(0, 300)])
      await elsewhere('sketches', { ...sent, sketch: sketchToText(sketchOf(part)) });
    const union = estimatePersons(sketchOf(crowd(0, 1_500)));
    const known = (await counter())['sensitive'];
    expect(known).toMatchObject({
      ...{ exact: 1_000, declared_elsewhere: 0, total: union.upper, total_is: 'upper_bound' },
      estimate: { persons: union.estimate, error: 0.025, lower: union.lower, upper: union.upper },
    });
    expect(union.lower <= 1_500 && union.upper >= 1_500).toBe(true);
  });
  it('is judged on the upper bound', async () => {
    const { release } = await steps.released(100);
    const text = sketchToText(sketchOf(crowd(0, 9_900)));
    await elsewhere('sketches', { year: 2026, category: 'sensitive', channel: 'branch', sketch: text });
    expect(await releaseNow(release)).toMatchObject({
      status: 'suspended',
      reason: expect.stringContaining('at most'),
    });
  });
  it('is told when it is no sketch', async () => {
    const broken = { year: 2026, category: 'sensitive', channel: 'branch', sketch: 'hll14:AAAA' };
    const answer = await customs.send(merchant, 'POST', '/v1/customs/counters/sketches', broken);
    expect([answer.status, answer.body['code']]).toEqual([400, 'SKETCH_INVALID']);
  });
});

describe('splitting over related exporters', () => {
  it('is seen once officers have said who belongs together, and shown to them alone', async () => {
    const small = { form: { persons: { general: 0, sensitive: 6_000 } } };
    const sister = exporter();
    await steps.submitted(small);
    await stepsOf(customs, sister).submitted(small);
    const ids = [merchant.organisationId, sister.organisationId];
    const related = await customs.send(officer, 'POST', '/v1/customs/related-exporters', {
      ...{ exporter_ids: ids, reason: 'One holding.' },
    });
    expect(related.status).toBe(200);
    const seen = await customs.send(officer, 'GET', `/v1/customs/counters?exporter_id=${textOf(ids[0])}`);
    expect(Object.values(seen.body['splitting'] ?? {}).map((found) => found['rule'])).toContain('SPLIT-RELATED');
    expect((await counter())['splitting']).toEqual([]);
  });
});
