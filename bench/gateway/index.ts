import { availableParallelism } from 'node:os';
import { Agent, request } from 'undici';
import { API_KEY, withWorld, type World } from './world.js';

const authorization = `Bearer ${API_KEY}`;
const CHUNK_MB = 64 / 1024;
const LANES = 32;

interface Sizes {
  readonly requests: number;
  readonly seconds: number;
  readonly megabytes: number;
  readonly streams: number;
}

/**
 * `npm run bench -- gateway`: what the door adds to a call, how many calls it passes on beside a bare proxy of the same
 * make, how fast it streams, and what 10,000 open streams cost. `--requests`, `--seconds`, `--megabytes` and `--streams`
 * take other sizes.
 */
export async function run(options: readonly string[] = []): Promise<void> {
  const size = (name: string, usual: number): number => {
    const at = options.indexOf(`--${name}`);
    const value = at < 0 ? usual : Number(options[at + 1]);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} takes a whole number.`);
    return value;
  };
  const sizes = {
    ...{ requests: size('requests', 3_000), seconds: size('seconds', 10) },
    ...{ megabytes: size('megabytes', 512), streams: Math.min(size('streams', 10_000), mostStreams()) },
  };
  await withWorld(async (world) => {
    await latency(world, sizes);
    await throughput(world, sizes);
    await streaming(world, sizes);
    await openStreams(world, sizes);
  });
}

/** A proxy holds two sockets a stream, and some hundred for itself; `ulimit -n` says how many it may have. */
function mostStreams(): number {
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft: number | string } } };
  const files = Number(userLimits?.open_files?.soft);
  return Number.isFinite(files) ? Math.floor((files - 500) / 2) : Infinity;
}

/** One call at a time, in turns, so that both meet the same machine. */
async function latency({ upstream, door }: World, { requests }: Sizes): Promise<void> {
  const agent = new Agent({ connections: 1 });
  const direct: number[] = [];
  const through: number[] = [];
  for (let n = -requests / 10; n < requests; n += 1) {
    const [one, other] = [await timed(agent, upstream.url), await timed(agent, door.url)];
    if (n < 0) continue;
    direct.push(one);
    through.push(other);
  }
  await agent.close();
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const [base, value] = [quantile(direct, share), quantile(through, share)];
    row(`added latency ${name}`, `${(value - base).toFixed(2)} ms`, `${base.toFixed(2)} ms direct`);
    figure(
      `added_latency_${name}`,
      [value - base, base],
      'ms',
      `${requests} calls in turns, one at a time, goal p99 ≤ 2 ms`,
    );
  }
}

async function timed(agent: Agent, origin: string): Promise<number> {
  const startedAt = performance.now();
  await get(agent, `${origin}/v1/products`);
  return performance.now() - startedAt;
}

async function get(agent: Agent, url: string): Promise<void> {
  const answer = await request(url, { dispatcher: agent, headers: { authorization } });
  await answer.body.dump();
  // A wrong answer voids the figure.
  if (answer.statusCode !== 200) throw new Error(`${url} answered ${answer.statusCode}.`);
}

async function throughput({ bare, door, deliveryPath }: World, { seconds }: Sizes): Promise<void> {
  const agent = new Agent({ connections: LANES });
  const rate = async (url: string): Promise<number> => {
    await load(agent, url, 1);
    return (await load(agent, url, seconds)) / seconds;
  };
  // The baseline before and after: a machine that others use is not the same for long.
  const before = await rate(`${bare.url}/v1/products`);
  const ours = await rate(`${door.url}/v1/products`);
  const delivered = await rate(door.url + deliveryPath);
  const base = (before + (await rate(`${bare.url}/v1/products`))) / 2;
  await agent.close();
  const how = `${LANES} in flight, ${seconds} s each`;
  row('requests/s, key and limits', `${ours.toFixed(0)}`, `${base.toFixed(0)} bare, ${percent(ours / base)}`);
  figure('requests_per_second', [ours, base], '1/s', `${how}; goal ≥ 60 % of a bare Fastify proxy`);
  row(
    'deliveries/s, licence and quota',
    `${delivered.toFixed(0)}`,
    `${base.toFixed(0)} bare, ${percent(delivered / base)}`,
  );
  figure('deliveries_per_second', [delivered, base], '1/s', `${how}; every call written down before and after it`);
}

async function load(agent: Agent, url: string, seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1_000;
  const lanes = Array.from({ length: LANES }, async () => {
    let done = 0;
    for (; performance.now() < until; done += 1) await get(agent, url);
    return done;
  });
  return (await Promise.all(lanes)).reduce((sum, done) => sum + done, 0);
}

async function streaming({ bare, door }: World, { megabytes }: Sizes): Promise<void> {
  const agent = new Agent();
  const rate = async (origin: string): Promise<number> => {
    const startedAt = performance.now();
    const url = `${origin}/v1/products/stream?chunks=${megabytes / CHUNK_MB}`;
    const { body } = await request(url, { dispatcher: agent, headers: { authorization } });
    let bytes = 0;
    for await (const chunk of body) bytes += (chunk as Buffer).byteLength;
    if (bytes !== megabytes * 1024 * 1024) throw new Error(`${bytes} bytes came.`);
    return (megabytes * 1_000) / (performance.now() - startedAt);
  };
  const [base, ours] = [await rate(bare.url), await rate(door.url)];
  await agent.close();
  row('streaming', `${ours.toFixed(0)} MB/s`, `${base.toFixed(0)} bare, ${percent(ours / base)}`);
  figure('streaming', [ours, base], 'MB/s', `one answer of ${megabytes} MB`);
}

async function openStreams({ bare, door }: World, { streams }: Sizes): Promise<void> {
  const perStream = async (party: World['door']): Promise<number> => {
    const agent = new Agent({ connections: streams, bodyTimeout: 0, headersTimeout: 0 });
    const before = await party.memoryBytes();
    const stop = new AbortController();
    await inLanes(streams, async () => {
      const url = `${party.url}/v1/usage/tail`;
      const { body, statusCode } = await request(url, {
        dispatcher: agent,
        headers: { authorization },
        signal: stop.signal,
      });
      if (statusCode !== 200) throw new Error(`A stream answered ${statusCode}.`);
      body.once('error', () => undefined);
      // Its first event has come: the stream is open all the way.
      await new Promise((resolve) => body.once('data', resolve));
    });
    const after = await party.memoryBytes();
    stop.abort();
    await agent.destroy();
    return (after - before) / streams / 1024;
  };
  const [base, ours] = [await perStream(bare), await perStream(door)];
  row(`${streams} open streams`, `${ours.toFixed(1)} KiB each`, `${base.toFixed(1)} bare`);
  figure('memory_per_open_stream', [ours, base], 'KiB', `${streams} streams (SSE) open at once, resident memory`);
}

async function inLanes(times: number, work: () => Promise<void>): Promise<void> {
  let left = times;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: 64 }, lane));
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function row(name: string, value: string, beside: string): void {
  console.log(name.padEnd(34) + value.padStart(14) + `   (${beside})`);
}

function figure(name: string, [value, baseline]: readonly [number, number], unit: string, conditions: string): void {
  const rounded = (one: number): number => Number(one.toPrecision(4));
  console.log(
    JSON.stringify({
      ...{ bench: 'gateway', figure: name, value: rounded(value), unit, baseline: 'bare proxy or direct call' },
      ...{ baseline_value: rounded(baseline), ratio: rounded(value / baseline) },
      conditions: `${conditions}; ${availableParallelism()} cores for sender, door, upstream and database together`,
    }),
  );
}
