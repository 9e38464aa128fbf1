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
import { etagOf } from '../../api/etag.js';

/** Everything a declaration is written with: what it says, what the rules say to it, and what it lacks. */
export interface DeclareData {
  /** ETag of the content: what is saved over it says so. */
  readonly tag: string;
  readonly declaration: Declaration;
  readonly content: DeclarationContentRead;
  readonly finding: CustomsFinding;
  readonly completeness: DeclarationCompleteness;
}

/** Names what is read here among all that is. */
export const DECLARE_KEY = 'declare';

export function useDeclareData(id: string): UseQueryResult<DeclareData> {
  return useQuery({
    queryKey: [DECLARE_KEY, id],
    queryFn: async ({ signal }) => {
      const of = { path: { id }, signal, throwOnError: true } as const;
      const [declaration, content, finding, completeness] = await Promise.all([
        getDeclaration(of),
        getDeclarationContent(of),
        getDeclarationFinding(of),
        getDeclarationCompleteness(of),
      ]);
      return {
        tag: content.response.headers.get('etag') ?? etagOf(declaration.data.revision),
        declaration: declaration.data,
        content: content.data,
        finding: finding.data,
        completeness: completeness.data,
      };
    },
  });
}
