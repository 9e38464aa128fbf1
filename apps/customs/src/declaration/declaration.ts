import { defineTransitions, err, ok, type ErrorItem, type Result } from '@hetao/kernel';
import type { Facts, Finding, WorkCalendar } from '@hetao/rules';
import { missingBeforeMemo, missingFrom, type KnownPersons } from './completeness.js';
import { decisionDateFaults } from './decision-dates.js';
import { declarationErrors, incomplete, wrongDates, type DeclarationError } from './declaration.errors.js';
import type { DeclarationForm } from './form.js';
import { requirementsOf } from './mechanism.js';
import { changeClock, nextDue, reckonAll, startClocks, type RunningClock } from './running-clocks.js';
import { unanswered, type SupplementRound } from './supplement-round.js';
import { trackFaults, tracksOf, type Track } from './tracks.js';

export type DeclarationStatus =
  | 'draft'
  | 'self_check'
  | 'consulting'
  | 'submitted'
  | 'returned'
  | 'in_authority'
  | 'decided_pass'
  | 'decided_refused'
  | 'exempt_memo'
  | 'released'
  | 'suspended'
  | 'expired'
  | 'revoked';
export type DeclarationCommand =
  | 'revise'
  | 'check'
  | 'consult'
  | 'advise'
  | 'exempt'
  | 'submit'
  | 'return'
  | 'forward'
  | 'pass'
  | 'refuse'
  | 'release'
  | 'suspend'
  | 'resume'
  | 'expire'
  | 'revoke';

/**
 * The life of a declaration, transition by transition as the reference has it (section 5), and two more: what is
 * suspended may be revoked or expire as it is. The reference had resume first, which would open the border for as long as
 * the second command takes, and would leave a suspended declaration open for ever once its time is over.
 */
export const declarationTransitions = defineTransitions<DeclarationStatus, DeclarationCommand>({
  draft: { revise: 'draft', check: 'self_check' },
  self_check: { revise: 'self_check', consult: 'consulting', exempt: 'exempt_memo', submit: 'submitted' },
  consulting: { advise: 'self_check' },
  submitted: { return: 'returned', forward: 'in_authority' },
  returned: { revise: 'returned', submit: 'submitted' },
  in_authority: { pass: 'decided_pass', refuse: 'decided_refused' },
  decided_pass: { release: 'released' },
  decided_refused: {},
  exempt_memo: { release: 'released' },
  released: { suspend: 'suspended', expire: 'expired', revoke: 'revoked' },
  suspended: { resume: 'released', expire: 'expired', revoke: 'revoked' },
  expired: {},
  revoked: {},
}).assertReachable('draft');

/** What the authority decided, or the memo that says why nobody need decide. */
export interface Decision {
  readonly kind: 'official' | 'exempt_memo';
  /** Notice, filing or certificate number; the number of the memo. */
  readonly reference: string;
  readonly evidenceSha256: string;
  readonly decidedOn: string;
  readonly validUntil: string;
  /** Subject of the officer who entered it: another one releases. */
  readonly enteredBy: string;
}

/** `first` for a transfer, or made out of an earlier declaration: to go on longer, or because something changed. */
export type DeclarationKind = 'first' | 'extension' | 'redeclaration';
export interface Predecessor {
  readonly id: string;
  /** Last day of the decision that is extended; null when nothing is. */
  readonly validUntil: string | null;
}

export interface Declaration {
  readonly id: string;
  readonly exporterId: string;
  readonly kind: DeclarationKind;
  readonly predecessor: Predecessor | null;
  readonly status: DeclarationStatus;
  /** Calendar year (mainland) its persons are counted in. */
  readonly year: number;
  readonly form: DeclarationForm;
  readonly facts: Facts;
  readonly factsSha256: string;
  readonly finding: Finding;
  readonly tracks: readonly Track[];
  readonly clocks: readonly RunningClock[];
  readonly nextDue: string | null;
  readonly decision: Decision | null;
  readonly returnReason: string | null;
  /** What was asked for and answered, round by round. */
  readonly supplements: readonly SupplementRound[];
  readonly revision: number;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly submittedAt: Date | null;
  readonly releasedAt: Date | null;
}

/** What a new or revised declaration says, and what the rules say to it. */
export interface Assessed {
  readonly form: DeclarationForm;
  readonly facts: Facts;
  readonly factsSha256: string;
  readonly finding: Finding;
}
export type Outcome = Result<Declaration, DeclarationError>;

/** The day of an act, and the calendar its clocks are read with. */
export interface Today {
  readonly at: Date;
  readonly date: string;
  readonly calendar: WorkCalendar;
}

/** Starts a declaration as a draft. */
export function draftDeclaration(
  assessed: Assessed,
  input: {
    readonly id: string;
    readonly exporterId: string;
    readonly by: string;
    readonly at: Date;
    readonly year: number;
  },
): Declaration {
  return {
    ...assessed,
    id: input.id,
    exporterId: input.exporterId,
    kind: 'first',
    predecessor: null,
    status: 'draft',
    year: input.year,
    tracks: tracksOf(assessed.finding, []),
    clocks: [],
    nextDue: null,
    decision: null,
    returnReason: null,
    supplements: [],
    revision: 1,
    createdBy: input.by,
    createdAt: input.at,
    submittedAt: null,
    releasedAt: null,
  };
}

/** Changes what is declared, while it is the exporter's: the rules are asked anew and tracks follow the answer. */
export function reviseDeclaration(before: Declaration, assessed: Assessed): Outcome {
  return move(before, 'revise', { ...assessed, tracks: tracksOf(assessed.finding, before.tracks) });
}

/** Steps without a guard of their own: check, consult, advise. */
export function stepDeclaration(before: Declaration, command: 'check' | 'consult' | 'advise'): Outcome {
  return move(before, command, {});
}

/** Hands the declaration in, or in again with its supplements, when nothing is missing. */
export function submitDeclaration(before: Declaration, known: KnownPersons, today: Omit<Today, 'calendar'>): Outcome {
  if (!declarationTransitions.canTransition(before.status, 'submit')) return refuse(before, 'submit');
  const items = [...missingFrom(before, known, today.date), ...unanswered(before.supplements)];
  if (items.length > 0) return err(incomplete(items));
  return move(before, 'submit', { submittedAt: today.at, returnReason: null });
}

/** Puts it before the authority; the authority's clocks start, those of an extension being shorter ones. */
export function forwardDeclaration(before: Declaration, today: Today): Outcome {
  const event = before.kind === 'extension' ? 'extension_filed' : 'submitted';
  return move(before, 'forward', withEvent(before, { name: event, on: today.date }, today.calendar));
}

/** Enters what the authority decided, with its number and the hash of its paper. */
export function decideDeclaration(
  before: Declaration,
  command: 'pass' | 'refuse',
  decision: Decision,
  today: Today,
): Outcome {
  if (!declarationTransitions.canTransition(before.status, command)) return refuse(before, command);
  const items = decisionDateFaults(before, decision, today.date);
  if (items.length > 0) return err(wrongDates(items));
  const decided = withEvent(before, { name: 'decided', on: decision.decidedOn }, today.calendar);
  if (command === 'refuse') return move(before, command, { decision, ...decided });
  // The end is known from now on, and with it when an extension may be asked for.
  const ends = { name: 'expires', on: decision.validUntil };
  return move(before, command, { decision, ...withEvent({ ...before, ...decided }, ends, today.calendar) });
}

/** Writes the memo that the rules ask for none of the mechanisms, once the form says nothing else. */
export function exemptDeclaration(before: Declaration, memo: Decision, known: KnownPersons, date: string): Outcome {
  if (!declarationTransitions.canTransition(before.status, 'exempt')) return refuse(before, 'exempt');
  const { pathway } = before.finding;
  if (pathway !== 'EXEMPT' && pathway !== 'NOT_AN_EXPORT') {
    return err(declarationErrors.DECLARATION_NOT_EXEMPT(`Declaration ${before.id} has the pathway ${pathway}.`));
  }
  const items = missingBeforeMemo(before, known);
  if (items.length > 0) return err(incomplete(items));
  const dates = decisionDateFaults(before, memo, date);
  return dates.length > 0 ? err(wrongDates(dates)) : move(before, 'exempt', { decision: memo });
}

/** Records something that happened outside, such as an acceptance notice, and starts the clocks that wait for it. */
export function recordEvent(
  before: Declaration,
  event: { readonly name: string; readonly on: string },
  calendar: WorkCalendar,
): Outcome {
  return ok(touched(before, withEvent(before, event, calendar)));
}

/** Stops, resumes or ends one of the declaration's clocks. */
export function turnClock(
  before: Declaration,
  change: { readonly id: string; readonly command: 'pause' | 'resume' | 'meet'; readonly on: string },
  calendar: WorkCalendar,
): Outcome {
  const clocks = changeClock(reckonAll(before.clocks, calendar), change, calendar);
  return ok(touched(before, { clocks, nextDue: nextDue(clocks) }));
}

/** Enters the outcome of a parallel procedure. */
export function decideTrack(before: Declaration, track: Track): Outcome {
  const known = before.tracks.some(({ id }) => id === track.id);
  if (!known)
    return err(declarationErrors.DECLARATION_TRACK_UNKNOWN(`Declaration ${before.id} has no track ${track.id}.`));
  return ok(touched(before, { tracks: before.tracks.map((each) => (each.id === track.id ? track : each)) }));
}

/** The guards of a release: an official number or a memo that still holds, every track cleared, four eyes. */
export function releaseDeclaration(before: Declaration, by: string, today: Omit<Today, 'calendar'>): Outcome {
  if (!declarationTransitions.canTransition(before.status, 'release')) return refuse(before, 'release');
  const { decision } = before;
  if (decision?.enteredBy === by) {
    return err(declarationErrors.DECLARATION_FOUR_EYES(`${by} entered the decision ${decision.reference}.`));
  }
  const items = [...trackFaults(before.finding, before.tracks), ...decisionFaults(decision, today.date)];
  if (items.length > 0) {
    const detail = `Declaration ${before.id}: ${items.map((item) => item.detail).join(' ')}`;
    return err(declarationErrors.DECLARATION_NOT_CLEARED(detail, { items }));
  }
  return move(before, 'release', { releasedAt: today.at });
}

/** Follows what happens to the release: suspended, resumed, expired, revoked. */
export function followRelease(before: Declaration, command: 'suspend' | 'resume' | 'expire' | 'revoke'): Outcome {
  return move(before, command, {});
}

function decisionFaults(decision: Decision | null, date: string): ErrorItem[] {
  if (decision === null) return [{ pointer: '/decision', code: 'DECISION_MISSING', detail: 'There is no decision.' }];
  if (decision.validUntil > date) return [];
  return [
    { pointer: '/decision/valid_until', code: 'DECISION_EXPIRED', detail: `It held until ${decision.validUntil}.` },
  ];
}

/** Starts the clocks that wait for an event. */
export function withEvent(
  before: Declaration,
  event: { readonly name: string; readonly on: string },
  calendar: WorkCalendar,
): Pick<Declaration, 'clocks' | 'nextDue'> {
  const clocks = startClocks(requirementsOf(before.form, before.finding), before.clocks, event, calendar);
  return { clocks, nextDue: nextDue(clocks) };
}

/** Moves a declaration where the command leads; refuses what its status does not accept. */
export function move(before: Declaration, command: DeclarationCommand, change: Partial<Declaration>): Outcome {
  const [target] = declarationTransitions.targets(before.status, command);
  return target === undefined ? refuse(before, command) : ok(touched(before, { ...change, status: target }));
}

/** The next revision, with what changed. */
export function touched(before: Declaration, change: Partial<Declaration>): Declaration {
  return { ...before, ...change, revision: before.revision + 1 };
}

/** Says that the status does not accept this, and what it does accept. */
export function refuse(before: Declaration, wish: string): Outcome {
  const accepted = declarationTransitions.commandsFrom(before.status);
  const instead = accepted.length === 0 ? 'nothing is possible any more' : `possible is ${accepted.join(', ')}`;
  return err(
    declarationErrors.DECLARATION_TRANSITION_REFUSED(
      `Declaration ${before.id} is ${before.status}; "${wish}" is not possible, ${instead}.`,
      { meta: { status: before.status, accepted } },
    ),
  );
}
