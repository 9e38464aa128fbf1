import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import {
  customsListHolds,
  listAgreementDisputes,
  listBankDetails,
  listBoard,
  listDisputes,
  listExceptions,
  listNodeAlarms,
  listParticipants,
  listProducts,
  listSettlementAlarms,
} from '@hetao/client';
import { inboxOf, type Waiting } from './inbox.rules.js';

/** Of each kind and state; whoever lets more wait works through these first. */
const MOST = 100;
const REFRESH_MS = 60_000;

interface Inbox {
  readonly waiting: readonly Waiting[];
  /** When it was read, in milliseconds: what is late is late as of then. */
  readonly readAt: number;
}

interface Answer<Row> {
  readonly data: { readonly data: readonly Row[] };
}

/** The lists of several states as one: the services list one state at a time. */
async function ofStates<S, Row>(states: readonly S[], read: (status: S) => Promise<Answer<Row>>): Promise<Row[]> {
  const pages = await Promise.all(states.map(read));
  return pages.flatMap(({ data }) => data.data);
}

/** Everything that waits for operators, read anew every minute. */
export function useInbox({ enabled = true }: { readonly enabled?: boolean } = {}): UseQueryResult<Inbox> {
  return useQuery({
    queryKey: ['ops-inbox'],
    enabled,
    refetchInterval: REFRESH_MS,
    queryFn: async ({ signal }) => {
      const as = { signal, throwOnError: true } as const;
      const limit = MOST;
      const [products, participants, declarations, exceptions, holds, disputes, agreementDisputes, bank, alarms, log] =
        await Promise.all([
          ofStates(
            ['submitted', 'source_check', 'quality_check', 'legal_review', 'exchange_review'] as const,
            (status) => listProducts({ query: { status, limit }, ...as }),
          ),
          ofStates(['submitted', 'review'] as const, (status) => listParticipants({ query: { status, limit }, ...as })),
          ofStates(['submitted', 'in_authority', 'decided_pass', 'exempt_memo'] as const, (status) =>
            listBoard({ query: { status, limit }, ...as }),
          ),
          ofStates(['open', 'investigating', 'proposed'] as const, (status) =>
            listExceptions({ query: { status, limit }, ...as }),
          ),
          customsListHolds({ query: { standing: 'true', limit }, ...as }),
          listDisputes({ query: { status: 'open', limit }, ...as }),
          listAgreementDisputes({ query: { limit }, ...as }),
          listBankDetails({ query: { limit }, ...as }),
          listSettlementAlarms({ query: { state: 'open', limit }, ...as }),
          listNodeAlarms({ query: { limit }, ...as }),
        ]);
      const waiting = inboxOf({
        products,
        participants,
        declarations,
        exceptions,
        holds: holds.data.data,
        disputes: disputes.data.data,
        agreementDisputes: agreementDisputes.data.data,
        bankDetails: bank.data.data,
        alarms: alarms.data.data,
        logAlarms: log.data.data,
      });
      return { waiting, readAt: Date.now() };
    },
  });
}
