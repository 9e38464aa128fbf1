import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { DeclarationRow } from './declaration.entity.js';
import type { Declaration } from './declaration.js';

/** What was done to a declaration, by whom, and why. */
export interface Deed {
  readonly command: string;
  readonly from: string | null;
  readonly at: Date;
  readonly by: { readonly subject: string; readonly organisationId: string };
  readonly note: string | null;
}

/** Loads and saves declarations; every save leaves its line in the history. */
@Injectable()
export class DeclarationRepository {
  load(tx: Tx, id: string): Promise<Declaration | null> {
    return tx.manager.findOne(DeclarationRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** An extension of this declaration that is not refused: asked for again, it is found again. */
  openExtensionOf(tx: Tx, id: string): Promise<Declaration | null> {
    return tx.manager
      .createQueryBuilder(DeclarationRow, 'd')
      .where("d.kind = 'extension' AND d.predecessor->>'id' = :id AND d.status <> 'decided_refused'", { id })
      .orderBy('d.id', 'DESC')
      .getOne();
  }

  async insert(tx: Tx, declaration: Declaration, deed: Deed): Promise<void> {
    await tx.manager.insert(DeclarationRow, toRow(declaration));
    await this.#remember(tx, declaration, deed);
  }

  async update(tx: Tx, declaration: Declaration, deed: Deed): Promise<void> {
    await tx.manager.update(DeclarationRow, { id: declaration.id }, toRow(declaration));
    await this.#remember(tx, declaration, deed);
  }

  async #remember(tx: Tx, { id, revision, status, finding, factsSha256 }: Declaration, deed: Deed): Promise<void> {
    await tx.execute(
      `INSERT INTO declaration_history (declaration_id, revision, command, status_from, status_to, rule_set_version,
         facts_sha256, at, by_subject, by_organisation, note)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, revision, deed.command, deed.from, status, finding.ruleSet.version, factsSha256, deed.at],
        ...[deed.by.subject, deed.by.organisationId, deed.note],
      ],
    );
  }
}

function toRow(declaration: Declaration): DeclarationRow {
  return { ...declaration };
}
