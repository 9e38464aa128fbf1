import { useTranslation } from 'react-i18next';
import type { DeclarationContentRead } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Rows } from '../../kit/data-list.js';
import { Facts } from '../../kit/detail.js';
import { Panel } from '../../kit/page.js';
import { usePurposeWord } from '../../kit/plan-terms.js';
import { Tag } from '../../kit/status-tag.js';

/** What the exporter declared: who, what, for how many persons, and each field with its reason. */
export function FactsPanel({ content: { form } }: { readonly content: DeclarationContentRead }) {
  const { t } = useTranslation();
  const format = useFormat();
  // What was filled in from a licence is its purpose.
  const purposeWord = usePurposeWord();
  return (
    <Panel title={t('opsClearance.declared')}>
      <Facts
        facts={[
          { label: t('declaration.exporter'), value: form.exporter?.name ?? '–' },
          { label: t('declaration.recipient'), value: form.recipient_name },
          form.recipient_place !== null && {
            label: t('opsClearance.recipientPlace'),
            value: format.place(form.recipient_place),
          },
          { label: t('opsClearance.scenario'), value: purposeWord(form.scenario ?? '–') },
          { label: t('opsClearance.necessity'), value: form.necessity ?? '–' },
          { label: t('opsClearance.personsGeneral'), value: format.count(form.persons.general) },
          { label: t('opsClearance.personsSensitive'), value: format.count(form.persons.sensitive) },
          { label: t('opsClearance.deidentification'), value: form.deidentification ?? '–' },
          { label: t('opsClearance.onward'), value: form.onward_transfers ?? '–' },
          {
            label: t('opsClearance.retention'),
            value: form.retention_days === null ? '–' : t('opsClearance.days', { count: form.retention_days }),
          },
        ]}
      />
      <h3>{t('opsClearance.fields')}</h3>
      <section className="scroll" tabIndex={0} aria-label={t('opsClearance.fields')}>
        <Rows
          label={t('opsClearance.fields')}
          rows={form.fields}
          rowKey={({ name }) => name}
          columns={[
            { key: 'name', title: t('kit.field'), cell: ({ name }) => <code>{name}</code> },
            {
              key: 'tags',
              title: t('opsClearance.kindOfData'),
              cell: (field) =>
                (['personal', 'sensitive', 'health', 'gene', 'minor'] as const)
                  .filter((kind) => field[kind])
                  .map((kind) => (
                    <Tag key={kind} tone={kind === 'personal' ? 'draft' : 'warn'}>
                      {t(`opsClearance.data.${kind}`)}
                    </Tag>
                  )),
            },
            { key: 'reason', title: t('kit.reason'), cell: ({ reason }) => reason ?? '–' },
          ]}
        />
      </section>
    </Panel>
  );
}
