import { getProduct, listProducts } from '@hetao/client';
import { count, take, type Cli } from '../cli.js';

/** `product search|show`. */
export function productCommands(cli: Cli): void {
  const { program, terminal } = cli;
  const product = program.command('product').description('what is on the market');
  product
    .command('search')
    .description('in simplified or traditional Chinese, English or pinyin')
    .argument('[words...]')
    .option('--limit <n>', 'most to show', count, 20)
    .option('--mine', 'of every status that you may see, not only what is listed')
    .action(async (words: string[], { limit, mine }: { limit: number; mine?: boolean }) => {
      const q = words.join(' ');
      const query = { ...(q === '' ? {} : { q }), ...(mine ? {} : { status: 'listed' as const }) };
      const found = await take((await cli.hetao()).each(listProducts, { query }), limit);
      terminal.list(found, ({ id, name, kind, stored_in, status }) => ({
        id,
        kind,
        place: stored_in,
        status,
        name: inEnglish(name),
      }));
    });
  product
    .command('show')
    .argument('<product>')
    .action(async (id: string) => {
      const found = await (await cli.hetao()).call(getProduct, { path: { id } });
      terminal.one(found, ({ name, kind, stored_in, status, version, merchant_id, fields }) => ({
        ...{
          id,
          name: inEnglish(name),
          chinese: name['zh-Hans'],
          kind,
          place: stored_in,
          status,
          version,
          merchant: merchant_id,
        },
        fields: fields.map((field) => field.name).join(', '),
      }));
    });
}

function inEnglish(name: { readonly en: string }): string {
  return name.en;
}
