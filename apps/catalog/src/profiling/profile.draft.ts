import type { QualityAssessment } from '../card/product-card.js';
import type { ColumnType, DataField } from '../product/data-description.js';
import type { ColumnProfile, ColumnType as FoundType, ProfileResult } from './profile.result.js';

/** Who assessed what was measured here, as a card names it. */
export const MEASURED_HERE = 'hetao-profiling';

/** What a card calls the types a file was read as. */
const TYPES: Readonly<Record<FoundType, ColumnType>> = {
  text: 'text',
  integer: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  timestamp: 'instant',
  nested: 'json',
};

/**
 * The dictionary as the file has it: its columns in their order. What the merchant wrote of a column of the same name
 * stays; a tag is added where one is guessed, and never taken away, since a guess is no proof of innocence.
 */
export function dictionaryFrom({ columns }: ProfileResult, written: readonly DataField[]): readonly DataField[] {
  const known = new Map(written.map((field) => [field.name, field]));
  return columns.map((column) => fieldFrom(column, known.get(column.name)));
}

function fieldFrom({ name, type, missing, guess }: ColumnProfile, written: DataField | undefined): DataField {
  const isPersonal = guess.personal || guess.sensitive || guess.health || guess.minor;
  return {
    name,
    // Until somebody says what it means, it is called by its name.
    meaning: written?.meaning ?? name,
    meanings: written?.meanings ?? null,
    type: TYPES[type],
    unit: written?.unit ?? guess.unit,
    nullable: missing > 0,
    personal: isPersonal || (written?.personal ?? false),
    sensitive: guess.sensitive || (written?.sensitive ?? false),
    importantData: written?.importantData ?? false,
    health: guess.health || (written?.health ?? false),
    gene: guess.gene || (written?.gene ?? false),
    minor: guess.minor || (written?.minor ?? false),
    exportReason: written?.exportReason ?? null,
  };
}

/** The figures of quality with what was measured here in the place of what was before; others' assessments stay. */
export function qualityFrom(
  { quality, assessedOn }: ProfileResult,
  written: readonly QualityAssessment[],
): readonly QualityAssessment[] {
  const measured = quality.flatMap(({ dimension, score, method }) =>
    score === null ? [] : [{ dimension, score, method, assessor: MEASURED_HERE, assessedOn }],
  );
  return [...written.filter(({ assessor }) => assessor !== MEASURED_HERE), ...measured];
}
