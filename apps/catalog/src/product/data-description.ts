import { err, ok, type Jurisdiction, type Result } from '@hetao/kernel';
import { productErrors, type ProductError } from './product.errors.js';

/** One column of the data, and what the law would call it. */
export interface DataField {
  readonly name: string;
  readonly meaning: string;
  /** Personal information (PIPL, article 4). */
  readonly personal: boolean;
  /** Sensitive personal information (PIPL, article 28). */
  readonly sensitive: boolean;
  readonly health: boolean;
  /** Human genetic resources information. */
  readonly gene: boolean;
  /** Of children under fourteen. */
  readonly minor: boolean;
  /** Why this column must leave the place it lies in, if it shall. */
  readonly exportReason: string | null;
}

/** What the data is about and where it lies: the place of storage, of the people in it, and of its use are three. */
export interface DataDescription {
  readonly storedIn: Jurisdiction;
  /** Where the people live whom the data is about; empty when it is about nobody. */
  readonly subjectsIn: readonly Jurisdiction[];
  readonly fields: readonly DataField[];
}

/** Refuses a description that contradicts itself, field by field. */
export function checkDescription(description: DataDescription): Result<DataDescription, ProductError> {
  const items = description.fields.flatMap((field, index) => {
    const pointer = `/fields/${index}`;
    if (description.fields.findIndex(({ name }) => name === field.name) < index) {
      return [
        { pointer: `${pointer}/name`, code: 'FIELD_TWICE', detail: `The column ${field.name} is described twice.` },
      ];
    }
    const tag = (['sensitive', 'health', 'minor'] as const).find((name) => field[name] && !field.personal);
    if (tag === undefined) return [];
    const detail = `The column ${field.name} is ${tag} but not personal: sensitive data is about a person.`;
    return [{ pointer: `${pointer}/personal`, code: 'FIELD_CONTRADICTS', detail }];
  });
  if (items.length === 0) return ok(description);
  return err(productErrors.PRODUCT_FIELDS_CONTRADICT(items[0]?.detail ?? '', { pointer: '/fields', items }));
}
