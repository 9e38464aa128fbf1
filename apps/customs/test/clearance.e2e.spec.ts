import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { personCommitment, verifyReleaseToken, type ReleasePublicKey } from '@hetao/rules';
import { eventually, sendTwice, type TestCaller } from '@hetao/testing';
import { startCustoms, textOf, type Answer, type RunningCustoms } from './running-customs.js';
import { exporter, officer, paper, second, tcmDeclaration, university } from './sample-declaration.js';

let customs: RunningCustoms;
let merchant: TestCaller;
beforeAll(async () => {
  customs = await startCustoms();
});
afterAll(() => customs.stop());
beforeEach(() => {
  customs.clock.set('2026-11-23T02:00:00Z');
  merchant = exporter();
});

const base = '/v1/customs/declarations';
const step = (as: TestCaller, id: string, command: string, json?: object): Promise<Answer> =>
  customs.send(as, 'POST', `${base}/${id}/${command}`, json);
async function drafted(change: Parameters<typeof tcmDeclaration>[0] = {}): Promise<string> {
  const answer = await customs.send(merchant, 'POST', base, tcmDeclaration(change));
  expect([answer.status, answer.body['code']]).toEqual([201, undefined]);
  return textOf(answer.body['id']);
}
async function submitted(): Promise<string> {
  const id = await drafted();
  await step(merchant, id, 'check');
  expect((await step(merchant, id, 'submit')).body['status']).toBe('submitted');
  return id;
}
const clear = (id: string, track: string): Promise<Answer> =>
  step(officer, id, `tracks/${track}`, { state: 'cleared', reference: `${track} 1`, evidence_sha256: 'cd'.repeat(32) });
async function cleared(): Promise<string> {
  const id = await submitted();
  await step(officer, id, 'forward');
  for (const track of ['health_sector', 'base_duties', 'destination_law']) await clear(id, track);
  expect((await step(officer, id, 'pass', paper('粤网信备 2026-0001'))).body['status']).toBe('decided_pass');
  return id;
}
const quota = { quota: { general: null, sensitive: 3 } };
async function released(): Promise<{ id: string; release: string; token: string }> {
  customs.clock.set('2026-12-02T02:00:00Z');
  const id = await cleared();
  const answer = await step(second, id, 'release', quota);
  expect([answer.status, answer.body['status']]).toEqual([201, 'active']);
  return { id, release: textOf(answer.body['id']), token: textOf(answer.body['token']) };
}
const salt = new Uint8Array(32).fill(7);
const people = (...names: string[]): string[] => names.map((name) => personCommitment(salt, name));
const use = (release: string, sensitive: string[], change: object = {}, as = merchant): Promise<Answer> =>
  customs.send(as, 'POST', `/v1/customs/releases/${release}/uses`, {
    ...{ purpose: 'academic', fields: ['pattern'], recipient_id: university, destination: 'HK', sensitive, ...change },
  });

describe('the TCM product for a university in Hong Kong', () => {
  it('goes from draft to release by the right pathway, each step with its evidence and its clock', async () => {
    const id = await drafted();
    const { body: draft } = await customs.send(merchant, 'GET', `${base}/${id}`);
    expect(draft).toMatchObject({ pathway: 'SC_OR_CERT', rule: 'M-8-2', status: 'draft', needs_person: false });
    expect(Object.values(draft['tracks'] ?? {}).map((track) => track['id'])).toEqual([
      'health_sector',
      'base_duties',
      'destination_law',
    ]);
    await step(merchant, id, 'check');
    await step(merchant, id, 'submit');
    const forwarded = await step(officer, id, 'forward');
    expect(forwarded.body).toMatchObject({ status: 'in_authority', next_due: '2026-12-14' });
    expect(Object.values(forwarded.body['clocks'] ?? {}).map((clock) => [clock['id'], clock['due']])).toEqual([
      ['SC_CHECK', '2026-12-14'],
    ]);
    for (const track of ['health_sector', 'base_duties', 'destination_law']) await clear(id, track);
    customs.clock.set('2026-12-02T02:00:00Z');
    await step(officer, id, 'pass', paper('粤网信备 2026-0001'));
    const release = await step(second, id, 'release', quota);
    expect(release.body).toMatchObject({
      status: 'active',
      quota: { general: null, sensitive: 3 },
      valid_until: '2027-12-01T16:00:00.000Z',
    });
    expect((await customs.send(merchant, 'GET', `${base}/${id}`)).body['status']).toBe('released');
    const [event] = await customs.published(textOf(release.body['id']));
    expect(event).toMatchObject({
      type: 'hetao.customs.release-issued.v1',
      data: { declarationId: id, pathway: 'SC_OR_CERT', ruleId: 'M-8-2', officialReference: '粤网信备 2026-0001' },
    });
  });

  it('is found by its agreement’s exporter and recipient, and by nobody else', async () => {
    const { release } = await released();
    const idsFor = async (as: TestCaller) => {
      const { body } = await customs.send(as, 'GET', '/v1/customs/releases?status=active&limit=100');
      return Object.values(body['data'] ?? {}).map((one) => one['id']);
    };
    const recipient: TestCaller = { personas: ['buyer'], organisationId: university, subject: 'usr_reader' };
    for (const reader of [merchant, recipient, officer]) expect(await idsFor(reader)).toContain(release);
    expect(await idsFor(exporter())).toEqual([]);
  });

  it('has a token that anybody checks offline with the public keys', async () => {
    const { token, release } = await released();
    const keys = (await customs.send(null, 'GET', '/v1/customs/release-keys')).body[
      'keys'
    ] as unknown as ReleasePublicKey[];
    const verified = await verifyReleaseToken(token, keys, customs.clock.now());
    expect(verified).toMatchObject({
      ok: true,
      value: { jti: release, pathway: 'SC_OR_CERT', rule_set: { version: '2026.11.1' } },
    });
    expect(await verifyReleaseToken(token, keys, new Date('2027-12-02T00:00:00Z'))).toMatchObject({ ok: false });
  });
});

describe('a step whose answer was lost on the way', () => {
  it('is answered again under its key as it was, and was taken once', async () => {
    const id = await drafted();
    const [first, again] = await sendTwice(`${customs.service.url}${base}/${id}/check`, merchant);
    expect(first).toMatchObject({ status: 200, replayed: 'false', body: { status: 'self_check' } });
    expect(again).toEqual({ ...first, replayed: 'true' });
    const { body } = await customs.send(merchant, 'GET', `${base}/${id}/history`);
    const checks = Object.values(body['data'] ?? {}).filter((line) => textOf(line['command']) === 'check');
    expect(checks).toHaveLength(1);
    expect((await step(merchant, id, 'check')).body['code']).toBe('DECLARATION_TRANSITION_REFUSED');
  });
});

describe('a release waits', () => {
  it('until every parallel track is cleared, and says which is not', async () => {
    customs.clock.set('2026-12-02T02:00:00Z');
    const id = await submitted();
    await step(officer, id, 'forward');
    await clear(id, 'base_duties');
    await step(officer, id, 'pass', paper('X 1'));
    const refused = await step(second, id, 'release', quota);
    expect([refused.status, refused.body['code']]).toEqual([409, 'DECLARATION_NOT_CLEARED']);
    expect(refused.text).toContain('/tracks/health_sector');
    await step(officer, id, 'tracks/health_sector', {
      state: 'refused',
      reference: 'no',
      evidence_sha256: 'cd'.repeat(32),
    });
    expect((await step(second, id, 'release', quota)).body['code']).toBe('DECLARATION_NOT_CLEARED');
    expect((await clear(id, 'nothing')).body['code']).toBe('DECLARATION_TRACK_UNKNOWN');
  });
  it('for a second officer, for a quota that fits, and for a decision that still holds', async () => {
    customs.clock.set('2026-12-02T02:00:00Z');
    const id = await cleared();
    expect((await step(officer, id, 'release', quota)).body['code']).toBe('DECLARATION_FOUR_EYES');
    for (const sensitive of [null, 8_001]) {
      expect((await step(second, id, 'release', { quota: { general: null, sensitive } })).body['code']).toBe(
        'RELEASE_QUOTA_INVALID',
      );
    }
    customs.clock.set('2027-12-01T02:00:00Z');
    expect((await step(second, id, 'release', quota)).body['code']).toBe('DECLARATION_NOT_CLEARED');
  });
  it('issued once: two officers racing make one release', async () => {
    customs.clock.set('2026-12-02T02:00:00Z');
    const id = await cleared();
    const answers = await Promise.all([
      step(second, id, 'release', quota),
      step({ ...second, subject: 'usr_third' }, id, 'release', quota),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('a delivery', () => {
  it('counts distinct persons down, each once, and stops at the quota without counting anybody', async () => {
    const { release } = await released();
    const first = await use(release, people('a', 'b'));
    expect(first.body).toMatchObject({ used: { sensitive: 2 }, remaining: { general: null, sensitive: 1 } });
    expect((await use(release, people('b', 'a', 'a'))).body).toMatchObject({ remaining: { sensitive: 1 } });
    const over = await use(release, people('c', 'd'));
    expect([over.status, over.body['code']]).toEqual([409, 'RELEASE_QUOTA_EXHAUSTED']);
    const counter = await customs.send(merchant, 'GET', '/v1/customs/counters');
    expect(counter.body).toMatchObject({ year: 2026, sensitive: { exact: 2, total: 2 }, splitting: [] });
    expect((await use(release, people('c'))).body).toMatchObject({ remaining: { sensitive: 0 } });
  });
  it('never passes the quota, however many deliveries race', async () => {
    const { release } = await released();
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => use(release, people(name))));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  });
  it('stays within purpose, fields, recipient and destination, and is the exporter’s own', async () => {
    const { release } = await released();
    for (const change of [
      { purpose: 'marketing' },
      { fields: ['name'] },
      { recipient_id: 'org_x' },
      { destination: 'SG' },
    ]) {
      const answer = await use(release, people('a'), change);
      expect([answer.status, answer.body['code']]).toEqual([403, 'RELEASE_OUT_OF_SCOPE']);
    }
    expect((await use(release, people('a'), {}, exporter())).status).toBe(404);
  });
  it('stops at once when the release is suspended, goes on when resumed, stops for good when revoked or expired', async () => {
    const { release, id } = await released();
    const change = (command: string): Promise<Answer> =>
      customs.send(officer, 'POST', `/v1/customs/releases/${release}/${command}`, {
        reason: 'The recipient changed hands.',
      });
    expect((await change('suspend')).body['status']).toBe('suspended');
    expect((await use(release, people('a'))).body['code']).toBe('RELEASE_NOT_ACTIVE');
    await change('resume');
    expect((await use(release, people('a'))).status).toBe(200);
    expect([(await change('revoke')).status, (await change('revoke')).status]).toEqual([200, 200]);
    expect((await use(release, people('a'))).body['code']).toBe('RELEASE_NOT_ACTIVE');
    expect((await change('resume')).status).toBe(409);
    expect((await customs.send(merchant, 'GET', `${base}/${id}`)).body['status']).toBe('revoked');
    expect((await customs.published(release)).map(({ type }) => type.split('.')[2])).toEqual([
      'release-issued',
      'release-suspended',
      'release-resumed',
      'release-revoked',
    ]);
  });
  it('is revoked, or expires, while it is suspended: nothing is delivered in between', async () => {
    const change = (release: string, command: string): Promise<Answer> =>
      customs.send(officer, 'POST', `/v1/customs/releases/${release}/${command}`, { reason: 'Unclear.' });
    const revoked = await released();
    await change(revoked.release, 'suspend');
    expect((await change(revoked.release, 'revoke')).body['status']).toBe('revoked');
    const { release, id } = await released();
    await change(release, 'suspend');
    customs.clock.set('2027-12-01T16:00:00Z');
    await eventually(async () => {
      expect((await customs.send(merchant, 'GET', `${base}/${id}`)).body['status']).toBe('expired');
    });
    const types = (await customs.published(release)).map(({ type }) => type.split('.')[2]);
    expect(types).toEqual(['release-issued', 'release-suspended', 'release-expired']);
  });
  it('stops with the last second of the release, which is then found expired by itself', async () => {
    const { release, id } = await released();
    customs.clock.set('2027-12-01T15:59:59Z');
    expect((await use(release, people('a'))).status).toBe(200);
    customs.clock.set('2027-12-01T16:00:00Z');
    expect((await use(release, people('a'))).body['code']).toBe('RELEASE_NOT_ACTIVE');
    await eventually(async () => {
      expect((await customs.send(merchant, 'GET', `/v1/customs/releases/${release}`)).body['status']).toBe('expired');
    });
    expect((await customs.send(merchant, 'GET', `${base}/${id}`)).body['status']).toBe('expired');
  });
});

describe('a declaration is refused', () => {
  it('when it is not complete, with everything that is missing', async () => {
    const id = await drafted({ form: { documents: [] }, facts: { 'ytd.sensitive': 100 } });
    await step(merchant, id, 'check');
    const answer = await step(merchant, id, 'submit');
    expect([answer.status, answer.body['code']]).toEqual([422, 'DECLARATION_INCOMPLETE']);
    const codes = Object.values(answer.body['errors'] ?? {}).map((error) => error['code']);
    expect(new Set(codes)).toEqual(new Set(['COUNT_TOO_LOW', 'DOCUMENT_MISSING']));
  });
  it('when a fact is missing, a field contradicts the facts, or the facts contradict each other', async () => {
    for (const [fact, code] of [
      ['exp.ciio', 'FACT_MISSING'],
      ['d.hgr', 'FLAG_UNKNOWN'],
    ] as const) {
      const open = await drafted({ facts: { [fact]: null } });
      await step(merchant, open, 'check');
      expect((await step(merchant, open, 'submit')).text).toContain(code);
    }
    const blind = await drafted({ facts: { 'd.health': false } });
    await step(merchant, blind, 'check');
    expect((await step(merchant, blind, 'submit')).text).toContain('FORM_CONTRADICTS_FACTS');
    const answer = await customs.send(
      merchant,
      'POST',
      base,
      tcmDeclaration({ facts: { 'd.under14': true, 'd.sensitive': false } }),
    );
    expect([answer.status, answer.body['code']]).toEqual([422, 'FACTS_INVALID']);
  });
  it('when it wants a gene dataset sold, with the article', async () => {
    const id = await drafted({ facts: { 'tx.purpose': 'data_product_sale', 'd.hgr': 'info' } });
    expect((await customs.send(merchant, 'GET', `${base}/${id}`)).body).toMatchObject({
      pathway: 'BLOCKED',
      rule: 'STOP-05',
    });
    await step(merchant, id, 'check');
    expect((await step(merchant, id, 'submit')).text).toContain('PATHWAY_BLOCKED');
    expect((await step(officer, id, 'exempt', paper('memo'))).body['code']).toBe('DECLARATION_NOT_EXEMPT');
  });
  it('to others: strangers see nothing, exporters take no officer’s step', async () => {
    const id = await submitted();
    const stranger = exporter();
    expect((await customs.send(stranger, 'GET', `${base}/${id}`)).status).toBe(404);
    expect((await step(stranger, id, 'submit')).status).toBe(404);
    expect((await step(merchant, id, 'forward')).status).toBe(403);
    expect((await customs.send(stranger, 'GET', base)).body['data']).toEqual([]);
  });
});

describe('supplements, memos, clocks', () => {
  it('are asked for, given and handed in again; the exporter’s clock runs meanwhile', async () => {
    const id = await submitted();
    const back = await step(officer, id, 'return', { reason: 'Say who holds the key.' });
    expect(back.body).toMatchObject({
      status: 'returned',
      return_reason: 'Say who holds the key.',
      next_due: '2026-12-07',
    });
    const revised = await customs.send(
      merchant,
      'PUT',
      `${base}/${id}`,
      tcmDeclaration({ form: { deidentification: 'key held by the hospital' } }),
    );
    expect(revised.body['status']).toBe('returned');
    expect((await step(merchant, id, 'submit')).body['status']).toBe('submitted');
    const { rows } = await customs.service.database.withClient((client) =>
      client.query<{ command: string }>(
        'SELECT command FROM declaration_history WHERE declaration_id = $1 ORDER BY revision',
        [id],
      ),
    );
    expect(rows.map(({ command }) => command)).toEqual(['draft', 'check', 'submit', 'return', 'revise', 'submit']);
  });
  it('an exempt transfer is released on a memo', async () => {
    const facts = { 'd.sensitive': false, 'd.health': false, 'ytd.general': 500, 'ytd.sensitive': 0 };
    const form = { persons: { general: 500, sensitive: 0 }, fields: [tcmDeclaration().form.fields[1]] };
    const id = await drafted({ facts, form });
    await step(merchant, id, 'check');
    expect((await step(merchant, id, 'submit')).text).toContain('PATHWAY_NEEDS_MEMO');
    expect((await step(officer, id, 'exempt', paper('memo 1'))).body['status']).toBe('exempt_memo');
    await clear(id, 'base_duties');
    expect((await step(second, id, 'release', { quota: { general: 500, sensitive: null } })).body['rule']).toBe(
      'EX-05-4',
    );
  });
  it('pause and go on, and say so when a calendar is missing until somebody enters it', async () => {
    const id = await submitted();
    await step(officer, id, 'forward');
    const turn = (turned: string, on: string) => step(officer, id, 'clocks/SC_CHECK', { turn: turned, on });
    expect((await turn('pause', '2026-11-25')).body).toMatchObject({
      next_due: null,
      clocks: { 0: { paused: true, due: null } },
    });
    const over = await turn('resume', '2026-12-20');
    expect(over.body['clocks']?.['0']).toMatchObject({ due: null, problem: expect.stringContaining('CN in 2027') });
    const table = {
      place: 'CN',
      year: 2027,
      weekend: [0, 6],
      holidays: ['2027-01-01'],
      makeUpDays: [],
      source: 'entered for this test',
    };
    expect(
      (await customs.send(officer, 'POST', '/v1/customs/calendars', { ...table, makeUpDays: ['2027-01-04'] })).status,
    ).toBe(422);
    expect((await customs.send(officer, 'POST', '/v1/customs/calendars', table)).status).toBe(200);
    expect((await turn('resume', '2026-12-20')).body['next_due']).toBe('2027-01-08');
    expect((await turn('meet', '2027-01-05')).body).toMatchObject({ next_due: null });
  });
  it('stand on the officers’ board by clock, in the statistics and in a calendar feed', async () => {
    const id = await submitted();
    await step(officer, id, 'forward');
    const board = await customs.send(officer, 'GET', '/v1/customs/board?status=in_authority&limit=100');
    const dues = Object.values(board.body['data'] ?? {}).map((entry) => textOf(entry['next_due']));
    expect(dues).toEqual([...dues].sort());
    const feed = await customs.send(merchant, 'GET', '/v1/customs/clocks.ics');
    expect(feed.text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(feed.text).toContain('DTSTART;VALUE=DATE:20261214');
    for (const line of feed.text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const statistics = await customs.send(officer, 'GET', '/v1/customs/statistics');
    expect(statistics.text).toContain('"pathway":"SC_OR_CERT"');
  });
});

describe('the count of persons', () => {
  const post = (path: string, json: object) => customs.send(merchant, 'POST', `/v1/customs/counters/${path}`, json);
  it('takes commitments of other channels once, adds bare numbers as an upper bound, and begins anew each year', async () => {
    const persons = people('a', 'b', 'c');
    expect((await post('persons', { year: 2026, sensitive: persons })).body['counted_new']).toBe(3);
    expect((await post('persons', { year: 2026, sensitive: people('c', 'd') })).body['counted_new']).toBe(1);
    for (const some of [50, 10])
      await post('declared', { year: 2026, category: 'sensitive', channel: 'own line', persons: some });
    const counter = await customs.send(merchant, 'GET', '/v1/customs/counters');
    expect(counter.body['sensitive']).toEqual({
      exact: 4,
      declared_elsewhere: 10,
      estimate: null,
      total: 14,
      total_is: 'upper_bound',
      possible_double_count: 4,
    });
    customs.clock.set('2026-12-31T16:00:00Z');
    expect((await customs.send(merchant, 'GET', '/v1/customs/counters')).body).toMatchObject({
      year: 2027,
      sensitive: { total: 0 },
    });
  });
  it('suspects a transfer cut into parts', async () => {
    for (let part = 0; part < 2; part += 1)
      await step(merchant, await drafted({ form: { persons: { general: 0, sensitive: 6_000 } } }), 'check');
    const { body } = await customs.send(merchant, 'GET', '/v1/customs/counters');
    expect(body['splitting']?.['0']).toMatchObject({
      category: 'sensitive',
      rule: 'SPLIT-RECIPIENT',
      threshold: 10_000,
      persons: 12_000,
    });
  });
});
