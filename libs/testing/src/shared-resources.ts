/** Postgres comes in a second; a broker may have to be fetched from the network first. */
const ANSWER_WITHIN_MS = { postgres: 60_000, kafka: 600_000 };

/**
 * Asks the main process of this Jest run for something all its workers share (see jest/shared-resources.mjs); the
 * first to ask waits while it starts.
 *
 * @throws Error with the reason when it cannot be had, or when this is not a Jest run
 */
export async function sharedResource<T>(name: keyof typeof ANSWER_WITHIN_MS): Promise<T> {
  const desk = process.env['HETAO_TEST_RESOURCES'];
  if (desk === undefined) {
    throw new Error(`${name} is shared by the workers of a Jest run. Start the spec with "npm run jest -- <pattern>".`);
  }
  const { ok, body } = await answerOf(`${desk}/${name}`, ANSWER_WITHIN_MS[name]);
  if (!ok) throw new Error(`${name} could not be started: ${body}`);
  return JSON.parse(body) as T;
}

/** `AbortSignal.timeout` would run on, and with it everything the spec file has loaded stay in memory. */
async function answerOf(url: string, withinMs: number): Promise<{ readonly ok: boolean; readonly body: string }> {
  const patience = new AbortController();
  const over = setTimeout(() => patience.abort(new Error(`no answer within ${withinMs} ms`)), withinMs);
  try {
    const answer = await fetch(url, { signal: patience.signal });
    return { ok: answer.ok, body: await answer.text() };
  } finally {
    clearTimeout(over);
  }
}
