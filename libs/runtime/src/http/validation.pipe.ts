import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { DomainException, type ErrorItem } from '@hetao/kernel';
import { httpErrors } from './http.errors.js';

/** More faults than this help nobody, and each one costs an attacker nothing. */
const MAX_REPORTED = 50;

const PLACES = { body: 'body', query: 'query', param: 'path', custom: 'request' } as const;

/** A zod issue as Standard Schema passes it on: `code` and `keys` are zod's own. */
interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
  readonly code?: string;
  readonly keys?: readonly string[];
}

/**
 * Validates what `@Body({ schema })`, `@Query({ schema })` and `@Param(name, { schema })` declare, and names every
 * fault with a JSON Pointer (RFC 6901). An id in the path that no resource can have is an absent resource: 404.
 */
export class ValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    if (metadata.schema === undefined) return value;
    const result = await metadata.schema['~standard'].validate(value);
    if (result.issues === undefined) return result.value as T;
    throw failure(result.issues, metadata);
  }
}

function failure(issues: readonly Issue[], metadata: ArgumentMetadata): DomainException {
  if (metadata.type === 'param') {
    return new DomainException(
      httpErrors.RESOURCE_NOT_FOUND(
        `No resource can have this ${metadata.data ?? 'id'}: ${issues[0]?.message ?? 'malformed'}.`,
      ),
    );
  }
  const items = issues.flatMap((issue) => itemsOf(issue, metadata));
  const place = PLACES[metadata.type];
  const more = items.length > 1 ? ` and ${items.length - 1} more` : '';
  const first = items[0];
  const where = first === undefined || first.pointer === '' ? `the ${place}` : `${first.pointer} of the ${place}`;
  return new DomainException(
    httpErrors.VALIDATION_FAILED(`At ${where}: ${first?.detail ?? 'does not fit'}${more}.`, {
      items: items.slice(0, MAX_REPORTED),
    }),
  );
}

function itemsOf(issue: Issue, metadata: ArgumentMetadata): ErrorItem[] {
  const pointer = (issue.path ?? []).map((step) => `/${escaped(keyOf(step))}`).join('');
  const named = metadata.data === undefined ? pointer : `/${escaped(metadata.data)}${pointer}`;
  if (issue.code === 'unrecognized_keys' && issue.keys !== undefined) {
    return issue.keys.map((key) => ({
      pointer: `${named}/${escaped(key)}`,
      code: 'UNKNOWN_FIELD',
      detail: 'This field is not known here; remove it',
    }));
  }
  const missing = issue.message.endsWith('received undefined');
  return [
    {
      pointer: named,
      code: missing ? 'REQUIRED' : (issue.code ?? 'invalid').toUpperCase(),
      detail: missing ? 'This is required and missing' : issue.message,
    },
  ];
}

function keyOf(step: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof step === 'object' ? step.key : step);
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
