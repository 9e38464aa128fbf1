import { ExchangeApi, ExchangeProblem } from '../../../exchange/api.js';
import { DEMO_OPERATOR_KEY } from '../../../exchange/demo-keys.js';
import { ledgerHolds, logHolds, usageComplete, type Check, type Kept } from '../../../exchange/verify.js';
import { countedTotals, difference, type MeteringRows } from '../usage/totals.js';
import { UNIT_PRICE_MINOR, type Traded } from './trade.js';
import type { PlatformWorld } from './world.js';

interface Held {
  readonly id: string;
  readonly agreement_id: string;
  readonly status: string;
}

/** What was found after a run, trade by trade and over the whole exchange. */
export async function judge(
  world: PlatformWorld,
  { trades, period, kept }: { readonly trades: readonly Traded[]; readonly period: string; readonly kept: Kept },
): Promise<readonly Check[]> {
  const operator = new ExchangeApi({ baseUrl: world.url, apiKey: DEMO_OPERATOR_KEY });
  return [
    await usageIsCountedOnce(world.metering, trades),
    await invoicesAreRight(operator, trades, period),
    await statesAreLegal(operator, trades),
    nothingBeforeRelease(trades),
    await usageComplete(world.url),
    ...(await ledgerHolds(world.url, kept, kept.ledger.sequence)),
    await logHolds(world.url, kept),
  ];
}

/** Metering's totals are those of a plain model, hour by hour. */
export async function usageIsCountedOnce(rows: MeteringRows, trades: readonly Traded[]): Promise<Check> {
  const agreements = trades.map(({ agreementId }) => agreementId);
  const counted = await countedTotals(rows, agreements);
  const { found, expected } = difference(counted, trades.flatMap(({ model }) => model.totals()).sort());
  const events = trades.reduce((sum, { model }) => sum + model.events, 0);
  const detail = found === expected ? `${events} events, ${found} hours` : found;
  return { what: 'usage counted once, hour by hour', holds: found === expected, detail };
}

/** Each agreement has one invoice of the period, over just what was used. */
export async function invoicesAreRight(
  operator: ExchangeApi,
  trades: readonly Traded[],
  period: string,
): Promise<Check> {
  const invoices = await operator.list<Held & { net: { amount: string } }>(`/v1/invoices?period=${period}`);
  const faults = trades.flatMap(({ agreementId, model }) => {
    const owed = amountOf(model.sum('calls') * UNIT_PRICE_MINOR);
    const own = invoices.filter((invoice) => invoice.agreement_id === agreementId).map(({ net }) => net.amount);
    return own.join() === owed ? [] : [`${agreementId} was invoiced ${own.join(' and ') || 'nothing'}, owed ${owed}`];
  });
  return { what: 'one invoice each, over what was used', ...told(faults, `${trades.length} invoices`) };
}

const amountOf = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;

/** Each trade went through its states once: nothing twice, nothing half. */
export async function statesAreLegal(operator: ExchangeApi, trades: readonly Traded[]): Promise<Check> {
  const faults: string[] = [];
  for (const { agreementId, requestId, releaseId, isRevoked } of trades) {
    const of = `agreement_id=${agreementId}`;
    const agreement = await operator.get<{ status: string }>(`/v1/agreements/${agreementId}`);
    const request = await operator.get<{ status: string }>(`/v1/access-requests/${requestId}`);
    const entitlements = await operator.list<Held>(`/v1/entitlements?${of}`);
    const releases = await operator.list<Held>(`/v1/customs/releases?${of}`);
    const found = [agreement, request, ...entitlements, ...releases].map(({ status }) => status).join();
    const expected = ['in_force', 'agreed', 'granted', isRevoked ? 'revoked' : 'active'].join();
    if (found !== expected || releases[0]?.id !== releaseId) faults.push(`${agreementId}: ${found}, not ${expected}`);
  }
  return { what: 'states legal', ...told(faults, `${trades.length} requests, agreements, entitlements, releases`) };
}

function nothingBeforeRelease(trades: readonly Traded[]): Check {
  const faults = trades
    .filter(({ takenBefore }) => takenBefore > 0)
    .map(({ agreementId, takenBefore }) => `${agreementId}: ${takenBefore} events`);
  return { what: 'nothing taken before its release', ...told(faults, `${trades.length} tried`) };
}

/** A release that was revoked ends the usage; asked of metering itself, once all have heard. */
export async function nothingAfterRevocation(
  trades: readonly (Traded & { readonly exporter: ExchangeApi })[],
): Promise<Check> {
  const revoked = trades.filter(({ isRevoked }) => isRevoked);
  const faults: string[] = [];
  for (const { agreementId, exporter } of revoked) {
    const event = {
      ...{ specversion: '1.0', id: 'late', source: `/chaos/late/${agreementId}`, type: 'hetao.usage.recorded' },
      ...{ subject: agreementId, time: new Date().toISOString(), data: { meters: { calls: '1' } } },
    };
    const report = await exporter
      .post<{ rejected: number }>('/v1/usage/events', [event], 'application/cloudevents-batch+json')
      .catch((error: unknown) => {
        if (error instanceof ExchangeProblem) return { rejected: 1 };
        throw error;
      });
    if (report.rejected !== 1) faults.push(agreementId);
  }
  return { what: 'nothing taken after a revocation', ...told(faults, `${revoked.length} tried`) };
}

function told(faults: readonly string[], whenNone: string): Pick<Check, 'holds' | 'detail'> {
  return { holds: faults.length === 0, detail: faults.length === 0 ? whenNone : faults.slice(0, 4).join('; ') };
}
