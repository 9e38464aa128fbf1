import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { listReleases, prefillDeclaration, type AgreementDetail } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { waitsForRelease } from './contract.rules.js';

/** For the merchant of a licence that crosses a border and is not released yet: to its declaration, opened once. */
export function DeclareCrossing({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const waits = waitsForRelease(agreement);
  const releases = useQuery({
    queryKey: ['release-of', agreement.id],
    enabled: waits,
    queryFn: async ({ signal }) => {
      const query = { agreement_id: agreement.id, limit: 1 };
      return (await listReleases({ query, signal, throwOnError: true })).data.data[0] ?? null;
    },
  });
  const open = useAction(
    async (agreementId: string) =>
      (await prefillDeclaration({ body: { agreement_id: agreementId }, throwOnError: true })).data,
    {
      onDone: ({ declaration: { id: declarationId, commands } }) =>
        void navigate({
          to: commands.includes('revise') ? '/declarations/$declarationId/edit' : '/declarations/$declarationId',
          params: { declarationId },
        }),
    },
  );
  if (!waits || releases.data !== null) return null;
  return (
    <>
      {open.isError && <ProblemAlert error={open.error} />}
      <Button type="primary" loading={open.isPending} onClick={() => open.mutate(agreement.id)}>
        {t('declaration.declareLicence')}
      </Button>
    </>
  );
}
