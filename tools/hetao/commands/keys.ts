import { listApiKeys, makeApiKey, revokeApiKey, type NewApiKey } from '@hetao/client';
import { take, type Cli } from '../cli.js';
import { UsageError } from '../exit.js';

const MOST = 200;
const more = (scope: string, scopes: readonly string[]) => [...scopes, scope];

/** `keys create|list|roll|revoke`. */
export function keyCommands(cli: Cli): void {
  const { program, terminal } = cli;
  const keys = program.command('keys').description('API keys of your organisation');
  keys
    .command('create')
    .argument('<name>', 'what it is for')
    .requiredOption('--scope <scope>', 'as in usage:write; may be repeated', more, [])
    .action(async (name: string, { scope }: { scope: string[] }) => {
      // The exchange knows which scopes there are, and says so.
      const body = { name, scopes: scope } as NewApiKey;
      terminal.one(await (await cli.hetao()).call(makeApiKey, { body }), ({ id, key }) => ({ id, name, key }));
    });
  keys.command('list').action(async () => {
    const known = await take((await cli.hetao()).each(listApiKeys), MOST);
    terminal.list(known, ({ id, hint, status, expires_at, name }) => ({ id, hint, status, expires: expires_at, name }));
  });
  keys
    .command('revoke')
    .argument('<key>')
    .action(async (id: string) => {
      terminal.one(await (await cli.hetao()).call(revokeApiKey, { path: { id } }), ({ status, name }) => ({
        id,
        name,
        status,
      }));
    });
  keys
    .command('roll')
    .description('make another key of the same name and scopes, then revoke the old one; a kept key is replaced')
    .argument('<key>')
    .action(async (id: string) => roll(cli, id));
}

async function roll(cli: Cli, id: string): Promise<void> {
  const hetao = await cli.hetao();
  const old = (await take(hetao.each(listApiKeys), MOST)).find((key) => key.id === id);
  if (old === undefined) throw new UsageError(`There is no key ${id} among the first ${MOST} of your organisation.`);
  const { name, scopes } = old;
  const made = await hetao.call(makeApiKey, { body: { name, scopes } });
  // The new one is shown before the old one ends: whoever loses the connection now has one that works.
  cli.terminal.one(made, (fresh) => ({ id: fresh.id, name, key: fresh.key }));
  await hetao.call(revokeApiKey, { path: { id } });
}
