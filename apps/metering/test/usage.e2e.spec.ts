import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntitlementResumedV1, EntitlementSuspendedV1 } from '@hetao/events';
import { eventually } from '@hetao/testing';
import { batch, buyer, merchant, operator, type RequestBody, startWorld, usage, type World } from './metering-world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

interface Item {
  readonly index: number;
  readonly id: string | null;
  readonly status: string;
  readonly code?: string;
  readonly detail?: string;
  readonly fix?: string;
  readonly pointer?: string;
}

const auditor = { personas: ['auditor'] as const, organisationId: 'org_audit' };
const report = (body: RequestBody, caller = merchant) => world.call(caller, 'POST', '/v1/usage/events', body);
const read = (path: string, caller = merchant) => world.call(caller, 'GET', path);
const items = (answer: { body: Readonly<Record<string, unknown>> }) => answer.body['items'] as Item[];
const codes = (answer: { body: Readonly<Record<string, unknown>> }) =>
  items(answer).map((item) => item.code ?? item.status);
const sumsOf = ({ received, accepted, duplicates, conflicts, rejected }: Readonly<Record<string, unknown>>) => ({
  received,
  accepted,
  duplicates,
  conflicts,
  rejected,
});

/** The first 500 lines of the sample log, cut here with two lines of code: not with the parser that the trade uses. */
const logLines = readFileSync(new URL('../../../samples/access-log/apache_logs', import.meta.url), 'utf8')
  .split('\n')
  .slice(0, 500);
const bytesOf = (line: string) => /" \d{3} (\d+|-)/.exec(line)?.[1]?.replace('-', '0') ?? '';
const timeOf = (line: string) =>
  (/\[(\d\d)\/May\/2015:([\d:]+) \+0000\]/.exec(line) ?? []).slice(1).reduce((day, time) => `2015-05-${day}T${time}Z`);
const logUsage = (agreementId: string) =>
  logLines.map((line, index) =>
    usage(agreementId, `line-${index}`, {
      source: '/samples/access-log',
      time: timeOf(line),
      data: { meters: { bytes: bytesOf(line), calls: '1' } },
    }),
  );

describe('500 lines of a real access log', () => {
  let agreementId: string;
  beforeAll(async () => {
    ({ agreementId } = await world.grant());
  });

  it('are counted at their own times, and counted once however often they are sent', async () => {
    const first = await report(batch(logUsage(agreementId)));
    expect(first.status).toBe(202);
    expect(sumsOf(first.body)).toEqual({ received: 500, accepted: 500, duplicates: 0, conflicts: 0, rejected: 0 });
    const again = await report(batch(logUsage(agreementId).toReversed()));
    expect(sumsOf(again.body)).toEqual({ received: 500, accepted: 0, duplicates: 500, conflicts: 0, rejected: 0 });
  });

  it('add up by hour as the log does, page by page', async () => {
    const hours = Map.groupBy(logLines, (line) => `${timeOf(line).slice(0, 13)}:00:00.000Z`);
    const expected = [...hours]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([hour, lines]) => ({
        window_id: expect.stringMatching(/^win_/),
        agreement_id: agreementId,
        window_start: hour,
        window_end: new Date(Date.parse(hour) + 3_600_000).toISOString(),
        state: 'open',
        totals: [
          {
            meter: 'bytes',
            quantity: String(lines.reduce((sum, line) => sum + Number(bytesOf(line)), 0)),
            events: lines.length,
          },
          { meter: 'calls', quantity: String(lines.length), events: lines.length },
        ],
      }));
    expect(expected.length).toBeGreaterThan(3);
    const found: unknown[] = [];
    let cursor = '';
    do {
      const page = await read(`/v1/usage/windows?agreement_id=${agreementId}&limit=2${cursor}`);
      found.push(...(page.body['data'] as unknown[]));
      const next = page.body['next_cursor'] as string | null;
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '' && found.length <= expected.length);
    expect(found).toEqual(expected);
    const some = await read(
      `/v1/usage/windows?agreement_id=${agreementId}&from=2015-05-17T11:00:00Z&to=2015-05-17T21:00:00%2B08:00`,
    );
    expect((some.body['data'] as { window_start: string }[]).map((one) => one.window_start)).toEqual([
      '2015-05-17T11:00:00.000Z',
      '2015-05-17T12:00:00.000Z',
    ]);
  });

  it('add up in the month, for both sides and nobody else', async () => {
    const bytes = logLines.reduce((sum, line) => sum + Number(bytesOf(line)), 0);
    const path = `/v1/usage/summary?agreement_id=${agreementId}&period=2015-05`;
    for (const caller of [merchant, buyer, operator, { ...auditor }]) {
      const summary = await read(path, caller);
      expect(summary).toMatchObject({
        status: 200,
        body: {
          agreement_id: agreementId,
          period: '2015-05',
          time_zone: 'Asia/Shanghai',
          state: 'open',
          totals: [
            { meter: 'bytes', quantity: String(bytes), events: 500 },
            { meter: 'calls', quantity: '500', events: 500 },
          ],
        },
      });
    }
    for (const stranger of [
      { ...merchant, organisationId: 'org_other' },
      { ...buyer, organisationId: 'org_other' },
    ]) {
      expect(await read(path, stranger)).toMatchObject({ status: 404, body: { code: 'USAGE_AGREEMENT_UNKNOWN' } });
      const windows = await read(`/v1/usage/windows?agreement_id=${agreementId}`, stranger);
      expect(windows).toMatchObject({ status: 404, body: { code: 'USAGE_AGREEMENT_UNKNOWN' } });
    }
  });
});

describe('a batch', () => {
  it('keeps its good half, names each fault, and leaves the ids of refused events free', async () => {
    const { agreementId } = await world.grant({ validUntil: '2015-06-10T00:00:00Z' });
    const texts = [
      JSON.stringify(usage(agreementId, 'good-1')),
      '{"specversion":"1.0","id":NaN}',
      JSON.stringify(usage(agreementId, 'x1', { data: { meters: { calls: '-1' } } })),
      JSON.stringify(usage(agreementId, 'x2', { data: { meters: { rows: '1' } } })),
      JSON.stringify(usage('agr_nobody', 'x3')),
      JSON.stringify(usage(agreementId, 'x4', { time: '2015-04-30T23:59:59Z' })),
      JSON.stringify(usage(agreementId, 'x5', { time: '2015-06-10T00:00:00Z' })),
      JSON.stringify(usage(agreementId, 'x6', { time: '2015-06-15T00:05:01Z' })),
      JSON.stringify(usage(agreementId, 'x7')).replace('"calls":"1"', '"calls":"1","calls":"2"'),
      JSON.stringify(usage(agreementId, 'good-1', { data: { meters: { calls: '2' } } })),
      JSON.stringify(
        usage(agreementId, 'good-2', { data: { meters: { calls: 2 }, note: 'back\\slash\ttab "quoted" 深圳' } }),
      ),
    ];
    const answer = await report({ content: `[${texts.join(',')}]` });
    expect(answer.status).toBe(202);
    expect(codes(answer)).toEqual([
      'accepted',
      'USAGE_EVENT_MALFORMED',
      'USAGE_QUANTITY_NEGATIVE',
      'USAGE_METER_UNKNOWN',
      'USAGE_AGREEMENT_UNKNOWN',
      'USAGE_BEFORE_ENTITLEMENT',
      'USAGE_AFTER_ENTITLEMENT',
      'USAGE_EVENT_IN_FUTURE',
      'USAGE_EVENT_DUPLICATE_KEY',
      'USAGE_EVENT_CONFLICT',
      'accepted',
    ]);
    expect(items(answer).filter((item) => item.code && !(item.detail && item.fix))).toEqual([]);
    expect(items(answer).map((item) => item.id)).toEqual([
      'good-1',
      null,
      'x1',
      'x2',
      'x3',
      'x4',
      'x5',
      'x6',
      'x7',
      'good-1',
      'good-2',
    ]);
    const mended = await report(batch([usage(agreementId, 'x1'), usage(agreementId, 'x7')]));
    expect(codes(mended)).toEqual(['accepted', 'accepted']);
    const stored = await world.rows('SELECT data FROM usage_records WHERE event_id = $1 AND agreement_id = $2', [
      'good-2',
      agreementId,
    ]);
    expect(stored).toEqual([{ data: { meters: { calls: 2 }, note: 'back\\slash\ttab "quoted" 深圳' } }]);
  });

  it('of another merchant, or from the buyer, is not told apart from one that does not exist', async () => {
    const { agreementId } = await world.grant();
    const foreign = await report(batch([usage(agreementId, 'f1')]), { ...merchant, organisationId: 'org_other' });
    expect(codes(foreign)).toEqual(['USAGE_AGREEMENT_UNKNOWN']);
    expect(await report(batch([usage(agreementId, 'f1')]), buyer)).toMatchObject({ status: 403 });
    expect(await report(batch([usage(agreementId, 'f1')]), operator)).toMatchObject({ status: 403 });
    const gateway = await report(batch([usage(agreementId, 'f1')]), {
      personas: [],
      via: 'system',
      subject: 'gateway',
    });
    expect(codes(gateway)).toEqual(['accepted']);
    // Ids are the sender's own: the merchant's f1 is another event than the gateway's.
    expect(codes(await report(batch([usage(agreementId, 'f1')])))).toEqual(['accepted']);
  });

  it('may be one event, a batch, or either as plain JSON, up to 8 MB', async () => {
    const { agreementId } = await world.grant();
    const event = (id: string, extra: object = {}) =>
      usage(agreementId, id, { data: { meters: { calls: '1' }, ...extra } });
    const send = (type: string, value: unknown) => report({ type, content: JSON.stringify(value) });
    expect(codes(await send('application/cloudevents+json', event('one')))).toEqual(['accepted']);
    expect(codes(await send('application/cloudevents+json; charset=utf-8', event('two')))).toEqual(['accepted']);
    expect(codes(await send('application/json', event('three')))).toEqual(['accepted']);
    expect(codes(await send('application/json', [event('four'), event('one')]))).toEqual(['accepted', 'duplicate']);
    expect(await send('application/cloudevents+json', [event('five')])).toMatchObject({
      status: 400,
      body: { code: 'USAGE_BODY_SHAPE' },
    });
    expect(await send('application/cloudevents-batch+json', event('six'))).toMatchObject({
      status: 400,
      body: { code: 'USAGE_BODY_SHAPE' },
    });
    expect(await send('text/csv', 'a;b')).toMatchObject({ status: 415 });
    const large = Array.from({ length: 160 }, (_, index) => event(`large-${index}`, { note: 'x'.repeat(50_000) }));
    expect((await send('application/json', large)).body).toMatchObject({ accepted: 160 });
    expect(await report(batch([...large, ...large]))).toMatchObject({ status: 413 });
  });

  it('that cannot be read as a whole is refused as a whole', async () => {
    const { agreementId } = await world.grant();
    for (const content of ['', '[{"a":1}', '"text"', '[{}] tail']) {
      expect(await report({ content })).toMatchObject({ status: 400, body: { code: 'USAGE_BODY_MALFORMED' } });
    }
    const tooMany = Array.from({ length: 5001 }, (_, index) => usage(agreementId, `n${index}`));
    expect(await report(batch(tooMany))).toMatchObject({ status: 413, body: { code: 'USAGE_BATCH_TOO_LARGE' } });
    expect((await report(batch(tooMany.slice(0, 5000)))).body).toMatchObject({ received: 5000, accepted: 5000 });
    expect((await report(batch([]))).body).toMatchObject({ received: 0, items: [] });
  });

  it('with bytes that are no UTF-8 loses the event that holds them and no other', async () => {
    const { agreementId } = await world.grant();
    const [good, bad] = [usage(agreementId, 'utf-1'), usage(agreementId, 'utf-2')].map((event) =>
      JSON.stringify(event),
    );
    const content = Buffer.concat([
      Buffer.from(`[${good},`),
      Buffer.from(`${bad}]`.replace('utf-2', 'utf-\u00ff'), 'latin1'),
    ]);
    expect(codes(await report({ content: new Uint8Array(content) }))).toEqual(['accepted', 'USAGE_EVENT_NOT_UTF8']);
  });

  it('nested a hundred thousand deep costs nothing but its own event', async () => {
    const { agreementId } = await world.grant();
    const deep = `{"data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    const answer = await report({ content: `[${deep},${JSON.stringify(usage(agreementId, 'deep'))}]` });
    expect(codes(answer)).toEqual(['USAGE_EVENT_TOO_LARGE', 'accepted']);
  });

  it('may name a thousand sources a sender, and no more', async () => {
    const { agreementId } = await world.grant({ merchantId: 'org_sources' });
    const sender = { ...merchant, organisationId: 'org_sources' };
    const from = (index: number) => usage(agreementId, 'same', { source: `/s/${index}` });
    const first = await report(batch(Array.from({ length: 999 }, (_, index) => from(index))), sender);
    expect(first.body).toMatchObject({ accepted: 999 });
    const next = await report(batch([from(5), from(999), from(1000), from(1001)]), sender);
    expect(codes(next)).toEqual(['duplicate', 'accepted', 'USAGE_SOURCES_EXHAUSTED', 'USAGE_SOURCES_EXHAUSTED']);
  });
});

describe('an entitlement', () => {
  it('that ended takes no later usage, and still takes what was used before, and answers repetitions as before', async () => {
    const { agreementId } = await world.grant();
    const at = (id: string, time: string) => usage(agreementId, id, { time });
    expect(codes(await report(batch([at('a', '2015-05-20T12:00:00Z')])))).toEqual(['accepted']);
    await world.end(agreementId, '2015-05-20T00:00:00Z');
    const answer = await report(
      batch([at('a', '2015-05-20T12:00:00Z'), at('b', '2015-05-20T00:00:00Z'), at('c', '2015-05-19T23:59:59Z')]),
    );
    expect(codes(answer)).toEqual(['duplicate', 'USAGE_AFTER_ENTITLEMENT', 'accepted']);
    expect(items(answer)[1]?.detail).toContain('the agreement terminated');
  });

  it('that was revoked takes no later usage', async () => {
    const granted = await world.grant();
    await world.revoke(granted, '2015-05-18T00:00:00Z');
    const answer = await report(batch([usage(granted.agreementId, 'a', { time: '2015-05-18T00:00:00Z' })]));
    expect(codes(answer)).toEqual(['USAGE_AFTER_ENTITLEMENT']);
  });

  it('that rests takes no usage of meanwhile, within a second, and what was used before stands', async () => {
    const { entitlementId, agreementId } = await world.grant();
    const at = (id: string, time: string) => usage(agreementId, id, { time });
    const codes = async (...events: readonly unknown[]) => {
      const { body } = await world.call(merchant, 'POST', '/v1/usage/events', batch(events));
      return (body['items'] as { code?: string; status: string }[]).map(({ code, status }) => code ?? status);
    };
    const ids = { entitlementId, agreementId };
    expect(await codes(at('p1', '2015-05-11T00:00:00Z'))).toEqual(['accepted']);
    await world.state(EntitlementSuspendedV1, { ...ids, reason: 'unpaid', suspendedAt: '2015-05-12T00:00:00Z' });
    const paused = (ends: number) =>
      eventually(async () =>
        expect(
          await world.rows(
            'SELECT count(ends_at)::int AS ended FROM access_pauses WHERE entitlement_id = $1 HAVING count(*) = 1',
            [entitlementId],
          ),
        ).toEqual([{ ended: ends }]),
      );
    await paused(0);
    await eventually(
      async () => {
        const { body } = await world.call(buyer, 'GET', `/v1/usage/checks?agreement_id=${agreementId}&meter=calls`);
        expect(body).toMatchObject({ allowed: false, reasons: [{ code: 'USAGE_ENTITLEMENT_SUSPENDED' }] });
      },
      { withinMs: 1_000 },
    );
    expect(await codes(at('p2', '2015-05-11T23:59:59.999Z'), at('p3', '2015-05-12T00:00:00Z'))).toEqual([
      'accepted',
      'USAGE_ENTITLEMENT_SUSPENDED',
    ]);
    await world.state(EntitlementResumedV1, { ...ids, resumedAt: '2015-05-13T00:00:00Z' });
    await paused(1);
    await eventually(async () => {
      expect(await codes(at('p4', '2015-05-13T00:00:00Z'))).toEqual(['accepted']);
    });
    expect(await codes(at('p5', '2015-05-12T12:00:00Z'))).toEqual(['USAGE_ENTITLEMENT_SUSPENDED']);
  });

  it('whose end arrives before its grant is known as ended', async () => {
    const granted = await world.grant();
    const late = { ...granted, agreementId: granted.agreementId.replace('agr_', 'agr_0') };
    await world.end(late.agreementId, '2015-05-02T00:00:00Z');
    await world.grant({ agreementId: late.agreementId, entitlementId: granted.entitlementId.replace('ent_', 'ent_0') });
    expect(codes(await report(batch([usage(late.agreementId, 'a')])))).toEqual(['USAGE_AFTER_ENTITLEMENT']);
  });
});

describe('a quota', () => {
  it('stops usage at its limit and says so once', async () => {
    const { agreementId } = await world.grant({ quota: { meter: 'bytes', limit: '1000.5' } });
    const bytes = (id: string, quantity: string) =>
      usage(agreementId, id, { data: { meters: { bytes: quantity, calls: '1' } } });
    const answer = await report(
      batch([bytes('a', '1000'), bytes('b', '0.6'), bytes('c', '0.5'), bytes('d', '0.1'), bytes('e', '0')]),
    );
    expect(codes(answer)).toEqual(['accepted', 'QUOTA_EXHAUSTED', 'accepted', 'QUOTA_EXHAUSTED', 'accepted']);
    expect(items(answer)[3]?.detail).toContain('has used 1000.5 of 1000.5 bytes');
    await report(batch([bytes('f', '1')]));
    await eventually(() => {
      expect(world.published.quotas.filter((one) => one.agreementId === agreementId)).toHaveLength(1);
    });
  });
});

describe('a month', () => {
  it('is closed by the operator once it is over, and then takes no usage', async () => {
    const { agreementId } = await world.grant();
    const at = (id: string, time: string) => usage(agreementId, id, { time });
    await report(batch([at('may', '2015-05-31T15:59:59.999Z'), at('june', '2015-05-31T16:00:00Z')]));
    const path = '/v1/usage/periods/2015-05';
    const body = { type: 'application/json', content: '{"time_zone":"Asia/Shanghai"}' };
    expect(await read(path)).toMatchObject({
      status: 200,
      body: { state: 'open', closed_at: null, ends_at: '2015-05-31T16:00:00.000Z' },
    });
    for (const caller of [merchant, buyer, { ...auditor }]) {
      expect(await world.call(caller, 'POST', `${path}/close`, body)).toMatchObject({ status: 403 });
    }
    const closed = await world.call(operator, 'POST', `${path}/close`, body);
    expect(closed).toMatchObject({
      status: 200,
      body: { period: '2015-05', time_zone: 'Asia/Shanghai', state: 'closed', closed_at: '2015-06-15T00:00:00.000Z' },
    });
    expect((await world.call(operator, 'POST', `${path}/close`)).body).toEqual(closed.body);
    expect((await read(path, buyer)).body).toEqual(closed.body);
    const answer = await report(
      batch([
        at('may', '2015-05-31T15:59:59.999Z'),
        at('late', '2015-05-17T00:00:00Z'),
        at('june-2', '2015-05-31T16:00:00Z'),
      ]),
    );
    expect(codes(answer)).toEqual(['duplicate', 'USAGE_PERIOD_CLOSED', 'accepted']);
    expect(items(answer)[1]?.fix).toContain('adjustment in the next period');
    const windows = await read(`/v1/usage/windows?agreement_id=${agreementId}`);
    expect((windows.body['data'] as { state: string }[]).map((one) => one.state)).toEqual(['closed', 'open']);
    const summary = await read(`/v1/usage/summary?agreement_id=${agreementId}&period=2015-05`);
    expect(summary.body).toMatchObject({ state: 'closed', windows: 1, totals: [{ meter: 'calls', quantity: '1' }] });
  });

  it.each([
    ['2015-06', '{"time_zone":"UTC"}', 409, 'USAGE_PERIOD_NOT_ENDED'],
    ['2015-05', '{"time_zone":"UTC"}', 409, 'USAGE_PERIOD_CLOSED_IN_OTHER_ZONE'],
    ['2015-04', '{"time_zone":"UTC"}', 409, 'USAGE_PERIOD_NOT_ADJACENT'],
    ['2015-13', '{"time_zone":"UTC"}', 400, 'USAGE_PERIOD_INVALID'],
    ['1971-03', '{"time_zone":"Africa/Monrovia"}', 422, 'USAGE_TIME_ZONE_UNSUPPORTED'],
    ['2015-03', '{"time_zone":"Mars/Olympus"}', 400, 'USAGE_TIME_ZONE_UNKNOWN'],
    ['2015-03', '{"time_zone":7}', 422, 'VALIDATION_FAILED'],
    ['2015-03', '{"zone":"UTC"}', 422, 'VALIDATION_FAILED'],
    ['2015-03', '{', 400, 'JSON_MALFORMED'],
  ])('%s with %s answers %i %s', async (period, content, status, code) => {
    const answer = await world.call(operator, 'POST', `/v1/usage/periods/${period}/close`, {
      type: 'application/json',
      content,
    });
    expect(answer).toMatchObject({ status, body: { code, fix: expect.any(String) } });
  });
});

describe('completeness', () => {
  it('balances over everything this file has sent, hour by hour, against rows counted on disk', async () => {
    world.clock.advance({ hours: 2 });
    const { agreementId } = await world.grant();
    await report(batch([usage(agreementId, 'c1'), usage(agreementId, 'c1'), usage('agr_x', 'c2'), {}]));
    const { body, status } = await read('/v1/usage/completeness?period=2015-06', operator);
    expect(status).toBe(200);
    const hours = body['hours'] as Readonly<Record<string, unknown>>[];
    expect(hours.map((hour) => hour['hour'])).toEqual(['2015-06-15T00:00:00.000Z', '2015-06-15T02:00:00.000Z']);
    expect(hours[1]).toEqual({
      hour: '2015-06-15T02:00:00.000Z',
      ...{ requests: 1, received: 4, accepted: 0, duplicates: 0, conflicts: 0, rejected: 4 },
      ...{ stored: 0, balanced: true },
    });
    const [stored] = await world.rows<{ n: number }>('SELECT count(*)::int AS n FROM usage_events');
    expect(body).toMatchObject({ balanced: true, accepted: stored?.n, stored: stored?.n });
    expect(await read('/v1/usage/completeness?period=2015-06')).toMatchObject({ status: 403 });
    expect(await read('/v1/usage/completeness?period=June', operator)).toMatchObject({ status: 400 });
    expect((await read('/v1/usage/completeness?period=2014-01', { ...auditor })).body).toMatchObject({
      received: 0,
      balanced: true,
    });
  });

  it('notices an event that was answered and is not there', async () => {
    await world.rows("DELETE FROM usage_events WHERE event_id = 'line-7'");
    expect((await read('/v1/usage/completeness?period=2015-06', operator)).body).toMatchObject({ balanced: false });
  });
});

describe('queries with bad input', () => {
  it.each([
    '/v1/usage/windows',
    '/v1/usage/windows?agreement_id=agr_1&from=yesterday',
    '/v1/usage/windows?agreement_id=agr_1&to=0000-01-01T00:00:00Z',
    '/v1/usage/windows?agreement_id=agr_1&limit=1000',
    '/v1/usage/summary?period=2015-05',
    '/v1/usage/summary?agreement_id=agr_1',
  ])('%s is refused with what is wrong', async (path) => {
    expect(await read(path)).toMatchObject({ status: 422, body: { code: 'VALIDATION_FAILED' } });
  });

  it('a cursor of another list is refused', async () => {
    const { agreementId } = await world.grant();
    await report(
      batch([1, 2, 3].map((hour) => usage(agreementId, `h${hour}`, { time: `2015-06-0${hour}T00:00:00Z` }))),
    );
    const page = await read(`/v1/usage/windows?agreement_id=${agreementId}&limit=1`);
    const cursor = page.body['next_cursor'] as string;
    const other = await read(
      `/v1/usage/windows?agreement_id=${agreementId}&from=2015-05-01T00:00:00Z&cursor=${cursor}`,
    );
    expect(other).toMatchObject({ status: 422, body: { code: 'CURSOR_INVALID' } });
  });
});
