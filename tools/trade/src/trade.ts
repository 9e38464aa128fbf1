import { ExchangeApi } from '../../exchange/api.js';
import type { Console } from '../../exchange/console.js';
import type { Money } from './answers.js';
import { closePeriod, showEquation } from './equation.js';
import { Keyring, members } from './keyring.js';
import { license } from './license.js';
import { enrol, listProduct, onboard } from './onboard.js';
import type { TradeOptions } from './options.js';
import { collect, instructPayouts, invoiceUsage, settlePayouts } from './settle.js';
import { buyer, channel, merchant, PERIOD } from './story.js';
import { closeUsage, readLog, sendUsage } from './usage.js';

const shown = ({ amount, currency }: Money): string => `${currency} ${amount}`;

interface Cast {
  readonly operator: ExchangeApi;
  readonly officer: ExchangeApi;
  readonly merchant: ExchangeApi;
  readonly buyer: ExchangeApi;
  readonly merchantId: string;
  readonly channelId: string;
}

/** The whole trade, from onboarding to the closed period. @returns whether the equation holds */
export async function playTrade(options: TradeOptions, terminal: Console): Promise<boolean> {
  terminal.heading(`One trade at ${options.baseUrl}`);
  const cast = await gather(options, terminal);
  const agreementId = await agree(cast, terminal);
  await use(cast, agreementId, { options, terminal });
  await settle(cast, agreementId, terminal);
  await closePeriod(cast.operator);
  terminal.step('books closed', { period: PERIOD });
  return showEquation(cast.operator, terminal);
}

async function gather(options: TradeOptions, terminal: Console): Promise<Cast> {
  const { baseUrl, operatorKey, officerKey, keyring } = options;
  const operator = new ExchangeApi({ baseUrl, apiKey: operatorKey });
  const officer = new ExchangeApi({ baseUrl, apiKey: officerKey });
  const seller = await onboard(operator, merchant);
  const customer = await onboard(operator, buyer);
  const partner = await onboard(operator, channel);
  terminal.step('participants approved', { merchant: seller.id, buyer: customer.id, channel: partner.id });
  await enrol(operator, seller.id, members.merchant);
  await enrol(operator, customer.id, members.buyer);
  const keys = await Keyring.open(keyring);
  const apiOf = async (member: (typeof members)[keyof typeof members]) =>
    new ExchangeApi({ baseUrl, apiKey: await keys.keyFor(baseUrl, member) });
  const sides = { merchant: await apiOf(members.merchant), buyer: await apiOf(members.buyer) };
  terminal.step('members signed in, keys made', { members: 2 });
  return { operator, officer, ...sides, merchantId: seller.id, channelId: partner.id };
}

async function agree(cast: Cast, terminal: Console): Promise<string> {
  const product = await listProduct(cast.merchant, cast.operator, cast.merchantId);
  terminal.step('product listed', { product: product.id });
  const { offer, agreement, entitlement } = await license({ ...cast, productId: product.id });
  terminal.step('offer published', { offer: offer.id });
  terminal.step('agreement signed by both', { agreement: agreement.id, hash: agreement.document_hash.slice(0, 16) });
  terminal.step('released by customs, entitlement granted', { entitlement: entitlement.id });
  return agreement.id;
}

async function use(
  { merchant: seller, operator }: Cast,
  agreementId: string,
  { options, terminal }: { readonly options: TradeOptions; readonly terminal: Console },
): Promise<void> {
  const entries = await readLog(options.log, options.lines);
  const sent = await sendUsage(seller, agreementId, entries, (done) =>
    terminal.progress('usage sent', done, entries.length),
  );
  terminal.step('usage answered', { accepted: sent.accepted, duplicates: sent.duplicates });
  const summary = await closeUsage(operator, agreementId);
  const counted = Object.fromEntries(summary.totals.map(({ meter, quantity }) => [meter, quantity]));
  if (counted['calls'] !== String(sent.calls) || counted['bytes'] !== String(sent.bytes)) {
    throw new Error(
      `the log has ${sent.calls} calls and ${sent.bytes} bytes, the exchange counted ${counted['calls']} and ${counted['bytes']}`,
    );
  }
  terminal.step('usage period closed', { ...counted, windows: summary.windows });
}

async function settle({ operator }: Cast, agreementId: string, terminal: Console): Promise<void> {
  const invoice = await invoiceUsage(operator, agreementId);
  terminal.step('invoice issued', {
    number: invoice.number,
    net: shown(invoice.net),
    tax: shown(invoice.tax),
    gross: shown(invoice.gross),
  });
  const collected = await collect(operator, invoice);
  terminal.step('statement imported: paid', { statement: collected.statement_id, matched: collected.matched });
  const payouts = await instructPayouts(operator);
  for (const payout of payouts)
    terminal.step(`payout to the ${payout.share}`, { payout: payout.id, amount: shown(payout.amount) });
  const paid = await settlePayouts(operator, invoice, payouts);
  terminal.step('statement imported: paid out', { statement: paid.statement_id, matched: paid.matched });
}
