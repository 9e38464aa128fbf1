import { Inject, Injectable } from '@nestjs/common';
import { DomainException } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { type CallerIdentity, DATABASE } from '@hetao/runtime';
import { EntitlementQueries } from '../entitlement/entitlement.queries.js';
import { type Adjustment, AdjustmentRepository } from './adjustment.repository.js';
import { correctionErrors } from './correction.errors.js';
import { type Correction, CorrectionRepository } from './correction.repository.js';

/** Reading corrections and adjustments: both sides of the agreement see all of them. */
@Injectable()
export class CorrectionQueries {
  constructor(
    @Inject(DATABASE) private readonly database: Database,
    private readonly corrections: CorrectionRepository,
    private readonly adjusted: AdjustmentRepository,
    private readonly entitlements: EntitlementQueries,
  ) {}

  /** @throws DomainException CORRECTION_UNKNOWN when there is none, or none the caller may see. */
  async find(correctionId: string, caller: CallerIdentity): Promise<Correction> {
    const found = await this.database.withClient((client) => this.corrections.find(client, correctionId));
    if (found && (await this.entitlements.mayRead(caller, found.agreementId))) return found;
    throw new DomainException(correctionErrors.CORRECTION_UNKNOWN(`No correction ${correctionId} that you may read.`));
  }

  async list(agreementId: string, after: string, limit: number): Promise<readonly Correction[]> {
    return this.database.withClient((client) => this.corrections.list(client, agreementId, after, limit));
  }

  async adjustments(agreementId: string, after: string, limit: number): Promise<readonly Adjustment[]> {
    return this.database.withClient((client) => this.adjusted.list(client, agreementId, after, limit));
  }
}
