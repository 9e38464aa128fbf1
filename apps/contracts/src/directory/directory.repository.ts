import type { Jurisdiction } from '@hetao/kernel';
import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { HeldRows } from '../database/held-rows.js';
import { prepared } from '../database/prepared.js';
import { DirectoryPartyRow, DirectoryProductRow } from './directory.entity.js';
import {
  learnParty,
  learnProduct,
  type DirectoryParty,
  type DirectoryProduct,
  type PartyFact,
  type ProductDescription,
  type ProductFact,
} from './directory.js';

const PARTIES = prepared<DirectoryPartyRow>(
  'contracts.directory.parties',
  `SELECT id, standing, standing_at AS "standingAt", name, jurisdiction, roles, profile_as_of AS "profileAsOf"
   FROM directory_parties WHERE id = ANY($1) ORDER BY id FOR SHARE`,
);
const PRODUCT = prepared<DirectoryProductRow>(
  'contracts.directory.product',
  `SELECT id, merchant_id AS "merchantId", listed, changed_at AS "changedAt", name, kind, version,
     listing_as_of AS "listingAsOf" FROM directory_products WHERE id = $1 FOR SHARE`,
);
const DESCRIPTION = prepared<ProductDescription>(
  'contracts.directory.description',
  'SELECT stored_in AS "storedIn", schema_hash AS "schemaHash" FROM directory_places WHERE product_id = $1',
);

/** What contracts knows of the catalog: written from its events, read when somebody trades. */
@Injectable()
export class DirectoryRepository {
  readonly #parties = new HeldRows<DirectoryParty>();
  readonly #products = new HeldRows<DirectoryProduct>();
  readonly #descriptions = new HeldRows<ProductDescription>();

  /** What is known of an organisation, kept from changing until the transaction ends. */
  async party(tx: Tx, id: string): Promise<DirectoryParty | undefined> {
    return (await this.parties(tx, [id])).get(id);
  }

  /** As {@link party}, of several at once, always held in the same order. */
  async parties(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, DirectoryParty>> {
    const held = this.#parties.of(tx);
    const missing = ids.filter((id) => !held.has(id));
    if (missing.length === 0) return held;
    for (const row of await PARTIES.rows(tx, [missing])) held.set(row.id, toParty(row));
    return held;
  }

  /** As {@link party}, of a product. */
  product(tx: Tx, id: string): Promise<DirectoryProduct | undefined> {
    return this.#products.once(tx, id, async () => {
      const [row] = await PRODUCT.rows(tx, [id]);
      return row && toProduct(row);
    });
  }

  /** Where a product lies, as far as the catalog said. */
  async placeOf(tx: Tx, productId: string): Promise<Jurisdiction | undefined> {
    return (await this.description(tx, productId))?.storedIn;
  }

  /** Where a product lies and what its fields are, as far as the catalog said. */
  description(tx: Tx, productId: string): Promise<ProductDescription | undefined> {
    return this.#descriptions.once(tx, productId, async () => (await DESCRIPTION.rows(tx, [productId]))[0]);
  }

  /** Takes in what a product holds and where; the latest word holds. */
  async learnDescription(tx: Tx, told: ProductDescription & { productId: string; at: Date }): Promise<void> {
    this.#descriptions.of(tx).delete(told.productId);
    await tx.query(
      `INSERT INTO directory_places (product_id, stored_in, schema_hash, as_of) VALUES ($1, $2, $3, $4)
       ON CONFLICT (product_id) DO UPDATE
         SET stored_in = excluded.stored_in, schema_hash = excluded.schema_hash, as_of = excluded.as_of
       WHERE directory_places.as_of <= excluded.as_of`,
      [told.productId, told.storedIn, told.schemaHash, told.at],
    );
  }

  /** Takes one more fact in, whatever order facts come in. */
  async learnAboutParty(tx: Tx, fact: PartyFact): Promise<void> {
    this.#parties.of(tx).delete(fact.id);
    await one(tx, fact.id);
    const row = await tx.manager.findOneBy(DirectoryPartyRow, { id: fact.id });
    const { profile, ...known } = learnParty(row === null ? undefined : toParty(row), fact);
    await tx.manager.upsert(
      DirectoryPartyRow,
      {
        ...known,
        name: profile?.name ?? null,
        jurisdiction: profile?.jurisdiction ?? null,
        roles: profile === null ? null : [...profile.roles],
        profileAsOf: profile?.asOf ?? null,
      },
      ['id'],
    );
  }

  /** As {@link learnAboutParty}, about a product. */
  async learnAboutProduct(tx: Tx, fact: ProductFact): Promise<void> {
    this.#products.of(tx).delete(fact.id);
    await one(tx, fact.id);
    const row = await tx.manager.findOneBy(DirectoryProductRow, { id: fact.id });
    const { listing, ...known } = learnProduct(row === null ? undefined : toProduct(row), fact);
    await tx.manager.upsert(
      DirectoryProductRow,
      {
        ...known,
        name: listing?.name ?? null,
        kind: listing?.kind ?? null,
        version: listing?.version ?? null,
        listingAsOf: listing?.asOf ?? null,
      },
      ['id'],
    );
  }
}

/** Facts about one id are taken in one after the other, also the first two, when there is no row to lock yet. */
async function one(tx: Tx, id: string): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`hetao.contracts.directory.${id}`]);
}

function toParty({ name, jurisdiction, roles, profileAsOf, ...row }: DirectoryPartyRow): DirectoryParty {
  const known = name !== null && jurisdiction !== null && roles !== null && profileAsOf !== null;
  return { ...row, profile: known ? { name, jurisdiction, roles, asOf: profileAsOf } : null };
}

function toProduct({ name, kind, version, listingAsOf, ...row }: DirectoryProductRow): DirectoryProduct {
  const known = name !== null && kind !== null && version !== null && listingAsOf !== null;
  return { ...row, listing: known ? { name, kind, version, asOf: listingAsOf } : null };
}
