import { Inject, Injectable } from '@nestjs/common';
import { err, newId, ok, type Clock, type Result } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { nextInstant } from '../history/history.repository.js';
import { decideParticipant, type ParticipantDecision } from './participant-decision.js';
import { announceRegistration, ParticipantOutcomes } from './participant-outcome.repository.js';
import { participantErrors, type ParticipantError } from './participant.errors.js';
import { ParticipantRepository } from './participant.repository.js';
import {
  beginApplication,
  decidedAt,
  registerParticipant,
  type Participant,
  type Registration,
} from './participant.js';

/** The person behind a command. */
export interface DecidedBy {
  readonly subject: string;
  readonly organisationId: string;
}

/** What an operator decides about a participant. */
export type ParticipantOrder =
  | { readonly command: 'take' | 'approve' | 'reinstate' | 'renew' }
  | { readonly command: 'ask' | 'suspend' | 'refuse' | 'end'; readonly reason: string };

/** Writes an organisation down: complete, because the operator holds its papers, or as a draft it completes itself. */
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

  execute(
    registration: Omit<Registration, 'id'>,
    by: DecidedBy,
    onboarding: 'operator' | 'self' = 'operator',
  ): Promise<Result<Participant, ParticipantError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Participant, ParticipantError>> => {
      const begin = onboarding === 'self' ? beginApplication : registerParticipant;
      const registered = begin({ ...registration, id: newId('org') }, this.#clock.now());
      if (!registered.ok) return registered;
      const participant = registered.value;
      const named = await this.#participants.checkName(tx, participant);
      if (!named.ok) return named;
      const at = participant.registeredAt;
      const command = onboarding === 'self' ? 'invite' : 'register';
      await this.#participants.insert(tx, participant, { command, from: null, at, by, reason: null });
      if (onboarding === 'operator') announceRegistration(tx, participant, at);
      return registered;
    });
  }
}

/** Takes an organisation one step on: review, approval, suspension, renewal, end. Repeating a decision changes nothing. */
@Injectable()
export class DecideParticipant {
  readonly #uow: UnitOfWork;
  readonly #participants: ParticipantRepository;
  readonly #outcomes: ParticipantOutcomes;
  readonly #clock: Clock;

  constructor(
    uow: UnitOfWork,
    participants: ParticipantRepository,
    outcomes: ParticipantOutcomes,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#uow = uow;
    this.#participants = participants;
    this.#outcomes = outcomes;
    this.#clock = clock;
  }

  execute(id: string, order: ParticipantOrder, by: DecidedBy): Promise<Result<Participant, ParticipantError>> {
    return this.#uow.runResult(async (tx): Promise<Result<Participant, ParticipantError>> => {
      const before = await this.#participants.load(tx, id);
      if (before === null) return err(participantErrors.PARTICIPANT_UNKNOWN(`There is no participant ${id}.`));
      const at = nextInstant(decidedAt(before), this.#clock);
      const decision: ParticipantDecision = { ...order, by, at };
      const decided = decideParticipant(before, decision);
      if (!decided.ok) return decided;
      if (!decided.value.changed) return ok(before);
      const { command } = order;
      const from = before.status;
      const participant = await this.#outcomes.settle(tx, decided.value.participant, { command, from, at });
      const reason = 'reason' in order ? order.reason : null;
      await this.#participants.update(tx, participant, { command, from, at, by, reason });
      return ok(participant);
    });
  }
}
