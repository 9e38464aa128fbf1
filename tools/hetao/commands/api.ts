import { Hetao } from '@hetao/client';
import { objectIn, type Cli } from '../cli.js';
import { UsageError } from '../exit.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Method = (typeof METHODS)[number];

/** `api METHOD /v1/…`: whatever has no command of its own, with the same key, patience and exit codes. */
export function apiCommand(cli: Cli): void {
  const { program, terminal } = cli;
  program
    .command('api')
    .description('any route of the API reference')
    .argument('<method>')
    .argument('<path>', 'as in /v1/demands?limit=3')
    .option('--data <file>', 'body: YAML or JSON; - is standard input')
    .action(async (word: string, path: string, { data }: { data?: string }) => {
      const method = METHODS.find((one) => one === word.toUpperCase());
      if (method === undefined) throw new UsageError(`"${word}" is none of ${METHODS.join(', ')}.`);
      if (!/^\/v1\/\S+$/.test(path)) throw new UsageError('A path begins with /v1/.');
      const body = data === undefined ? undefined : await objectIn(data, terminal);
      terminal.value(await ask(await cli.hetao(), method, path, body));
    });
}

async function ask({ client }: Hetao, method: Method, url: string, body: unknown): Promise<unknown> {
  const headers = method === 'POST' ? { 'Idempotency-Key': crypto.randomUUID() } : {};
  const security = [{ scheme: 'bearer' as const, type: 'http' as const }];
  const { data } = await client.request({ method, url, headers, security, ...(body === undefined ? {} : { body }) });
  return data;
}
