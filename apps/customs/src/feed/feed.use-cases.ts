import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import { UnitOfWork } from '@hetao/persistence';
import { newSalt, sha256Hex } from '@hetao/proofs';
import { CLOCK } from '@hetao/runtime';
import { seesEveryTenant, type Reader } from '../shared/reader.js';

/** Gives an organisation the secret address of its calendar feed. Only its hash is kept: it is shown once. */
@Injectable()
export class OpenCalendarFeed {
  readonly #uow: UnitOfWork;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#clock = clock;
  }

  /** @returns the token; the one before, if there was one, opens nothing any more. */
  execute(by: Reader): Promise<string> {
    return this.#uow.run(async (tx) => {
      const token = newSalt();
      await tx.execute(
        `INSERT INTO calendar_feeds (organisation_id, token_sha256, sees_all, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organisation_id) DO UPDATE SET token_sha256 = excluded.token_sha256,
           sees_all = excluded.sees_all, created_by = excluded.created_by, created_at = excluded.created_at`,
        [by.organisationId, sha256Hex(token), seesEveryTenant(by), by.subject, this.#clock.now()],
      );
      return token;
    });
  }

  close(by: Reader): Promise<number> {
    return this.#uow.run((tx) =>
      tx.execute('DELETE FROM calendar_feeds WHERE organisation_id = $1', [by.organisationId]),
    );
  }
}
