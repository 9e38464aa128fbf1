import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inclusionProof, merkleRoot } from './merkle.js';
import { generateSigningKey, type PrivateKeyJwk } from './signature.js';
import { readProvenUsage, usageLeaf } from './usage-leaf.js';
import { UsageTally, verifyUsage, verifyUsageProof } from './usage-proof.js';
import { signUsageStatement, type SignedUsageStatement, type UsageStatement } from './usage-statement.js';
import type { UsageStatementKey } from './usage-statement.js';

type CloudEvent = Readonly<Record<string, unknown>>;

const event = (id: string, changes: Readonly<Record<string, unknown>> = {}): CloudEvent => ({
  specversion: '1.0',
  id,
  source: '/gateway',
  type: 'hetao.usage.recorded',
  subject: 'agr_1',
  time: `2015-05-17T10:0${id.length % 10}:03.5Z`,
  data: { meters: { calls: '1', bytes: 1024 }, path: '/index.html' },
  ...changes,
});
const log = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'f', 'g'].map((id) => event(id));

let privateKey: PrivateKeyJwk;
let keys: readonly UsageStatementKey[];
let signed: SignedUsageStatement;
beforeAll(async () => {
  const pair = await generateSigningKey();
  privateKey = pair.privateKey;
  keys = [{ ...pair.publicKey, kid: 'key-1' }];
  signed = await sign(log);
});

function tallyOf(events: readonly CloudEvent[]): UsageTally {
  const tally = new UsageTally();
  for (const one of events) {
    const read = readProvenUsage(one);
    if (!read.ok) throw new Error(read.error.detail);
    tally.add(read.value);
  }
  return tally;
}

async function sign(events: readonly CloudEvent[], changes: Partial<UsageStatement> = {}) {
  const tally = tallyOf(events);
  const leaves = tally.leaves();
  const statement: UsageStatement = {
    format: 'hetao-usage-statement-v1',
    statement_id: 'ust_1',
    agreement_id: 'agr_1',
    merchant_id: 'org_m',
    buyer_id: 'org_b',
    window_start: '2015-05-17T10:00:00.000Z',
    window_end: '2015-05-17T11:00:00.000Z',
    events: leaves.length,
    root_hash: merkleRoot(leaves),
    totals: tally.totals(),
    supersedes: null,
    signed_at: '2015-05-17T11:05:00.000Z',
    key_id: 'key-1',
    ...changes,
  };
  return signUsageStatement(statement, privateKey);
}

/** Every value inside a JSON document replaced, one after the other, by another of its kind; then one added, one left out. */
function* mutations(value: unknown): Generator<unknown> {
  if (typeof value === 'string') yield `${value.slice(0, -1)}${value.endsWith('0') ? '1' : '0'}`;
  else if (typeof value === 'number') yield value + 1;
  else if (value === null) yield 'ust_0';
  else if (Array.isArray(value)) {
    yield value.slice(1);
    for (let at = 0; at < value.length; at += 1) for (const one of mutations(value[at])) yield value.with(at, one);
  } else if (typeof value === 'object') {
    const record = value as Readonly<Record<string, unknown>>;
    yield { ...record, added: 1 };
    for (const [name, member] of Object.entries(record)) {
      yield Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
      for (const one of mutations(member)) yield { ...record, [name]: one };
    }
  }
}
const kindOf = (result: { ok: boolean; error?: { kind: string } }) => (result.ok ? 'ok' : result.error?.kind);

describe('a usage statement', () => {
  it('is recomputed from the events of whoever has them, in any order and spelling', async () => {
    const shuffled = log.toReversed().map((one) => ({
      ...one,
      time: (one['time'] as string).replace('T10', 'T18').replace('.5Z', '.5009+08:00'),
      datacontenttype: 'application/json',
    }));
    const others = [event('x', { subject: 'agr_2' }), event('y', { time: '2015-05-17T11:00:00Z' })];
    expect(await verifyUsage(signed, keys, [...shuffled, ...others, shuffled[0]])).toMatchObject({
      ok: true,
      value: { passedOver: 2, repeated: 1, statement: { events: 7 } },
    });
    expect(await verifyUsage(JSON.parse(JSON.stringify(signed)), keys, log)).toMatchObject({ ok: true });
    expect(await verifyUsage(await sign([]), keys, [])).toMatchObject({
      ok: true,
      value: { statement: { events: 0 } },
    });
  });

  it('is refused when any field of it is changed, added or left out', async () => {
    let tried = 0;
    for (const changed of mutations(signed)) {
      tried += 1;
      expect([changed, kindOf(await verifyUsage(changed, keys, log))]).toEqual([
        changed,
        expect.stringMatching(/^(statement_malformed|signature_invalid|key_unknown)$/),
      ]);
    }
    expect(tried).toBeGreaterThan(40);
  });

  it('is refused when the holder of another key signed it, and when it was signed over other numbers', async () => {
    const other = await generateSigningKey();
    const forged = await signUsageStatement(signed.statement, other.privateKey);
    expect(kindOf(await verifyUsage(forged, keys, log))).toBe('signature_invalid');
    const root = merkleRoot(tallyOf(log.slice(1)).leaves());
    expect(kindOf(await verifyUsage(await sign(log, { events: 6 }), keys, log))).toBe('count_differs');
    expect(kindOf(await verifyUsage(await sign(log, { root_hash: root }), keys, log))).toBe('root_differs');
    expect(kindOf(await verifyUsage(await sign(log, { totals: [] }), keys, log))).toBe('totals_differ');
  });

  it('is refused when any field that is proven of any event is changed, and when one is missing, added or doubled', async () => {
    const proven = ['id', 'source', 'type', 'subject', 'time', 'data'];
    for (const [at, one] of log.entries()) {
      for (const name of proven) {
        for (const member of mutations(one[name])) {
          const changed = log.with(at, { ...one, [name]: member });
          expect([name, member, kindOf(await verifyUsage(signed, keys, changed))]).not.toEqual([name, member, 'ok']);
        }
      }
      expect(kindOf(await verifyUsage(signed, keys, log.toSpliced(at, 1)))).toBe('count_differs');
    }
    expect(kindOf(await verifyUsage(signed, keys, [...log, event('new')]))).toBe('count_differs');
    const twice = [...log, { ...event('a'), data: { meters: { calls: '2' } } }];
    expect(kindOf(await verifyUsage(signed, keys, twice))).toBe('event_conflict');
  });

  it.each([null, 7, '', [], {}, { statement: null, signature: '' }])('is refused as %j', async (value) => {
    expect(kindOf(await verifyUsage(value, keys, log))).toBe('statement_malformed');
  });

  it.each([
    [null],
    [{}],
    [event('a', { time: '2015-02-31T10:00:00Z' })],
    [event('a', { time: '2015-05-17' })],
    [event('a', { time: '2015-05-17T10:00:00+24:00' })],
    [event('a', { data: { meters: { calls: 0.5 } } })],
    [event('a', { data: { meters: { calls: 'many' } } })],
    [event('a', { data: { meters: { calls: '1' }, note: '\ud800' } })],
    [event('a', { type: 'other' })],
  ])('reads no event from %j', async (value) => {
    expect(kindOf(await verifyUsage(signed, keys, [value]))).toBe('event_malformed');
  });

  it('holds for any events, and for them alone', async () => {
    const quantity = fc.bigInt({ min: 0n, max: 10n ** 24n }).map(String);
    const events = fc.uniqueArray(
      fc.record({ id: fc.uuid(), second: fc.integer({ min: 0, max: 3599 }), calls: quantity }),
      { maxLength: 40, selector: (one) => one.id },
    );
    await fc.assert(
      fc.asyncProperty(events, fc.nat(), async (list, pick) => {
        const at = (second: number) => new Date(Date.UTC(2015, 4, 17, 10, 0, second)).toISOString();
        const all = list.map(({ id, second, calls }) => event(id, { time: at(second), data: { meters: { calls } } }));
        const statement = await sign(all);
        expect(kindOf(await verifyUsage(statement, keys, all))).toBe('ok');
        if (all.length === 0) return;
        const without = all.toSpliced(pick % all.length, 1);
        expect(kindOf(await verifyUsage(statement, keys, without))).toBe('count_differs');
      }),
      { numRuns: 30 },
    );
  });
});

describe('a proof of inclusion', () => {
  const proofOf = (id: string) => {
    const read = readProvenUsage(log.find((one) => one['id'] === id));
    if (!read.ok) throw new Error(read.error.detail);
    const leaves = tallyOf(log).leaves();
    const index = leaves.indexOf(usageLeaf(read.value));
    return {
      format: 'hetao-usage-proof-v1',
      signed,
      event: { ...read.value, type: 'hetao.usage.recorded' },
      leaf_index: index,
      path: inclusionProof(leaves, index),
    };
  };

  it('holds for every event', async () => {
    for (const one of log)
      expect(await verifyUsageProof(proofOf(one['id'] as string), keys)).toMatchObject({ ok: true });
  });

  it('is refused when any field of it is changed, added or left out', async () => {
    let tried = 0;
    for (const changed of mutations(proofOf('ccc'))) {
      tried += 1;
      expect([changed, kindOf(await verifyUsageProof(changed, keys))]).not.toEqual([changed, 'ok']);
    }
    expect(tried).toBeGreaterThan(70);
    expect(kindOf(await verifyUsageProof({ ...proofOf('a'), event: proofOf('bb').event }, keys))).toBe(
      'inclusion_invalid',
    );
  });
});
