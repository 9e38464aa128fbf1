import type { Finding, Requirement } from '@hetao/rules';
import type { DeclarationForm } from './form.js';

/** The requirements an exporter may choose between, the pathway's own first; empty where it asks for nothing. */
export function mechanismsOf({ requirement, alternatives }: Finding): readonly Requirement[] {
  return requirement === null ? [] : [requirement, ...alternatives];
}

/** What the pathway asks of this declaration: its own requirement, or the one chosen instead; null: nothing. */
export function chosenRequirement(
  { mechanism }: Pick<DeclarationForm, 'mechanism'>,
  finding: Finding,
): Requirement | null {
  const offered = mechanismsOf(finding);
  return (mechanism === null ? offered[0] : offered.find(({ id }) => id === mechanism)) ?? null;
}

/** Everything asked of this declaration: the chosen requirement, and what stands beside any choice. */
export function requirementsOf(form: Pick<DeclarationForm, 'mechanism'>, finding: Finding): readonly Requirement[] {
  const chosen = chosenRequirement(form, finding);
  const choices = new Set(mechanismsOf(finding).map(({ id }) => id));
  return [...(chosen === null ? [] : [chosen]), ...finding.further.filter(({ id }) => !choices.has(id))];
}
