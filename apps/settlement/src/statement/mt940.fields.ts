import { DomainException } from '@hetao/kernel';
import { statementErrors } from './statement.errors.js';
import { located, type Place } from './statement.js';

/** One `:tag:` with everything up to the next one. */
export interface MtField {
  readonly tag: string;
  /** Its lines, the first without the tag. */
  readonly lines: readonly string[];
  readonly place: Place;
}

const FIELD = /^:(\d{2}[A-Z]?):(.*)$/;
/** Ends a message: `-`, `-}` in SWIFT's own envelope, `-XXX` at some banks. */
const END = /^-(\}|[A-Z]{3})?\s*$/;
const MAX_LINES = 400_000;

/**
 * Divides a file into messages and those into fields. Whatever stands outside (envelopes, sender lines, blank lines) is
 * passed over: each bank has its own. A message ends with its dash, or where the next `:20:` begins.
 */
export function readMessages(text: string): readonly (readonly MtField[])[] {
  const messages: MtField[][] = [];
  let current: MtField[] | undefined;
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.length > MAX_LINES) {
    throw new DomainException(statementErrors.STATEMENT_TOO_LARGE(`The file has ${lines.length} lines.`));
  }
  for (const [index, line] of lines.entries()) {
    const [, tag, rest = ''] = FIELD.exec(line) ?? [];
    if (tag !== undefined) {
      if (tag === '20') messages.push((current = []));
      current?.push({ tag, lines: [rest], place: { line: index + 1, path: `:${tag}:` } });
    } else if (END.test(line)) current = undefined;
    else if (current !== undefined) extend(current, line);
  }
  return messages;
}

function extend(fields: MtField[], line: string): void {
  const last = fields.at(-1);
  if (last === undefined || line.trim() === '') return;
  fields[fields.length - 1] = { ...last, lines: [...last.lines, line] };
}

/** The first field with one of the tags. */
export function fieldOf(fields: readonly MtField[], ...tags: readonly string[]): MtField | undefined {
  return fields.find(({ tag }) => tags.includes(tag));
}

/** A field that is there but wrong, or should be there. */
export function badField(place: Place, what: string): DomainException {
  return new DomainException(
    statementErrors.STATEMENT_ELEMENT_INVALID(`line ${place.line}, ${place.path}: ${what}.`, located(place)),
  );
}
