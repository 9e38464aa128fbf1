import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { verifyReleaseToken } from '@hetao/rules';
import { CLOCK, DATABASE, SERVICE_CONFIG } from '@hetao/runtime';
import type { CustomsConfig } from '../customs.config.js';
import type { ReleaseStatus } from './release.js';

/** What a token is worth now. Whoever holds a token may know that much; of others it says nothing. */
export interface ReleaseStanding {
  readonly outcome: ReleaseStatus | 'not_in_force' | 'not_a_token' | 'forged' | 'superseded';
  readonly detail: string;
  readonly releaseId: string | null;
}

/** Answers whether a release token holds at this moment: what nobody can see offline. */
@Injectable()
export class ReleaseChecks {
  readonly #database: Database;
  readonly #config: CustomsConfig;
  readonly #clock: Clock;

  constructor(
    @Inject(DATABASE) database: Database,
    @Inject(SERVICE_CONFIG) config: CustomsConfig,
    @Inject(CLOCK) clock: Clock,
  ) {
    this.#database = database;
    this.#config = config;
    this.#clock = clock;
  }

  async of(token: string): Promise<ReleaseStanding> {
    const checked = await verifyReleaseToken(token, [this.#config.RELEASE_PRIVATE_KEY], this.#clock.now());
    if (!checked.ok) {
      const { code, detail } = checked.error;
      const outcomes: Readonly<Record<string, ReleaseStanding['outcome']>> = {
        RELEASE_TOKEN_FORGED: 'forged',
        RELEASE_TOKEN_NOT_IN_FORCE: 'not_in_force',
      };
      return { outcome: outcomes[code] ?? 'not_a_token', detail, releaseId: null };
    }
    const { jti } = checked.value;
    const { rows } = await this.#database.withClient((client) =>
      client.query<{ status: ReleaseStatus; reason: string | null; current: boolean }>(
        'SELECT status, reason, $2 IN (token, coalesce(sealed_token, token)) AS current FROM releases WHERE id = $1',
        [jti, token],
      ),
    );
    const [row] = rows;
    if (row?.current !== true) {
      return { outcome: 'superseded', detail: 'Customs signed it, but keeps no such token.', releaseId: null };
    }
    return { outcome: row.status, detail: row.reason ?? 'Data may be delivered within its scope.', releaseId: jti };
  }
}
