import { useTranslation } from 'react-i18next';
import type { Product } from '@hetao/client';
import { CopyText } from '../../kit/copy-text.js';
import { Rows } from '../../kit/data-list.js';
import { Facts } from '../../kit/detail.js';
import { OrganisationName } from '../../kit/names.js';
import { Panel } from '../../kit/page.js';
import { Time } from '../../kit/time.js';
import { LineagePanel, QualityPanel } from '../../kit/product-card/card-panels.js';

/** What a listing rests on: papers, title, law, quality and origin. */
export function Evidence({ product: { card } }: { readonly product: Product }) {
  const { t } = useTranslation();
  if (card === null) {
    return (
      <Panel title={t('opsListings.evidence')}>
        <p className="muted">{t('opsListings.noCard')}</p>
      </Panel>
    );
  }
  return (
    <>
      <Papers documents={card.documents} />
      <Title certificate={card.registration_certificate} />
      <Law legal={card.legal} />
      {card.quality.length > 0 && (
        <Panel title={t('product.tab.quality')}>
          <QualityPanel quality={card.quality} />
        </Panel>
      )}
      {card.provenance && (
        <Panel title={t('product.tab.lineage')}>
          <LineagePanel provenance={card.provenance} />
        </Panel>
      )}
    </>
  );
}

type Card = NonNullable<Product['card']>;

function Papers({ documents }: { readonly documents: Card['documents'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('opsListings.papers')}>
      {documents.length === 0 && <p className="muted">{t('opsListings.noPapers')}</p>}
      {documents.length > 0 && (
        <section className="scroll" tabIndex={0} aria-label={t('opsListings.papers')}>
          <Rows
            label={t('opsListings.papers')}
            rows={documents}
            rowKey={({ sha256 }) => sha256}
            columns={[
              { key: 'title', title: t('opsListings.paper'), cell: ({ title }) => title },
              { key: 'kind', title: t('opsListings.kind'), cell: ({ kind }) => t(`opsListings.paperKind.${kind}`) },
              { key: 'issuer', title: t('opsListings.issuer'), cell: ({ issuer }) => issuer },
              { key: 'until', title: t('contract.until'), cell: (paper) => <Time at={paper.valid_until} day /> },
              { key: 'hash', title: 'SHA-256', cell: ({ sha256 }) => <CopyText text={sha256} short /> },
            ]}
          />
        </section>
      )}
    </Panel>
  );
}

function Title({ certificate }: { readonly certificate: Card['registration_certificate'] }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('opsListings.registration')}>
      {certificate === null ? (
        <p className="muted">{t('opsListings.noRegistration')}</p>
      ) : (
        <Facts
          facts={[
            { label: t('opsListings.number'), value: certificate.number },
            { label: t('opsListings.holder'), value: <OrganisationName id={certificate.holder_id} /> },
            { label: t('opsListings.issuer'), value: <OrganisationName id={certificate.registrar_id} /> },
            {
              label: t('opsListings.rights'),
              value: certificate.rights.map((right) => t(`opsListings.right.${right}`)).join(' · '),
            },
            { label: t('contract.until'), value: <Time at={certificate.valid_until} day /> },
          ]}
        />
      )}
    </Panel>
  );
}

function Law({ legal }: { readonly legal: Card['legal'] }) {
  const { t } = useTranslation();
  if (legal === null) return null;
  return (
    <Panel title={t('opsListings.legal')}>
      <Facts
        facts={[
          { label: t('opsListings.basis'), value: legal.basis === null ? '–' : t(`opsListings.bases.${legal.basis}`) },
          { label: t('opsListings.dataClass'), value: t(`opsListings.class.${legal.data_class}`) },
          { label: t('opsListings.exportPolicy'), value: t(`opsListings.export.${legal.export_policy}`) },
          { label: t('opsListings.necessity'), value: legal.necessity ?? '–' },
          { label: t('opsListings.deidentification'), value: legal.deidentification ?? '–' },
        ]}
      />
    </Panel>
  );
}
