import { Inject, Injectable } from '@nestjs/common';
import { err, ok, seesTenant, type Clock, type Reader, type Result } from '@hetao/kernel';
import { UnitOfWork, type Tx } from '@hetao/persistence';
import { CLOCK } from '@hetao/runtime';
import { participantErrors, type ParticipantError } from '../participant/participant.errors.js';
import { ParticipantRepository } from '../participant/participant.repository.js';
import { changeTeam, mayDo, type TeamMember, type TeamRole } from './team.js';
import { teamErrors, type TeamError } from './team.errors.js';

const MAX_MEMBERS = 200;
const COLUMNS = `organisation_id AS "organisationId", subject, display_name AS "displayName", roles,
  added_at AS "addedAt", added_by AS "addedBy", revision`;

type Answer<T> = Promise<Result<T, TeamError | ParticipantError>>;
type Manager = Reader & { readonly subject: string };

/** The people of an organisation and what each does for it. */
@Injectable()
export class Team {
  readonly #uow: UnitOfWork;
  readonly #participants: ParticipantRepository;
  readonly #clock: Clock;

  constructor(uow: UnitOfWork, participants: ParticipantRepository, @Inject(CLOCK) clock: Clock) {
    this.#uow = uow;
    this.#participants = participants;
    this.#clock = clock;
  }

  list(organisationId: string, reader: Reader): Answer<readonly TeamMember[]> {
    return this.#uow.runResult(async (tx): Answer<readonly TeamMember[]> => {
      if (!seesTenant(reader, organisationId)) return err(unknown(organisationId));
      return ok(await teamOf(tx, organisationId));
    });
  }

  /** Names a person with his roles, or changes them; an owner's deed, or the operator's. */
  put(
    organisationId: string,
    person: { readonly subject: string; readonly displayName: string; readonly roles: readonly TeamRole[] },
    by: Manager,
  ): Answer<TeamMember> {
    return this.#uow.runResult(async (tx): Answer<TeamMember> => {
      const team = await this.#managed(tx, organisationId, by);
      if (!team.ok) return team;
      const known = team.value.find(({ subject }) => subject === person.subject);
      if (known === undefined && team.value.length >= MAX_MEMBERS) {
        return err(teamErrors.TEAM_TOO_LARGE(`${organisationId} has ${MAX_MEMBERS} people.`));
      }
      const member: TeamMember = {
        ...person,
        organisationId,
        addedAt: known?.addedAt ?? this.#clock.now(),
        addedBy: known?.addedBy ?? by.subject,
        revision: (known?.revision ?? 0) + 1,
      };
      const changed = changeTeam(team.value, person.subject, member);
      if (!changed.ok) return changed;
      await save(tx, member);
      return ok(member);
    });
  }

  /** Takes a person off the team. */
  remove(organisationId: string, subject: string, by: Manager): Answer<null> {
    return this.#uow.runResult(async (tx): Answer<null> => {
      const team = await this.#managed(tx, organisationId, by);
      if (!team.ok) return team;
      if (!team.value.some((member) => member.subject === subject)) {
        return err(teamErrors.TEAM_MEMBER_UNKNOWN(`${subject} is not on the team of ${organisationId}.`));
      }
      const changed = changeTeam(team.value, subject, null);
      if (!changed.ok) return changed;
      await tx.execute('DELETE FROM organisation_members WHERE organisation_id = $1 AND subject = $2', [
        organisationId,
        subject,
      ]);
      return ok(null);
    });
  }

  /** The team, with the organisation's row held, so that two owners cannot take each other off at once. */
  async #managed(tx: Tx, organisationId: string, by: Manager): Answer<readonly TeamMember[]> {
    const isOperator = by.personas.includes('operator');
    const visible = isOperator || by.organisationId === organisationId;
    const organisation = visible ? await this.#participants.load(tx, organisationId) : null;
    if (organisation === null) return err(unknown(organisationId));
    const team = await teamOf(tx, organisationId);
    if (isOperator || mayDo(team, by.subject, 'manage_team')) return ok(team);
    return err(teamErrors.TEAM_ROLE_NEEDED(`${by.subject} does not own ${organisationId}.`));
  }
}

/** Everybody on the team, the first named first. */
export function teamOf(tx: Pick<Tx, 'query'>, organisationId: string): Promise<readonly TeamMember[]> {
  return tx.query<TeamMember>(
    `SELECT ${COLUMNS} FROM organisation_members WHERE organisation_id = $1 ORDER BY added_at, subject`,
    [organisationId],
  );
}

function save(tx: Tx, member: TeamMember): Promise<number> {
  const { organisationId, subject, displayName, roles, addedAt, addedBy, revision } = member;
  return tx.execute(
    `INSERT INTO organisation_members (organisation_id, subject, display_name, roles, added_at, added_by, revision)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation_id, subject)
     DO UPDATE SET display_name = excluded.display_name, roles = excluded.roles, revision = excluded.revision`,
    [organisationId, subject, displayName, roles, addedAt, addedBy, revision],
  );
}

function unknown(organisationId: string): ParticipantError {
  return participantErrors.PARTICIPANT_UNKNOWN(`There is no organisation ${organisationId} whose team you may see.`);
}
