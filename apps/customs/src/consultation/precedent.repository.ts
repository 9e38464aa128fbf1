import { Injectable } from '@nestjs/common';
import type { Tx } from '@hetao/persistence';
import type { KnownNames } from './anonymise.js';
import type { PrecedentDraft, PrecedentText, ThreadMessage } from './precedent.js';

/** A precedent on its way to being published, or published. */
export interface PrecedentRow extends PrecedentDraft {
  readonly id: string;
  readonly consultationId: string | null;
  readonly status: 'draft' | 'published';
}

/** More parties than this are not looked through for names; the exchange has a few dozen. */
const MAX_NAMES = 20_000;
const MAX_MESSAGES = 500;

/** Loads threads for their precedents, and keeps drafts. */
@Injectable()
export class PrecedentRepository {
  async thread(
    tx: Tx,
    id: string,
  ): Promise<{ readonly id: string; readonly subject: string; readonly messages: readonly ThreadMessage[] } | null> {
    const [row] = await tx.query<{ subject: string }>('SELECT subject FROM consultations WHERE id = $1', [id]);
    if (row === undefined) return null;
    const messages = await tx.query<ThreadMessage>(
      `SELECT from_officer AS "fromOfficer", text, citations FROM consultation_messages
       WHERE consultation_id = $1 ORDER BY number LIMIT $2`,
      [id, MAX_MESSAGES],
    );
    return { id, subject: row.subject, messages };
  }

  /** Every organisation the exchange knows by name, and everybody who wrote in a consultation. */
  async names(tx: Tx): Promise<KnownNames> {
    const rows = await tx.query<{ kind: 'organisation' | 'person'; name: string }>(
      `SELECT 'organisation' AS kind, value AS name FROM known_participants, jsonb_each_text(name)
       UNION SELECT 'organisation', form->>'recipientName' FROM declarations
       UNION SELECT 'person', author_name FROM consultation_messages WHERE author_name IS NOT NULL LIMIT $1`,
      [MAX_NAMES],
    );
    const of = (wanted: string): string[] => rows.filter(({ kind }) => kind === wanted).map(({ name }) => name ?? '');
    return { organisations: of('organisation'), people: of('person') };
  }

  async load(tx: Tx, id: string): Promise<PrecedentRow | null> {
    const [row] = await tx.query<PrecedentRow>(
      `SELECT id, consultation_id AS "consultationId", status, question, answer, citations, replaced
       FROM precedents WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** Keeps a draft; the one before of the same consultation is replaced, unless it was published. @returns its id, or null. */
  async keepDraft(
    tx: Tx,
    draft: PrecedentDraft & { readonly id: string; readonly consultationId: string },
    ruleSetVersion: string,
    by: string,
  ): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO precedents (id, question, answer, citations, rule_set_version, status, consultation_id, drafted_by, replaced)
       VALUES ($1, $2, $3, $4, $5, 'draft', $6, $7, $8)
       ON CONFLICT (consultation_id) DO UPDATE SET question = excluded.question, answer = excluded.answer,
         citations = excluded.citations, rule_set_version = excluded.rule_set_version, drafted_by = excluded.drafted_by,
         replaced = excluded.replaced WHERE precedents.status = 'draft' RETURNING id`,
      [
        ...[draft.id, draft.question, draft.answer, draft.citations, ruleSetVersion, draft.consultationId, by],
        JSON.stringify(draft.replaced),
      ],
    );
    return row?.id ?? null;
  }

  async insert(
    tx: Tx,
    { id, question, answer, citations }: PrecedentText & { readonly id: string },
    { ruleSetVersion, by, at }: { readonly ruleSetVersion: string; readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO precedents (id, question, answer, citations, rule_set_version, published_by, published_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, question, answer, citations, ruleSetVersion, by, at],
    );
  }

  async publish(
    tx: Tx,
    { id, question, answer, citations }: PrecedentText & { readonly id: string },
    { by, at }: { readonly by: string; readonly at: Date },
  ): Promise<void> {
    await tx.execute(
      `UPDATE precedents SET question = $2, answer = $3, citations = $4, status = 'published', published_by = $5,
         published_at = $6 WHERE id = $1`,
      [id, question, answer, citations, by, at],
    );
  }
}
