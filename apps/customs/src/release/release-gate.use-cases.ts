import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { releaseDeclaration, type Declaration } from '../declaration/declaration.js';
import { DeclarationRepository, type Deed } from '../declaration/declaration.repository.js';
import { unknownDeclaration } from '../declaration/declaration.use-cases.js';
import { RiskDesk } from '../risk/risk.use-cases.js';
import { mainlandDate, type Reader } from '../shared/reader.js';
import { releaseErrors } from './release.errors.js';

/** What a declaration has to pass before a release is made of it: its own guards, holds, and the risk that holds it. */
@Injectable()
export class ReleaseGate {
  readonly #declarations: DeclarationRepository;
  readonly #risk: RiskDesk;

  constructor(declarations: DeclarationRepository, risk: RiskDesk) {
    this.#declarations = declarations;
    this.#risk = risk;
  }

  /** @returns the declaration before, and as it is released. */
  async open(
    tx: Tx,
    id: string,
    by: Reader,
    at: Date,
  ): Promise<Result<{ readonly before: Declaration; readonly released: Declaration }, DomainError>> {
    const before = await this.#declarations.load(tx, id);
    if (before === null) return err(unknownDeclaration(id));
    const released = releaseDeclaration(before, by.subject, { at, date: mainlandDate(at) });
    if (!released.ok) return released;
    const items = await this.#risk.obstacles(tx, before, at);
    if (items.length === 0) return ok({ before, released: released.value });
    const detail = `Declaration ${id}: ${items.map((item) => item.detail).join(' ')}`;
    return err(releaseErrors.RELEASE_HELD(detail, { items }));
  }

  pass(tx: Tx, released: Declaration, deed: Deed): Promise<void> {
    return this.#declarations.update(tx, released, deed);
  }
}
