import { newId } from '@hetao/kernel';
import { callerToken, type TestCaller } from './caller-token.js';

/** An answer to a command under a key. */
export interface KeyedAnswer {
  readonly status: number;
  /** `Idempotency-Replayed`: `true` where it was given before, null from a route that knows no key. */
  readonly replayed: string | null;
  readonly body: unknown;
}

/** Sends a command twice under one Idempotency-Key, as somebody does whose first answer was lost on the way. */
export async function sendTwice(
  address: string,
  as: TestCaller,
  json?: object,
): Promise<readonly [first: KeyedAnswer, again: KeyedAnswer]> {
  const headers = {
    'x-hetao-caller': await callerToken(as),
    'idempotency-key': newId('key'),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const send = async (): Promise<KeyedAnswer> => {
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const answer = await fetch(address, { method: 'POST', headers, ...body });
    const text = await answer.text();
    return {
      status: answer.status,
      replayed: answer.headers.get('idempotency-replayed'),
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
  };
  return [await send(), await send()];
}
