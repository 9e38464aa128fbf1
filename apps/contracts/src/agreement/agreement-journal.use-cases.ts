import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { FollowAgreement } from '../entitlement/entitlement.use-cases.js';
import { endAgreement, supersedeAgreement } from './agreement-end.js';
import type { Circumstances } from './agreement-time.js';
import { isBinding, type Agreement, type AgreementOutcome, type AgreementStep } from './agreement.js';
import {
  announceConclusion,
  announceEnd,
  announceRest,
  announceResumption,
  announceSuccession,
  grantOf,
} from './agreement.events.js';
import { AgreementRepository } from './agreement.repository.js';

/** Hears, in the same transaction, what was written down about an agreement. */
export type AgreementListener = (tx: Tx, outcome: AgreementOutcome) => Promise<void>;

/**
 * Writes down what happens to agreements, and lets everything that follows from it happen in the same transaction:
 * events, what the buyer may use, and what becomes of the text before and of the text after.
 */
@Injectable()
export class AgreementJournal {
  readonly #agreements: AgreementRepository;
  readonly #entitlements: FollowAgreement;
  readonly #listeners: AgreementListener[] = [];

  constructor(agreements: AgreementRepository, entitlements: FollowAgreement) {
    this.#agreements = agreements;
    this.#entitlements = entitlements;
  }

  /** Lets another feature follow agreements; said once, when the service is put together. */
  onRecorded(listener: AgreementListener): void {
    this.#listeners.push(listener);
  }

  load(tx: Tx, id: string): Promise<Agreement | null> {
    return this.#agreements.load(tx, id);
  }

  /** Writes a new agreement down, and that it is to take another's place where it is. */
  async open(tx: Tx, outcome: AgreementOutcome): Promise<void> {
    const { agreement } = outcome;
    await this.#agreements.insert(tx, outcome);
    const before = agreement.supersedes && (await this.#agreements.load(tx, agreement.supersedes.agreementId));
    if (before) await this.#agreements.nameSuccessor(tx, before, agreement.id);
    for (const step of outcome.steps) await this.#follow(tx, agreement, step);
    await this.#tell(tx, outcome);
  }

  /** Writes down what a command did; nothing when it did nothing. */
  async record(tx: Tx, outcome: AgreementOutcome): Promise<void> {
    if (outcome.steps.length === 0) return;
    await this.#agreements.append(tx, outcome);
    for (const step of outcome.steps) await this.#follow(tx, outcome.agreement, step);
    await this.#tell(tx, outcome);
  }

  /** Writes down when to look at an agreement again that waits for its release, its date or somebody's word. */
  async reschedule(tx: Tx, agreement: Agreement, circumstances: Circumstances): Promise<void> {
    await this.#agreements.reschedule(tx, agreement, circumstances);
  }

  /** Makes what binds an organisation due now. @returns the first of them, oldest first. */
  makeDue(tx: Tx, organisationId: string, at: Date, limit: number): Promise<readonly string[]> {
    return this.#agreements.makeDue(tx, organisationId, at, limit);
  }

  async #follow(tx: Tx, agreement: Agreement, step: AgreementStep): Promise<void> {
    switch (step.to) {
      case 'concluded':
        if (step.from === 'awaiting_signatures') announceConclusion(tx, agreement, step.at);
        else if (step.command === 'resume') announceResumption(tx, agreement, step.at);
        return;
      case 'in_force':
        return this.#inForce(tx, agreement, step);
      case 'suspended':
        return this.#rests(tx, agreement, step);
      case 'ended':
      case 'terminated':
      case 'expired':
      case 'superseded':
        return this.#over(tx, agreement, step);
      case 'lapsed':
        // Nobody outside ever heard of an agreement that was not concluded.
        return this.#release(tx, agreement);
      case 'awaiting_signatures':
        return;
    }
  }

  async #inForce(tx: Tx, agreement: Agreement, { command, at, by }: AgreementStep): Promise<void> {
    if (command === 'activate') {
      await this.#takePlace(tx, agreement, { by, at });
      await this.#entitlements.grant(tx, grantOf(agreement, at), at);
    }
    if (command !== 'resume') return;
    announceResumption(tx, agreement, at);
    await this.#entitlements.resume(tx, agreement.id, at);
  }

  async #rests(tx: Tx, agreement: Agreement, { command, from, at, reason }: AgreementStep): Promise<void> {
    // A second reason to rest, or one of two lifted, is history; outside it rests as before.
    if (command !== 'suspend' || from === 'suspended') return;
    announceRest(tx, agreement, at);
    await this.#entitlements.suspend(tx, agreement.id, reason ?? 'suspended', at);
  }

  async #over(tx: Tx, agreement: Agreement, step: AgreementStep): Promise<void> {
    await this.#entitlements.revoke(tx, agreement.id, `agreement ${step.to}`, step.at);
    announceEnd(tx, agreement, step.at);
    if (agreement.inForceSince === null) await this.#release(tx, agreement);
    if (step.command === 'end' || step.command === 'terminate') await this.#takeAlong(tx, agreement, step);
  }

  /** The text it supersedes ends with its coming into force; one that is over already is only named. */
  async #takePlace(tx: Tx, agreement: Agreement, { by, at }: Pick<AgreementStep, 'by' | 'at'>): Promise<void> {
    const { supersedes } = agreement;
    const before = supersedes && (await this.#agreements.load(tx, supersedes.agreementId));
    if (before === null) return;
    announceSuccession(tx, agreement, at);
    if (!isBinding(before)) return;
    const superseded = supersedeAgreement(before, { by, successorId: agreement.id, at });
    if (superseded.ok) await this.record(tx, superseded.value);
  }

  /** An amendment that came to nothing leaves its place: another may be proposed. A further term is drawn up once. */
  async #release(tx: Tx, { id, supersedes }: Agreement): Promise<void> {
    const before = supersedes?.kind === 'amendment' && (await this.#agreements.load(tx, supersedes.agreementId));
    if (before && before.successorId === id) await this.#agreements.nameSuccessor(tx, before, null);
  }

  /** Who leaves an agreement leaves the text that was to follow it, too. */
  async #takeAlong(tx: Tx, { successorId }: Agreement, { command, by, reason, at }: AgreementStep): Promise<void> {
    const next = successorId === null ? null : await this.#agreements.load(tx, successorId);
    if (next === null || (command !== 'end' && command !== 'terminate')) return;
    const ended = endAgreement(next, { command, by, reason: reason ?? 'the agreement before it ended', at });
    if (ended.ok) await this.record(tx, ended.value);
  }

  async #tell(tx: Tx, outcome: AgreementOutcome): Promise<void> {
    for (const listener of this.#listeners) await listener(tx, outcome);
  }
}
