import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { getAgreement, type AgreementDetail } from '@hetao/client';

/** One licence with its document and its history. */
export function useAgreement(id: string): UseQueryResult<AgreementDetail> {
  return useQuery({
    queryKey: ['agreement', id],
    queryFn: async ({ signal }) => (await getAgreement({ path: { id }, signal, throwOnError: true })).data,
  });
}
