import { getAgreement, listAgreements, signAgreement } from '@hetao/client';
import { main as agreementTool } from '../../agreement/main.js';
import { count, take, type Cli } from '../cli.js';
import { passOn } from './verifiers.js';

/** `agreement list|show|sign`, and what is done with bundles and keys of one's own. */
export function agreementCommands(cli: Cli): void {
  const { program, terminal } = cli;
  const agreement = program.command('agreement').description('what both sides signed');
  agreement
    .command('list')
    .option('--limit <n>', 'most to show', count, 50)
    .action(async ({ limit }: { limit: number }) => {
      const found = await take((await cli.hetao()).each(listAgreements), limit);
      terminal.list(found, ({ id, status, product_id, purpose, effective_until }) => ({
        ...{ id, status, product: product_id, purpose, until: effective_until },
      }));
    });
  agreement
    .command('show')
    .argument('<agreement>')
    .action(async (id: string) => {
      const found = await (await cli.hetao()).call(getAgreement, { path: { id } });
      terminal.one(
        found,
        ({ status, product_id, purpose, place_of_use, effective_from, effective_until, document_hash }) => ({
          ...{ id, status, product: product_id, purpose, place: place_of_use, from: effective_from },
          ...{ until: effective_until, document: document_hash },
        }),
      );
    });
  agreement
    .command('accept')
    .description('sign what you read by your account: the text is named by its hash, so that nobody signs another')
    .argument('<agreement>')
    .option('--hash <hash>', 'of the document you read; what it is now by default')
    .action(async (id: string, { hash }: { hash?: string }) => {
      const hetao = await cli.hetao();
      const document_hash = hash ?? (await hetao.call(getAgreement, { path: { id } })).document_hash;
      const signed = await hetao.call(signAgreement, { path: { id }, body: { document_hash } });
      terminal.one(signed, ({ status }) => ({ id, status, document: document_hash }));
    });
  for (const [name, description] of [
    ['key', 'make a key of your own to sign with'],
    ['prove', 'answer the challenge for a key'],
    ['sign', 'sign the answer of GET /v1/agreements/{id} with your own key'],
    ['verify', 'check a bundle without a network'],
  ] as const) {
    passOn(cli, agreement.command(name).description(description), (args, print) =>
      agreementTool([name, ...args], print),
    );
  }
}
