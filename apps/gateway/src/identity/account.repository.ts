import { Inject, Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { asEveryTenant, type Database, type Tx } from '@hetao/persistence';
import { DATABASE, SERVICE_CONFIG } from '@hetao/runtime';
import { AuditTrail } from '../audit/audit.repository.js';
import type { GatewayConfig } from '../gateway.config.js';
import { AccountRow } from './account.entity.js';
import type { Account, Persona } from './account.js';
import type { MemberRole } from './member-role.js';

/** A list longer than this belongs on a page of its own; the demonstration has far fewer. */
const MAX_DEMO_CARDS = 200;

/**
 * Accounts, as far as they exist here: those of a demonstration have passwords everybody knows, so outside of one
 * (DEMO=0 on the same database) they are not there for anybody.
 */
@Injectable()
export class AccountRepository {
  readonly #database: Database;
  readonly #kinds: { readonly demo?: false };
  readonly #audit: AuditTrail;

  constructor(@Inject(DATABASE) database: Database, @Inject(SERVICE_CONFIG) config: GatewayConfig, audit: AuditTrail) {
    this.#audit = audit;
    this.#database = database;
    this.#kinds = config.DEMO ? {} : { demo: false };
  }

  /** By the address as {@link normaliseEmail} writes it: one in the whole exchange, whichever organisation asks. */
  async byEmail(email: string, tx?: Tx): Promise<Account | undefined> {
    const row = await asEveryTenant(() => this.#rows(tx).findOneBy({ email, ...this.#kinds }));
    return row === null ? undefined : fromRow(row);
  }

  async byId(id: string, tx?: Tx): Promise<Account | undefined> {
    const row = await this.#rows(tx).findOneBy({ id, ...this.#kinds });
    return row === null ? undefined : fromRow(row);
  }

  /** Those shown as cards on the sign-in page of a demonstration, in the order they were made. */
  async demoCards(): Promise<Account[]> {
    const rows = await this.#rows().find({
      where: { demo: true, demoCard: true },
      order: { createdAt: 'ASC', id: 'ASC' },
      take: MAX_DEMO_CARDS,
    });
    return rows.map(fromRow);
  }

  /** Whether anybody can operate the exchange at all. */
  async operatorExists(tx?: Tx): Promise<boolean> {
    const operators = this.#rows(tx)
      .createQueryBuilder('a')
      .where(`'operator' = ANY (a.personas) AND a.disabledAt IS NULL`);
    if (this.#kinds.demo === false) operators.andWhere('NOT a.demo');
    return operators.getExists();
  }

  /** Accounts of an organisation after an id, in the order of their ids. */
  async ofOrganisation(organisationId: string, afterId: string, limit: number): Promise<Account[]> {
    const rows = await this.#rows().find({
      where: { organisationId, id: MoreThan(afterId), ...this.#kinds },
      order: { id: 'ASC' },
      take: limit,
    });
    return rows.map(fromRow);
  }

  /** Every account of an organisation, held until the transaction ends. */
  async lockOrganisation(tx: Tx, organisationId: string): Promise<Account[]> {
    const where = { organisationId, ...this.#kinds };
    const lock = { mode: 'pessimistic_write' } as const;
    return (await this.#rows(tx).find({ where, order: { id: 'ASC' }, lock })).map(fromRow);
  }

  /** The catalog is to be told what the people of this organisation do for it. */
  async dueForTeam(tx: Tx, organisationId: string, now: Date): Promise<void> {
    await tx.execute('UPDATE accounts SET team_due_at = $2 WHERE organisation_id = $1', [organisationId, now]);
  }

  /** As {@link dueForTeam}, where roles differ: an organisation of owners alone needs no team. */
  async joinsTeam(tx: Tx, organisationId: string, now: Date): Promise<void> {
    await tx.execute(
      `UPDATE accounts SET team_due_at = $2 WHERE organisation_id = $1
         AND EXISTS (SELECT 1 FROM accounts a WHERE a.organisation_id = $1 AND a.roles <> '{owner}')`,
      [organisationId, now],
    );
  }

  /** Somebody typed a wrong password for this account. */
  async noteRefusal(tx: Tx, { id: object, organisationId }: Account, address: string): Promise<void> {
    const actor = { subject: 'nobody', accountId: null, organisationId: '', via: 'sign-in', requestId: null, address };
    const about = { object, organisationId, result: 'refused', detail: {} } as const;
    await this.#audit.note(tx, { actor, action: 'sign_in.refused', ...about });
  }

  async insert(tx: Tx, account: Account): Promise<void> {
    await tx.manager.insert(AccountRow, toRow(account));
  }

  /** Writes every column of an account that exists. */
  async save(tx: Tx, account: Account): Promise<void> {
    const { id, ...columns } = toRow(account);
    await tx.manager.update(AccountRow, { id }, columns);
  }

  #rows(tx?: Tx) {
    return (tx?.manager ?? this.#database.dataSource.manager).getRepository(AccountRow);
  }
}

function fromRow(row: AccountRow): Account {
  return { ...row, personas: row.personas as Persona[], roles: row.roles as MemberRole[] };
}

function toRow(account: Account): AccountRow {
  return Object.assign(new AccountRow(), { ...account, personas: [...account.personas], roles: [...account.roles] });
}
