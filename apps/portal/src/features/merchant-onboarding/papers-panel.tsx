import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Participant, ParticipantChecklist } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Rows } from '../../kit/data-list.js';
import { Panel } from '../../kit/page.js';
import { PaperState } from '../../kit/paper-state.js';
import { HandInForm } from './hand-in-form.js';
import { paperCount } from './onboarding.rules.js';

type Item = ParticipantChecklist['items'][number];

/** What the law of the home place asks for, with the law beside each, and what of it is there. */
export function PapersPanel({
  organisation,
  checklist,
}: {
  readonly organisation: Participant;
  readonly checklist: ParticipantChecklist;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const [handing, setHanding] = useState<Item>();
  return (
    <Panel
      title={t('onboarding.papers', { place: format.place(organisation.jurisdiction) })}
      extra={
        organisation.status !== 'approved' && (
          <span className="muted">{t('onboarding.progress', paperCount(checklist))}</span>
        )
      }
    >
      {organisation.status === 'approved' && !checklist.complete && (
        <p className="muted">{t('onboarding.admittedWithout')}</p>
      )}
      <section className="scroll" tabIndex={0} aria-label={t('onboarding.step.papers')}>
        <PaperRows items={checklist.items} of={organisation.status} onHandIn={setHanding} />
      </section>
      {handing !== undefined && (
        <HandInForm
          key={handing.requirement}
          organisationId={organisation.id}
          item={handing}
          onClose={() => setHanding(undefined)}
        />
      )}
    </Panel>
  );
}

interface PaperRowsProps {
  readonly items: readonly Item[];
  readonly of: Participant['status'];
  readonly onHandIn: (item: Item) => void;
}

function PaperRows({ items, of, onHandIn }: PaperRowsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Rows
      label={t('onboarding.step.papers')}
      rows={items}
      rowKey={({ requirement }) => requirement}
      columns={[
        { key: 'paper', title: t('onboarding.paper'), cell: ({ title }) => format.text(title) },
        {
          key: 'basis',
          title: t('onboarding.basis'),
          cell: ({ article_text: article }) => <span className="muted">{format.text(article)}</span>,
        },
        { key: 'needs', title: t('onboarding.needs'), cell: (item) => <Needed item={item} /> },
        { key: 'state', title: t('kit.status'), cell: ({ state }) => <PaperState state={state} of={of} /> },
        {
          key: 'act',
          title: t('onboarding.handIn'),
          cell: (item) => (
            <Button size="small" onClick={() => onHandIn(item)}>
              {item.document === null ? t('onboarding.handIn') : t('onboarding.replace')}
            </Button>
          ),
        },
      ]}
    />
  );
}

function Needed({ item }: { readonly item: Item }) {
  const { t } = useTranslation();
  const needs = [
    item.legalisation !== null && t(`onboarding.${item.legalisation}`),
    item.max_age_months !== null && t('onboarding.maxAge', { count: item.max_age_months }),
  ].filter((need) => need !== false);
  return <>{needs.join(' · ') || '–'}</>;
}
