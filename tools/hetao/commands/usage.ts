import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { getUsageSummary, recordUsage, usageEvent, type UsageEvent, type UsageEventOutcome } from '@hetao/client';
import { main as usageTool } from '../../usage/main.js';
import type { Cli } from '../cli.js';
import { EXIT, UsageError } from '../exit.js';
import { eventsOf } from '../server-sent-events.js';
import { passOn } from './verifiers.js';

const BATCH = 500;
/** Most events of one file that is sent: what is more comes in parts, by POST /v1/usage/uploads. */
const MAX_EVENTS = 1_000_000;

interface Counted {
  readonly sent: number;
  accepted: number;
  duplicates: number;
  pending: number;
  readonly faults: UsageEventOutcome[];
}

const meters = (text: string, known: Readonly<Record<string, string>>) => {
  const [, meter, quantity] = /^([a-z][\w.-]*)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (meter === undefined || quantity === undefined) throw new UsageError(`"${text}" is not like calls=1.`);
  return { ...known, [meter]: quantity };
};

/** `usage send|show|tail|verify`. */
export function usageCommands(cli: Cli): void {
  const { program, terminal } = cli;
  const usage = program.command('usage').description('what was used, reported and counted');
  usage
    .command('send')
    .description('one use, or a file of CloudEvents, one a line; sending again counts nothing twice')
    .argument('[agreement]')
    .option('--meter <name=quantity>', 'as in calls=1; may be repeated', meters, {})
    .option('--file <events.ndjson>', 'instead: events as they are')
    .option('--source <uri>', 'which system measured', '/cli')
    .option('--id <id>', 'of the event, to be able to send it again')
    .action(async (agreement: string | undefined, options: SendOptions) => {
      const counted = await send(cli, await chosen(agreement, options));
      const { sent, accepted, duplicates, pending, faults } = counted;
      terminal.one({ sent, accepted, duplicates, pending, refused: faults.length }, (figures) => figures);
      for (const { id, code, detail, fix } of faults) terminal.note(`${id}: ${code} ${detail ?? ''} ${fix ?? ''}`);
      if (faults.length > 0) cli.exitCode = EXIT.usage;
    });
  usage
    .command('show')
    .argument('<agreement>')
    .requiredOption('--period <YYYY-MM>')
    .action(async (agreement_id: string, { period }: { period: string }) => {
      const summary = await (await cli.hetao()).call(getUsageSummary, { query: { agreement_id, period } });
      if (terminal.json) return terminal.value(summary);
      terminal.list(summary.totals, ({ meter, quantity, events }) => ({
        meter,
        quantity,
        events,
        state: summary.state,
      }));
    });
  usage
    .command('tail')
    .description('what is counted, as it is counted; ends with Ctrl-C')
    .argument('<agreement>')
    .action(async (agreement: string) => tail(cli, agreement));
  for (const [name, description] of [
    ['verify', 'a signed statement against your own events'],
    ['verify-event', 'the proof that one event is counted'],
  ] as const) {
    passOn(cli, usage.command(name).description(description), (args, print) => usageTool([name, ...args], print));
  }
}

interface SendOptions {
  readonly meter: Readonly<Record<string, string>>;
  readonly file?: string;
  readonly source: string;
  readonly id?: string;
}

async function chosen(agreement: string | undefined, { meter, file, source, id }: SendOptions): Promise<UsageEvent[]> {
  if (file !== undefined) return eventsIn(file);
  if (agreement === undefined || Object.keys(meter).length === 0) {
    throw new UsageError('Say which agreement and how much (--meter calls=1), or name a file of events.');
  }
  return [usageEvent({ agreementId: agreement, meters: meter, ...(id === undefined ? {} : { id }) }, source)];
}

async function eventsIn(file: string): Promise<UsageEvent[]> {
  const events: UsageEvent[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    if (events.length === MAX_EVENTS) throw new UsageError(`${file} has more than ${MAX_EVENTS} events.`);
    try {
      events.push(JSON.parse(line) as UsageEvent);
    } catch (cause) {
      throw new UsageError(`${file} line ${number} is no JSON.`, { cause });
    }
  }
  return events;
}

async function send(cli: Cli, events: readonly UsageEvent[]): Promise<Counted> {
  const hetao = await cli.hetao();
  const counted: Counted = { sent: events.length, accepted: 0, duplicates: 0, pending: 0, faults: [] };
  const headers = { 'Content-Type': 'application/cloudevents-batch+json' };
  for (let at = 0; at < events.length; at += BATCH) {
    const report = await hetao.call(recordUsage, { body: events.slice(at, at + BATCH), headers });
    counted.accepted += report.accepted;
    counted.duplicates += report.duplicates;
    counted.pending += report.pending;
    counted.faults.push(...report.items.filter(({ status }) => status === 'rejected' || status === 'conflict'));
    if (events.length > BATCH) cli.terminal.progress('sent', Math.min(at + BATCH, events.length), events.length);
  }
  return counted;
}

async function tail(cli: Cli, agreement: string): Promise<void> {
  const { url, key } = await cli.target();
  const { terminal } = cli;
  const answer = await fetch(`${url}/v1/usage/tail?agreement_id=${encodeURIComponent(agreement)}`, {
    headers: { accept: 'text/event-stream', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
    signal: terminal.around.signal,
    redirect: 'error',
  });
  for await (const { type, data } of eventsOf(answer)) {
    if (type === 'usage') terminal.line(terminal.json ? data : shownEvent(data));
    else if (type === 'left-out') terminal.note(`more than fits was counted: ${data}`);
    else return;
  }
}

function shownEvent(data: string): string {
  const { time, event_id, meters: counted } = JSON.parse(data) as { time: string; event_id: string; meters: object };
  const quantities = Object.entries(counted).map(([meter, quantity]) => `${meter} ${String(quantity)}`);
  return `${time}  ${quantities.join(', ')}  ${event_id}`;
}
