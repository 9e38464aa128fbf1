import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { DeclarationRepository } from '../declaration/declaration.repository.js';
import { RiskDesk } from './risk.use-cases.js';

const BATCH = 50;
const STALE = `
  SELECT declarations.id FROM declarations LEFT JOIN risk_scores ON declaration_id = declarations.id
  WHERE declarations.status = ANY ($1) AND (risk_scores.revision IS DISTINCT FROM declarations.revision
    OR policy_version IS DISTINCT FROM $2)
  ORDER BY declarations.id LIMIT $3`;
const WAITING = ['submitted', 'in_authority', 'decided_pass', 'exempt_memo'];

/** Scores every declaration that waits for customs and changed, or was scored by older rules; and holds what scores too high. */
@Injectable()
export class AssessRisk {
  readonly #uow: UnitOfWork;
  readonly #desk: RiskDesk;
  readonly #declarations: DeclarationRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, desk: RiskDesk, declarations: DeclarationRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#desk = desk;
    this.#declarations = declarations;
    this.#clock = clock;
  }

  /** @returns how many declarations were scored; each by itself, so that nobody waits for the others. */
  async execute(): Promise<number> {
    const stale = await this.#uow.run(async (tx) =>
      tx.query<{ id: string }>(STALE, [WAITING, await this.#desk.policyVersion(tx), BATCH]),
    );
    for (const { id } of stale) {
      await this.#uow.run(async (tx) => {
        const declaration = await this.#declarations.load(tx, id);
        if (declaration !== null) await this.#desk.assess(tx, declaration, this.#clock.now());
      });
    }
    return stale.length;
  }
}
