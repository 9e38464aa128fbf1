import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { HeldRows } from '../database/held-rows.js';
import { prepared } from '../database/prepared.js';
import type { Consent } from './negotiation.js';
import { DEFAULT_SETTINGS, type NegotiationSettings } from './negotiation-settings.js';

interface SettingsRow {
  readonly agree_automatically: boolean;
  readonly verify_automatically: boolean;
  readonly set_by: Omit<Consent, 'at'>;
  readonly set_at: Date;
}

const SETTINGS = prepared<SettingsRow>(
  'contracts.negotiation.settings',
  'SELECT agree_automatically, verify_automatically, set_by, set_at FROM negotiation_settings WHERE organisation_id = $1',
);

/** Loads and saves what organisations let the exchange do in their name. */
@Injectable()
export class NegotiationSettingsRepository {
  readonly #read = new HeldRows<NegotiationSettings>();

  /** As they are when a transaction first asks: whether it acts and in whose name are of one piece. */
  of(tx: Tx, organisationId: string): Promise<NegotiationSettings> {
    return this.#read.once(tx, organisationId, () => this.#load(tx, organisationId));
  }

  async #load(tx: Tx, organisationId: string): Promise<NegotiationSettings> {
    const [row] = await SETTINGS.rows(tx, [organisationId]);
    if (row === undefined) return DEFAULT_SETTINGS;
    return {
      agreeAutomatically: row.agree_automatically,
      verifyAutomatically: row.verify_automatically,
      setBy: { ...row.set_by, at: row.set_at },
    };
  }

  async save(tx: Tx, settings: NegotiationSettings & { readonly setBy: Consent }): Promise<void> {
    const { at, ...person } = settings.setBy;
    this.#read.of(tx).delete(person.organisationId);
    await tx.execute(
      `INSERT INTO negotiation_settings (organisation_id, agree_automatically, verify_automatically, set_at, set_by)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organisation_id) DO UPDATE SET agree_automatically = excluded.agree_automatically,
         verify_automatically = excluded.verify_automatically, set_at = excluded.set_at, set_by = excluded.set_by`,
      [person.organisationId, settings.agreeAutomatically, settings.verifyAutomatically, at, JSON.stringify(person)],
    );
  }
}
