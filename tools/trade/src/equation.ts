import type { ExchangeApi } from '../../exchange/api.js';
import type { Console } from '../../exchange/console.js';
import type { Money } from './answers.js';
import { PERIOD } from './story.js';

interface Taxed {
  readonly amount: Money;
  readonly net: Money;
  readonly tax: Money;
}

interface Divided {
  readonly amount: Money;
  readonly merchants: Money;
  readonly channels: Money;
  readonly fee: Money;
  readonly tax: Money;
}

interface Equation {
  readonly status: string;
  readonly balanced: boolean;
  readonly meters: readonly { readonly meter: string; readonly usage: string; readonly rated: string }[];
  readonly currencies: readonly {
    readonly currency: string;
    readonly balanced: boolean;
    readonly usage: Taxed;
    readonly rated: Taxed;
    readonly invoiced: Taxed;
    readonly split: Divided;
    readonly settled: Divided;
    readonly clearing: readonly { readonly kind: string; readonly balance: Money }[];
  }[];
}

/** Closes the books of the period; what blocks it comes back as the problem it is. */
export async function closePeriod(operator: ExchangeApi): Promise<void> {
  await operator.post(`/v1/settlement/periods/${PERIOD}/close`);
}

/** Shows Σ usage = Σ rated = Σ invoiced = Σ split = Σ paid out + fee + tax. @returns whether it holds and all is closed */
export async function showEquation(operator: ExchangeApi, terminal: Console): Promise<boolean> {
  const equation = await operator.get<Equation>(`/v1/settlement/periods/${PERIOD}/equation`);
  terminal.heading(`The equation of ${PERIOD}`);
  for (const { meter, usage, rated } of equation.meters) {
    terminal.line(`  ${meter.padEnd(12)} Σ usage ${usage}  =  Σ rated ${rated}`);
  }
  for (const entry of equation.currencies) showCurrency(entry, terminal);
  terminal.result({ equation });
  return equation.balanced && equation.status === 'closed';
}

function showCurrency(entry: Equation['currencies'][number], terminal: Console): void {
  const { currency, usage, rated, invoiced, split, settled, clearing } = entry;
  const row = (name: string, amount: Money, parts: string) =>
    terminal.line(`  ${currency} ${name.padEnd(18)} ${amount.amount.padStart(14)}   ${parts}`);
  const taxed = ({ net, tax }: Taxed) => `net ${net.amount} + tax ${tax.amount}`;
  const divided = (paid: string, { merchants, channels, fee, tax }: Divided) =>
    `${paid} ${merchants.amount} to merchants, ${channels.amount} to channels + fee ${fee.amount} + tax ${tax.amount}`;
  row('Σ usage, rated now', usage.amount, taxed(usage));
  row('= Σ rated', rated.amount, taxed(rated));
  row('= Σ invoiced', invoiced.amount, taxed(invoiced));
  row('= Σ split', split.amount, divided('owed', split));
  row('= Σ paid out', settled.amount, divided('paid', settled));
  const left = clearing.filter(({ balance }) => !/^-?0(\.0+)?$/.test(balance.amount));
  terminal.line(
    left.length === 0
      ? `  ${currency} clearing accounts: zero left`
      : `  ${currency} left on clearing accounts: ${left.map(({ kind, balance }) => `${kind} ${balance.amount}`).join(', ')}`,
  );
}
