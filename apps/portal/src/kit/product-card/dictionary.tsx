import { useTranslation } from 'react-i18next';
import type { DataFieldOutput } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Rows } from '../data-list.js';
import { Tag } from '../status-tag.js';

const LEGAL_TAGS = ['important_data', 'gene', 'sensitive', 'health', 'minor', 'personal'] as const;

/** Column by column: what it means, what the law calls it, and why it would leave the country. */
export function Dictionary({ fields }: { readonly fields: readonly DataFieldOutput[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="scroll" tabIndex={0} aria-label={t('product.tab.dictionary')}>
      <Rows
        label={t('product.tab.dictionary')}
        rows={fields}
        rowKey={(field) => field.name}
        columns={[
          {
            key: 'name',
            title: t('product.field.name'),
            cell: (field) => (
              <>
                <code>{field.name}</code>
                <div className="muted small">{[field.type, field.unit].filter(Boolean).join(' · ')}</div>
              </>
            ),
          },
          {
            key: 'meaning',
            title: t('product.field.meaning'),
            cell: (field) => (field.meanings ? format.text(field.meanings) : field.meaning),
          },
          {
            key: 'legal',
            title: t('product.field.legal'),
            cell: (field) => {
              const tags = LEGAL_TAGS.filter((tag) => field[tag]);
              if (tags.length === 0) return <span className="muted">{t('product.field.none')}</span>;
              return tags.map((tag) => (
                <Tag key={tag} tone="warn">
                  {t(`product.legal.${tag}`)}
                </Tag>
              ));
            },
          },
          { key: 'reason', title: t('product.field.reason'), cell: (field) => field.export_reason ?? '–' },
        ]}
      />
    </section>
  );
}
