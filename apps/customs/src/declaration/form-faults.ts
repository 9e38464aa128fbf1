import type { ErrorItem } from '@hetao/kernel';
import type { Facts } from '@hetao/rules';
import type { DeclarationForm } from './form.js';

/** What every declaration answers, whatever it is about. */
const ALWAYS = [
  ['exporter', 'who exports, and where'],
  ['recipientPlace', 'where the recipient is'],
  ['recipientControl', 'who controls the recipient'],
  ['scenario', 'the scenario'],
] as const;
/** What only persons' data make necessary. */
const FOR_PERSONS = [
  ['necessity', 'why the transfer is needed'],
  ['ciioBasis', 'why the exporter is, or is not, an operator of critical information infrastructure'],
  ['otherChannels', 'the persons sent over other channels this year, or that there are none'],
  ['storagePlace', 'where the data are kept'],
  ['retentionDays', 'how many days they are kept abroad'],
] as const;

/** The answers the form lacks (reference 2.5), each with its place. */
export function formFaults(form: DeclarationForm, facts: Facts): readonly ErrorItem[] {
  const personal = facts['d.pi'] === 'identified' || facts['d.pi'] === 'deidentified';
  const asked = personal ? [...ALWAYS, ...FOR_PERSONS] : ALWAYS;
  return [
    ...asked.flatMap(([key, what]) => (form[key] === null ? [missing(`/form/${snake(key)}`, what)] : [])),
    ...(form.exporter !== null && form.exporter.registrationNumber === null
      ? [missing('/form/exporter/registration_number', 'the exporter’s registration number')]
      : []),
    ...(form.fields.length === 0 ? [missing('/form/fields', 'the list of fields')] : []),
    ...form.fields.flatMap((field, at) => fieldFaults(field, at)),
    ...(facts['d.pi'] === 'deidentified' && form.deidentification === null
      ? [missing('/form/deidentification', 'how the data were de-identified')]
      : []),
    ...(facts['tx.onward_outside_gba'] === true && form.onwardTransfers === null
      ? [missing('/form/onward_transfers', 'to whom the data are passed on')]
      : []),
    ...(inZone(facts) && form.listLookup === null
      ? [missing('/form/list_lookup', 'which negative list was looked into, when, and what it said')]
      : []),
    ...(form.productId !== null && form.agreementId !== null && form.contract === null
      ? [missing('/form/contract', 'the contract and its term')]
      : []),
  ];
}

/** CAC wants every field listed with its reason, source and legal basis; the last two where it is about persons. */
function fieldFaults(field: DeclarationForm['fields'][number], at: number): ErrorItem[] {
  const asked = field.personal ? (['reason', 'source', 'legalBasis'] as const) : (['reason'] as const);
  return asked
    .filter((key) => field[key] === null)
    .map((key) => missing(`/form/fields/${at}/${snake(key)}`, `the ${snake(key).replace('_', ' ')} of ${field.name}`));
}

function inZone(facts: Facts): boolean {
  const zone = facts['exp.zone'] ?? 'none';
  return zone !== 'none' && facts['tx.origin'] === 'CN';
}

function missing(pointer: string, what: string): ErrorItem {
  return { pointer, code: 'FORM_MISSING', detail: `Not answered: ${what}.` };
}

function snake(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
