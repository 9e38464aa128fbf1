import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeWithKafka, eventually, startExchange, startKafka } from '@hetao/testing';
import { ensureBuilt } from '../../../tools/build.mjs';
import { equationOf, repositoryRoot, runTrade } from './support/trade-run.js';

const WITHIN_MS = 180_000;

interface Span {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id: string | null;
  readonly name: string;
  readonly service: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The span and everything above it, up to where the trace began. */
function lineage(span: Span, byId: ReadonlyMap<string, Span>): Span[] {
  const line = [span];
  for (let above = byId.get(span.parent_span_id ?? ''); above; above = byId.get(above.parent_span_id ?? ''))
    line.push(above);
  return line.reverse();
}

describeWithKafka('Tracing of a trade over Kafka', () => {
  it(
    'joins the request at the gateway, the outbox, the broker and the SQL of another service in one trace',
    async () => {
      await ensureBuilt();
      const folder = await mkdtemp(join(tmpdir(), 'hetao-trace-'));
      const spansFile = join(folder, 'spans.jsonl');
      const broker = await startKafka();
      const exchange = await startExchange({
        repositoryRoot,
        brokers: broker.brokers,
        seedAccounts: readFileSync(join(repositoryRoot, 'tools/demo/demo-accounts.json'), 'utf8'),
        environment: { OTEL_TRACES_FILE: spansFile },
      });
      try {
        await equationOf(runTrade(exchange.url, exchange.folder, 1_000));
        await eventually(
          () => {
            const spans = existsSync(spansFile)
              ? readFileSync(spansFile, 'utf8')
                  .trim()
                  .split('\n')
                  .map((line) => JSON.parse(line) as Span)
              : [];
            const byId = new Map(spans.map((span) => [span.span_id, span]));
            const isSql = (span: Span) => JSON.stringify(span.attributes).includes('INTO entitlements');
            const lines = spans
              .filter((span) => span.service === 'hetao-metering' && isSql(span))
              .map((span) => lineage(span, byId));
            const whole = lines.find(
              (line) => line[0]?.service === 'hetao-gateway' && line.some((span) => span.service === 'hetao-contracts'),
            );
            expect(whole?.map((span) => span.service)).toBeDefined();
            expect(new Set(whole?.map((span) => span.trace_id)).size).toBe(1);
            expect(whole?.[0]?.name).toMatch(/POST/);
          },
          { withinMs: 20_000, everyMs: 500 },
        );
      } finally {
        await exchange.stop();
        await broker.stop();
        await rm(folder, { recursive: true, force: true });
      }
    },
    WITHIN_MS,
  );
});
