import { DomainException } from '@hetao/kernel';
import { learningErrors } from './learning.errors.js';

/** Wire types of protocol buffers that ONNX uses. */
const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;
const MAX_VARINT_BYTES = 10;

/** One field of a message: its number, and its content as bytes or as a whole number. */
export interface Field {
  readonly number: number;
  readonly content: Uint8Array | number;
}

/** A whole number from 0 to 2⁵³ as a field. */
export function numberField(number: number, value: number): Uint8Array {
  return joined([varint(number * 8 + VARINT), varint(value)]);
}

/** Bytes, a text in UTF-8, or a message made of fields. */
export function bytesField(number: number, content: Uint8Array | string | readonly Uint8Array[]): Uint8Array {
  const bytes = content instanceof Uint8Array ? content : bytesOf(content);
  return joined([varint(number * 8 + BYTES), varint(bytes.length), bytes]);
}

/** Parts one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The fields of a message, in order. @throws DomainException MODEL_UNREADABLE. */
export function fieldsOf(message: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  const next = (): number => {
    const read = readVarint(message, at);
    at = read.end;
    return read.value;
  };
  const take = (length: number): Uint8Array => {
    if (at + length > message.length) throw unreadable('A field ends behind the end of the file.');
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = next();
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case VARINT:
        fields.push({ number, content: next() });
        break;
      case BYTES:
        fields.push({ number, content: take(next()) });
        break;
      case FIXED_32:
        fields.push({ number, content: take(4) });
        break;
      case FIXED_64:
        fields.push({ number, content: take(8) });
        break;
      default:
        throw unreadable(`Field ${number} has the unknown wire type ${key % 8}.`);
    }
  }
  return fields;
}

/** @returns what a reader throws. */
export function unreadable(detail: string): DomainException {
  return new DomainException(learningErrors.MODEL_UNREADABLE(detail));
}

function bytesOf(content: string | readonly Uint8Array[]): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : joined(content);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return Uint8Array.from(bytes);
}

function readVarint(bytes: Uint8Array, from: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
    const byte = bytes[from + index];
    if (byte === undefined) break;
    value += (byte % 128) * 2 ** (7 * index);
    if (byte < 128) return { value, end: from + index + 1 };
  }
  throw unreadable('A number does not end.');
}
