import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { deterministicId, jurisdictions, unwrap } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { LOGGER, type OnServiceOpen } from '@hetao/runtime';
import { EnterPeer } from '../peer/peer.use-cases.js';
import type { Peer } from '../peer/peer.js';
import { SEEDED_ORGANISATION } from '../transfer/transfer-permission.js';
import { prescribeIri } from '../wire/ids.js';
import { ConformanceMode } from './conformance-mode.js';
import type { Conformance } from './conformance.config.js';

/** The organisation the kit stands for. */
export const KIT_ORGANISATION = 'org_conformancekit';
const USE_ALONE = { permission: [{ action: 'use' }] };
const FREE = {
  currency: 'CNY',
  components: [{ kind: 'flat', id: 'base', amount: '0.00' }],
  fee: { exchangeBps: 0, channelBps: 0 },
  tax: { jurisdiction: 'CN', rateBps: 0, mode: 'exclusive' },
};

/** Puts what a conformance run needs into the tables of business, before traffic comes; it travels under the ids given. */
@Injectable()
export class ConformanceSeeds implements OnServiceOpen {
  readonly #mode: ConformanceMode;
  readonly #enter: EnterPeer;
  readonly #uow: UnitOfWork;
  readonly #logger: Logger;

  constructor(mode: ConformanceMode, enter: EnterPeer, uow: UnitOfWork, @Inject(LOGGER) logger: Logger) {
    this.#mode = mode;
    this.#enter = enter;
    this.#uow = uow;
    this.#logger = logger;
  }

  async onServiceOpen(): Promise<void> {
    const { run } = this.#mode;
    if (run === null) return;
    const { participantId, baseUrl, header } = run.peer;
    const auth = header === null ? ({ mode: 'none' } as const) : ({ mode: 'static' } as const);
    const headers = header === null ? null : { sends: header, expects: header };
    const entry = { participantId, baseUrl, auth, headers, organisationId: KIT_ORGANISATION };
    const peer = unwrap(await this.#enter.execute(entry));
    await this.#uow.run((tx) => seed(tx, run, peer));
    this.#logger.warn(
      { peer: participantId },
      'This is a conformance run: the peer of the script may trade with anybody',
    );
  }
}

async function seed(tx: Tx, { datasets, agreements, peer: kit }: Conformance, peer: Peer): Promise<void> {
  for (const organisation of [SEEDED_ORGANISATION, KIT_ORGANISATION]) {
    await tx.execute(
      `INSERT INTO directory_parties (id, standing, standing_at, name, jurisdiction, roles, profile_as_of)
       VALUES ($1, 'approved', now(), $2, 'HK', '{merchant,buyer}', now()) ON CONFLICT (id) DO NOTHING`,
      [organisation, JSON.stringify({ en: organisation, 'zh-Hans': organisation, 'zh-Hant': organisation })],
    );
  }
  for (const { id, offerId } of datasets) await seedDataset(tx, id, offerId);
  for (const role of ['provider', 'consumer'] as const) {
    for (const ref of agreements[role]) {
      await tx.execute(
        `INSERT INTO peer_agreements (peer_id, agreement_ref, role, dataset_id, assigner, assignee, agreement, state, at)
         VALUES ($1, $2, $3, $2, $4, $4, $5, 'finalized', now()) ON CONFLICT DO NOTHING`,
        [peer.id, ref, role, kit.participantId, JSON.stringify(USE_ALONE)],
      );
    }
  }
}

async function seedDataset(tx: Tx, dataset: string, offer: string): Promise<void> {
  const [id, offerId] = [deterministicId('prd', dataset), deterministicId('off', offer)];
  prescribeIri(id, dataset);
  prescribeIri(offerId, offer);
  const policy = { purposes: ['any'], placesOfUse: [...jurisdictions], onwardUse: false, retentionDays: null };
  await tx.execute(
    `INSERT INTO directory_products (id, merchant_id, listed, changed_at, name, kind, version, listing_as_of)
     VALUES ($1, $2, true, now(), $3, 'dataset', 1, now()) ON CONFLICT (id) DO NOTHING`,
    [id, SEEDED_ORGANISATION, JSON.stringify({ en: dataset, 'zh-Hans': dataset, 'zh-Hant': dataset })],
  );
  await tx.execute(
    `INSERT INTO offers (id, product_id, product_version, merchant_id, plan, policy, valid_until, term_from, term_until,
       status, published_at)
     VALUES ($1, $2, 1, $3, $4, $5, now() + interval '30 days', now() - interval '1 minute', now() + interval '60 days',
       'published', now()) ON CONFLICT (id) DO NOTHING`,
    [offerId, id, SEEDED_ORGANISATION, JSON.stringify(FREE), JSON.stringify({ ...policy, odrl: USE_ALONE })],
  );
}
