import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decimal } from '@hetao/kernel';
import { CALLER_HEADER } from '@hetao/runtime';
import { callerToken, eventually, type TestCaller } from '@hetao/testing';
import { parquetReadObjects } from 'hyparquet';
import { batch, buyer, command, merchant, operator, startWorld, usage, type World } from './metering-world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld('2016-06-15T00:00:00Z');
});
afterAll(() => world.stop());

const stranger = { personas: ['buyer' as const], organisationId: 'org_stranger' };
const get = (path: string, caller: TestCaller = buyer) => world.call(caller, 'GET', path);
const send = async (events: readonly unknown[]) => {
  const { body } = await world.call(merchant, 'POST', '/v1/usage/events', batch(events));
  expect(body).toMatchObject({ accepted: events.length });
};
interface Point {
  readonly window_start: string;
  readonly window_end: string;
  readonly group: Readonly<Record<string, string | null>>;
  readonly value: string;
  readonly events: number;
}
const points = async (query: Readonly<Record<string, string>>) => {
  const { status, body } = await get(`/v1/usage/query?${new URLSearchParams(query).toString()}`);
  expect([status, body['code'] ?? null]).toEqual([200, null]);
  return body['data'] as readonly Point[];
};

/** A stable pseudo-random sequence. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; state = (state * 48_271) % 2_147_483_647) yield state;
}

interface Sample {
  readonly timeMs: number;
  readonly region: string | null;
  readonly user: string;
  readonly status: string;
  readonly gpu: string;
}
const startMs = Date.parse('2016-03-26T18:30:00Z');
function samples(count: number): readonly Sample[] {
  const random = numbers(7);
  const next = (below: number) => random.next().value % below;
  return Array.from({ length: count }, (_, at) => ({
    // Over four days, to the millisecond, around the night in which London's clock goes forward.
    timeMs: startMs + next(4 * 86_400_000),
    region: ['cn', 'hk', null][next(3)] ?? null,
    user: `u${next(9)}`,
    status: next(4) === 0 ? '500' : '200',
    gpu: `${next(1_000_000)}.${String(at).padStart(6, '0')}`,
  }));
}

describe('meters, against a plain model', () => {
  const all = samples(240);
  const zone = 'Europe/London';
  let agreementId: string;
  const meters = ['calls', 'gpu', 'seats', 'sessions', 'rows', 'compute', 'held', 'errors'];
  const define = (meter: string, aggregation: string, value: unknown, more: object = {}) =>
    world.call(
      merchant,
      'POST',
      '/v1/usage/meters',
      command({ meter, aggregation, unit: 'gpu_seconds', value, ...more }),
    );
  const gpu = { kind: 'member', pointer: '/gpu' };

  beforeAll(async () => {
    await define('gpu', 'sum', gpu, { dimensions: { region: '/where/region' } });
    await define('seats', 'unique', { kind: 'member', pointer: '/user' });
    await define('sessions', 'max', gpu);
    await define('rows', 'min', gpu);
    await define('compute', 'avg', gpu);
    await define('held', 'time_weighted', gpu);
    await define('errors', 'count', gpu, { filters: [{ pointer: '/status', operator: 'gte', values: ['500'] }] });
    const granted = await world.grant({ meters, grantedAt: '2016-06-15T00:00:00Z' });
    ({ agreementId } = granted);
    await send(
      all.map(({ timeMs, region, user, status, gpu: seconds }, at) =>
        usage(agreementId, `q${String(at).padStart(4, '0')}`, {
          time: new Date(timeMs).toISOString(),
          data: {
            meters: { calls: '1' },
            user,
            status,
            gpu: seconds,
            ...(region === null ? {} : { where: { region } }),
          },
        }),
      ),
    );
  });

  const dayOf = (ms: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(ms);
  const sum = (values: readonly string[]) => values.reduce((so, one) => so.plus(Decimal.parse(one)), Decimal.zero);
  const byValue = (of: readonly Sample[]) =>
    of.map((one) => one.gpu).sort((a, b) => Decimal.parse(a).compare(Decimal.parse(b)));
  const ask = (meter: string, more: Readonly<Record<string, string>> = {}) =>
    points({
      agreement_id: agreementId,
      meter,
      from: '2016-03-26T12:00:00Z',
      to: '2016-03-31T00:00:00Z',
      granularity: 'day',
      time_zone: zone,
      ...more,
    });
  /** What the model says of each day, in order. */
  const days = (value: (of: readonly Sample[]) => string, of = all) =>
    [...Map.groupBy(of, (one) => dayOf(one.timeMs))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, list]) => [day, value(list), list.length]);
  const asDays = (list: readonly Point[]) =>
    list.map((point) => [dayOf(Date.parse(point.window_start)), point.value, point.events]);

  it.each<[string, (of: readonly Sample[]) => string]>([
    ['calls', (of) => String(of.length)],
    ['gpu', (of) => sum(of.map((one) => one.gpu)).toString()],
    ['seats', (of) => String(new Set(of.map((one) => one.user)).size)],
    ['sessions', (of) => Decimal.parse(byValue(of).at(-1) ?? '').toString()],
    ['rows', (of) => Decimal.parse(byValue(of)[0] ?? '').toString()],
    [
      'compute',
      (of) =>
        sum(of.map((one) => one.gpu))
          .dividedBy(Decimal.of(of.length), 12, 'half_even')
          .toString(),
    ],
  ])('%s agree by day over a change of the clock', async (meter, value) => {
    expect(asDays(await ask(meter))).toEqual(days(value));
  });

  it('count what the filter lets through, and group by any member', async () => {
    expect(asDays(await ask('errors'))).toEqual(
      days(
        (of) => String(of.length),
        all.filter((one) => one.status === '500'),
      ),
    );
    const grouped = await ask('gpu', { group_by: 'region,/status', granularity: 'month' });
    const expected = Map.groupBy(all, (one) => JSON.stringify({ region: one.region, '/status': one.status }));
    expect(
      Object.fromEntries(grouped.map((point) => [JSON.stringify(point.group), [point.value, point.events]])),
    ).toEqual(
      Object.fromEntries(
        [...expected].map(([key, of]) => [key, [sum(of.map((one) => one.gpu)).toString(), of.length]]),
      ),
    );
    const filtered = await ask('calls', { filter: '{"/where/region":["hk","mo"]}' });
    expect(asDays(filtered)).toEqual(
      days(
        (of) => String(of.length),
        all.filter((one) => one.region === 'hk'),
      ),
    );
  });

  it('hold a value until the next one, weighted by time to the millisecond', async () => {
    const ordered = all.toSorted((a, b) => a.timeMs - b.timeMs);
    const [from, until] = [Date.parse('2016-03-26T00:00:00Z'), Date.parse('2016-03-30T23:00:00Z')];
    const expected = new Map<string, { area: Decimal; ms: number }>();
    // A day in London: the clock goes forward in the night of the 27th.
    const borders = [
      '2016-03-26T00:00Z',
      '2016-03-27T00:00Z',
      '2016-03-27T23:00Z',
      '2016-03-28T23:00Z',
      '2016-03-29T23:00Z',
    ].map(Date.parse);
    ordered.forEach((one, at) => {
      const holdsUntil = ordered[at + 1]?.timeMs ?? until;
      borders.forEach((border, day) => {
        const end = borders[day + 1] ?? until;
        const ms = Math.min(holdsUntil, end) - Math.max(one.timeMs, border, from);
        if (ms <= 0) return;
        const before = expected.get(dayOf(border)) ?? { area: Decimal.zero, ms: end - border };
        expected.set(dayOf(border), {
          ...before,
          area: before.area.plus(Decimal.parse(one.gpu).times(Decimal.of(ms))),
        });
      });
    });
    const answer = await ask('held', { to: '2016-03-30T23:00:00Z' });
    expect(answer.map((point) => [dayOf(Date.parse(point.window_start)), point.value])).toEqual(
      [...expected].map(([day, { area, ms }]) => [day, area.dividedBy(Decimal.of(ms), 12, 'half_even').toString()]),
    );
  });

  it('by hour and by minute add up to the same, in a zone of quarter hours too', async () => {
    for (const [granularity, timeZone] of [
      ['hour', 'Asia/Kathmandu'],
      ['hour', 'Asia/Kolkata'],
      ['hour', zone],
    ] as const) {
      const hours = await ask('calls', { granularity, time_zone: timeZone });
      expect(hours.reduce((so, point) => so + point.events, 0)).toBe(all.length);
      for (const point of hours) {
        const [from, to] = [Date.parse(point.window_start), Date.parse(point.window_end)];
        expect(point.events).toBe(all.filter((one) => from <= one.timeMs && one.timeMs < to).length);
      }
    }
    const first = Math.min(...all.map((one) => one.timeMs));
    const minute = await ask('calls', {
      granularity: 'minute',
      from: new Date(first - 60_000).toISOString(),
      to: new Date(first + 60_000).toISOString(),
    });
    expect(minute[0]).toMatchObject({
      events: 1,
      window_start: new Date(Math.floor(first / 60_000) * 60_000).toISOString(),
    });
  });

  it('say the last word by time, then by id', async () => {
    world.clock.advance({ seconds: 1 });
    await define('calls', 'latest', { kind: 'member', pointer: '/user' });
    expect((await get(`/v1/usage/meters?agreement_id=${agreementId}`)).body['data']).not.toEqual(
      expect.arrayContaining([expect.objectContaining({ meter: 'calls' })]),
    );
    const latest = await define('rows', 'latest', gpu);
    expect(latest.body).toMatchObject({ version: 2, owner_id: 'org_merchant' });
    const expected = days((of) =>
      Decimal.parse(of.toSorted((a, b) => a.timeMs - b.timeMs).at(-1)?.gpu ?? '').toString(),
    );
    expect(asDays(await ask('rows', { version: '2' }))).toEqual(expected);
  });

  it.each([
    [
      { meter: 'seats', aggregation: 'unique', unit: 'seats', value: { kind: 'quantity', meter: 'calls' } },
      422,
      'METER_DEFINITION_INVALID',
    ],
    [
      { meter: 'Seats', aggregation: 'sum', unit: 'seats', value: { kind: 'quantity', meter: 'calls' } },
      422,
      'METER_DEFINITION_INVALID',
    ],
    [
      { meter: 'seats', aggregation: 'median', unit: 'seats', value: { kind: 'quantity', meter: 'calls' } },
      422,
      'VALIDATION_FAILED',
    ],
    [
      { meter: 'seats', aggregation: 'sum', unit: 'horses', value: { kind: 'quantity', meter: 'calls' } },
      422,
      'VALIDATION_FAILED',
    ],
  ])('refuse the definition %j with %i %s', async (body, status, code) => {
    expect(await world.call(merchant, 'POST', '/v1/usage/meters', command(body))).toMatchObject({
      status,
      body: { code },
    });
    expect((await world.call(buyer, 'POST', '/v1/usage/meters', command(body))).status).toBe(403);
  });

  it.each([
    ['meter=calls&granularity=hour&from=2016-03-26T00:00:00Z&to=2016-03-26T00:00:00Z', 400, 'USAGE_QUERY_INVALID'],
    ['meter=calls&granularity=minute&from=2016-03-01T00:00:00Z&to=2016-03-26T00:00:00Z', 422, 'USAGE_QUERY_TOO_LARGE'],
    [
      'meter=calls&granularity=day&from=2016-03-01T00:00:00Z&to=2016-03-26T00:00:00Z&time_zone=Mars',
      400,
      'USAGE_QUERY_INVALID',
    ],
    [
      'meter=calls&granularity=day&from=2016-03-01T00:00:00Z&to=2016-03-26T00:00:00Z&group_by=region',
      400,
      'USAGE_QUERY_INVALID',
    ],
    ['meter=calls&granularity=day&from=2016-03-01T00:00:00Z&to=2016-03-26T00:00:00Z&version=9', 404, 'METER_UNKNOWN'],
    [
      'meter=calls&granularity=day&from=2016-03-01T00:00:00Z&to=2016-03-26T00:00:00Z&filter=%7B',
      422,
      'VALIDATION_FAILED',
    ],
    ['meter=calls&granularity=week&from=2016-03-01T00:00:00Z&to=2016-03-26T00:00:00Z', 422, 'VALIDATION_FAILED'],
    ['meter=calls&granularity=day&from=yesterday&to=2016-03-26T00:00:00Z', 422, 'VALIDATION_FAILED'],
  ])('answer %s with %i %s', async (query, status, code) => {
    expect(await get(`/v1/usage/query?agreement_id=${agreementId}&${query}`)).toMatchObject({ status, body: { code } });
  });

  it('and records are shown to the two sides and whoever sees all, to nobody else', async () => {
    const range = 'from=2016-03-26T00:00:00Z&to=2016-03-31T00:00:00Z';
    for (const path of [
      `query?meter=calls&granularity=day&${range}`,
      `records?${range}`,
      `export?format=csv&${range}`,
      `anomalies?meter=calls&${range}`,
    ]) {
      const statusFor = async (caller: TestCaller) => {
        const answer = await fetch(`${world.service.url}/v1/usage/${path}&agreement_id=${agreementId}`, {
          headers: { [CALLER_HEADER]: await callerToken(caller) },
        });
        await answer.arrayBuffer();
        return answer.status;
      };
      expect([path, await statusFor(merchant), await statusFor(operator), await statusFor(stranger)]).toEqual([
        path,
        200,
        200,
        404,
      ]);
    }
    expect((await get(`/v1/usage/tail?agreement_id=${agreementId}`, stranger)).status).toBe(404);
  });

  it('go down from a day to its events, page by page, and out as files', async () => {
    const range = `agreement_id=${agreementId}&from=2016-03-27T00:00:00Z&to=2016-03-27T23:00:00Z`;
    const expected = all
      .map((one, at) => ({ ...one, id: `q${String(at).padStart(4, '0')}` }))
      .filter((one) => dayOf(one.timeMs) === '2016-03-27')
      .sort((a, b) => a.timeMs - b.timeMs)
      .map((one) => one.id);
    const ids: string[] = [];
    let cursor = '';
    do {
      const { body } = await get(`/v1/usage/records?${range}&limit=17${cursor}`);
      ids.push(...(body['data'] as { id: string }[]).map((one) => one.id));
      cursor = body['next_cursor'] === null ? '' : `&cursor=${body['next_cursor'] as string}`;
    } while (cursor !== '' && ids.length < 500);
    expect(ids).toEqual(expected);
    const download = async (format: string) => {
      const answer = await fetch(`${world.service.url}/v1/usage/export?${range}&format=${format}`, {
        headers: { [CALLER_HEADER]: await callerToken(buyer) },
      });
      return { type: answer.headers.get('content-type'), bytes: await answer.arrayBuffer() };
    };
    const csv = await download('csv');
    expect(csv.type).toBe('text/csv; charset=utf-8');
    const lines = new TextDecoder().decode(csv.bytes).trimEnd().split('\r\n');
    expect([lines[0], lines.length]).toEqual(['time,id,source,agreement_id,revision,meters,data', expected.length + 1]);
    expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual(expected);
    const rows = await parquetReadObjects({ file: (await download('parquet')).bytes });
    expect(rows.map((row) => row['id'] as string)).toEqual(expected);
    expect(rows[0]).toMatchObject({ agreement_id: agreementId, meters: '{"calls":"1"}', revision: 0 });
    const ndjson = new TextDecoder()
      .decode((await download('ndjson')).bytes)
      .trimEnd()
      .split('\n');
    expect(ndjson.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(expected);
  });
});

describe('a live tail', () => {
  it('shows usage as it is counted, and only of the agreement', async () => {
    const [mine, other] = [await world.grant(), await world.grant()];
    await send([usage(mine.agreementId, 'before')]);
    const abort = new AbortController();
    const answer = await fetch(`${world.service.url}/v1/usage/tail?agreement_id=${mine.agreementId}`, {
      headers: { [CALLER_HEADER]: await callerToken(buyer) },
      signal: abort.signal,
    });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const seen: string[] = [];
    const reading = (async () => {
      for await (const chunk of answer.body ?? []) seen.push(new TextDecoder().decode(chunk));
    })().catch(() => undefined);
    await eventually(() => expect(seen.join('')).toContain(': here'));
    await send([
      usage(mine.agreementId, 'after', { time: '2016-06-01T00:00:00Z' }),
      usage(other.agreementId, 'foreign'),
    ]);
    await eventually(() => expect(seen.join('')).toContain('"id":"after"'));
    expect(seen.join('')).not.toContain('foreign');
    expect(seen.join('')).not.toContain('"id":"before"');
    abort.abort();
    await reading;
  });
});

describe('an odd hour', () => {
  it('is found with the weeks that show it', async () => {
    const { agreementId } = await world.grant();
    const hour = Date.parse('2016-06-13T02:00:00Z');
    const week = 7 * 86_400_000;
    const event = (at: number, calls: number) =>
      usage(agreementId, `w${at}`, { time: new Date(at).toISOString(), data: { meters: { calls: String(calls) } } });
    await send([
      event(hour, 900),
      ...[100, 96, 104, 99, 101, 103].map((calls, at) => event(hour - (at + 1) * week, calls)),
    ]);
    const path = `/v1/usage/anomalies?agreement_id=${agreementId}&meter=calls&from=2016-06-13T00:00:00Z&to=2016-06-13T04:00:00Z`;
    const { body } = await get(path);
    expect(body['data']).toMatchObject([
      {
        window_start: '2016-06-13T02:00:00.000Z',
        value: '900',
        is_anomalous: true,
        median: '100.5',
        weeks: { length: 6 },
      },
    ]);
    expect((await get(`${path}&all=true`)).body['data']).toHaveLength(4);
    expect((await get(path.replace('2016-06-13T04', '2016-07-13T04'))).status).toBe(400);
  });
});
