import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import { exchangeDay } from '../shared/exchange-day.js';
import { toCertificateDto, type CertificateDto } from './certificate.dto.js';
import { certificateErrors, type CertificateError } from './certificate.errors.js';
import type { Certificate } from './certificate.js';

/** The register of certificates: what a badge on a page is held against. */
@Injectable()
export class CertificateQueries {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(@Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async get(number: string): Promise<Result<CertificateDto, CertificateError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<Certificate>(
        `SELECT number, kind, subject_id AS "subjectId", holder_id AS "holderId", issued_at AS "issuedAt",
           valid_until AS "validUntil", content, content_hash AS "contentHash", withdrawn_at AS "withdrawnAt",
           withdrawn_reason AS "withdrawnReason"
         FROM certificates WHERE number = $1`,
        [number],
      ),
    );
    const [found] = rows;
    if (found === undefined) return err(certificateErrors.CERTIFICATE_UNKNOWN(`Nobody was given ${number}.`));
    return ok(toCertificateDto(found, exchangeDay(this.#clock.now())));
  }
}
