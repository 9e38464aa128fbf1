import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signAgreement, type AgreementDetail } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { signedIn } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { CopyText } from '../../kit/copy-text.js';
import { Empty } from '../../kit/empty.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName, ProductName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { PlanTerms, PolicyTerms } from '../../kit/plan-terms.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { Time } from '../../kit/time.js';
import { sha256Of, sideToSign, signedBytes } from './contract.rules.js';
import { useAgreement } from './use-agreement.js';

const route = getRouteApi('/contracts/$agreementId/sign');

/** Signs a licence: says what it binds to, computes the hash of what was read, and signs exactly that. */
export function SignPage() {
  const { t } = useTranslation();
  const { agreementId } = route.useParams();
  return (
    <Loaded query={useAgreement(agreementId)} rows={10}>
      {(agreement) => (
        <Page title={t('contract.sign')} section={t('nav.contracts')} lead={<ProductName id={agreement.product_id} />}>
          {sideToSign(agreement, signedIn().organisation_id) === undefined ? (
            <Empty
              title={t('contract.nothingToSign')}
              action={
                <Link to="/contracts/$agreementId" params={{ agreementId }}>
                  {t('request.toContract')}
                </Link>
              }
            />
          ) : (
            <Signing agreement={agreement} />
          )}
        </Page>
      )}
    </Loaded>
  );
}

function Signing({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const [read, setRead] = useState(false);
  const hash = useQuery({
    queryKey: ['document-hash', agreement.id, agreement.document_hash],
    queryFn: () => sha256Of(signedBytes(agreement.document)),
  });
  const sign = useAction(
    (documentHash: string, headers) =>
      signAgreement({ path: { id: agreement.id }, body: { document_hash: documentHash }, headers, throwOnError: true }),
    {
      onDone: () => {
        say(t('contract.signed'));
        void navigate({ to: '/contracts/$agreementId', params: { agreementId: agreement.id } });
      },
    },
  );
  const fits = hash.data === agreement.document_hash;
  return (
    <>
      <Binding agreement={agreement} />
      <Panel title={t('contract.yourSignature')}>
        {hash.data !== undefined && <CopyText label={t('contract.computedHash')} text={hash.data} />}
        {hash.isSuccess && !fits && <p className="notice">{t('contract.hashDiffers')}</p>}
        <p>
          <Checkbox checked={read} onChange={(event) => setRead(event.target.checked)}>
            {t('contract.haveRead')}
          </Checkbox>
        </p>
        {sign.isError && <ProblemAlert error={sign.error} />}
        <Button
          type="primary"
          size="large"
          disabled={!read || !fits}
          loading={sign.isPending}
          onClick={() => hash.data !== undefined && sign.mutate(hash.data)}
        >
          {t('contract.sign')}
        </Button>
        <p className="muted small">{t('contract.signHint')}</p>
      </Panel>
    </>
  );
}

/** What follows from signing, before the terms themselves. */
function Binding({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel title={t('contract.bindsTo')}>
      <ul className="binds">
        <li>
          {t('contract.bindsParties')} <OrganisationName id={agreement.buyer_id} /> ·{' '}
          <OrganisationName id={agreement.merchant_id} />
        </li>
        <li>
          {t('contract.bindsTerm')} <Time at={agreement.effective_from} day /> –{' '}
          <Time at={agreement.effective_until} day />
        </li>
        <li>
          {agreement.notice_days === 0
            ? t('contract.bindsNoNotice')
            : t('contract.bindsNotice', { count: agreement.notice_days })}
        </li>
        {agreement.release !== null && (
          <li>
            {t('contract.bindsRelease', {
              from: format.place(agreement.release.origin),
              to: format.place(agreement.release.destination),
            })}
          </li>
        )}
      </ul>
      <h3>{t('contract.price')}</h3>
      <PlanTerms plan={agreement.plan} />
      <h3>{t('contract.use')}</h3>
      <PolicyTerms policy={agreement.policy} quota={agreement.quota} />
      <details>
        <summary>{t('contract.wholeDocument')}</summary>
        <pre className="document">{JSON.stringify(agreement.document, null, 2)}</pre>
      </details>
    </Panel>
  );
}
