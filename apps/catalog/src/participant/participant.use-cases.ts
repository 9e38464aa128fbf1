import { Inject, Injectable } from '@nestjs/common';
import { ParticipantApprovedV1, ParticipantRegisteredV1, ParticipantSuspendedV1 } from '@hetao/events';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { nextInstant } from '../history/history.repository.js';
import { participantErrors, type ParticipantError } from './participant.errors.js';
import { ParticipantRepository } from './participant.repository.js';
import {
  decideParticipant,
  decidedAt,
  registerParticipant,
  type Participant,
  type ParticipantDecision,
  type Registration,
} from './participant.js';

/** The person behind a command. */
export interface DecidedBy {
  readonly subject: string;
  readonly organisationId: string;
}

/** What an operator decides about a participant. */
export type ParticipantOrder =
  { readonly command: 'approve' | 'reinstate' } | { readonly command: 'suspend'; readonly reason: string };

/** Registers an organisation. */
@Injectable()
export class RegisterParticipant {
  readonly #uow: UnitOfWork;
  readonly #participants: ParticipantRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, participants: ParticipantRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#participants = participants;
    this.#clock = clock;
  }

  execute(registration: Omit<Registration, 'id'>, by: DecidedBy): Promise<Result<Participant, ParticipantError>> {
    return this.#uow.runResult(async (tx) => {
      const registered = registerParticipant({ ...registration, id: newId('org') }, this.#clock.now());
      if (!registered.ok) return registered;
      const participant = registered.value;
      await this.#participants.insert(tx, participant, {
        command: 'register',
        from: null,
        at: participant.registeredAt,
        by,
        reason: null,
      });
      tx.append(ParticipantRegisteredV1, {
        ...published(participant),
        registeredAt: participant.registeredAt.toISOString(),
      });
      return registered;
    });
  }
}

/** Approves, suspends or reinstates a participant; repeating a decision changes nothing. */
@Injectable()
export class DecideParticipant {
  readonly #uow: UnitOfWork;
  readonly #participants: ParticipantRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, participants: ParticipantRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#participants = participants;
    this.#clock = clock;
  }

  execute(id: string, order: ParticipantOrder, by: DecidedBy): Promise<Result<Participant, ParticipantError>> {
    return this.#uow.runResult(async (tx) => {
      const before = await this.#participants.load(tx, id);
      if (before === null) return err(participantErrors.PARTICIPANT_UNKNOWN(`There is no participant ${id}.`));
      const at = nextInstant(decidedAt(before), this.#clock);
      const decision: ParticipantDecision =
        order.command === 'suspend' ? { ...order, at } : { ...order, by: by.subject, at };
      const decided = decideParticipant(before, decision);
      if (!decided.ok) return decided;
      const { participant, changed } = decided.value;
      if (changed) {
        const reason = order.command === 'suspend' ? order.reason : null;
        await this.#participants.update(tx, participant, {
          command: order.command,
          from: before.status,
          at,
          by,
          reason,
        });
        announce(tx, participant, decision);
      }
      return ok(participant);
    });
  }
}

function announce(tx: Tx, participant: Participant, decision: ParticipantDecision): void {
  if (decision.command === 'suspend') {
    tx.append(ParticipantSuspendedV1, {
      participantId: participant.id,
      reason: decision.reason,
      suspendedAt: decision.at.toISOString(),
    });
    return;
  }
  tx.append(ParticipantApprovedV1, {
    ...published(participant),
    approvedAt: decision.at.toISOString(),
    approvedBy: decision.by,
    homeCurrency: participant.homeCurrency,
    bankAccount: participant.bankAccount,
  });
}

function published({ id, name, jurisdiction, roles }: Participant) {
  return { participantId: id, name, jurisdiction, roles: [...roles] };
}
