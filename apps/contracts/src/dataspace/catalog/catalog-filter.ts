import { err, ok, type Result } from '@hetao/kernel';
import { dataspaceErrors, type DataspaceError } from '../dataspace.errors.js';
import { isLoose, listOf, propertyOf, readFrame, termOf, textOf, type Loose } from '../wire/read.js';
import { idOf } from '../wire/ids.js';

/** What can be asked about a dataset. */
export interface CatalogCriterion {
  readonly field: 'id' | 'title';
  readonly operator: '=' | 'in' | 'like' | 'ilike';
  readonly values: readonly string[];
}

/** Which datasets are wanted. */
export interface CatalogFilter {
  readonly criteria: readonly CatalogCriterion[];
  readonly offset: number;
  /** Null where the peer leaves it to us. */
  readonly limit: number | null;
  readonly descending: boolean;
  /** Criteria nobody here understands, left out: EDC sends some of its own to everybody (reference 12.2). */
  readonly ignored: readonly string[];
}

export const EVERYTHING: CatalogFilter = { criteria: [], offset: 0, limit: null, descending: false, ignored: [] };

const FIELDS: Readonly<Record<string, CatalogCriterion['field']>> = { id: 'id', title: 'title', name: 'title' };
const OPERATORS = ['=', 'in', 'like', 'ilike'] as const;
const QUERY_TERMS = ['offset', 'limit', 'sortOrder', 'sortField', 'filterExpression'];
const MAX_CRITERIA = 20;
const MAX_VALUES = 500;
const MAX_LENGTH = 500;

/**
 * Reads a CatalogRequestMessage: no filter, or the QuerySpec every EDC connector sends.
 *
 * @returns DSP_FILTER_NOT_SUPPORTED for any other filter, DSP_BAD_MESSAGE for what is no request.
 */
export function readCatalogRequest(body: unknown): Result<CatalogFilter, DataspaceError> {
  const frame = readFrame(body, 'CatalogRequestMessage');
  if (!frame.ok) return frame;
  const [query, ...more] = listOf(propertyOf(frame.value, 'filter'));
  if (query === undefined) return ok(EVERYTHING);
  if (more.length > 0 || !isLoose(query) || !isQuery(query)) {
    return unsupported('It is not one QuerySpec, with terms such as offset, limit and filterExpression.');
  }
  const criteria = listOf(propertyOf(query, 'filterExpression'));
  if (criteria.length > MAX_CRITERIA) return unsupported(`More than ${MAX_CRITERIA} criteria.`);
  return readQuery(query, criteria);
}

function readQuery(query: Loose, expressions: readonly unknown[]): Result<CatalogFilter, DataspaceError> {
  const criteria: CatalogCriterion[] = [];
  const ignored: string[] = [];
  for (const expression of expressions) {
    const left = isLoose(expression) ? textOf(propertyOf(expression, 'operandLeft')) : undefined;
    if (!isLoose(expression) || left === undefined) return unsupported('A criterion has no operandLeft.');
    const field = FIELDS[termOf(left) ?? ''];
    if (field === undefined) {
      ignored.push(left.slice(0, MAX_LENGTH));
      continue;
    }
    const criterion = readCriterion(field, expression);
    if (!criterion.ok) return criterion;
    criteria.push(criterion.value);
  }
  const sorted = termOf(propertyOf(query, 'sortField'));
  if (sorted !== undefined && FIELDS[sorted] !== 'id') ignored.push(`sortField ${sorted}`);
  const descending = textOf(propertyOf(query, 'sortOrder'))?.toUpperCase() === 'DESC';
  const limit = numberOf(propertyOf(query, 'limit'));
  return ok({ criteria, ignored, descending, offset: numberOf(propertyOf(query, 'offset')) ?? 0, limit });
}

function readCriterion(field: CatalogCriterion['field'], expression: Loose): Result<CatalogCriterion, DataspaceError> {
  const operator = OPERATORS.find((known) => known === textOf(propertyOf(expression, 'operator'))?.toLowerCase());
  if (operator === undefined)
    return unsupported(`The operator of a criterion about ${field} is none of =, in, like, ilike.`);
  const values = listOf(propertyOf(expression, 'operandRight')).map(textOf);
  const texts = values.filter((value) => value !== undefined);
  const isRight = operator === 'in' ? texts.length <= MAX_VALUES : texts.length === 1;
  if (!isRight || texts.length !== values.length || texts.some((text) => text.length > MAX_LENGTH)) {
    return unsupported(`The operandRight of a criterion about ${field} is not what "${operator}" compares with.`);
  }
  return ok({ field, operator, values: field === 'id' ? texts.map(idOf) : texts });
}

function isQuery(value: Loose): boolean {
  const type = termOf(value['@type']);
  if (type !== undefined) return type === 'QuerySpec';
  return Object.keys(value).every((key) => QUERY_TERMS.includes(termOf(key) ?? ''));
}

/** A number not below zero, as JSON or as text; JSON-LD tools write both. */
function numberOf(value: unknown): number | null {
  const number = typeof value === 'number' ? value : Number(textOf(value) ?? Number.NaN);
  return Number.isSafeInteger(number) && number >= 0 ? number : null;
}

function unsupported(detail: string): Result<never, DataspaceError> {
  return err(dataspaceErrors.DSP_FILTER_NOT_SUPPORTED(detail));
}
