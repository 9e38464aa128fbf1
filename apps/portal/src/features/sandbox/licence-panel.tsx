import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { requestPixelSession, type ComputeLicence, type PrivacyLedger } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Facts } from '../../kit/detail.js';
import { OrganisationName, shortId } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { Tag } from '../../kit/status-tag.js';
import { AskLine } from './ask-line.js';
import { allowancesOf, amountText, borderOf } from './licence.rules.js';
import { useBasisText } from '../../kit/sandbox/use-basis-text.js';

interface LicencePanelProps {
  readonly licence: ComputeLicence;
  readonly ledgers: readonly PrivacyLedger[];
}

/** One licence: on what grounds it opens and what is left of it, or why it does not open and what to do. */
export function LicencePanel({ licence, ledgers }: LicencePanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { en = licence.product_id, 'zh-Hans': hans = en, 'zh-Hant': hant = en } = licence.name;
  const opens = licence.grounds !== null;
  return (
    <Panel
      title={format.text({ en, 'zh-Hans': hans, 'zh-Hant': hant })}
      extra={<Tag tone={opens ? 'good' : 'bad'}>{opens ? t('sandbox.opens') : t('sandbox.shut')}</Tag>}
    >
      <p className="muted small">
        <OrganisationName id={licence.custodian_id} />
        {licence.synthetic && <> · {t('sandbox.synthetic')}</>}
      </p>
      {licence.refusal !== null && <Refusal refusal={licence.refusal} />}
      {licence.grounds !== null && <Grounds licence={licence} grounds={licence.grounds} />}
      {opens && (
        <>
          <Left licence={licence} ledgers={ledgers} />
          <AskForSession enclaveId={licence.enclave_id} />
        </>
      )}
    </Panel>
  );
}

function Refusal({
  refusal: { title, detail, fix, code },
}: {
  readonly refusal: NonNullable<ComputeLicence['refusal']>;
}) {
  const { t } = useTranslation();
  return (
    <div className="problem" role="note" aria-label={t('sandbox.whyShut')}>
      <p className="problem-title">{title}</p>
      <p>{detail}</p>
      <p>
        <strong>{t('sandbox.mend')}</strong> {fix}
      </p>
      <a href={`/problems/${code.toLowerCase().replaceAll('_', '-')}`}>
        <code>{code}</code>
      </a>
    </div>
  );
}

function Grounds({
  licence,
  grounds,
}: {
  readonly licence: ComputeLicence;
  readonly grounds: NonNullable<ComputeLicence['grounds']>;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const basisText = useBasisText();
  const { agreement_id: agreementId, release_id: releaseId } = grounds;
  return (
    <Facts
      facts={[
        { label: t('sandbox.basis'), value: basisText(grounds.legal_basis) },
        { label: t('sandbox.place'), value: format.place(grounds.place) },
        {
          label: t('sandbox.border'),
          value: (
            <>
              {t(`sandbox.${borderOf(grounds)}`)} {releaseId !== null && <code>{shortId(releaseId)}</code>}
            </>
          ),
        },
        { label: t('sandbox.isolation'), value: licence.isolation_floor },
        {
          label: t('nav.contracts'),
          value: (
            <Link to="/contracts/$agreementId" params={{ agreementId }}>
              {shortId(agreementId)}
            </Link>
          ),
        },
      ]}
    />
  );
}

function Left({ licence, ledgers }: LicencePanelProps) {
  const { t } = useTranslation();
  const word = (meter: ReturnType<typeof allowancesOf>[number]['meter']) =>
    meter === 'epsilon' ? t('sandbox.epsilon') : t(`sandbox.meter.${meter}`);
  return (
    <>
      <h3>{t('sandbox.left')}</h3>
      <Facts
        facts={allowancesOf(licence, ledgers).map(({ meter, used, limit }) => ({
          label: word(meter),
          value: (
            <>
              <meter min={0} max={Math.max(limit, 1e-9)} value={used} aria-label={word(meter)} /> {amountText(used)} /{' '}
              {amountText(limit)}
            </>
          ),
        }))}
      />
      <p className="muted small">{t('sandbox.queries', { count: licence.limits.queries_per_day })}</p>
    </>
  );
}

function AskForSession({ enclaveId }: { readonly enclaveId: string }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  return (
    <AskLine
      primary
      label={t('sandbox.ask')}
      hint={t('sandbox.askHint')}
      field={t('sandbox.purpose')}
      done={t('sandbox.asked')}
      act={(purpose, headers) =>
        requestPixelSession({ body: { enclave_id: enclaveId, purpose, language }, headers, throwOnError: true })
      }
    />
  );
}
