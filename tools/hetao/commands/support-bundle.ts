import { writeFile } from 'node:fs/promises';
import { arch, cpus, platform, totalmem } from 'node:os';
import { UsageError } from '../exit.js';
import type { Cli } from '../cli.js';

const WITHIN_MS = 10_000;
const MOST_SERVICES = 50;
const MOST_CHARACTERS = 2_000_000;
const PATHS = ['/livez', '/readyz', '/metrics'] as const;
/** Settings are named and never shown: which of them are set is what an engineer has to know. */
const OURS =
  /^(HETAO|DATABASE|KAFKA|CALLER|SESSION|OTEL|NODE|SHUTDOWN|ATTESTATION|METERING|[A-Z]+_URL|PORT|HOST|TRANSPORT|MIGRATE|DEMO|LOG_LEVEL)/;

interface Answer {
  readonly status: number | null;
  readonly body: string;
}

/** `support-bundle`: what an engineer asks for first, in one file, without a secret and without anybody's data. */
export function supportBundleCommand(cli: Cli): void {
  cli.program
    .command('support-bundle')
    .description('write health, metrics and names of settings to a file; no secrets, no data')
    .requiredOption('--out <file>', 'where to')
    .option('--service <url...>', 'address of a service inside, once for each', [])
    .action(async ({ out, service }: { readonly out: string; readonly service: readonly string[] }) => {
      const bad = service.find((url) => !URL.canParse(url) || new URL(url).username !== '');
      if (bad !== undefined) throw new UsageError('--service takes addresses such as http://metering:8080.');
      if (service.length > MOST_SERVICES) throw new UsageError(`--service: ${MOST_SERVICES} at most.`);
      const { url } = await cli.target();
      const bundle = {
        form: 'hetao-support-bundle/1',
        made_at: new Date().toISOString(),
        machine: { node: process.version, platform: platform(), arch: arch(), cpus: cpus().length, memory: totalmem() },
        settings_present: Object.keys(cli.terminal.around.env)
          .filter((name) => OURS.test(name))
          .toSorted(),
        exchange: { url: new URL(url).origin, openapi: await versionAt(url) },
        services: await Promise.all(service.map((base) => healthOf(base))),
      };
      await writeFile(out, `${JSON.stringify(bundle, null, 2)}\n`, { mode: 0o600 });
      cli.terminal.verdict(true, `${out}: ${bundle.services.length} services. Look at it before you send it.`);
    });
}

async function healthOf(base: string) {
  const answers = await Promise.all(PATHS.map(async (path) => [path, await asked(new URL(path, base))] as const));
  return { url: new URL(base).origin, ...Object.fromEntries(answers) };
}

async function versionAt(url: string): Promise<string | null> {
  const { status, body } = await asked(new URL('/openapi.json', url));
  if (status !== 200) return null;
  try {
    return (JSON.parse(body) as { info?: { version?: string } }).info?.version ?? null;
  } catch {
    return null;
  }
}

/** No key is sent: what answers only to a key is nobody's health. */
async function asked(url: URL): Promise<Answer> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(WITHIN_MS) });
    return { status: answer.status, body: (await answer.text()).slice(0, MOST_CHARACTERS) };
  } catch (error) {
    return { status: null, body: error instanceof Error ? error.message : 'no answer' };
  }
}
