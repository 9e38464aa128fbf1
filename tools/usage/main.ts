import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type UsageStatementKey, verifyUsage, verifyUsageProof } from '@hetao/proofs';

const USAGE = `Checks what the exchange counted against one's own events. Files are read where they are; nothing is sent anywhere.

  verify STATEMENT.json EVENTS.ndjson --key KEYS.json
      recomputes number, sums and root of a signed usage statement from CloudEvents, one a line
  verify-event PROOF.json --key KEYS.json
      checks the proof that a statement counts one event

KEYS.json is the answer of GET /v1/usage/statement-keys, kept since before there was anything to doubt.
Ends with 0 when all agrees, 1 when something does not, 2 when it could not be checked.`;

const EXIT_DIFFERS = 1;
const EXIT_USAGE = 2;
/** Longest line of a log that is looked at, in characters; an event is shorter. */
const MAX_LINE = 1_000_000;
/** Most events of one check: a statement has fewer. */
const MAX_EVENTS = 2_000_000;

type Print = (line: string) => void;

/** Said to whoever called it wrongly or gave it something else than it reads. */
class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Runs one command. @returns the exit code. */
export async function main(args: readonly string[], print: Print): Promise<number> {
  try {
    const options = { key: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [command, subject, events, ...more] = positionals;
    if (subject === undefined || more.length > 0) throw new CommandError(USAGE);
    const keys = await readKeys(values.key);
    if (command === 'verify' && events !== undefined) return await verify(subject, events, keys, print);
    if (command === 'verify-event' && events === undefined) return await verifyEvent(subject, keys, print);
    throw new CommandError(USAGE);
  } catch (error) {
    print(error instanceof Error ? error.message : String(error));
    return EXIT_USAGE;
  }
}

async function verify(
  statement: string,
  log: string,
  keys: readonly UsageStatementKey[],
  print: Print,
): Promise<number> {
  const signed = await readJson(statement);
  const checked = await verifyUsage(signed, keys, await readLines(log));
  if (!checked.ok) {
    print(`refused: ${checked.error.kind}: ${checked.error.detail}`);
    return EXIT_DIFFERS;
  }
  const { statement: stated, passedOver, repeated } = checked.value;
  const window = `${stated.window_start} to ${stated.window_end}`;
  print(`agrees: ${stated.events} events of ${stated.agreement_id}, ${window}, root ${stated.root_hash}`);
  for (const { meter, quantity, events } of stated.totals) print(`  ${meter} ${quantity} in ${events} events`);
  if (passedOver > 0) print(`  ${passedOver} events of other agreements or times were passed over`);
  if (repeated > 0) print(`  ${repeated} repetitions were counted once`);
  if (stated.supersedes !== null) print(`  takes the place of ${stated.supersedes}, after a correction`);
  return 0;
}

async function verifyEvent(proof: string, keys: readonly UsageStatementKey[], print: Print): Promise<number> {
  const checked = await verifyUsageProof(await readJson(proof), keys);
  if (!checked.ok) {
    print(`refused: ${checked.error.kind}: ${checked.error.detail}`);
    return EXIT_DIFFERS;
  }
  print(`counted: statement ${checked.value.statement_id} of ${checked.value.agreement_id} has this event`);
  return 0;
}

async function readKeys(path: string | undefined): Promise<readonly UsageStatementKey[]> {
  if (path === undefined) throw new CommandError('--key is missing: the exchange’s public keys, as it serves them.');
  const { keys } = (await readJson(path)) as { readonly keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) throw new CommandError(`${path} holds no "keys".`);
  return keys as readonly UsageStatementKey[];
}

async function readJson(path: string): Promise<object> {
  const value = parse(await readFile(path, 'utf8'), path);
  if (typeof value !== 'object' || value === null) throw new CommandError(`${path} is no JSON object.`);
  return value;
}

async function readLines(path: string): Promise<readonly unknown[]> {
  const events: unknown[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    if (line.length > MAX_LINE) throw new CommandError(`${path} line ${number} is longer than ${MAX_LINE} characters.`);
    if (line.trim() === '') continue;
    if (events.length === MAX_EVENTS) throw new CommandError(`${path} has more than ${MAX_EVENTS} events.`);
    events.push(parse(line, `${path} line ${number}`));
  }
  return events;
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${where} cannot be read as JSON.`, { cause });
  }
}
