import { Inject, Injectable } from '@nestjs/common';
import {
  CertificateIssuedV1,
  ParticipantApprovedV1,
  ParticipantApprovedV2,
  ParticipantEndedV1,
  ParticipantRegisteredV1,
  ParticipantSuspendedV1,
} from '@hetao/events';
import type { Tx } from '@hetao/persistence';
import { SERVICE_CONFIG } from '@hetao/runtime';
import type { CatalogConfig } from '../catalog.config.js';
import { CertificateRepository } from '../certificate/certificate.repository.js';
import { PaperRepository } from './paper.repository.js';
import { tradingRoles, type Participant, type ParticipantStatus } from './participant.js';

/** What follows from a decision about a participant: its certificate, and what the other services are told. */
@Injectable()
export class ParticipantOutcomes {
  readonly #certificates: CertificateRepository;
  readonly #papers: PaperRepository;
  readonly #config: CatalogConfig;

  constructor(
    certificates: CertificateRepository,
    papers: PaperRepository,
    @Inject(SERVICE_CONFIG) config: CatalogConfig,
  ) {
    this.#certificates = certificates;
    this.#papers = papers;
    this.#config = config;
  }

  /** Issues or withdraws the certificate and tells everybody; answers the participant as it is to be saved. */
  async settle(
    tx: Tx,
    participant: Participant,
    step: { readonly command: string; readonly from: ParticipantStatus; readonly at: Date },
  ): Promise<Participant> {
    const { command, from, at } = step;
    const first = participant.certificateNumber === null && participant.status === 'approved';
    const settled = first || command === 'renew' ? await this.#certify(tx, participant, at) : participant;
    if (settled.status === 'ended') {
      await this.#certificates.withdraw(tx, settled.id, { at, reason: 'The organisation takes part no longer.' });
    }
    announce(tx, settled, from, at);
    return settled;
  }

  async #certify(tx: Tx, participant: Participant, at: Date): Promise<Participant> {
    const papers = await this.#papers.of(tx, participant.id);
    const ends = papers.flatMap(({ validUntil }) => validUntil ?? []).sort();
    const { id, name, roles, submittedAt } = participant;
    const certificate = await this.#certificates.issue(tx, {
      kind: 'participant',
      subjectId: id,
      holderId: id,
      content: {
        name,
        holderName: name,
        statement: roles.join(', '),
        basis: submittedAt === null ? 'operator_record' : 'papers',
      },
      at,
      days: this.#config.PARTICIPANT_CERTIFICATE_DAYS,
      ...(ends[0] === undefined ? {} : { noLaterThan: ends[0] }),
    });
    const { number, validUntil } = certificate;
    tx.append(CertificateIssuedV1, {
      ...{ number, kind: 'participant', subjectId: id, holderId: id, validUntil, issuedAt: at.toISOString() },
    });
    return { ...participant, certificateNumber: number, certificateUntil: validUntil };
  }
}

/** Says that an organisation asked to take part. */
export function announceRegistration(tx: Tx, participant: Participant, at: Date): void {
  tx.append(ParticipantRegisteredV1, { ...published(participant), registeredAt: at.toISOString() });
}

function announce(tx: Tx, participant: Participant, from: ParticipantStatus, at: Date): void {
  const { id: participantId, status } = participant;
  if (status === 'approved' && from !== 'approved') announceApproval(tx, participant, at);
  if (status === 'suspended') {
    const reason = participant.suspensionReason ?? '';
    tx.append(ParticipantSuspendedV1, { participantId, reason, suspendedAt: at.toISOString() });
  }
  if (status === 'ended') {
    const reason = participant.endReason ?? '';
    tx.append(ParticipantEndedV1, { participantId, reason, endedAt: at.toISOString() });
    // Who knows of no end must not go on trading with it.
    if (from === 'approved') {
      tx.append(ParticipantSuspendedV1, { participantId, reason, suspendedAt: at.toISOString() });
    }
  }
}

function announceApproval(tx: Tx, participant: Participant, at: Date): void {
  const { homeCurrency, bankAccount, approvedBy, certificateNumber, certificateUntil } = participant;
  const approval = {
    ...published(participant),
    approvedAt: at.toISOString(),
    approvedBy: approvedBy ?? '',
    homeCurrency,
  };
  if (certificateNumber !== null && certificateUntil !== null) {
    tx.append(ParticipantApprovedV2, {
      ...approval,
      roles: [...participant.roles],
      certificateNumber,
      certificateValidUntil: certificateUntil,
    });
  }
  tx.append(ParticipantApprovedV1, { ...approval, bankAccount });
}

/** As the first version of the events tells it, which knows no third-party bodies. */
function published({ id, name, jurisdiction, roles }: Participant) {
  const known = tradingRoles.filter((role) => roles.includes(role));
  return { participantId: id, name, jurisdiction, roles: known };
}
