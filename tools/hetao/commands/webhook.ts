import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listWebhookDeliveries, listWebhookEndpoints, replayWebhookDelivery, verifyWebhook } from '@hetao/client';
import { count, take, type Cli } from '../cli.js';
import { UsageError } from '../exit.js';

const MAX_BODY = 1_000_000;
const FORWARDED = ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'content-type'] as const;

interface ListenOptions {
  readonly port: number;
  readonly secret: string[];
  readonly forwardTo?: string;
}

const port = (text: string) => {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new UsageError(`"${text}" is no port.`);
};

/** `webhook endpoints|deliveries|replay|listen`. */
export function webhookCommands(cli: Cli): void {
  const { program, terminal } = cli;
  const webhook = program.command('webhook').description('what the exchange tells by itself');
  webhook.command('endpoints').action(async () => {
    const { data } = await (await cli.hetao()).call(listWebhookEndpoints);
    terminal.list(data, ({ id, url, status }) => ({ id, status, url }));
  });
  webhook
    .command('deliveries')
    .option('--limit <n>', 'most to show', count, 20)
    .action(async ({ limit }: { limit: number }) => {
      const found = await take((await cli.hetao()).each(listWebhookDeliveries), limit);
      terminal.list(found, ({ id, type, state, attempts, last_status, created_at }) => ({
        ...{ id, state, attempts, answered: last_status, at: created_at, type },
      }));
    });
  webhook
    .command('replay')
    .argument('<delivery>')
    .action(async (id: string) => {
      const replayed = await (await cli.hetao()).call(replayWebhookDelivery, { path: { id } });
      terminal.one({ delivery: replayed.delivery_id }, (sent) => sent);
    });
  webhook
    .command('listen')
    .description('receive webhooks here: check their signatures, show them, and hand them on')
    .requiredOption(
      '--secret <secret>',
      'whsec_… or whpk_… of the endpoint; may be repeated',
      (one, others: string[]) => [...others, one],
      [],
    )
    .option('--port <n>', 'where to listen', port, 4242)
    .option('--forward-to <url>', 'where your own receiver stands')
    .action((options: ListenOptions) => listen(cli, options));
}

/** Listens on loopback until it is interrupted. */
async function listen({ terminal }: Cli, options: ListenOptions): Promise<void> {
  const server = createServer((request, response) => {
    void received(request, options).then(
      ({ shown, status }) => {
        terminal.line(
          terminal.json ? JSON.stringify(shown) : `${String(request.headers['webhook-id'])}  ${shown.type}  ${status}`,
        );
        response.writeHead(status).end();
      },
      (error: Error) => {
        terminal.note(`refused: ${error.message}`);
        response.writeHead(400).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new UsageError(`Port ${options.port} cannot be listened on.`, { cause })));
    server.listen(options.port, '127.0.0.1', resolve);
  });
  terminal.note(`Listening on http://127.0.0.1:${(server.address() as AddressInfo).port}; Ctrl-C ends it.`);
  const { signal } = terminal.around;
  await new Promise<void>((resolve) =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve()),
  );
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

async function received(request: IncomingMessage, { secret, forwardTo }: ListenOptions) {
  const body = await bodyOf(request);
  const shown = await verifyWebhook<{ readonly type?: string }>(body, request.headers, secret);
  if (forwardTo === undefined) return { shown, status: 204 };
  const headers = Object.fromEntries(FORWARDED.map((name) => [name, String(request.headers[name] ?? '')]));
  const answer = await fetch(forwardTo, { method: 'POST', headers, body: new Uint8Array(body), redirect: 'manual' });
  await answer.body?.cancel();
  return { shown, status: answer.status };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw new RangeError(`The body is longer than ${MAX_BODY} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
