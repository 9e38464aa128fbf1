import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { lookAtLog, openCheckpoint, type LogSighting, type NoteKey } from '@hetao/proofs';
import { CommandError, type Command, type Options, type Print } from '../command-line/command-line.js';
import { required } from './options.js';
import { keyOption } from './verify.js';

const EXIT_ALARM = 3;
const TIMEOUT_MS = 10_000;
const MAX_INTERVAL_S = 86_400;

interface Followed {
  readonly url: string;
  readonly key: NoteKey;
  /** Holds the last signed checkpoint that was believed: the evidence, should the log turn out to contradict it. */
  readonly statePath: string;
}

/** `monitor`: looks again and again until the log contradicts itself, or the asked number of looks is done. */
export const monitorCommand: Command = {
  usage: [
    'URL --log-key LINE --state FILE [--interval SECONDS] [--looks N]',
    'follows a log, going on where an earlier run stopped; ends with 3 when it forks or goes back',
  ],
  options: ['log-key', 'state', 'interval', 'looks'],
  run: monitorLog,
};

async function monitorLog(options: Options, print: Print): Promise<number> {
  const key = keyOption('log-key', required(options, 'log-key'));
  const followed = { url: options.subject, key, statePath: required(options, 'state') };
  const intervalSeconds = whole(options, 'interval', 60);
  const looks = options.values['looks'] === undefined ? Infinity : whole(options, 'looks', 1);
  for (let look = 1; look <= looks; look += 1) {
    if (look > 1) await pause(intervalSeconds * 1000);
    const sighting = await lookOnce(followed).catch((error: unknown) => messageOf(error));
    if (typeof sighting === 'string') print(`unreachable: ${sighting}`);
    else if (sighting.state === 'alarm') {
      const { statePath } = followed;
      print(`ALARM ${sighting.alarm}: ${sighting.detail} What contradicts: ${statePath} and ${statePath}.alarm.`);
      return EXIT_ALARM;
    } else print(`${sighting.state}: ${sighting.checkpoint.size} leaves, root ${sighting.checkpoint.root}`);
  }
  return 0;
}

async function lookOnce({ url, key, statePath }: Followed): Promise<LogSighting> {
  const trust = { logs: [key] };
  const published = await get(url, '/v1/attestation-log/checkpoint');
  const sighting = await lookAtLog({
    trust,
    seen: await remembered(statePath, key),
    published,
    proof: async (from, to) => {
      const answer: unknown = JSON.parse(await get(url, `/v1/attestation-log/consistency?from=${from}&to=${to}`));
      return (answer as { path: readonly string[] }).path;
    },
  });
  // Both notes together prove it to anybody; the log may show another one to whoever asks next.
  if (sighting.state === 'alarm') await writeFile(`${statePath}.alarm`, published);
  if (sighting.state === 'first' || sighting.state === 'grown') {
    // Renamed into place: half a file would make the next start forget what it saw.
    await writeFile(`${statePath}.draft`, published);
    await rename(`${statePath}.draft`, statePath);
  }
  return sighting;
}

/** What an earlier run believed. @throws CommandError on a file that is something else: forgetting it would hide a fork. */
async function remembered(path: string, key: NoteKey) {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const opened = await openCheckpoint(text, { logs: [key] });
  if (opened.ok) return opened.value;
  throw new CommandError(`${path} holds no checkpoint of this log: ${opened.error.detail}`);
}

async function get(url: string, path: string): Promise<string> {
  const answer = await fetch(new URL(path, url), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.text();
}

function whole({ values }: Options, name: string, otherwise: number): number {
  const number = Number(values[name] ?? otherwise);
  if (Number.isInteger(number) && number >= 1 && number <= MAX_INTERVAL_S) return number;
  throw new CommandError(`--${name} must be a whole number from 1 to ${MAX_INTERVAL_S}.`);
}

function messageOf(error: unknown): string {
  if (error instanceof CommandError) throw error;
  return error instanceof Error ? error.message : String(error);
}
