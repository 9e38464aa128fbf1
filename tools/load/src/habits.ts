import type { ExchangeApi } from '../../exchange/api.js';
import type { Random } from '../../chaos/src/random.js';
import type { Habit } from './arrivals.js';
import { licensed, type Cast } from './cast.js';

/** A day at the exchange: ten hours in which people are at work. */
const DAY_S = 36_000;
/** What one of 500 buyers does in a day. */
const A_BUYERS_DAY = {
  searches: 30,
  productPages: 30,
  agreementLists: 10,
  usageSummaries: 10,
  invoiceLists: 5,
  entitlementLists: 5,
  logLooks: 10,
} as const;
/** Each merchant's meter reports twice a minute, a hundred events at a time. */
const REPORTS_A_MERCHANT_S = 1 / 30;
const EVENTS_A_REPORT = 100;
/** On the whole exchange. */
const LICENSES_A_DAY = 20;
const OPERATORS_READS_A_DAY = 2_000;

interface Day {
  readonly cast: Cast;
  /** How many times as fast as a day goes. */
  readonly speed: number;
  readonly random: Random;
  readonly period: string;
}

/** What people do on this day, and how often. Rates grow with the number of people. */
export function habitsOf(day: Day): readonly Habit[] {
  return [...buyersHabits(day), ...merchantsHabits(day), ...operatorsHabits(day)];
}

function buyersHabits({ cast, speed, random }: Day): readonly Habit[] {
  const { buyers, merchants } = cast;
  const rate = (aDay: number) => (aDay * buyers.length * speed) / DAY_S;
  const ask = (name: string, aDay: number, path: () => string): Habit => ({
    ...{ name, perSecond: rate(aDay) },
    act: async () => void (await anyOf(buyers, random).get(path())),
  });
  const entitled = async (act: (buyer: ExchangeApi, agreementId: string) => Promise<unknown>) => {
    const no = random.between(0, merchants.length - 1);
    const [buyer, merchant] = [buyers[no % buyers.length], merchants[no]];
    if (buyer && merchant) await act(buyer, merchant.agreementId);
  };
  const { searches, productPages, agreementLists, invoiceLists, entitlementLists, logLooks } = A_BUYERS_DAY;
  return [
    ask('GET /v1/products?q=', searches, () => `/v1/products?q=day-${random.between(0, 99)}&limit=20`),
    ask('GET /v1/products', productPages, () => '/v1/products?limit=20'),
    ask('GET /v1/agreements', agreementLists, () => '/v1/agreements?limit=20'),
    ask('GET /v1/invoices', invoiceLists, () => '/v1/invoices?limit=20'),
    ask('GET /v1/entitlements', entitlementLists, () => '/v1/entitlements?limit=20'),
    ask('GET /v1/attestation-log/keys', logLooks, () => '/v1/attestation-log/keys'),
    {
      ...{ name: 'GET /v1/usage/summary', perSecond: rate(A_BUYERS_DAY.usageSummaries) },
      act: () =>
        entitled((buyer, id) =>
          buyer.get(`/v1/usage/summary?agreement_id=${id}&period=${new Date().toISOString().slice(0, 7)}`),
        ),
    },
  ];
}

function merchantsHabits({ cast, speed, random, period }: Day): readonly Habit[] {
  const { merchants, buyers, officer, supervisor } = cast;
  let sent = 0;
  let licenses = 0;
  return [
    {
      ...{ name: 'POST /v1/usage/events', perSecond: merchants.length * REPORTS_A_MERCHANT_S * speed },
      act: async () => {
        const { api, agreementId } = anyOf(merchants, random);
        const first = sent;
        sent += EVENTS_A_REPORT;
        const events = Array.from({ length: EVENTS_A_REPORT }, (_, at) => eventOf(agreementId, first + at));
        const report = await api.post<{ rejected: number; received: number }>('/v1/usage/events', events, BATCH_TYPE);
        if (report.rejected > 0 || report.received !== EVENTS_A_REPORT) throw new Error('Usage was refused.');
      },
    },
    {
      ...{ name: 'a whole licence, 20 requests', perSecond: (LICENSES_A_DAY * speed) / DAY_S },
      act: async () => {
        licenses += 1;
        const [exporter, buyer] = [anyOf(merchants, random).api, anyOf(buyers, random)];
        await licensed({ officer, supervisor, exporter, buyer }, `day-late-${licenses}`, period);
      },
    },
  ];
}

function operatorsHabits({ cast, speed }: Day): readonly Habit[] {
  const paths = ['/v1/ledger/trial-balance', '/v1/customs/declarations?limit=20', '/v1/participants?limit=20'];
  return paths.map((path) => ({
    ...{ name: `GET ${path.replace('?limit=20', '')}`, perSecond: (OPERATORS_READS_A_DAY * speed) / DAY_S / 3 },
    act: async () => void (await cast.officer.get(path)),
  }));
}

const BATCH_TYPE = 'application/cloudevents-batch+json';

function eventOf(agreementId: string, no: number) {
  return {
    ...{ specversion: '1.0', id: `d-${no}`, source: '/load/day', type: 'hetao.usage.recorded', subject: agreementId },
    ...{ time: new Date().toISOString(), data: { meters: { calls: '1' } } },
  };
}

function anyOf<T>(all: readonly T[], random: Random): T {
  const one = random.pick(all);
  if (one === undefined) throw new Error('A day needs merchants and buyers.');
  return one;
}
