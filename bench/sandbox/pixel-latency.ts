import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { generateSigningKey } from '@hetao/proofs';
import { CanvasSource, decodeFrame, newRecordingKey, RecordingWriter, WorkbenchDesk } from '@hetao/sandbox/pixel';
import { WebSocket, WebSocketServer } from 'ws';
import { desk, grid, now, pumpOf, quantile } from './pixel-world.js';

export interface LatencyFigures {
  readonly sessions: number;
  readonly p50: number;
  readonly p95: number;
  readonly kbitPerSecond: number;
  readonly coresPerSession: number;
  readonly mibPerSession: number;
}

const KEYS_PER_SECOND = 5;
const TEXT = 'select syndrome, count(*) from visits group by syndrome ';

/** So many people type at once: from the key being sent to the frame that shows it being there, over a real WebSocket. */
export async function measureLatency(sessions: number, seconds: number): Promise<LatencyFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'hetao-bench-pixel-'));
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(server, 'listening');
  const rssBefore = process.memoryUsage().rss;
  const typists: Awaited<ReturnType<typeof startTypist>>[] = [];
  // One after the other: who connects next is this one's viewer.
  for (let index = 0; index < sessions; index += 1) typists.push(await startTypist(server, folder, index));
  try {
    for (const typist of typists) typist.reset();
    const cpu = process.cpuUsage();
    const from = performance.now();
    await Promise.all(typists.map((typist) => typist.type(seconds)));
    const elapsed = (performance.now() - from) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const latencies = typists.flatMap(({ latencies }) => latencies);
    const bytes = typists.reduce((sum, typist) => sum + typist.bytes(), 0);
    return {
      sessions,
      p50: quantile(latencies, 0.5),
      p95: quantile(latencies, 0.95),
      kbitPerSecond: (bytes * 8) / 1000 / elapsed / sessions,
      coresPerSession: (user + system) / 1e6 / elapsed / sessions,
      mibPerSession: (process.memoryUsage().rss - rssBefore) / 2 ** 20 / sessions,
    };
  } finally {
    for (const typist of typists) await typist.stop();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startTypist(server: WebSocketServer, folder: string, index: number) {
  const session = `pxs_${index}`;
  const { key, wrapped } = newRecordingKey({ shenzhen: Buffer.alloc(32, 1), hongKong: Buffer.alloc(32, 2) }, session);
  const { privateKey: signingKey } = await generateSigningKey();
  const head = {
    session,
    startedAt: new Date().toISOString(),
    width: 1280,
    height: 720,
    tile: 80,
    wrappedKey: wrapped,
  };
  const recording = await RecordingWriter.begin({ folder, signingKey, maxBytes: 2 ** 30 }, head, key);
  const source = new CanvasSource(
    new WorkbenchDesk(desk, { title: 'bench', language: 'zh-Hans', pollMs: 1_000, onFailure: () => undefined }),
    grid,
  );
  const port = (server.address() as { port: number }).port;
  const [[there], viewer] = await Promise.all([
    once(server, 'connection') as Promise<[WebSocket]>,
    connected(new WebSocket(`ws://127.0.0.1:${port}`)),
  ]);
  const pump = pumpOf(source, {
    record: (content, atMs) => recording.append({ kind: 'frame', atMs, content }),
    show: (frame) => there.send(frame),
  });
  await source.start(() => pump.wake());
  there.on('message', (text: Buffer) => {
    const { number, key: letter } = JSON.parse(text.toString()) as { number: number; key: string };
    source.input({ kind: 'key', key: letter, modifiers: [] });
    pump.wake(number);
  });
  const watch = watchFrames(viewer);
  pump.run();
  await watch.first;
  return {
    latencies: watch.latencies,
    bytes: watch.bytes,
    reset: watch.reset,
    type: (seconds: number) => type(viewer, watch.sent, seconds),
    stop: async () => {
      await pump.pause();
      await source.stop();
      viewer.terminate();
      await recording.checkpoint(new Date(), true);
    },
  };
}

async function type(viewer: WebSocket, sent: Map<number, number>, seconds: number): Promise<void> {
  const end = now() + seconds * 1000;
  for (let number = 1; now() < end; number += 1) {
    sent.set(number, now());
    viewer.send(JSON.stringify({ number, key: TEXT[number % TEXT.length] }));
    // People do not type in step: between half and one and a half of the mean pause.
    await pause((1000 / KEYS_PER_SECOND) * (0.5 + Math.random()));
  }
}

function watchFrames(viewer: WebSocket) {
  const latencies: number[] = [];
  const sent = new Map<number, number>();
  let bytes = 0;
  let seen = 0;
  const first = once(viewer, 'message');
  viewer.on('message', (data: Buffer) => {
    const { input } = decodeFrame(data);
    bytes += data.byteLength;
    for (let number = seen + 1; number <= input; number += 1) latencies.push(now() - (sent.get(number) ?? now()));
    seen = Math.max(seen, input);
  });
  return { latencies, sent, first, bytes: () => bytes, reset: () => (bytes = 0) };
}

async function connected(socket: WebSocket): Promise<WebSocket> {
  await once(socket, 'open');
  return socket;
}
