import { deterministicId, type Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { QuotedRate, RateSide } from './rate-file.js';

/** A file of rates as taken in. */
export interface RateImport {
  readonly importId: string;
  readonly fileHash: string;
  readonly format: 'ecb' | 'csv';
  readonly source: string;
  readonly rates: number;
  readonly importedAt: Date;
  readonly importedBy: string;
}

/** A kept rate, in the direction asked for: one unit of `base` is `rate` units of `quote`. */
export interface RateQuote {
  readonly snapshotId: string;
  readonly base: Currency;
  readonly quote: Currency;
  /** Exact decimal. */
  readonly rate: string;
  /** True when the snapshot was quoted the other way round and its inverse is used. */
  readonly inverse: boolean;
  readonly side: RateSide;
  readonly source: string;
  readonly quotedOn: string;
  readonly validUntil: string;
}

/** Exchange rates. What was taken in never changes: documents name it. */
@Injectable()
export class FxRepository {
  async findImport(tx: Tx, fileHash: string): Promise<RateImport | undefined> {
    const [row] = await tx.query<RateImport>(
      `SELECT import_id AS "importId", file_hash AS "fileHash", format, source, rates, imported_at AS "importedAt",
              imported_by AS "importedBy" FROM fx_imports WHERE file_hash = $1`,
      [fileHash],
    );
    return row;
  }

  async addImport(tx: Tx, rateImport: RateImport): Promise<void> {
    await tx.execute(
      `INSERT INTO fx_imports (import_id, file_hash, format, source, rates, imported_at, imported_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [
        rateImport.importId,
        rateImport.fileHash,
        rateImport.format,
        rateImport.source,
        rateImport.rates,
        rateImport.importedAt,
        rateImport.importedBy,
      ],
    );
  }

  /** Adds rates that are not kept yet. @returns the first that is kept with another figure, if any. */
  async addRates(
    tx: Tx,
    importId: string,
    rates: readonly QuotedRate[],
    validDays: number,
  ): Promise<QuotedRate | undefined> {
    const rows = rates.map((rate) => ({
      ...rate,
      id: deterministicId('fxs', rate.base, rate.quote, rate.side, rate.source, rate.quotedOn),
      rate: rate.rate.toString(),
      inverse: rate.inverse.toString(),
    }));
    const [known] = await tx.query<{ no: string }>(
      `WITH given AS (
         SELECT * FROM ROWS FROM (jsonb_to_recordset($1) AS (id text, base text, quote text, rate numeric, inverse numeric,
                side text, source text, "quotedOn" date)) WITH ORDINALITY AS g(id, base, quote, rate, inverse, side, source, quoted_on, no)),
       added AS (
         INSERT INTO fx_snapshots (snapshot_id, import_id, base, quote, rate, inverse, side, source, quoted_on, valid_until)
         SELECT id, $2, base, quote, rate, inverse, side, source, quoted_on, quoted_on + $3::integer FROM given
         ON CONFLICT (base, quote, side, source, quoted_on) DO NOTHING)
       SELECT g.no FROM given g JOIN fx_snapshots s ON s.snapshot_id = g.id
        WHERE s.rate <> g.rate OR s.inverse <> g.inverse ORDER BY g.no LIMIT 1`,
      [JSON.stringify(rows), importId, validDays],
    );
    return known === undefined ? undefined : rates[Number(known.no) - 1];
  }

  /** The rate of a pair that holds on a date: mid before bid and ask, then the latest, then by the source's name. */
  async quoteOn(tx: Tx, base: Currency, quote: Currency, date: string): Promise<RateQuote | undefined> {
    const [row] = await tx.query<RateQuote>(
      `SELECT snapshot_id AS "snapshotId", base, quote, rate, inverse, side, source, quoted_on AS "quotedOn",
              valid_until AS "validUntil"
         FROM fx_quotes WHERE base = $1 AND quote = $2 AND quoted_on <= $3::date AND valid_until > $3::date
        ORDER BY side = 'mid' DESC, quoted_on DESC, source LIMIT 1`,
      [base, quote, date],
    );
    return row;
  }
}
