import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeWithKafka, emptyDatabase, eventually, kafkaBrokers, testCallerKeys } from '@hetao/testing';
import { merchant, send } from './notes-client.js';
import { runNotes } from './notes-process.js';

interface Span {
  readonly trace_id: string;
  readonly span_id: string;
  readonly parent_span_id: string | null;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

describeWithKafka('A service over a real broker', () => {
  it('keeps one trace from the request over outbox and broker to the SQL of the handler, and stops cleanly', async () => {
    const database = await emptyDatabase();
    const { publicKeys } = await testCallerKeys();
    const file = join(await mkdtemp(join(tmpdir(), 'hetao-traces-')), 'spans.jsonl');
    const notes = runNotes({
      DATABASE_URL: database.url,
      CALLER_PUBLIC_KEY: JSON.stringify(publicKeys),
      KAFKA_BROKERS: (await kafkaBrokers()).join(','),
      PORT: '0',
      OTEL_TRACES_FILE: file,
      OTEL_BSP_SCHEDULE_DELAY: '100',
    });
    const url = await notes.url();
    const written = await send(url, 'POST', '/v1/notes', {
      as: merchant,
      json: { text: 'over the broker' },
      headers: { 'idempotency-key': 'kafka-1' },
    });
    expect(written.status).toBe(201);
    await eventually(
      async () => {
        const { text } = await send(url, 'GET', '/metrics');
        expect(text).toMatch(/hetao_events_handled_total{[^}]*outcome="handled"[^}]*} 1/);
        expect(text).toMatch(/hetao_outbox_backlog{[^}]*} 0/);
      },
      { withinMs: 20_000 },
    );
    expect((await send(url, 'GET', '/readyz')).status).toBe(200);
    notes.child.kill('SIGTERM');
    const end = await notes.ended;
    expect([end.code, end.stderr]).toEqual([0, '']);

    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    const spans = lines.map((line) => JSON.parse(line) as Span);
    const request = spans.find((span) => span.name === 'POST /v1/notes');
    const handled = spans.find((span) => JSON.stringify(span.attributes).includes('INTO readings'));
    const path = handled === undefined ? [] : ancestors(handled, spans);
    expect(handled?.trace_id).toBe(request?.trace_id);
    expect(path.at(-1)).toEqual(request);
    // The way leads over the broker, not past it.
    expect(path.map((span) => span.name)).toEqual([
      expect.stringMatching(/^process hetao\.notes\.note/),
      expect.stringMatching(/^send hetao\.notes\.note/),
      'POST /v1/notes',
    ]);
    await database.drop();
  }, 120_000);
});

function ancestors(span: Span, spans: readonly Span[]): Span[] {
  const parent = spans.find((other) => other.span_id === span.parent_span_id);
  return parent === undefined ? [] : [parent, ...ancestors(parent, spans)];
}
