import { Inject, Injectable } from '@nestjs/common';
import { err, ok, type Clock, type Result } from '@hetao/kernel';
import type { Database } from '@hetao/persistence';
import { CLOCK, DATABASE } from '@hetao/runtime';
import { NEGOTIATION_COLUMNS, negotiationFrom, type NegotiationRow } from '../../negotiation/negotiation.row.js';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import type { WireMessage } from '../wire/context.js';
import { negotiationObject } from './negotiation-messages.js';

/** Reads processes for the peer that takes part in them, as they are at this moment. */
@Injectable()
export class NegotiationProcesses {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(@Inject(DATABASE) database: Database, @Inject(CLOCK) clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  now(): Date {
    return this.#clock.now();
  }

  async get(pid: string, peerId: string): Promise<Result<WireMessage, DataspaceError>> {
    const { rows } = await this.#database.withClient((client) =>
      client.query<NegotiationRow>(
        `SELECT ${NEGOTIATION_COLUMNS} FROM negotiations
         WHERE peer_id = $2 AND ((role = 'provider' AND provider_pid = $1) OR (role = 'consumer' AND consumer_pid = $1))`,
        [pid, peerId],
      ),
    );
    const [found] = rows;
    if (found === undefined) {
      return err(dataspaceErrors.DSP_UNKNOWN_PROCESS(`There is no negotiation ${pid} that you take part in.`));
    }
    return ok(negotiationObject(negotiationFrom(found)));
  }
}
