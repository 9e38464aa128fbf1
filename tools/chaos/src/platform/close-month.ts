import { type ExchangeApi, ExchangeProblem, until } from '../../../exchange/api.js';
import { issueInvoices } from '../../../trade/src/settle.js';

/** Closes a month of usage, and has it invoiced. What still waits in the log is waited for. */
export async function closeMonth(operator: ExchangeApi, period: string): Promise<void> {
  await until('The close of the usage period', async () => {
    try {
      return await operator.post(`/v1/usage/periods/${period}/close`, { time_zone: 'UTC' });
    } catch (error) {
      if (error instanceof ExchangeProblem && error.status === 409) return undefined;
      throw error;
    }
  });
  await issueInvoices(operator, period);
}
