import { Injectable } from '@nestjs/common';
import type { Result } from '@hetao/kernel';
import type { NewCorrection } from './correction.dto.js';
import type { CorrectionError } from './correction.errors.js';
import type { Correction } from './correction.repository.js';
import { DecideCorrection } from './decide-correction.use-cases.js';
import { CorrectionDesk } from './propose-correction.use-cases.js';
import { ReadCorrectionItems } from './read-items.use-cases.js';

/** What people do with corrections. */
@Injectable()
export class CorrectionCommands {
  constructor(
    private readonly reading: ReadCorrectionItems,
    private readonly desk: CorrectionDesk,
    private readonly deciding: DecideCorrection,
  ) {}

  async propose(body: NewCorrection, proposedBy: string): Promise<Result<Correction, CorrectionError>> {
    const items = await this.reading.execute(body);
    if (!items.ok) return items;
    return this.desk.propose({ agreementId: body.agreement_id, reason: body.reason, items: items.value, proposedBy });
  }

  async decide(
    correctionId: string,
    isApproved: boolean,
    by: string,
    reason: string | null,
  ): Promise<Result<Correction, CorrectionError>> {
    return this.deciding.execute({ correctionId, isApproved, by, reason });
  }

  async revert(
    correctionId: string,
    by: { readonly reason: string; readonly proposedBy: string },
  ): Promise<Result<Correction, CorrectionError>> {
    return this.desk.proposeRevert(correctionId, by);
  }
}
