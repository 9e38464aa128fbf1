import { stat } from 'node:fs/promises';
import { getMe, HetaoUnreachable, isProblem } from '@hetao/client';
import type { Cli } from '../cli.js';
import { EXIT } from '../exit.js';

interface Finding {
  readonly what: string;
  readonly good: boolean;
  readonly detail: string;
}

const OLDEST_NODE = 22;
/** Signatures of webhooks and requests are judged by the clock. */
const MOST_SKEW_S = 60;

/** `doctor`: what has to be right before anything works, and how to mend what is not. */
export function doctorCommand(cli: Cli): void {
  const { program, terminal } = cli;
  program
    .command('doctor')
    .description('check Node, clock, exchange and key')
    .action(async () => {
      const findings = [node(), await keyFile(cli), ...(await exchange(cli))];
      if (terminal.json) terminal.value(findings);
      else for (const { what, good, detail } of findings) terminal.verdict(good, `${what}: ${detail}`);
      if (findings.some(({ good }) => !good)) cli.exitCode = EXIT.no;
    });
}

function node(): Finding {
  const good = Number(process.versions.node.split('.', 1)[0]) >= OLDEST_NODE;
  return { what: 'node', good, detail: good ? process.versions.node : `install Node ${OLDEST_NODE} or newer` };
}

async function keyFile({ profiles }: Cli): Promise<Finding> {
  const found = await stat(profiles.path).catch(() => undefined);
  const what = 'key file';
  if (found === undefined) return { what, good: true, detail: 'none yet: hetao login' };
  const good = process.platform === 'win32' || (found.mode & 0o077) === 0;
  return { what, good, detail: good ? profiles.path : `others can read it: chmod 600 ${profiles.path}` };
}

async function exchange(cli: Cli): Promise<Finding[]> {
  const { url, key } = await cli.target();
  const asked = Date.now();
  const answer = await fetch(`${url}/openapi.json`, { method: 'HEAD', signal: AbortSignal.timeout(10_000) }).catch(
    (error: Error) => error,
  );
  if (!(answer instanceof Response)) {
    return [{ what: 'exchange', good: false, detail: `${url} does not answer: start it, or name another with --url` }];
  }
  const skewS = Math.abs(Date.parse(answer.headers.get('date') ?? '') - (asked + Date.now()) / 2) / 1000;
  const clock = skewS <= MOST_SKEW_S;
  return [
    {
      what: 'exchange',
      good: answer.ok,
      detail: answer.ok ? url : `${url} answers ${answer.status}: is it an exchange?`,
    },
    { what: 'clock', good: clock, detail: clock ? 'agrees' : `${Math.round(skewS)} s apart: set it by the network` },
    await keyFinding(cli, key),
  ];
}

async function keyFinding(cli: Cli, key: string | undefined): Promise<Finding> {
  const what = 'key';
  if (key === undefined) return { what, good: false, detail: 'none: hetao login' };
  try {
    const { display_name, organisation_id, scopes } = await (await cli.hetao()).call(getMe);
    return { what, good: true, detail: `${display_name} of ${organisation_id}, ${scopes.length} scopes` };
  } catch (error) {
    if (!isProblem(error) && !(error instanceof HetaoUnreachable)) throw error;
    return { what, good: false, detail: error.message };
  }
}
