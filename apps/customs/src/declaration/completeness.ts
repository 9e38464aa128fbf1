import type { ErrorItem } from '@hetao/kernel';
import { addMonths, type Facts, type Finding } from '@hetao/rules';
import type { DeclarationForm } from './form.js';
import { formFaults } from './form-faults.js';
import { chosenRequirement, mechanismsOf } from './mechanism.js';

/** Distinct persons of the year the exchange knows of, this transfer not included. */
export interface KnownPersons {
  readonly general: number;
  readonly sensitive: number;
}
/** What is declared, and what the rules say to it. */
export interface Declared {
  readonly form: DeclarationForm;
  readonly facts: Facts;
  readonly finding: Finding;
}

/** What the exchange knows of the agreement a declaration names. */
export interface KnownAgreement {
  readonly merchantId: string;
  readonly productId: string;
  readonly buyerId: string;
}

/** A self-assessment or impact assessment must be finished within so many months before it is handed in. */
const FRESH_MONTHS = 3;

/**
 * What is missing, or does not fit together, before a declaration may go to an authority: form against facts, facts
 * against the counters, documents against what the pathway asks. Empty when it is complete.
 */
export function missingFrom(declared: Declared, known: KnownPersons, date: string): readonly ErrorItem[] {
  return [
    ...pathwayFaults(declared.finding),
    ...contents(declared, known),
    ...mechanismFaults(declared),
    ...assessmentFaults(declared, date),
    ...documentFaults(declared),
  ];
}

/** What must be right before an officer writes that nothing need be handed in: everything but documents. */
export function missingBeforeMemo(declared: Declared, known: KnownPersons): readonly ErrorItem[] {
  return contents(declared, known);
}

/** A declaration speaks for the agreement it names only if it is the exporter's, about that product, to that buyer. */
export function agreementFaults(
  { exporterId, form }: { readonly exporterId: string; readonly form: DeclarationForm },
  known: KnownAgreement | null,
): readonly ErrorItem[] {
  if (known === null) return [];
  const differs = (pointer: string, declared: string | null, agreed: string): ErrorItem[] =>
    declared === agreed
      ? []
      : [
          item(
            pointer,
            'AGREEMENT_DIFFERS',
            `The agreement ${form.agreementId ?? ''} says otherwise than "${declared ?? ''}".`,
          ),
        ];
  return [
    ...differs('/form/agreement_id', exporterId, known.merchantId),
    ...differs('/form/product_id', form.productId, known.productId),
    ...differs('/form/recipient_id', form.recipientId, known.buyerId),
  ];
}

function contents({ form, facts, finding }: Declared, known: KnownPersons): ErrorItem[] {
  return [
    ...unknownDuties(finding),
    ...formFaults(form, facts),
    ...fieldFaults(form, facts),
    ...countFaults(form, facts, known),
  ];
}

/** A duty that may or may not apply is asked about first: unknown is not no. */
function unknownDuties({ flags }: Finding): ErrorItem[] {
  return flags
    .filter(({ track, state }) => track !== null && state === 'unknown')
    .map(({ id }) =>
      item('/facts', 'FLAG_UNKNOWN', `Whether ${id} applies is not known yet; answer the facts it asks for.`),
    );
}

function pathwayFaults({ pathway, rule, waitingFor, citations }: Finding): ErrorItem[] {
  if (pathway === 'NEEDS_INFO') {
    const facts = waitingFor?.facts ?? [];
    const missing = facts.length === 0 ? ['d.important'] : facts;
    return missing.map((key) =>
      item(`/facts/${key}`, 'FACT_MISSING', `${key} must be answered first (${waitingFor?.rule ?? rule ?? ''}).`),
    );
  }
  if (pathway === 'BLOCKED') {
    const articles = citations.map(({ id }) => id).join(', ');
    return [item('/facts', 'PATHWAY_BLOCKED', `Rule ${rule ?? ''} forbids this transfer (${articles}).`)];
  }
  // What the rules exempt, or other places' law governs, has no application to hand in: it goes by memo.
  return pathway === 'EXEMPT' || pathway === 'NOT_AN_EXPORT'
    ? [
        item(
          '/facts',
          'PATHWAY_NEEDS_MEMO',
          `The pathway is ${pathway}: an officer writes a memo; there is nothing to submit.`,
        ),
      ]
    : [];
}

function fieldFaults({ fields }: DeclarationForm, facts: Facts): ErrorItem[] {
  const contradicts = (tag: 'sensitive' | 'health' | 'minor', key: string): ErrorItem[] =>
    fields.some((field) => field[tag]) && facts[key] !== true
      ? [item(`/facts/${key}`, 'FORM_CONTRADICTS_FACTS', `A field is marked ${tag}, yet ${key} is not true.`)]
      : [];
  const gene = fields.some((field) => field.gene) && (facts['d.hgr'] ?? 'none') === 'none';
  const personal =
    fields.some((field) => field.personal) && (facts['d.pi'] === 'none' || facts['d.pi'] === 'anonymised');
  const unlisted = facts['d.pi'] === 'identified' || facts['d.pi'] === 'deidentified';
  return [
    ...contradicts('sensitive', 'd.sensitive'),
    ...contradicts('health', 'd.health'),
    ...contradicts('minor', 'd.under14'),
    ...(gene ? [item('/facts/d.hgr', 'FORM_CONTRADICTS_FACTS', 'A field is marked gene, yet d.hgr is none.')] : []),
    ...(personal
      ? [item('/facts/d.pi', 'FORM_CONTRADICTS_FACTS', 'A field is marked personal, yet d.pi says there is none.')]
      : []),
    ...(unlisted && !fields.some((field) => field.personal)
      ? [
          item(
            '/form/fields',
            'FORM_CONTRADICTS_FACTS',
            'There is personal information, yet no field is marked personal.',
          ),
        ]
      : []),
  ];
}

/** The counters include this transfer: an exporter cannot state fewer persons than the exchange itself has seen. */
function countFaults({ persons, otherChannels }: DeclarationForm, facts: Facts, known: KnownPersons): ErrorItem[] {
  return (['general', 'sensitive'] as const).flatMap((category) => {
    const stated = facts[`ytd.${category}`];
    const elsewhere = (otherChannels ?? []).map((channel) => channel[category]);
    const least = Math.max(known[category], persons[category], ...elsewhere);
    if (persons[category] === 0 || (typeof stated === 'number' && stated >= least)) return [];
    return [
      item(
        `/facts/ytd.${category}`,
        'COUNT_TOO_LOW',
        `ytd.${category} must be ${least} at least: so many are known or planned.`,
      ),
    ];
  });
}

function mechanismFaults({ form, finding }: Declared): ErrorItem[] {
  if (form.mechanism === null || chosenRequirement(form, finding) !== null) return [];
  const offered = mechanismsOf(finding).map(({ id }) => id);
  const detail = `${form.mechanism} is not open to this transfer; ${offered.join(', ') || 'nothing'} is.`;
  return [item('/form/mechanism', 'MECHANISM_NOT_OFFERED', detail)];
}

function assessmentFaults({ form, finding }: Declared, date: string): ErrorItem[] {
  const asked = chosenRequirement(form, finding)?.documents.some(({ id }) => /ASSESSMENT/.test(id)) ?? false;
  if (!asked) return [];
  if (form.assessment === null) {
    return [item('/form/assessment', 'FORM_MISSING', 'The exporter’s own assessment is missing.')];
  }
  const { finishedOn } = form.assessment;
  if (finishedOn > date || addMonths(finishedOn, FRESH_MONTHS) < date) {
    const detail = `The assessment of ${finishedOn} was not finished within the ${FRESH_MONTHS} months before ${date}.`;
    return [item('/form/assessment/finished_on', 'ASSESSMENT_NOT_FRESH', detail)];
  }
  return [];
}

function documentFaults({ form, finding }: Declared): ErrorItem[] {
  const requirement = chosenRequirement(form, finding);
  if (requirement === null) return [];
  const supplied = new Set(form.documents.map(({ id }) => id));
  return requirement.documents
    .filter(({ id }) => !supplied.has(id) && id !== 'OTHER_EVIDENCE')
    .map(({ id, text }) => item('/form/documents', 'DOCUMENT_MISSING', `${id}: ${text.en}.`));
}

function item(pointer: string, code: string, detail: string): ErrorItem {
  return { pointer, code, detail };
}
