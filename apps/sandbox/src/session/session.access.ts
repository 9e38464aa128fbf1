import { Injectable } from '@nestjs/common';
import { err, ok, type DomainError, type Result } from '@hetao/kernel';
import type { Tx } from '@hetao/persistence';
import type { CallerIdentity } from '@hetao/runtime';
import { ComputeAccess } from '../access/compute.access.js';
import { chooseLevel } from '../isolation/isolation-level.js';
import { IsolationLadder } from '../isolation/isolation.ladder.js';
import { sessionErrors } from './session.errors.js';
import { SessionRepository } from './session.repository.js';
import type { PixelSession, SessionGrounds } from './session.js';

/** On what grounds a session may show an enclave: asked at its beginning, and every second while it shows. */
@Injectable()
export class SessionAccess {
  readonly #access: ComputeAccess;
  readonly #ladder: IsolationLadder;
  readonly #sessions: SessionRepository;

  constructor(access: ComputeAccess, ladder: IsolationLadder, sessions: SessionRepository) {
    this.#access = access;
    this.#ladder = ladder;
    this.#sessions = sessions;
  }

  /**
   * An agreement in force, a person its custodian admitted, a legal basis for where he looks from, a release where that is
   * an export, isolation as strong as the data needs, and minutes left.
   */
  async grounds(tx: Tx, enclaveId: string, viewer: CallerIdentity): Promise<Result<SessionGrounds, DomainError>> {
    const opened = await this.#access.open(tx, enclaveId, viewer);
    if (!opened.ok) return opened;
    const { enclave, version, grant } = opened.value;
    const level = chooseLevel(this.#ladder.report(), grant.floor);
    if (!level.ok) return level;
    const spent = await this.#sessions.minutesSpent(tx, grant.agreementId);
    if (spent >= grant.terms.sessionMinutes) {
      const detail = `${spent} of ${grant.terms.sessionMinutes} minutes of ${grant.agreementId} are spent.`;
      return err(sessionErrors.SESSION_MINUTES_SPENT(detail));
    }
    const { agreementId, place, releaseId, legalBasis, meters } = grant;
    const basis = { kind: legalBasis.kind, reference: legalBasis.reference };
    const { productId, custodianId } = enclave;
    return ok({ agreementId, productId, versionId: version.id, custodianId, place, basis, releaseId, meters });
  }
}

/** A session's person, as he came in. */
export function viewerOf({ person, personName, organisationId }: PixelSession): CallerIdentity {
  return {
    ...{ subject: person, organisationId, personas: ['buyer'], scopes: [] },
    ...{ via: 'session', displayName: personName },
  };
}
