import { err, ok } from '@hetao/kernel';
import { declarationErrors } from './declaration.errors.js';
import { move, refuse, touched, withEvent, type Declaration, type Outcome, type Today } from './declaration.js';
import type { SupplementItem, SupplementRound } from './supplement-round.js';

/** What an officer wants: why, and item by item what. */
export interface SupplementRequest {
  readonly reason: string;
  readonly items: readonly { readonly about: string; readonly request: string }[];
}
export interface SupplementAnswer {
  readonly item: string;
  readonly answer: string;
  readonly evidenceSha256: string | null;
}

/** Gives a declaration back for supplements; the exporter's clock for them starts. */
export function returnDeclaration(before: Declaration, request: SupplementRequest, by: string, today: Today): Outcome {
  const round = before.supplements.length + 1;
  const items = request.items.map(({ about, request: text }, at): SupplementItem => ({
    id: `s${round}.${at + 1}`,
    about,
    request: text,
    answer: null,
    evidenceSha256: null,
    answeredBy: null,
    answeredOn: null,
  }));
  const asked: SupplementRound = { round, reason: request.reason, askedBy: by, askedOn: today.date, items };
  return move(before, 'return', {
    returnReason: request.reason,
    supplements: [...before.supplements, asked],
    ...withEvent(before, { name: 'returned', on: today.date }, today.calendar),
  });
}

/** Answers items of the last round; an answer may be replaced until the declaration is handed in again. */
export function answerSupplements(
  before: Declaration,
  answers: readonly SupplementAnswer[],
  by: string,
  today: Pick<Today, 'date'>,
): Outcome {
  const last = before.supplements.at(-1);
  if (before.status !== 'returned' || last === undefined) return refuse(before, 'answer supplements');
  const known = new Set(last.items.map(({ id }) => id));
  const strange = answers.filter(({ item }) => !known.has(item));
  if (strange.length > 0) {
    const items = strange.map(({ item }) => ({
      pointer: '/answers',
      code: 'SUPPLEMENT_UNKNOWN',
      detail: `${item} is no item of round ${last.round}.`,
    }));
    return err(declarationErrors.SUPPLEMENT_UNKNOWN(items.map(({ detail }) => detail).join(' '), { items }));
  }
  const given = new Map(answers.map((answer) => [answer.item, answer]));
  const items = last.items.map((item): SupplementItem => {
    const answer = given.get(item.id);
    if (answer === undefined) return item;
    const { answer: text, evidenceSha256 } = answer;
    return { ...item, answer: text, evidenceSha256, answeredBy: by, answeredOn: today.date };
  });
  return ok(touched(before, { supplements: [...before.supplements.slice(0, -1), { ...last, items }] }));
}
