import { agreeToAccess, declineAccess, listAccessRequests, requestAccess } from '@hetao/client';
import { count, take, type Cli } from '../cli.js';

type Status = 'requested' | 'agreed' | 'declined' | 'withdrawn' | 'expired';

/** `access request|list|agree|decline`. */
export function accessCommands(cli: Cli): void {
  const { program, terminal } = cli;
  const access = program.command('access').description('asking for data, and answering');
  access
    .command('request')
    .argument('<offer>')
    .requiredOption('--purpose <word>', 'what for, as the offer names it')
    .requiredOption('--place <code>', 'where it will be used: CN, HK, MO, …')
    .action(async (offer_id: string, { purpose, place }: { purpose: string; place: string }) => {
      // The exchange judges purpose and place: it knows more of them as time goes by.
      const body = { offer_id, purpose, place_of_use: place } as never;
      const made = await (await cli.hetao()).call(requestAccess, { body });
      terminal.one(made, ({ id, status }) => ({ id, status, offer: offer_id }));
    });
  access
    .command('list')
    .option('--status <status>', 'requested, agreed, declined, withdrawn or expired')
    .option('--limit <n>', 'most to show', count, 50)
    .action(async ({ status, limit }: { status?: Status; limit: number }) => {
      const asked = (await cli.hetao()).each(listAccessRequests, { query: status === undefined ? {} : { status } });
      terminal.list(await take(asked, limit), (request) => ({
        ...{ id: request.id, status: request.status, purpose: request.purpose, place: request.place_of_use },
        ...{ offer: request.offer_id, agreement: request.agreement_id },
      }));
    });
  access
    .command('agree')
    .description('as the merchant; what follows is an agreement for both to sign')
    .argument('<request>')
    .action(async (id: string) => {
      const agreed = await (await cli.hetao()).call(agreeToAccess, { path: { id } });
      terminal.one(agreed, ({ status, agreement_id }) => ({ id, status, agreement: agreement_id }));
    });
  access
    .command('decline')
    .argument('<request>')
    .requiredOption('--reason <words>')
    .action(async (id: string, { reason }: { reason: string }) => {
      const declined = await (await cli.hetao()).call(declineAccess, { path: { id }, body: { reason } });
      terminal.one(declined, ({ status }) => ({ id, status }));
    });
}
