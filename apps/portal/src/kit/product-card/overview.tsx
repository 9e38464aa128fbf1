import { useTranslation } from 'react-i18next';
import type { Product } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Facts } from '../detail.js';
import { Time } from '../time.js';

/** The product in its merchant's words, and the facts that decide whether it is of use. */
export function Overview({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { card, certificate } = product;
  return (
    <>
      <p className="long-text">{format.text(product.description)}</p>
      <Facts
        facts={[
          { label: t('product.storedIn'), value: format.place(product.stored_in) },
          {
            label: t('product.subjectsIn'),
            value:
              product.subjects_in.length > 0
                ? product.subjects_in.map(format.place).join(' · ')
                : t('product.noSubjects'),
          },
          { label: t('product.languages'), value: product.languages.map(format.languageName).join(' · ') || '–' },
          { label: t('product.version'), value: product.version },
          { label: t('product.listed'), value: <Time at={product.listed_at} day /> },
          certificate !== null && {
            label: t('product.certificate'),
            value: (
              <>
                <code>{certificate.number}</code> {t('product.validUntil')} <Time at={certificate.valid_until} day />
              </>
            ),
          },
          card?.refresh ? { label: t('product.refresh'), value: card.refresh.every } : undefined,
          card?.coverage
            ? {
                label: t('product.coverage'),
                value: [card.coverage.from, card.coverage.to, card.coverage.granularity, ...card.coverage.areas]
                  .filter((part) => part !== null)
                  .join(' · '),
              }
            : undefined,
          card?.legal
            ? { label: t('product.dataClass'), value: t(`product.class.${card.legal.data_class}`) }
            : undefined,
          card?.legal
            ? { label: t('product.exportPolicy'), value: t(`product.export.${card.legal.export_policy}`) }
            : undefined,
          card ? { label: t('product.notice'), value: t('terms.days', { count: card.notice_days }) } : undefined,
        ]}
      />
    </>
  );
}
