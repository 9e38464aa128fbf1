import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { getActiveRuleSet, type RuleSetContent } from '@hetao/client';

/** The rules in force, with every question they may ask. */
export function useActiveRules(): UseQueryResult<RuleSetContent> {
  return useQuery({
    queryKey: ['active-rule-set'],
    queryFn: async ({ signal }) => (await getActiveRuleSet({ signal, throwOnError: true })).data,
  });
}
