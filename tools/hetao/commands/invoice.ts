import { getAgreement, getInvoice, getUsageSummary, listInvoices } from '@hetao/client';
import { count, take, type Cli } from '../cli.js';
import { EXIT } from '../exit.js';
import { recomputed } from '../recompute.js';

/** `invoice list|show|recompute`. */
export function invoiceCommands(cli: Cli): void {
  const { program, terminal } = cli;
  const invoice = program.command('invoice').description('what is owed, and whether it is right');
  invoice
    .command('list')
    .option('--period <YYYY-MM>')
    .option('--limit <n>', 'most to show', count, 50)
    .action(async ({ period, limit }: { period?: string; limit: number }) => {
      const found = (await cli.hetao()).each(listInvoices, { query: period === undefined ? {} : { period } });
      terminal.list(
        await take(found, limit),
        ({ id, number, period: month, status, gross, outstanding, due_date }) => ({
          ...{ id, number, period: month, status, gross: amount(gross), open: amount(outstanding), due: due_date },
        }),
      );
    });
  invoice
    .command('show')
    .argument('<invoice>')
    .action(async (id: string) => {
      const found = await (await cli.hetao()).call(getInvoice, { path: { id } });
      if (terminal.json) return terminal.value(found);
      terminal.list(found.lines, ({ line_no, kind, component_id, meter, quantity, amount: charged }) => ({
        ...{ line: line_no, what: component_id, kind, meter, quantity, amount: amount(charged) },
      }));
      terminal.line(
        `net ${amount(found.net)}, tax ${amount(found.tax)}, gross ${amount(found.gross)}: ${found.status}`,
      );
    });
  invoice
    .command('recompute')
    .description('rate what was counted by the signed plan, here, and compare; ends with 1 where it differs')
    .argument('<invoice>')
    .action(async (id: string) => {
      const hetao = await cli.hetao();
      const found = await hetao.call(getInvoice, { path: { id } });
      const { agreement_id, period } = found;
      const [agreement, usage] = await Promise.all([
        hetao.call(getAgreement, { path: { id: agreement_id } }),
        hetao.call(getUsageSummary, { query: { agreement_id, period } }),
      ]);
      const compared = recomputed(found, agreement.plan, usage.totals);
      if (terminal.json) terminal.value(compared);
      else
        for (const { what, invoiced, here } of compared) {
          terminal.verdict(invoiced === here, `${what}: invoiced ${invoiced}, recomputed ${here}`);
        }
      if (compared.some(({ invoiced, here }) => invoiced !== here)) cli.exitCode = EXIT.no;
    });
}

/** Codes, not signs: two of our currencies share one. */
function amount({ amount: value, currency }: { readonly amount: string; readonly currency: string }): string {
  return `${currency} ${value}`;
}
