import { writeFile } from 'node:fs/promises';
import { exportListing, importListing, publishOffer, submitProduct, validateListing } from '@hetao/client';
import { objectIn, textIn, type Cli } from '../cli.js';
import { EXIT, UsageError } from '../exit.js';

const TEMPLATE = `# What a product says of itself. \`hetao listing validate\` names every fault with its line.
format: hetao-listing/1
listing:
  name: { en: Tide tables of the harbour, zh-Hans: 海港潮汐表, zh-Hant: 海港潮汐表 }
  description: { en: Heights by the hour., zh-Hans: 每小时潮高。, zh-Hant: 每小時潮高。 }
  kind: api
  # Where the data lies: CN, HK, MO, SG, MY, VN, GB or US.
  stored_in: HK
  # Whom it is about, by place; empty for data about nobody.
  subjects_in: []
  fields:
    - name: height
      meaning: Height over chart datum in metres
      export_reason: Ferries are planned by it.
`;

/** The exchange takes a listing as the file it is; the generated function would write it as JSON. */
const asYaml = { bodySerializer: (body: unknown) => body as string };

/** `listing init|validate|push|pull`, `offer publish`. */
export function listingCommands(cli: Cli): void {
  const { program, terminal } = cli;
  const listing = program.command('listing').description('a product as a file');
  listing
    .command('init')
    .description('write a listing to fill in')
    .argument('[file]', 'where to', 'listing.yaml')
    .action(async (file: string) => {
      await writeFile(file, TEMPLATE, { flag: 'wx' }).catch((cause: unknown) => {
        throw new UsageError(`${file} is there already, or its folder is not.`, { cause });
      });
      terminal.note(`${file} is written: fill it in, then hetao listing push ${file}`);
    });
  listing
    .command('validate')
    .argument('<file>')
    .action(async (file: string) => {
      const body = await textIn(file, terminal);
      const checked = await (await cli.hetao()).call(validateListing, { body, ...asYaml });
      if (terminal.json) terminal.value(checked);
      else if (checked.valid) terminal.verdict(true, `${file} can be pushed`);
      else terminal.list(checked.faults, ({ pointer, detail }) => ({ where: pointer, detail }));
      if (!checked.valid) cli.exitCode = EXIT.no;
    });
  listing
    .command('push')
    .description('draft the product, or revise the one the file was pulled from')
    .argument('<file>')
    .option('--submit', 'and hand it in for review')
    .action(async (file: string, { submit }: { submit?: boolean }) => {
      const hetao = await cli.hetao();
      const { outcome, product } = await hetao.call(importListing, { body: await textIn(file, terminal), ...asYaml });
      const now = submit ? await hetao.call(submitProduct, { path: { id: product.id } }) : product;
      terminal.one({ id: product.id, outcome, status: now.status, revision: now.revision }, (pushed) => pushed);
    });
  listing
    .command('pull')
    .description('the file of a product, to change and push again')
    .argument('<product>')
    .action(async (id: string) => {
      terminal.around.write(await (await cli.hetao()).call(exportListing, { path: { id }, parseAs: 'text' } as never));
    });
  program
    .command('offer')
    .description('what a product costs, and what may be done with it')
    .command('publish')
    .argument('<file>', 'YAML or JSON, as POST /v1/offers takes it')
    .action(async (file: string) => {
      const body = (await objectIn(file, terminal)) as never;
      const made = await (await cli.hetao()).call(publishOffer, { body });
      terminal.one(made, ({ id, product_id, status, valid_until }) => ({
        id,
        product: product_id,
        status,
        until: valid_until,
      }));
    });
}
