import { DomainException } from '@hetao/kernel';
import { statementErrors } from './statement.errors.js';
import { located, type Place } from './statement.js';
import { linesOfPieces, type Pieces } from './statement.text.js';

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

/**
 * Divides a file into messages and those into fields, a message at a time; `null` where a piece of the file ends. Whatever
 * stands outside (envelopes, sender lines, blank lines) is passed over: each bank has its own. A message ends with its
 * dash, or where the next `:20:` begins.
 */
export function* messagesOf(pieces: Pieces): Generator<readonly MtField[] | null> {
  let current: MtField[] | undefined;
  let count = 0;
  for (const line of linesOfPieces(pieces)) {
    if (line === null) {
      yield null;
      continue;
    }
    count += 1;
    const [, tag, rest = ''] = FIELD.exec(line) ?? [];
    const begins = tag === '20';
    if (current !== undefined && (begins || (tag === undefined && END.test(line)))) {
      yield current;
      current = undefined;
    }
    if (begins) current = [];
    if (current === undefined) continue;
    if (tag !== undefined) current.push({ tag, lines: [rest], place: { line: count, path: `:${tag}:` } });
    else extend(current, line);
  }
  if (current !== undefined) yield current;
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
