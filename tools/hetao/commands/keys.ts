import { listApiKeys, makeApiKey, revokeApiKey, rollApiKey, type NewApiKey } from '@hetao/client';
import { count, take, type Cli } from '../cli.js';

const MOST = 200;
const DAY_H = 24;
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
    .description('make the successor of a key: both work until the overlap ends')
    .argument('<key>')
    .option('--overlap <hours>', 'how long the old key goes on, 0 to 168; 0 ends it at once', count, DAY_H)
    .action(async (id: string, { overlap }: { overlap: number }) => {
      const rolled = await (await cli.hetao()).call(rollApiKey, { path: { id }, body: { overlap_hours: overlap } });
      terminal.one(rolled, ({ id: fresh, name, key }) => ({ id: fresh, name, key, in_place_of: id }));
      terminal.note(overlap === 0 ? `${id} works no longer.` : `${id} works for another ${overlap} hours.`);
    });
}
