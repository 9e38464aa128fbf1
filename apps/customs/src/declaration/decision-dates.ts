import type { ErrorItem } from '@hetao/kernel';
import { addMonths, type Finding } from '@hetao/rules';
import type { DeclarationForm } from './form.js';
import { chosenRequirement } from './mechanism.js';

/** What of a declaration limits how long a decision can hold. */
interface Decided {
  readonly form: DeclarationForm;
  readonly finding: Finding;
  readonly predecessor: { readonly validUntil: string | null } | null;
}

/**
 * Why the dates of a decision cannot be: in the future, an end before the beginning, or an end beyond what the
 * pathway's validity allows (CBDF 9: three years; a standard contract: its own term). An extension counts from the end
 * of what it extends.
 */
export function decisionDateFaults(
  { form, finding, predecessor }: Decided,
  decision: { readonly decidedOn: string; readonly validUntil: string },
  today: string,
): readonly ErrorItem[] {
  const { decidedOn, validUntil } = decision;
  const faults: ErrorItem[] = [];
  if (decidedOn > today) faults.push(fault('decided_on', `The decision of ${decidedOn} lies after today, ${today}.`));
  if (validUntil <= decidedOn) faults.push(fault('valid_until', `It cannot end on ${validUntil}, before it began.`));
  const limit = lastDay(form, finding, predecessor?.validUntil ?? decidedOn);
  if (limit !== null && validUntil > limit) {
    faults.push(fault('valid_until', `It can hold until ${limit} at most, not until ${validUntil}.`));
  }
  return faults;
}

function lastDay(form: DeclarationForm, finding: Finding, from: string): string | null {
  const validity = chosenRequirement(form, finding)?.validity ?? null;
  if (validity === null) return null;
  if ('contractTerm' in validity) return form.contract?.effectiveUntil ?? null;
  return addMonths(from, 12 * validity.years);
}

function fault(field: string, detail: string): ErrorItem {
  return { pointer: `/${field}`, code: 'DECISION_DATE_INVALID', detail };
}
