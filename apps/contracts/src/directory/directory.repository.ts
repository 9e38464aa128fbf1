import type { Jurisdiction } from '@hetao/kernel';
import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
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

/** What contracts knows of the catalog: written from its events, read when somebody trades. */
@Injectable()
export class DirectoryRepository {
  /** What is known of an organisation, kept from changing until the transaction ends. */
  async party(tx: Tx, id: string): Promise<DirectoryParty | undefined> {
    const row = await tx.manager.findOne(DirectoryPartyRow, { where: { id }, lock: { mode: 'pessimistic_read' } });
    return row === null ? undefined : toParty(row);
  }

  /** As {@link party}, of a product. */
  async product(tx: Tx, id: string): Promise<DirectoryProduct | undefined> {
    const row = await tx.manager.findOne(DirectoryProductRow, { where: { id }, lock: { mode: 'pessimistic_read' } });
    return row === null ? undefined : toProduct(row);
  }

  /** Where a product lies, as far as the catalog said. */
  async placeOf(tx: Tx, productId: string): Promise<Jurisdiction | undefined> {
    return (await this.description(tx, productId))?.storedIn;
  }

  /** Where a product lies and what its fields are, as far as the catalog said. */
  async description(tx: Tx, productId: string): Promise<ProductDescription | undefined> {
    const [row] = await tx.query<ProductDescription>(
      'SELECT stored_in AS "storedIn", schema_hash AS "schemaHash" FROM directory_places WHERE product_id = $1',
      [productId],
    );
    return row;
  }

  /** Takes in what a product holds and where; the latest word holds. */
  async learnDescription(tx: Tx, told: ProductDescription & { productId: string; at: Date }): Promise<void> {
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
