import { Inject, Injectable } from '@nestjs/common';
import type { Database } from '@hetao/persistence';
import {
  DATABASE,
  StandingDesk,
  serviceStandingDto,
  type CallerIdentity,
  type ServiceStandingDto,
} from '@hetao/runtime';
import { ServiceDesks, type Desk } from '../dead-letter/service-desks.client.js';
import { ServiceClient } from '../routing/service.client.js';
import type { SystemStandingDto } from './system.dto.js';

const OWN = `SELECT now() AS read_at, (SELECT count(*)::int FROM webhook_deliveries WHERE state = 'waiting') AS waiting,
  (SELECT count(*)::int FROM webhook_endpoints WHERE disabled_at IS NOT NULL) AS disabled`;

type OwnFigures = SystemStandingDto['webhooks'] & { readonly read_at: Date };

/** How every service of this exchange stands, asked now. */
@Injectable()
export class SystemQueries {
  readonly #database: Database;
  readonly #own: StandingDesk;
  readonly #services: ServiceClient;
  readonly #desks: ServiceDesks;

  constructor(@Inject(DATABASE) database: Database, own: StandingDesk, services: ServiceClient, desks: ServiceDesks) {
    this.#database = database;
    this.#own = own;
    this.#services = services;
    this.#desks = desks;
  }

  /** A service that is away is named without a standing: whoever looks here wants to know just that. */
  async standing(caller: CallerIdentity): Promise<SystemStandingDto> {
    const desks = this.#desks.open();
    const [{ read_at, ...webhooks }, ...standings] = await Promise.all([
      this.#ownFigures(),
      ...desks.map((desk) => this.#of(desk, caller)),
    ]);
    return {
      read_at: read_at.toISOString(),
      services: desks.map((service, at) => ({ service, standing: standings[at] ?? null })),
      webhooks,
    };
  }

  async #of(desk: Desk, caller: CallerIdentity): Promise<ServiceStandingDto | undefined> {
    if (desk === 'gateway') return this.#own.report();
    const answer = await this.#services.get(desk, '/standing', caller);
    return answer.ok ? serviceStandingDto.safeParse(answer.value.body).data : undefined;
  }

  async #ownFigures(): Promise<OwnFigures> {
    const { rows } = await this.#database.withClient((client) => client.query<OwnFigures>(OWN));
    if (rows[0] === undefined) throw new Error('A count is one row.');
    return rows[0];
  }
}
