import { err, ok, type DomainError, type ErrorItem, type Result } from '@hetao/kernel';
import { readClock, type CalendarDate } from '@hetao/rules';
import { declarationErrors, type DeclarationError } from './declaration.errors.js';
import { draftDeclaration, refuse, type Assessed, type Declaration, type Outcome, type Today } from './declaration.js';
import { chosenRequirement } from './mechanism.js';
import { triggersBetween } from './redeclaration-trigger.js';

/** Who makes the new declaration, when, and under which id. */
export interface SuccessorInput {
  readonly id: string;
  readonly by: string;
  readonly year: number;
}
/** First and last day on which an extension may be asked for. */
export interface ExtensionWindow {
  readonly opens: CalendarDate;
  readonly closes: CalendarDate;
}

/** Statuses whose declaration may be replaced by a new one: what was decided, whatever became of it. */
const REPLACEABLE = new Set(['released', 'suspended', 'expired', 'revoked', 'decided_pass', 'decided_refused']);

/**
 * When an extension of the decision may be asked for: the 60 working days before it ends (CBDF 9), six months before a
 * certificate does.
 *
 * @returns CALENDAR_MISSING while the working days of that time are not known: nothing is guessed.
 */
export function extensionWindow(
  before: Declaration,
  { calendar }: Pick<Today, 'calendar'>,
): Result<ExtensionWindow, DomainError> {
  const { decision } = before;
  const rule = chosenRequirement(before.form, before.finding)?.clocks.find(
    ({ from, direction }) => from === 'expires' && direction === 'before',
  );
  if (rule === undefined || decision?.kind !== 'official' || before.status !== 'released') {
    return err(notExtendable(before));
  }
  const reading = readClock(rule, decision.validUntil, 'CN', { calendar });
  if (!reading.ok) return reading;
  return ok({ opens: reading.value.due ?? decision.validUntil, closes: decision.validUntil });
}

/** Makes the draft that asks for an extension: the same contents, within the window. */
export function extendDeclaration(
  before: Declaration,
  assessed: Assessed,
  input: SuccessorInput,
  today: Today,
): Result<Declaration, DomainError> {
  const window = extensionWindow(before, today);
  if (!window.ok) return window;
  const { opens, closes } = window.value;
  if (today.date < opens || today.date > closes) {
    const detail = `An extension of ${before.id} may be asked for from ${opens} until ${closes}; today is ${today.date}.`;
    return err(declarationErrors.DECLARATION_EXTENSION_TOO_EARLY(detail, { meta: { opens, closes } }));
  }
  return ok({
    ...fresh(before, assessed, input, today),
    kind: 'extension',
    predecessor: { id: before.id, validUntil: closes },
  });
}

/** Makes the draft that declares a transfer anew after something changed. */
export function redeclareDeclaration(
  before: Declaration,
  assessed: Assessed,
  input: SuccessorInput,
  today: Pick<Today, 'at'>,
): Outcome {
  if (!REPLACEABLE.has(before.status)) return refuse(before, 'declare anew');
  const predecessor = { id: before.id, validUntil: null };
  return ok({ ...fresh(before, assessed, input, today), kind: 'redeclaration', predecessor });
}

/** What keeps an extension from being handed in: it goes on with what was decided, and with nothing else. */
export function materialChanges(decided: Declaration, now: Declaration): readonly ErrorItem[] {
  return triggersBetween(decided, now).map(({ id, pointer, before, after }) => ({
    pointer,
    code: 'MATERIAL_CHANGE',
    detail: `${id}: "${before}" was decided, "${after}" is asked for; declare anew instead.`,
  }));
}

function fresh(
  before: Declaration,
  assessed: Assessed,
  { id, by, year }: SuccessorInput,
  { at }: Pick<Today, 'at'>,
): Declaration {
  return draftDeclaration(assessed, { id, by, year, at, exporterId: before.exporterId });
}

function notExtendable({ id, status, finding }: Declaration): DeclarationError {
  const detail = `Declaration ${id} is ${status}, pathway ${finding.pathway}: there is no extension of it.`;
  return declarationErrors.DECLARATION_NOT_EXTENDABLE(detail);
}
