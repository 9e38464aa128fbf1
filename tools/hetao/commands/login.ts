import { getMe, Hetao } from '@hetao/client';
import type { Cli } from '../cli.js';
import { UsageError } from '../exit.js';

/** `login`, `logout`: a key is kept for this user alone. */
export function loginCommands({ program, terminal, profiles }: Cli): void {
  program
    .command('login')
    .description('keep an API key: made on the exchange, handed over on standard input, so that no shell remembers it')
    .action(async () => {
      const { url = 'http://localhost:8080', profile = 'default' } = program.opts<{ url?: string; profile?: string }>();
      if (terminal.around.columns !== undefined) {
        terminal.note(`Make a key at ${url}/developers/keys, paste it here and end with Ctrl-D.`);
      }
      const key = (await terminal.around.input()).trim();
      if (!/^\S{20,200}$/.test(key)) throw new UsageError('That is no API key: one word, hx_live_… or hx_test_….');
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
