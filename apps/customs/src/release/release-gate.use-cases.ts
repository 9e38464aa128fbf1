import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import { releaseDeclaration, type Declaration } from '../declaration/declaration.js';
import { DeclarationRepository, type Deed } from '../declaration/declaration.repository.js';
import { unknownDeclaration } from '../declaration/declaration.use-cases.js';
import { CounterRepository } from '../counter/counter.repository.js';
import { RiskDesk } from '../risk/risk.use-cases.js';
import { mainlandDate, mainlandYear, type Reader } from '../shared/reader.js';
import { releaseErrors } from './release.errors.js';
import { checkYear, type Release } from './release.js';

/** What a declaration has to pass before a release is made of it: its own guards, holds, and the risk that holds it. */
@Injectable()
export class ReleaseGate {
  readonly #declarations: DeclarationRepository;
  readonly #risk: RiskDesk;
  readonly #counters: CounterRepository;

  constructor(declarations: DeclarationRepository, risk: RiskDesk, counters: CounterRepository) {
    this.#declarations = declarations;
    this.#risk = risk;
    this.#counters = counters;
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

  /** Whether the exporter's year still leaves the release its pathway: since it was handed in, more may have been sent. */
  async checkRoom(tx: Tx, release: Release, at: Date): Promise<Result<null, DomainError>> {
    if (!release.counted) return ok(null);
    const year = mainlandYear(at);
    const { general, sensitive } = await this.#counters.totals(tx, release.exporterId, year);
    return checkYear(release, { year, general: general.total, sensitive: sensitive.total });
  }

  pass(tx: Tx, released: Declaration, deed: Deed): Promise<void> {
    return this.#declarations.update(tx, released, deed);
  }
}
