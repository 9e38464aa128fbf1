import { problemIn } from '@hetao/client';

/** One event of a stream. */
export interface ServerSentEvent {
  readonly type: string;
  readonly data: string;
}

/** An event longer than this is nobody’s. */
const MAX_EVENT = 1_000_000;

/**
 * The events of an answer, as they come (HTML standard, 9.2). Ends when the stream does, or when it was aborted.
 *
 * @throws HetaoProblem when the answer is a refusal; RangeError for an event without an end
 */
export async function* eventsOf(answer: Response): AsyncGenerator<ServerSentEvent, void, undefined> {
  if (!answer.ok || answer.body === null) throw problemIn(await answer.json().catch(() => undefined), answer);
  let text = '';
  try {
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      text = (text + chunk).replaceAll('\r\n', '\n');
      const parts = text.split('\n\n');
      text = parts.pop() ?? '';
      if (text.length > MAX_EVENT) throw new RangeError(`An event is longer than ${MAX_EVENT} characters.`);
      for (const part of parts) {
        const event = eventIn(part);
        if (event !== undefined) yield event;
      }
    }
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}

function eventIn(part: string): ServerSentEvent | undefined {
  let type = 'message';
  const data: string[] = [];
  for (const line of part.split('\n')) {
    const [, field, value = ''] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
    if (field === 'event') type = value;
    if (field === 'data') data.push(value);
  }
  return data.length === 0 ? undefined : { type, data: data.join('\n') };
}
