import { createHash } from 'node:crypto';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK, SERVICE_CONFIG } from '@hetao/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { SettlementConfig } from '../settlement.config.js';
import { parseCsvRates } from './csv-rates.parser.js';
import { parseEcbRates } from './ecb.parser.js';
import { fxErrors, type FxError } from './fx.errors.js';
import { FxRepository, type RateImport } from './fx.repository.js';

/** Takes a file of rates in. The same file again is the same import. */
@Injectable()
export class ImportRates {
  readonly #uow: UnitOfWork;
  readonly #rates: FxRepository;
  readonly #clock: Clock;
  readonly #config: SettlementConfig;

  constructor(
    uow: UnitOfWork,
    rates: FxRepository,
    @Inject(CLOCK) clock: Clock,
    @Inject(SERVICE_CONFIG) config: SettlementConfig,
  ) {
    this.#uow = uow;
    this.#rates = rates;
    this.#clock = clock;
    this.#config = config;
  }

  async execute(file: Uint8Array, format: 'ecb' | 'csv', by: string): Promise<Result<RateImport, FxError>> {
    const text = utf8(file);
    if (text === undefined) return err(fxErrors.RATE_FILE_MALFORMED('The file is not UTF-8.'));
    const parsed = format === 'ecb' ? parseEcbRates(text) : parseCsvRates(text);
    if (!parsed.ok) return parsed;
    const rateImport: RateImport = {
      importId: newId('fxi'),
      fileHash: createHash('sha256').update(file).digest('hex'),
      format,
      source: [...new Set(parsed.value.map(({ source }) => source))].join(', ').slice(0, 200),
      rates: parsed.value.length,
      importedAt: this.#clock.now(),
      importedBy: by,
    };
    return this.#uow.runResult(async (tx): Promise<Result<RateImport, FxError>> => {
      const known = await this.#rates.findImport(tx, rateImport.fileHash);
      if (known !== undefined) return ok(known);
      await this.#rates.addImport(tx, rateImport);
      const other = await this.#rates.addRates(tx, rateImport.importId, parsed.value, this.#config.FX_VALID_DAYS);
      if (other === undefined) return ok(rateImport);
      const { base, quote, side, source, quotedOn } = other;
      return err(
        fxErrors.RATE_CONFLICT(`${base}/${quote} ${side} of ${source} on ${quotedOn} is kept with another rate.`),
      );
    });
  }
}

function utf8(file: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(file);
  } catch {
    return undefined;
  }
}
