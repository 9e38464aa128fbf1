import type { declare } from '../../locales/en/declare.js';

export type SectionId = keyof typeof declare.section;
export type FieldWord = keyof typeof declare.field;

const SECTION_AT: Readonly<Record<string, SectionId>> = {
  ...{ exporter: 'exporter', fields: 'data', other_channels: 'elsewhere' },
  ...{ list_lookup: 'lookup', contract: 'contract', assessment: 'assessment' },
};

/** Where a fault stands, `/form/fields/0/reason`: its word, its row, and the input to go to; undefined beside the form. */
export function placeOf(pointer: string) {
  const [root, ...steps] = pointer.split('/').slice(1);
  if (root !== 'form' || steps.length === 0) return undefined;
  const row = steps.map(Number).find(Number.isInteger);
  const name = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const section = steps.length === 1 ? SECTION_AT[steps[0] ?? ''] : undefined;
  return { name, row, section, word: steps.filter((step) => !/^\d+$/.test(step)).join('_') };
}

/** The input that a question of customs is about; undefined where the form has none for it. */
export function goalOf(pointer: string): (string | number)[] | undefined {
  const [root, paper] = pointer.split('/').slice(1);
  if (root === 'documents' && paper !== undefined) return ['documents', paper];
  const place = placeOf(pointer);
  return place?.section === undefined ? place?.name : undefined;
}
