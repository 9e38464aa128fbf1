import type { Currency } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { FxGain } from './translation.repository.js';

/** Keeps gains and losses; one that is kept stays as it was. */
export async function addGains(tx: Tx, gains: readonly FxGain[], functional: Currency, now: Date): Promise<void> {
  const rows = gains.map((gain) => ({
    ...gain,
    exposureMinor: gain.exposureMinor.toString(),
    gainMinor: gain.gainMinor.toString(),
  }));
  await tx.execute(
    `INSERT INTO fx_gains (gain_id, kind, document_id, period, currency, exposure_minor, from_snapshot, to_snapshot,
                           functional_currency, gain_minor, noted_at)
     SELECT g."gainId", g.kind, g."documentId", g.period, g.currency, g."exposureMinor", g."fromSnapshot", g."toSnapshot",
            $2, g."gainMinor", $3
       FROM jsonb_to_recordset($1) AS g("gainId" text, kind text, "documentId" text, period text, currency text,
            "exposureMinor" bigint, "fromSnapshot" text, "toSnapshot" text, "gainMinor" bigint)
     ON CONFLICT (gain_id) DO NOTHING`,
    [JSON.stringify(rows), functional, now],
  );
}
