import { err, ok, type ErrorItem, type Jurisdiction, type LocalizedText, type Result } from '@hetao/kernel';
import { productErrors, type ProductError } from './product.errors.js';

/** Columns a product describes at most. */
export const MAX_FIELDS = 500;

/** What a column holds, as profiling and schemas name it. */
export const columnTypes = [
  'boolean',
  'integer',
  'decimal',
  'text',
  'date',
  'time',
  'instant',
  'binary',
  'json',
] as const;
export type ColumnType = (typeof columnTypes)[number];

/** One column of the data, and what the law would call it. */
export interface DataField {
  readonly name: string;
  readonly meaning: string;
  /** The meaning in the languages of the exchange, where the merchant gave all three. */
  readonly meanings: LocalizedText | null;
  readonly type: ColumnType | null;
  /** Unit of the values, such as `mmol/L` (UCUM) or `CNY`. */
  readonly unit: string | null;
  /** Whether a value may be absent; null when nobody said. */
  readonly nullable: boolean | null;
  /** Personal information (PIPL, article 4). */
  readonly personal: boolean;
  /** Sensitive personal information (PIPL, article 28). */
  readonly sensitive: boolean;
  /** Important data (Data Security Law, article 21). */
  readonly importantData: boolean;
  readonly health: boolean;
  /** Human genetic resources information. */
  readonly gene: boolean;
  /** Of children under fourteen. */
  readonly minor: boolean;
  /** Why this column must leave the place it lies in, if it shall. */
  readonly exportReason: string | null;
}

/** What genes may be handed over for (Regulation on Human Genetic Resources, article 10). */
export const geneUses = ['sale', 'research_at_cost'] as const;
export type GeneUse = (typeof geneUses)[number];

/** What the data is about and where it lies: the place of storage, of the people in it, and of its use are three. */
export interface DataDescription {
  readonly storedIn: Jurisdiction;
  /** Where the people live whom the data is about; empty when it is about nobody. */
  readonly subjectsIn: readonly Jurisdiction[];
  readonly fields: readonly DataField[];
  /** What a product with genes in it is handed over for; null where there are none, or nobody said. */
  readonly geneUse: GeneUse | null;
}

/** Every contradiction of a description, column by column. */
export function descriptionFaults({ fields }: DataDescription): ErrorItem[] {
  const names = new Set<string>();
  return fields.flatMap((field, index): ErrorItem[] => {
    const pointer = `/fields/${index}`;
    if (names.has(field.name)) {
      return [
        { pointer: `${pointer}/name`, code: 'FIELD_TWICE', detail: `The column ${field.name} is described twice.` },
      ];
    }
    names.add(field.name);
    const tag = (['sensitive', 'health', 'minor'] as const).find((name) => field[name] && !field.personal);
    if (tag === undefined) return [];
    const detail = `The column ${field.name} is ${tag} but not personal: sensitive data is about a person.`;
    return [{ pointer: `${pointer}/personal`, code: 'FIELD_CONTRADICTS', detail }];
  });
}

/** Refuses a description that contradicts itself. */
export function checkDescription(description: DataDescription): Result<DataDescription, ProductError> {
  const items = descriptionFaults(description);
  if (items.length === 0) return ok(description);
  return err(productErrors.PRODUCT_FIELDS_CONTRADICT(items[0]?.detail ?? '', { pointer: '/fields', items }));
}
