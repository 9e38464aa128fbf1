import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type ExchangeApi, ExchangeProblem, until } from '../../exchange/api.js';
import { parseAccessLogLine, usageEventOf, type AccessLogEntry } from './access-log.js';
import type { IngestionReport, UsageSummary } from './answers.js';
import { PERIOD, TIME_ZONE } from './story.js';

const BATCH = 1_000;
const SOURCE = 'https://lingnan-access.example/gateway';

export interface SentUsage {
  readonly calls: number;
  readonly bytes: bigint;
  readonly accepted: number;
  readonly duplicates: number;
}

/** Reads the log; a line that is none stops the trade and is named. */
export async function readLog(path: string, lines: number): Promise<AccessLogEntry[]> {
  const entries: AccessLogEntry[] = [];
  let lineNumber = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    lineNumber += 1;
    const parsed = parseAccessLogLine(line, lineNumber);
    if (!parsed.ok) throw new Error(`${path}: ${parsed.error.detail} ${parsed.error.fix}`);
    entries.push(parsed.value);
    if (entries.length === lines) break;
  }
  return entries;
}

/** Sends every line as one CloudEvent, a thousand a request; sending again counts nothing twice. */
export async function sendUsage(
  merchant: ExchangeApi,
  agreementId: string,
  entries: readonly AccessLogEntry[],
  progress: (done: number) => void,
): Promise<SentUsage> {
  let accepted = 0;
  let duplicates = 0;
  for (let at = 0; at < entries.length; at += BATCH) {
    const events = entries.slice(at, at + BATCH).map((entry) => usageEventOf(entry, { agreementId, source: SOURCE }));
    const report = await sendBatch(merchant, events);
    accepted += report.accepted;
    duplicates += report.duplicates;
    progress(Math.min(at + BATCH, entries.length));
  }
  const bytes = entries.reduce((sum, entry) => sum + BigInt(entry.bytes), 0n);
  return { calls: entries.length, bytes, accepted, duplicates };
}

/**
 * Sends at most a thousand events, and stops at one that is not taken. Metering hears of an entitlement a moment after
 * it was granted; until then it does not know the agreement. What was sent is counted when this resolves: a month that is
 * closed next must not miss it.
 */
export function sendBatch(merchant: ExchangeApi, events: readonly object[]): Promise<IngestionReport> {
  return until(
    'The first usage',
    async () => {
      const report = await merchant.post<IngestionReport>(
        '/v1/usage/events',
        events,
        'application/cloudevents-batch+json',
      );
      const refused = report.items.find((item) => item.status === 'rejected' || item.status === 'conflict');
      // What is durable but not counted yet is asked about by sending it again: it counts once, and says so.
      if (!refused) return report.pending === 0 ? report : undefined;
      if (/AGREEMENT_UNKNOWN/.test(refused.code ?? '') && report.accepted + report.duplicates === 0) return undefined;
      throw new Error(
        `Event ${refused.index} was ${refused.status} (${refused.code ?? ''}): ${refused.detail ?? ''} ${refused.fix ?? ''}`,
      );
    },
    60_000,
  );
}

/** Closes the month and answers what was counted in it. */
export async function closeUsage(operator: ExchangeApi, agreementId: string): Promise<UsageSummary> {
  try {
    await operator.post(`/v1/usage/periods/${PERIOD}/close`, { time_zone: TIME_ZONE });
  } catch (error) {
    // A month that was closed before, perhaps in another zone, stays closed.
    if (!(error instanceof ExchangeProblem && error.status === 409)) throw error;
  }
  return until('The close of the usage period', async () => {
    const summary = await operator.get<UsageSummary>(`/v1/usage/summary?agreement_id=${agreementId}&period=${PERIOD}`);
    return summary.state === 'closed' ? summary : undefined;
  });
}
