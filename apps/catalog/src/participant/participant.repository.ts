import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { HistoryRepository, type Change } from '../history/history.repository.js';
import { ParticipantRow } from './participant.entity.js';
import type { Participant } from './participant.js';

/** Loads and saves participants; every save leaves its line in the history. */
@Injectable()
export class ParticipantRepository {
  readonly #history: HistoryRepository;

  constructor(history: HistoryRepository) {
    this.#history = history;
  }

  /** The participant, kept from changing under the caller's feet until the transaction ends. */
  load(tx: Tx, id: string): Promise<Participant | null> {
    return tx.manager.findOne(ParticipantRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** As {@link load} for a decision that depends on the participant without changing it: readers do not wait for each other. */
  loadShared(tx: Tx, id: string): Promise<Participant | null> {
    return tx.manager.findOne(ParticipantRow, { where: { id }, lock: { mode: 'pessimistic_read' } });
  }

  async insert(tx: Tx, participant: Participant, change: Change): Promise<void> {
    await tx.manager.insert(ParticipantRow, toRow(participant));
    await this.#history.add(tx, participant, change);
  }

  async update(tx: Tx, participant: Participant, change: Change): Promise<void> {
    await tx.manager.update(ParticipantRow, { id: participant.id }, toRow(participant));
    await this.#history.add(tx, participant, change);
  }
}

function toRow(participant: Participant): ParticipantRow {
  return { ...participant, roles: [...participant.roles] };
}
