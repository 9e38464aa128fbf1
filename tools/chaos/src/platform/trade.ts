import { type ExchangeApi, ExchangeProblem, until } from '../../../exchange/api.js';
import { clearAgreement } from '../../../exchange/clear.js';
import { licenseProduct, planOf, type LicensingSides } from '../../../exchange/license.js';
import type { Random } from '../random.js';
import { Model } from '../usage/model.js';
import { bodyOf, UsageMaker, type UsageBatch } from '../usage/usage.js';

/** Everybody of a trade. */
export interface TradingSides extends LicensingSides {
  /** Releases; nobody releases what he decided himself. */
  readonly supervisor: ExchangeApi;
}

/** What a trade came to, as its parties know it. */
export interface Traded {
  readonly agreementId: string;
  readonly requestId: string;
  readonly releaseId: string;
  /** What was acknowledged as used. */
  readonly model: Model;
  /** Events that were taken although nothing was released yet: there must be none. */
  readonly takenBefore: number;
  readonly isRevoked: boolean;
}

export interface TradePlan {
  /** Unique in a campaign. */
  readonly name: string;
  /** YYYY-MM: the month in which the data are used. */
  readonly period: string;
  readonly random: Random;
  /** Customs takes the release back after the last usage. */
  readonly isRevoked: boolean;
  /** Told after every answered step. */
  readonly stepped: () => void;
}

const BATCHES = 6;
/** How often a trade calls `stepped`: licensing, the probe, the release, the entitlement, usage. */
export const STEPS_A_TRADE = 8 + 3 + BATCHES;
/** How long what travels as an event may take under harm. */
const AFTER_FAULTS_MS = 90_000;
export const UNIT_PRICE_MINOR = 25n;

/** One trade from the listing to its usage; whatever is not answered is asked again, as it was. */
export async function playTrade(sides: TradingSides, plan: TradePlan): Promise<Traded> {
  const { name, period, isRevoked, stepped } = plan;
  const { agreementId, requestId } = await licenseProduct(sides, dealOf(name, period), {
    stepped,
    heardWithinMs: AFTER_FAULTS_MS,
  });
  const maker = usageMaker(agreementId, plan);
  const takenBefore = await tooEarly(sides.exporter, maker.next());
  stepped();
  const releaseId = await release(sides, agreementId, period);
  stepped();
  await inForce(sides.buyer, agreementId);
  stepped();
  const model = new Model();
  for (let batch = 0; batch < BATCHES; batch += 1) {
    await use(sides.exporter, maker, model);
    stepped();
  }
  if (isRevoked) await sides.supervisor.post(`/v1/customs/releases/${releaseId}/revoke`, { reason: 'Chaos ends it.' });
  return { agreementId, requestId, releaseId, model, takenBefore, isRevoked };
}

interface Report extends Judged {
  readonly batch_id: string;
  readonly pending: number;
  readonly items: readonly Refusal[];
}
/** What became of the events of a request. */
interface Judged {
  readonly received: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
}
interface Refusal {
  readonly code?: string;
}

function record(exporter: ExchangeApi, batch: UsageBatch): Promise<Report> {
  return exporter.post<Report>('/v1/usage/events', bodyOf(batch), 'application/cloudevents-batch+json');
}

/** Sends usage that nothing was released for. @returns how many events were taken all the same, once all are judged */
function tooEarly(exporter: ExchangeApi, batch: UsageBatch): Promise<number> {
  return until(
    'The judgement over early usage',
    async () => {
      const { pending, accepted, duplicates } = await record(exporter, batch);
      return pending === 0 ? accepted + duplicates : undefined;
    },
    AFTER_FAULTS_MS,
  );
}

async function use(exporter: ExchangeApi, maker: UsageMaker, model: Model): Promise<void> {
  const batch = maker.next();
  for (const event of batch.events) model.count(event);
  await until(
    'The usage',
    async () => {
      const { rejected, received, refusals } = await judged(exporter, await record(exporter, batch));
      if (rejected === 0 && received === batch.events.length) return true;
      // Metering hears of an entitlement a moment after it was granted; whatever else it refuses is in order.
      const code = refusals.find((item) => item.code !== undefined && !/CONFLICT/.test(item.code))?.code ?? '';
      if (/AGREEMENT_UNKNOWN|RELEASE/.test(code)) return undefined;
      throw new Error(`Usage was refused that is in order: ${code}`);
    },
    AFTER_FAULTS_MS,
  );
  maker.answered(batch);
}

/** What was answered before it was counted is asked for until it is: durable is not yet taken. */
async function judged(
  exporter: ExchangeApi,
  report: Report,
): Promise<Judged & { readonly refusals: readonly Refusal[] }> {
  if (report.pending === 0) return { ...report, refusals: report.items };
  const path = `/v1/usage/batches/${report.batch_id}`;
  const ask = async () => {
    try {
      const batch = await exporter.get<Judged & { readonly not_accepted: readonly Refusal[] }>(path);
      return batch.received >= report.received ? { ...batch, refusals: batch.not_accepted } : undefined;
    } catch (error) {
      if (error instanceof ExchangeProblem && error.code === 'USAGE_BATCH_NOT_FOUND') return undefined;
      throw error;
    }
  };
  return until('The judgement over usage', ask, AFTER_FAULTS_MS);
}

/** @returns the one release of the agreement */
async function release(sides: TradingSides, agreementId: string, period: string): Promise<string> {
  const exporter = { name: 'Chaos Data', place: 'Shenzhen', registration_number: '91440300MA5D0DATA1' };
  const decided = { on: `${period}-01`, until: '2034-12-31' };
  await clearAgreement(sides, agreementId, { exporter, decided });
  const releases = await sides.officer.list<{ id: string }>(`/v1/customs/releases?agreement_id=${agreementId}`);
  return releases[0]?.id ?? '';
}

function inForce(buyer: ExchangeApi, agreementId: string): Promise<true> {
  return until(
    `Agreement ${agreementId} in force`,
    async () => {
      const { status } = await buyer.get<{ status: string }>(`/v1/agreements/${agreementId}`);
      return status === 'in_force' || undefined;
    },
    AFTER_FAULTS_MS,
  );
}

function usageMaker(agreementId: string, { name, period, random }: TradePlan): UsageMaker {
  const plan = {
    agreements: [{ agreementId, merchantId: name }],
    fromMs: Date.parse(`${period}-02T00:00:00Z`),
    days: 20,
    mostEvents: 40,
    source: () => `/chaos/${name}`,
    meters: () => ({ calls: random.between(1, 9) }),
  };
  return new UsageMaker(plan, random);
}

const text = (words: string) => ({ en: words, 'zh-Hans': words, 'zh-Hant': words });

function dealOf(name: string, period: string) {
  const fields = [{ name: 'count', meaning: 'How many', export_reason: 'It is what is sold.' }];
  return {
    product: { name: text(name), description: text('About nobody.'), kind: 'api', stored_in: 'CN', fields },
    offer: {
      plan: planOf({ calls: '0.25' }),
      policy: { purposes: ['research'], places_of_use: ['HK'], onward_use: false, retention_days: 365 },
      quota: null,
      valid_until: '2035-01-01T00:00:00Z',
      term: { from: `${period}-01T00:00:00Z`, until: '2034-12-31T00:00:00Z' },
    },
    request: { purpose: 'research', place_of_use: 'HK' },
  };
}
