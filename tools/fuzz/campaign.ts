import { threadCpuUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Random } from '../chaos/src/random.js';
import { mutated, reshaped } from './mutate.js';
import { corpusOf, type FuzzTarget } from './targets.js';

/** Something a parser must not do with any bytes. */
export interface Finding {
  readonly kind: 'exception' | 'slow' | 'memory';
  readonly detail: string;
  /** The input, so that it can join the corpus. */
  readonly inputBase64: string;
}

export interface CampaignResult {
  readonly target: string;
  readonly seed: number;
  readonly inputs: number;
  readonly slowestMs: number;
  readonly heapGrowthMb: number;
  readonly findings: readonly Finding[];
}

export interface CampaignOptions {
  readonly seed: number;
  /** It ends with whichever comes first. */
  readonly inputs: number;
  readonly withinMs: number;
  /** Told of each input before it is read, so that whoever watches can name the one that never came back. */
  readonly before?: (input: Buffer) => void;
  /** From when on a read is too slow, in ms of the processor. */
  readonly slowMs?: number;
}

/** The longest input that is made. */
export const MOST_BYTES = 64 * 1024;
const SLOW_MS = 2_000;
const MOST_GROWTH_MB = 64;
const MOST_FINDINGS = 20;
/** The first inputs compile the parser and fill what it keeps for good. */
const WARM_UP = 200;
/** Others get their turn, and promises their end. */
const BREATHE_EVERY = 64;

/** Reads mutated inputs one after the other; the same seed makes the same inputs. */
export async function fuzz(target: FuzzTarget, options: CampaignOptions): Promise<CampaignResult> {
  const { seed, before, slowMs = SLOW_MS } = options;
  const random = new Random(seed);
  const corpus = corpusOf(target);
  const values = jsonOf(corpus);
  const findings = new Map<string, Finding>();
  const endsAt = performance.now() + options.withinMs;
  let slowestMs = 0;
  let inputs = 0;
  let heapBefore: number | undefined;
  while (inputs < options.inputs && performance.now() < endsAt && findings.size < MOST_FINDINGS) {
    const { bytes, read } = nextInput(target, { corpus, values }, random);
    before?.(bytes);
    const usedBefore = threadCpuUsage();
    try {
      await read();
    } catch (error) {
      note(findings, 'exception', described(error), bytes);
    }
    const ms = processorMs(threadCpuUsage(usedBefore));
    slowestMs = Math.max(slowestMs, ms);
    if (ms > slowMs) note(findings, 'slow', `read in ${Math.round(ms)} ms`, bytes);
    inputs += 1;
    if (inputs === WARM_UP) heapBefore = heapMb();
    if (inputs % BREATHE_EVERY === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  // A short campaign never gets warm, and has nothing to compare with.
  const heapGrowthMb = heapBefore === undefined ? 0 : Math.max(0, Math.round(heapMb() - heapBefore));
  if (heapGrowthMb > MOST_GROWTH_MB) note(findings, 'memory', `${heapGrowthMb} MB more than at first`, Buffer.alloc(0));
  return {
    target: target.name,
    seed,
    inputs,
    slowestMs: Math.round(slowestMs),
    heapGrowthMb,
    findings: [...findings.values()],
  };
}

/** Half of what a JSON parser is given gets past the first gate: it is JSON, of a shape that nobody expects. */
function nextInput(
  { read, readJson }: FuzzTarget,
  { corpus, values }: { readonly corpus: readonly Buffer[]; readonly values: readonly unknown[] },
  random: Random,
): { readonly bytes: Buffer; readonly read: () => unknown } {
  if (readJson === undefined || values.length === 0 || random.percent(50)) {
    const bytes = mutated(corpus, random, MOST_BYTES);
    return { bytes, read: () => read(bytes) };
  }
  const text = JSON.stringify(reshaped(random.pick(values), random)) ?? 'null';
  const bytes = Buffer.from(text).subarray(0, MOST_BYTES);
  return { bytes, read: () => readJson(JSON.parse(text)) };
}

/** What a read takes of a processor: however busy the machine is beside it, a slow parser is slow and a quick one is not. */
function processorMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}

/** One finding for each place in the code: a thousand inputs that trip over one stone are one stone. */
function note(findings: Map<string, Finding>, kind: Finding['kind'], detail: string, input: Buffer): void {
  const known = findings.get(`${kind} ${detail}`);
  if (known === undefined) findings.set(`${kind} ${detail}`, { kind, detail, inputBase64: input.toString('base64') });
}

function described(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${typeof error}`;
  const [place = ''] = (error.stack ?? '').split('\n').filter((line) => /\/(apps|libs)\//.test(line));
  return `${error.name}: ${error.message.slice(0, 100)} ${place.trim().replace(/\(.*\/((apps|libs)\/)/, '($1')}`;
}

function jsonOf(corpus: readonly Buffer[]): unknown[] {
  return corpus.flatMap((bytes) => {
    try {
      return [JSON.parse(bytes.toString('utf8')) as unknown];
    } catch {
      return [];
    }
  });
}

/** What is still held after everything that can be let go was let go. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed / (1024 * 1024);
}
