import { Decimal, err, money, moneyToDecimal, ok, roundToMoney, type Clock, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { LedgerError } from '../ledger/ledger.errors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { dateIn, type SettlementPeriod } from '../period/period.js';
import type { SettlementConfig } from '../settlement.config.js';
import { fxErrors, type FxError } from './fx.errors.js';
import { realisedPosting, revaluedPostings } from './fx.postings.js';
import { FxRepository } from './fx.repository.js';
import { addGains } from './gains.repository.js';
import { openPositions, valuationId } from './open-positions.repository.js';
import {
  missingForDocuments,
  realisedGains,
  translate,
  type FxGain,
  type MissingRate,
  type Valuation,
} from './translation.repository.js';

/** What a close has to do with foreign currencies. In a month of the functional currency alone it does nothing. */
@Injectable()
export class FxClose {
  readonly #rates: FxRepository;
  readonly #ledger: LedgerRepository;
  readonly #clock: Clock;
  readonly #config: SettlementConfig;

  constructor(
    rates: FxRepository,
    ledger: LedgerRepository,
    @Inject(CLOCK) clock: Clock,
    @Inject(SERVICE_CONFIG) config: SettlementConfig,
  ) {
    this.#rates = rates;
    this.#ledger = ledger;
    this.#clock = clock;
    this.#config = config;
  }

  /** Rates the period's documents and open positions need and nobody has imported: each blocks the close. Only reads. */
  async missing(tx: Tx, period: SettlementPeriod): Promise<readonly MissingRate[]> {
    const documents = await missingForDocuments(tx, period.period, this.#valuation());
    const closing = await this.#closing(tx, period);
    const missing = new Map(documents.map((one) => [`${one.base} ${one.date}`, one]));
    for (const { position, rate } of closing) {
      if (rate !== undefined) continue;
      const key = `${position.currency} ${lastDay(period)}`;
      const known = missing.get(key);
      const neededBy = [...(known?.neededBy ?? []), position.documentId].slice(0, 10);
      const { functional } = this.#valuation();
      missing.set(key, { base: position.currency, quote: functional, date: lastDay(period), neededBy });
    }
    return [...missing.values()];
  }

  /**
   * Values the period's documents, and posts what the movement of rates made or cost: realised by payments, and what
   * open positions are worth at the end, taken back at the first instant of the next period. Call it in the
   * transaction of the close, before the period is locked. Twice is once.
   */
  async revalue(tx: Tx, period: SettlementPeriod): Promise<Result<void, FxError | LedgerError>> {
    const valuation = this.#valuation();
    await translate(tx, { period: period.period }, valuation, this.#clock.now());
    const [lacking] = await this.missing(tx, period);
    if (lacking !== undefined) {
      const { base, quote, date, neededBy } = lacking;
      return err(fxErrors.RATE_MISSING(`${base}/${quote} on ${date}, needed by ${neededBy.join(', ')}.`));
    }
    const realised = await realisedGains(tx, period.period, valuation);
    const unrealised = await this.#unrealised(tx, period);
    await addGains(tx, [...realised, ...unrealised], valuation.functional, this.#clock.now());
    const posted = await this.#ledger.post(tx, [
      ...realised.flatMap((gain) => realisedPosting(gain, valuation.functional)),
      ...unrealised.flatMap((gain) => revaluedPostings(gain, valuation.functional, period)),
    ]);
    return posted.ok ? ok(undefined) : posted;
  }

  async #unrealised(tx: Tx, period: SettlementPeriod): Promise<readonly FxGain[]> {
    const { functional } = this.#valuation();
    const closing = await this.#closing(tx, period);
    return closing.flatMap(({ position, rate }): FxGain[] => {
      if (rate === undefined) return [];
      const { documentId, currency, exposureMinor, bookMinor, fromSnapshot } = position;
      const worth = moneyToDecimal(money(exposureMinor, currency)).times(Decimal.parse(rate.rate));
      return [
        {
          gainId: valuationId(documentId, period.period),
          kind: 'unrealised',
          documentId,
          period: period.period,
          currency,
          exposureMinor,
          fromSnapshot,
          toSnapshot: rate.snapshotId,
          gainMinor: roundToMoney(worth, functional).amountMinor - bookMinor,
          at: new Date(period.endsAt.getTime() - 1),
        },
      ];
    });
  }

  async #closing(tx: Tx, period: SettlementPeriod) {
    const valuation = this.#valuation();
    const positions = await openPositions(tx, period.endsAt, valuation);
    const found = [];
    for (const position of positions) {
      const rate = await this.#rates.quoteOn(tx, position.currency, valuation.functional, lastDay(period));
      found.push({ position, rate });
    }
    return found;
  }

  #valuation(): Valuation {
    return { functional: this.#config.FUNCTIONAL_CURRENCY, timeZone: this.#config.LEGAL_TIME_ZONE };
  }
}

function lastDay({ timeZone, endsAt }: SettlementPeriod): string {
  return dateIn(timeZone, endsAt.getTime() - 1);
}
