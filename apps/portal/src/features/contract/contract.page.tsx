import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { endAgreement, type AgreementDetail } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { signedIn } from '../../app/page-state.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { ConfirmByName } from '../../kit/confirm-by-name.js';
import { CopyText } from '../../kit/copy-text.js';
import { DetailHead, Facts, Timeline } from '../../kit/detail.js';
import { Loaded } from '../../kit/loaded.js';
import { OrganisationName, shortId, useProductName } from '../../kit/names.js';
import { Page, Panel } from '../../kit/page.js';
import { PlanTerms, PolicyTerms, usePurposeWord } from '../../kit/plan-terms.js';
import { StatusTag } from '../../kit/status-tag.js';
import { Time } from '../../kit/time.js';
import { sideToSign } from './contract.rules.js';
import { DeclareCrossing } from './declare-crossing.js';
import { useAgreement } from './use-agreement.js';

const route = getRouteApi('/contracts/$agreementId');

/** One licence: its terms in plain words, who signed, how it stands, and its whole life. */
export function ContractPage() {
  const { t } = useTranslation();
  const { agreementId } = route.useParams();
  const query = useAgreement(agreementId);
  const productName = useProductName(query.data?.product_id);
  return (
    <Loaded query={query} rows={10}>
      {(agreement) => (
        <Page
          title={productName}
          section={t('nav.contracts')}
          lead={
            <>
              <OrganisationName id={agreement.merchant_id} /> → <OrganisationName id={agreement.buyer_id} /> ·{' '}
              <Link to="/products/$productId" params={{ productId: agreement.product_id }}>
                {t('contract.toProduct')}
              </Link>
            </>
          }
          actions={<ContractActions agreement={agreement} />}
        >
          <DetailHead id={agreement.id} path={`/v1/agreements/${agreement.id}`}>
            <StatusTag status={agreement.status} />
            <CopyText label={t('contract.hash')} text={agreement.document_hash} short />
          </DetailHead>
          {agreement.holds.map((hold) => (
            <p key={hold.holder} className="notice">
              {t('contract.held', { reason: hold.reason })}
            </p>
          ))}
          <div className="columns">
            <div>
              <Terms agreement={agreement} />
              <Life agreement={agreement} />
            </div>
            <Signatures agreement={agreement} />
          </div>
        </Page>
      )}
    </Loaded>
  );
}

function ContractActions({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation();
  const [ending, setEnding] = useState(false);
  const name = shortId(agreement.id);
  const end = useAction(
    (reason: string, headers) =>
      endAgreement({ path: { id: agreement.id }, body: { reason }, headers, throwOnError: true }),
    {
      onDone: () => {
        setEnding(false);
        say(t('contract.noticeGiven'));
      },
    },
  );
  const me = signedIn();
  const party = [agreement.buyer_id, agreement.merchant_id].includes(me.organisation_id);
  return (
    <>
      <Button href={`/v1/agreements/${agreement.id}/pdf`}>{t('contract.pdf')}</Button>
      {me.organisation_id === agreement.merchant_id && <DeclareCrossing agreement={agreement} />}
      {party && agreement.status === 'in_force' && (
        <Button danger onClick={() => setEnding(true)}>
          {t('contract.end')}
        </Button>
      )}
      {sideToSign(agreement, me.organisation_id) !== undefined && (
        <Link to="/contracts/$agreementId/sign" params={{ agreementId: agreement.id }} className="button">
          {t('contract.sign')}
        </Link>
      )}
      <ConfirmByName
        open={ending}
        title={t('contract.end')}
        name={name}
        busy={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate(t('contract.endReason'))}
        onCancel={() => setEnding(false)}
      >
        <p>{t('contract.endHint', { count: agreement.notice_days })}</p>
      </ConfirmByName>
    </>
  );
}

function Terms({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const purposeWord = usePurposeWord();
  return (
    <Panel title={t('contract.terms')}>
      <Facts
        facts={[
          { label: t('persona.merchant'), value: <OrganisationName id={agreement.merchant_id} /> },
          { label: t('persona.buyer'), value: <OrganisationName id={agreement.buyer_id} /> },
          { label: t('request.purpose'), value: purposeWord(agreement.purpose) },
          { label: t('request.place'), value: format.place(agreement.place_of_use) },
          { label: t('contract.from'), value: <Time at={agreement.effective_from} day /> },
          { label: t('contract.until'), value: <Time at={agreement.ends_at} day /> },
          {
            label: t('contract.notice'),
            value:
              agreement.notice_days === 0 ? t('contract.noNotice') : t('terms.days', { count: agreement.notice_days }),
          },
          agreement.release !== null && {
            label: t('contract.border'),
            value: `${format.place(agreement.release.origin)} → ${format.place(agreement.release.destination)}`,
          },
        ]}
      />
      <h3>{t('contract.price')}</h3>
      <PlanTerms plan={agreement.plan} />
      <h3>{t('contract.use')}</h3>
      <PolicyTerms policy={agreement.policy} quota={agreement.quota} />
    </Panel>
  );
}

function Signatures({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation();
  const missing = (['merchant', 'buyer'] as const).filter(
    (side) => !agreement.signatures.some(({ party }) => party === side),
  );
  return (
    <Panel title={t('contract.signatures')}>
      <Timeline
        entries={[
          ...agreement.signatures.map((signature) => ({
            key: signature.party,
            at: <Time at={signature.signed_at} />,
            title: `${t(`persona.${signature.party}`)}: ${signature.display_name}`,
            tone: 'good' as const,
          })),
          ...missing.map((side) => ({
            key: side,
            at: <Time at={agreement.sign_by} day />,
            title: t('contract.missing', { side: t(`persona.${side}`) }),
            tone: 'waiting' as const,
          })),
        ]}
      />
      <p className="muted small">{t('contract.verify')}</p>
      <a href={`/v1/agreements/${agreement.id}/bundle`} download={`${agreement.id}.json`}>
        {t('contract.bundle')}
      </a>
    </Panel>
  );
}

function Life({ agreement }: { readonly agreement: AgreementDetail }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('kit.history')}>
      <Timeline
        entries={agreement.history.map((step) => ({
          key: String(step.step),
          at: <Time at={step.at} />,
          title: <StatusTag status={step.status_to} />,
          detail: step.reason ?? undefined,
        }))}
      />
    </Panel>
  );
}
