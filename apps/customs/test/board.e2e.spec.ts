import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { newId } from '@hetao/kernel';
import { PersonsDeliveredV1 } from '@hetao/events';
import { eventually, type TestCaller } from '@hetao/testing';
import { startCustoms, textOf, type Answer, type Body, type RunningCustoms } from './running-customs.js';
import { exporter, officer, paper, second, university } from './sample-declaration.js';
import { people, stepsOf } from './steps.js';

let customs: RunningCustoms;
let merchant: TestCaller;
let steps: ReturnType<typeof stepsOf>;
beforeAll(async () => {
  customs = await startCustoms('2026-11-23T02:00:00Z', { REMINDER_INTERVAL_MS: '50', RISK_INTERVAL_MS: '50' });
});
afterAll(() => customs.stop());
beforeEach(() => {
  customs.clock.set('2026-11-23T02:00:00Z');
  merchant = exporter();
  steps = stepsOf(customs, merchant);
});

const listed = ({ body }: Answer): Body[] => Object.values(body['data'] ?? {});
const get = (as: TestCaller, path: string): Promise<Answer> => customs.send(as, 'GET', `/v1/customs/${path}`);
const post = (as: TestCaller, path: string, json?: object): Promise<Answer> =>
  customs.send(as, 'POST', `/v1/customs/${path}`, json);
/** The stages of reminders of one declaration there are, in the order they came. */
const stages = async (id: string): Promise<string[]> =>
  listed(await get(merchant, `reminders?declaration_id=${id}`))
    .map((row) => textOf(row['stage']))
    .reverse();

describe('a clock', () => {
  it('reminds ten, three and one working days before its end, once each, and comes before the supervisors when it is over', async () => {
    const id = await steps.submitted();
    // SC_CHECK: fifteen working days of the authority, due on 14 December.
    await steps.step(officer, id, 'forward');
    for (const [day, expected] of [
      ['2026-11-30', ['t_10']],
      ['2026-12-08', ['t_10']],
      ['2026-12-09', ['t_10', 't_3']],
      ['2026-12-11', ['t_10', 't_3', 't_1']],
      ['2026-12-14', ['t_10', 't_3', 't_1']],
      ['2026-12-15', ['t_10', 't_3', 't_1', 'overdue']],
      ['2026-12-18', ['t_10', 't_3', 't_1', 'overdue']],
    ] as const) {
      customs.clock.set(`${day}T02:00:00Z`);
      await eventually(async () => expect(await stages(id)).toEqual(expected));
    }
    const [escalated] = listed(await get(officer, `reminders?escalated=true&declaration_id=${id}`));
    expect(escalated).toMatchObject({ stage: 'overdue', clock: 'SC_CHECK', due: '2026-12-14', owed_by: 'authority' });
    expect(listed(await get(exporter(), 'reminders'))).toEqual([]);
    const handle = (as: TestCaller) =>
      post(as, `reminders/${textOf(escalated?.['id'])}/handle`, { note: 'Rang them up.' });
    expect((await handle(merchant)).status).toBe(403);
    expect((await handle(officer)).body).toMatchObject({ handled_by: officer.subject, escalated: false });
    expect((await handle(second)).body).toMatchObject({ handled_by: officer.subject });
    expect(listed(await get(officer, `reminders?escalated=true&declaration_id=${id}`))).toEqual([]);
    expect((await post(officer, `reminders/${newId('rmd')}/handle`, { note: 'x' })).body['code']).toBe(
      'REMINDER_UNKNOWN',
    );
  });

  it('that has done its work, or stands still, reminds nobody', async () => {
    const [decided, paused] = [
      await steps.submitted(),
      await steps.submitted({ form: { persons: { general: 0, sensitive: 9 } } }),
    ];
    for (const id of [decided, paused]) await steps.step(officer, id, 'forward');
    customs.clock.set('2026-11-25T02:00:00Z');
    await steps.step(officer, decided, 'pass', { ...paper('X 1'), decided_on: '2026-11-25' });
    await steps.step(officer, paused, 'clocks/SC_CHECK', { turn: 'pause', on: '2026-11-25' });
    const watched = await steps.submitted({ form: { persons: { general: 0, sensitive: 8 } } });
    await steps.step(officer, watched, 'forward');
    customs.clock.set('2026-12-21T02:00:00Z');
    await eventually(async () => expect((await stages(watched)).length).toBeGreaterThan(0));
    expect([await stages(decided), await stages(paused)]).toEqual([[], []]);
  });

  it('that runs into a year nobody has announced is not guessed: the supervisors are told which table is missing', async () => {
    customs.clock.set('2026-12-21T02:00:00Z');
    const id = await steps.submitted();
    await steps.step(officer, id, 'forward');
    await eventually(async () => expect(await stages(id)).toEqual(['unknown']));
    const [reminder] = listed(await get(officer, `reminders?escalated=true&declaration_id=${id}`));
    expect(reminder).toMatchObject({ due: null, problem: expect.stringContaining('CN in 2027') });
  });
});

describe('the calendar feed', () => {
  it('is read at a secret address, by RFC 5545, until the address is changed or closed', async () => {
    const id = await steps.submitted({
      form: { title: 'Records; of, many\\words 中医药真实世界数据集中医药真实世界数据集' },
    });
    await steps.step(officer, id, 'forward');
    const opened = (await post(merchant, 'calendar-feed')).body;
    const read = (path: unknown): Promise<Answer> => customs.send(null, 'GET', textOf(path));
    const feed = await read(`${textOf(opened['path'])}.ics`);
    expect(feed.status).toBe(200);
    const events = new ICAL.Component(ICAL.parse(feed.text) as ConstructorParameters<typeof ICAL.Component>[0])
      .getAllSubcomponents('vevent')
      .map((component) => new ICAL.Event(component));
    expect(events.map((event) => [event.uid, event.startDate.toString(), event.summary])).toEqual([
      [`${id}-SC_CHECK@hetao`, '2026-12-14', expect.stringContaining('Records; of, many\\words 中医药')],
    ]);
    for (const line of feed.text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const again = (await post(merchant, 'calendar-feed')).body;
    expect([(await read(opened['path'])).status, (await read(again['path'])).status]).toEqual([404, 200]);
    expect((await customs.send(merchant, 'DELETE', '/v1/customs/calendar-feed')).body).toEqual({ closed: true });
    expect((await read(again['path'])).body['code']).toBe('CALENDAR_FEED_UNKNOWN');
    expect((await read('/v1/customs/calendar-feeds/guess')).status).toBe(404);
  });
});

describe('the officers’ board', () => {
  const entry = async (id: string): Promise<Body | undefined> =>
    listed(await get(officer, 'board?limit=100')).find((row) => textOf(row['id']) === id);

  it('shows what waits with its risk, and why', async () => {
    const id = await steps.submitted();
    await eventually(async () => expect((await entry(id))?.['risk']).not.toBeNull());
    const rules = Object.values((await entry(id))?.['risk']?.['reasons'] ?? {}).map((reason) => textOf(reason['rule']));
    expect(rules).toEqual(['RISK-FIRST-RECIPIENT', 'RISK-NEAR-THRESHOLD', 'RISK-SENSITIVE', 'RISK-HEALTH']);
    expect((await entry(id))?.['risk']?.['score']).toBe(70);
    expect((await get(merchant, 'board')).status).toBe(403);
  });

  it('holds a declaration until one officer asks and another lifts it', async () => {
    customs.clock.set('2026-12-02T02:00:00Z');
    const id = await steps.cleared();
    const put = await post(officer, `declarations/${id}/holds`, { reason: 'A question of the ministry.' });
    expect(put.status).toBe(201);
    const hold = textOf(put.body['id']);
    const refused = await steps.release(id, 3);
    expect([refused.status, refused.body['code']]).toEqual([409, 'RELEASE_HELD']);
    expect((await entry(id))?.['holds']).toBe(1);
    expect((await post(officer, `holds/${hold}/lift`)).body['code']).toBe('HOLD_LIFT_NOT_ASKED');
    await post(officer, `holds/${hold}/ask-to-lift`, { reason: 'Answered.' });
    expect((await post(officer, `holds/${hold}/lift`)).body['code']).toBe('HOLD_FOUR_EYES');
    expect((await post(second, `holds/${hold}/lift`)).body).toMatchObject({ lifted_by: second.subject });
    expect((await post(second, `holds/${hold}/lift`)).status).toBe(200);
    expect((await post(officer, `holds/${hold}/ask-to-lift`, { reason: 'x' })).body['code']).toBe('HOLD_LIFTED');
    expect((await steps.release(id, 3)).status).toBe(201);
    expect(listed(await get(officer, `holds?declaration_id=${id}&standing=true`))).toEqual([]);
    expect((await post(officer, `declarations/${newId('dcl')}/holds`, { reason: 'x' })).status).toBe(404);
  });

  it('holds by itself what scores too high, and lets go what two officers have looked at', async () => {
    customs.clock.set('2026-12-02T02:00:00Z');
    const id = await steps.cleared({ form: { onward_transfers: 'to a partner in Singapore' } });
    const refused = await steps.release(id, 3);
    expect([refused.body['code'], refused.text]).toEqual(['RELEASE_HELD', expect.stringContaining('RISK-ONWARD 20')]);
    await eventually(async () => expect((await entry(id))?.['holds']).toBe(1));
    const [hold] = listed(await get(officer, `holds?declaration_id=${id}`));
    expect(hold).toMatchObject({ put_by: 'customs', risk_reasons: expect.arrayContaining(['RISK-ONWARD']) });
    expect(hold?.['risk']).toMatchObject({
      hold_at: 80,
      rules: expect.arrayContaining([
        expect.objectContaining({
          id: 'RISK-ONWARD',
          points: 20,
          text: expect.objectContaining({ 'zh-Hant': '接收方可再轉移' }),
        }),
      ]),
    });
    const path = `holds/${textOf(hold?.['id'])}`;
    await post(officer, `${path}/ask-to-lift`, { reason: 'The partner is bound by contract.' });
    await post(second, `${path}/lift`);
    expect((await steps.release(id, 3)).status).toBe(201);
  });

  it('sees answers that contradict another declaration of the exporter', async () => {
    await steps.submitted();
    const id = await steps.submitted({
      facts: { 'exp.gba': false },
      form: { persons: { general: 0, sensitive: 9 }, recipient_id: 'org_else' },
    });
    await eventually(async () => expect((await entry(id))?.['risk']).not.toBeNull());
    expect(JSON.stringify((await entry(id))?.['risk'])).toContain('exp.gba in dcl_');
  });

  it('takes new risk rules from two officers, and scores anew what waits', async () => {
    const id = await steps.submitted();
    await eventually(async () => expect((await entry(id))?.['risk']?.['score']).toBe(70));
    const policies = listed(await get(officer, 'risk-policies'));
    const policy = policies.at(-1)?.['policy'] as unknown as { rules: { points: number; when: object }[] };
    const faulty = { ...policy, rules: [{ ...policy.rules[0], when: { all: [['d.unheard_of', 'eq', true]] } }] };
    expect((await post(officer, 'risk-policies', faulty)).body['code']).toBe('RISK_POLICY_FAULTY');
    const doubled = {
      ...policy,
      hold_at: 500,
      rules: policy.rules.map((rule) => ({ ...rule, points: rule.points * 2 })),
    };
    const proposed = await post(officer, 'risk-policies', doubled);
    expect([proposed.status, proposed.body['approved_by']]).toEqual([201, null]);
    const version = textOf(proposed.body['version']);
    expect((await post(officer, `risk-policies/${version}/approve`)).body['code']).toBe('RISK_POLICY_FOUR_EYES');
    expect((await post(second, `risk-policies/${version}/approve`)).body['approved_by']).toBe(second.subject);
    await eventually(async () => expect((await entry(id))?.['risk']?.['score']).toBe(140));
    expect((await post(second, 'risk-policies/999/approve')).body['code']).toBe('RISK_POLICY_UNKNOWN');
  });
});

describe('the statistics', () => {
  it('count volumes by pathway, place and month and say how long it took, as data, as a table and drawn', async () => {
    customs.clock.set('2026-12-02T02:00:00Z');
    const agreement = newId('agr');
    const id = await steps.cleared({ form: { agreement_id: agreement } });
    customs.clock.set('2026-12-06T02:00:00Z');
    expect((await steps.release(id, 5)).status).toBe(201);
    await customs.hears(PersonsDeliveredV1, {
      ...{
        deliveryId: newId('dlv'),
        agreementId: agreement,
        productId: 'prd_1',
        buyerId: university,
        year: 2026,
      },
      ...{ merchantId: merchant.organisationId ?? '', general: [], sensitive: people('a', 'b') },
      recordedAt: '2026-12-06T02:00:00.000Z',
    });
    const { body } = await get(officer, 'statistics?year=2026');
    const december = Object.values(body['volumes'] ?? {}).find((row) => textOf(row['month']) === '2026-12');
    expect(december).toMatchObject({ pathway: 'SC_OR_CERT', destination: 'HK' });
    expect(Number(december?.['persons_sensitive'])).toBeGreaterThanOrEqual(2);
    expect(Number(body['time_to_clear']?.['0']?.['p99'])).toBeGreaterThan(3);
    const table = await get(officer, 'statistics.csv?year=2026');
    expect(table.text.split('\r\n')[0]).toBe(
      'month,pathway,destination,declarations,submitted,released,persons_general,persons_sensitive',
    );
    expect(table.text).toContain('"2026-12","SC_OR_CERT","HK"');
    for (const query of ['', '?chart=places&language=zh-Hant', '?chart=time_to_clear&language=zh-Hans', '?year=2021']) {
      const { status, text } = await get(officer, `statistics.svg${query}`);
      expect([status, text]).toEqual([200, expect.stringMatching(/^<svg [^]*<\/svg>$/)]);
      expect(text).not.toMatch(/<script|NaN/);
    }
    expect((await get(officer, 'statistics.svg')).text).toContain('SC_OR_CERT');
    expect((await get(merchant, 'statistics.csv')).status).toBe(403);
  });
});
