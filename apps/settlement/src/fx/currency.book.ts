import {
  Decimal,
  err,
  money,
  moneyToDecimal,
  newId,
  ok,
  roundToMoney,
  type Currency,
  type Money,
  type Result,
} from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { credit, debit, exchangeOwner, type AccountKind, type Posting } from '../ledger/ledger.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { fxErrors, type FxError } from './fx.errors.js';
import { FxRepository, type RateQuote } from './fx.repository.js';

/** What a party is owed that is to become another currency. */
export interface ConversionOrder {
  readonly participantId: string;
  readonly account: Extract<AccountKind, `payable:${'merchant' | 'channel' | 'source' | 'body'}`>;
  readonly sold: Money;
  readonly bought: Currency;
  /** Calendar date whose rate holds. */
  readonly date: string;
  readonly period: string;
  readonly at: Date;
  readonly by: string;
}

/** A conversion as made; it names the rate it was made at. */
export interface Conversion extends ConversionOrder {
  readonly conversionId: string;
  readonly boughtMinor: bigint;
  readonly quote: RateQuote;
}

/** Exchanges currencies through the trading accounts: each currency adds up to zero on its own. */
@Injectable()
export class CurrencyBook {
  readonly #rates: FxRepository;
  readonly #ledger: LedgerRepository;

  constructor(rates: FxRepository, ledger: LedgerRepository) {
    this.#rates = rates;
    this.#ledger = ledger;
  }

  /** Converts what a party is owed at the rate of a date, rounded half up once; RATE_MISSING says pair and date. */
  async convert(tx: Tx, order: ConversionOrder): Promise<Result<Conversion, FxError | LedgerError>> {
    const { sold, bought, date } = order;
    const quote = await this.#rates.quoteOn(tx, sold.currency, bought, date);
    if (quote === undefined) {
      return err(
        fxErrors.RATE_MISSING(`${sold.currency}/${bought} on ${date}, to convert for ${order.participantId}.`),
      );
    }
    const exact = moneyToDecimal(sold).times(Decimal.parse(quote.rate));
    const boughtMinor = roundToMoney(exact, bought).amountMinor;
    const conversion: Conversion = { ...order, conversionId: newId('fxc'), boughtMinor, quote };
    await this.#add(tx, conversion);
    const posted = await this.#ledger.post(tx, [postingOf(conversion)]);
    return posted.ok ? ok(conversion) : posted;
  }

  async #add(tx: Tx, { conversionId, sold, bought, boughtMinor, quote, ...order }: Conversion): Promise<void> {
    await tx.execute(
      `INSERT INTO fx_conversions (conversion_id, participant_id, account_kind, sold_currency, sold_minor, bought_currency,
                                   bought_minor, snapshot_id, inverse, converted_at, converted_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        conversionId,
        order.participantId,
        order.account,
        sold.currency,
        sold.amountMinor.toString(),
        bought,
        boughtMinor.toString(),
        quote.snapshotId,
        quote.inverse,
        order.at,
        order.by,
      ],
    );
  }
}

function postingOf({
  conversionId,
  participantId,
  account,
  sold,
  bought,
  boughtMinor,
  period,
  at,
}: Conversion): Posting {
  const party = { owner: participantId, kind: account };
  const trading = { owner: exchangeOwner, kind: 'trading' as const };
  const gained = money(boughtMinor, bought);
  return {
    idempotencyKey: `currency_converted:${conversionId}`,
    movement: 'currency_converted',
    effectiveAt: at,
    period,
    reference: { kind: 'conversion', id: conversionId },
    legs: [
      debit({ ...party, currency: sold.currency }, sold.amountMinor),
      credit({ ...trading, currency: sold.currency }, sold.amountMinor),
      debit({ ...trading, currency: gained.currency }, gained.amountMinor),
      credit({ ...party, currency: gained.currency }, gained.amountMinor),
    ],
  };
}
