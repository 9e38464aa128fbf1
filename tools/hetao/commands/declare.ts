import { answerPolicyQuery } from '@hetao/client';
import { objectIn, type Cli } from '../cli.js';
import { EXIT } from '../exit.js';

/** `declare check`: which way data may cross a border, before anything is declared; it needs no key. */
export function declareCommands(cli: Cli): void {
  const { program, terminal } = cli;
  program
    .command('declare')
    .description('data across a border')
    .command('check')
    .description('which way is open for these facts, by which rule; ends with 6 where none is')
    .requiredOption('--facts <file>', 'YAML or JSON: facts by their names, as GET /v1/customs/rule-sets lists them')
    .option('--keep', 'keep the facts, so that the finding can be opened again')
    .action(async ({ facts, keep }: { facts: string; keep?: boolean }) => {
      const body = { facts: (await objectIn(facts, terminal)) as never, keep: keep === true };
      const found = await (await cli.hetao()).call(answerPolicyQuery, { body });
      terminal.one(found, ({ pathway, rule, rule_set, possible_pathways }) => ({
        ...{ pathway: pathway.id, meaning: pathway.text.en, rule: rule?.id, because: rule?.text.en },
        ...{ possible: possible_pathways.map(({ id }) => id).join(', '), rules: `${rule_set.id} ${rule_set.version}` },
      }));
      if (found.pathway.id === 'BLOCKED') cli.exitCode = EXIT.policy;
    });
}
