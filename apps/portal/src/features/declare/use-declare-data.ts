import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import {
  getDeclaration,
  getDeclarationCompleteness,
  getDeclarationContent,
  getDeclarationFinding,
  type CustomsFinding,
  type Declaration,
  type DeclarationCompleteness,
  type DeclarationContentRead,
} from '@hetao/client';

/** Everything a declaration is written with: what it says, what the rules say to it, and what it lacks. */
export interface DeclareData {
  readonly declaration: Declaration;
  readonly content: DeclarationContentRead;
  readonly finding: CustomsFinding;
  readonly completeness: DeclarationCompleteness;
}

export function useDeclareData(id: string): UseQueryResult<DeclareData> {
  return useQuery({
    queryKey: ['declare', id],
    queryFn: async ({ signal }) => {
      const of = { path: { id }, signal, throwOnError: true } as const;
      const [declaration, content, finding, completeness] = await Promise.all([
        getDeclaration(of),
        getDeclarationContent(of),
        getDeclarationFinding(of),
        getDeclarationCompleteness(of),
      ]);
      return {
        declaration: declaration.data,
        content: content.data,
        finding: finding.data,
        completeness: completeness.data,
      };
    },
  });
}
