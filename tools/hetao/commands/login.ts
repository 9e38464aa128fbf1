import { hostname } from 'node:os';
import { getMe, Hetao, makeApiKey, type NewApiKey } from '@hetao/client';
import type { Cli } from '../cli.js';
import { DeviceLogin, pauseUntil } from '../device-login.js';
import { UsageError } from '../exit.js';

const MOST_OF_A_NAME = 100;
const more = (scope: string, scopes: readonly string[]) => [...scopes, scope];

/** `login`, `logout`: a key is kept for this user alone. */
export function loginCommands(cli: Cli): void {
  const { program, terminal, profiles } = cli;
  program
    .command('login')
    .description('let this machine in by a code that you type in a browser; its key is kept for this user alone')
    .option('--scope <scope>', 'what it may do, as in usage:write; may be repeated; all you may yourself', more, [])
    .option('--key', 'keep an API key from standard input instead: for programmes, and no shell remembers it')
    .action(async ({ key: fromInput, scope }: { key?: boolean; scope: string[] }) => {
      const { profile = 'default', url = cli.here } = program.opts<{ url?: string; profile?: string }>();
      const key = fromInput === true ? await keyFromInput(cli, url) : await keyByCode(cli, url, scope);
      const me = await new Hetao({ baseUrl: url, apiKey: key }).call(getMe);
      await profiles.keep(profile, { url, key });
      terminal.one(
        { profile, url, file: profiles.path, organisation: me.organisation_id, name: me.display_name },
        (kept) => kept,
      );
    });
  program
    .command('logout')
    .description('forget the key of a profile; the exchange still knows it: keys revoke')
    .action(async () => {
      const { profile } = program.opts<{ profile?: string }>();
      if (!(await profiles.forget(profile))) throw new UsageError('There is no such profile.');
    });
}

async function keyFromInput({ terminal }: Cli, url: string): Promise<string> {
  if (terminal.around.columns !== undefined) {
    terminal.note(`Make a key at ${url}/developers/keys, paste it here and end with Ctrl-D.`);
  }
  const key = (await terminal.around.input()).trim();
  if (!/^\S{20,200}$/.test(key)) throw new UsageError('That is no API key: one word, hx_live_… or hx_test_….');
  return key;
}

/** Waits until somebody who is signed in types the code, then makes a key that stands in the list of keys like any other. */
async function keyByCode({ terminal }: Cli, url: string, scopes: readonly string[]): Promise<string> {
  // It travels in a header, which takes ASCII alone.
  const name = `hetao on ${hostname()}`.replaceAll(/[^ -~]/g, '?').slice(0, MOST_OF_A_NAME);
  const { signal, pause = pauseUntil(signal) } = terminal.around;
  const login = new DeviceLogin(url, name, pause);
  const asked = await login.ask(scopes);
  terminal.note(`Open ${new URL(asked.verification_uri).href} and type ${asked.user_code}`);
  const given = await login.wait(asked);
  const body = { name, scopes: given.scopes } as NewApiKey;
  return (await new Hetao({ baseUrl: url, apiKey: given.token }).call(makeApiKey, { body })).key;
}
