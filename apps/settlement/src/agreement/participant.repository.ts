import type { Tx } from '@hetao/persistence';
import { Injectable } from '@nestjs/common';
import type { Participant } from './agreement.js';
import { ParticipantRow } from './participant.entity.js';

/** Settlement's own copy of the participants. */
@Injectable()
export class ParticipantRepository {
  /** Keeps what was approved last: an older approval that arrives late must not bring an old bank account back. */
  async record(tx: Tx, participant: Participant): Promise<void> {
    const { participantId, name, jurisdiction, homeCurrency, bankAccount, approvedAt } = participant;
    await tx.execute(
      `INSERT INTO participants (participant_id, name, jurisdiction, home_currency, bank_account, approved_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (participant_id) DO UPDATE
          SET name = EXCLUDED.name, jurisdiction = EXCLUDED.jurisdiction, home_currency = EXCLUDED.home_currency,
              bank_account = EXCLUDED.bank_account, approved_at = EXCLUDED.approved_at
        WHERE EXCLUDED.approved_at >= participants.approved_at`,
      [participantId, name, jurisdiction, homeCurrency, bankAccount, approvedAt],
    );
  }

  async findAll(tx: Tx, participantIds: readonly string[]): Promise<ReadonlyMap<string, Participant>> {
    const rows = await tx.manager
      .createQueryBuilder(ParticipantRow, 'participant')
      .where('participant.participant_id = ANY(:participantIds)', { participantIds })
      .getMany();
    return new Map(rows.map((row) => [row.participantId, row]));
  }
}
