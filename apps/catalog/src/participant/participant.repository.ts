import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import { err, ok, type Result } from '@hetao/kernel';
import { HistoryRepository, type Change } from '../history/history.repository.js';
import { INVISIBLE, mixedScriptWord, plainName, skeletonOf } from '../shared/look-alike.js';
import { participantErrors, type ParticipantError } from './participant.errors.js';
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

  /**
   * Refuses a name that can be taken for another: words of mixed scripts, characters nobody sees, and the look of a
   * participant who writes himself otherwise. The very same name is no forgery; two organisations may share one.
   */
  async checkName(tx: Tx, { id, name }: Pick<Participant, 'id' | 'name'>): Promise<Result<null, ParticipantError>> {
    const refuse = (pointer: string, detail: string) =>
      err(participantErrors.PARTICIPANT_NAME_MISLEADS(detail, { pointer }));
    for (const [language, text] of Object.entries(name)) {
      const pointer = `/name/${language}`;
      const mixed = mixedScriptWord(text);
      if (mixed !== undefined) return refuse(pointer, `"${mixed}" mixes letters of scripts that look alike.`);
      if (INVISIBLE.test(text)) return refuse(pointer, 'It holds characters nobody can see.');
    }
    // Two look-alikes that join at once must see each other: the second waits for the first.
    await tx.execute(`SELECT pg_advisory_xact_lock(hashtextextended('catalog: names of participants', 0))`);
    const skeletons = Object.values(name).map(skeletonOf);
    const alike = await tx.query<{ id: string; name: Participant['name'] }>(
      `SELECT id, name FROM participants WHERE name_skeletons && $1 AND id <> $2 AND status <> 'ended' LIMIT 50`,
      [skeletons, id],
    );
    const own = new Set(Object.values(name).map(plainName));
    for (const other of alike) {
      const forged = Object.values(other.name).find(
        (text) => skeletons.includes(skeletonOf(text)) && !own.has(plainName(text)),
      );
      if (forged !== undefined) return refuse('/name', `It looks like "${forged}", the name of ${other.id}.`);
    }
    return ok(null);
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
  const { roles, name } = participant;
  return { ...participant, roles: [...roles], nameSkeletons: [...new Set(Object.values(name).map(skeletonOf))] };
}
