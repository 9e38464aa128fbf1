import { ExchangeProblem } from '../../exchange/api.js';

/** What is answered, or undefined where the exchange refuses for this reason: it may not have heard of what is asked about yet. */
export async function unless<T>(code: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ExchangeProblem && error.code === code) return undefined;
    throw error;
  }
}
