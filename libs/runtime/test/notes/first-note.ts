import { Injectable } from '@nestjs/common';
import type { OnServiceOpen } from '../../src/index.js';
import { UnitOfWork } from '@hetao/persistence';

/** Greets whoever reads first: there before the service opens, also where somebody else runs the migrations. */
@Injectable()
export class FirstNote implements OnServiceOpen {
  readonly #uow: UnitOfWork;

  constructor(uow: UnitOfWork) {
    this.#uow = uow;
  }

  async onServiceOpen(): Promise<void> {
    await this.#uow.run((tx) =>
      tx.execute(
        `INSERT INTO notes (id, organisation_id, text, version, written_at)
         VALUES ('nte_0000000000000000000000000w', 'org_house', 'Welcome', 1, now()) ON CONFLICT DO NOTHING`,
      ),
    );
  }
}
