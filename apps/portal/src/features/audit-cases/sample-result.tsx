import { DownloadOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { moneyText } from '../../i18n/format.js';
import { Rows } from '../../kit/data-list.js';
import { Panel } from '../../kit/page.js';
import { saveFile } from '../../kit/save-file.js';
import { Tag } from '../../kit/status-tag.js';
import type { Tone } from '../../kit/status.js';
import { outcomeOf, workingPaper, type Case, type Outcome, type SampleTerms } from './sample.rules.js';

const TONES = { same: 'good', differs: 'bad', not_rated: 'over' } as const satisfies Record<Outcome, Tone>;

interface SampleResultProps {
  readonly terms: SampleTerms;
  readonly population: readonly string[];
  readonly cases: readonly Case[];
}

/** What came out of each, and the paper to take along. */
export function SampleResult({ terms, population, cases }: SampleResultProps) {
  const { t } = useTranslation();
  const differing = cases.filter(({ performed }) => outcomeOf(performed) === 'differs').length;
  const save = async () => {
    const name = `sample-${terms.period}-${cases.length}.json`;
    saveFile(name, 'application/json', await workingPaper(terms, population, cases));
  };
  return (
    <Panel
      title={t('auditCases.result', { drawn: cases.length, of: population.length })}
      extra={
        <Button icon={<DownloadOutlined aria-hidden />} onClick={() => void save()}>
          {t('auditCases.paper')}
        </Button>
      }
    >
      <p role="status">
        <Tag tone={differing === 0 ? 'good' : 'bad'}>
          {differing === 0 ? t('auditCases.allSame') : t('auditCases.differing', { count: differing })}
        </Tag>
      </p>
      <section className="scroll" tabIndex={0} aria-label={t('auditCases.title')}>
        <Rows
          label={t('auditCases.title')}
          rows={cases}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'number',
              title: t('nav.invoices'),
              cell: ({ id, number }) => (
                <Link to="/invoices/$invoiceId" params={{ invoiceId: id }}>
                  {number}
                </Link>
              ),
            },
            {
              key: 'outcome',
              title: t('recompute.fits'),
              cell: ({ performed }) => <OutcomeTag of={outcomeOf(performed)} />,
            },
            { key: 'differences', title: t('auditCases.differences'), cell: (one) => <Differences of={one} /> },
          ]}
        />
      </section>
    </Panel>
  );
}

function OutcomeTag({ of }: { readonly of: Outcome }) {
  const { t } = useTranslation();
  return <Tag tone={TONES[of]}>{t(`auditCases.outcome.${of}`)}</Tag>;
}

/** The lines that came out otherwise: billed, and what they come to here. */
function Differences({ of: { performed } }: { readonly of: Case }) {
  const { t } = useTranslation();
  const { result } = performed;
  const wrong =
    result?.lines.filter(({ billed, recomputed }) => recomputed !== undefined && billed !== recomputed) ?? [];
  if (result === undefined || wrong.length === 0) return <span className="muted">–</span>;
  return (
    <ul>
      {wrong.map(({ lineNo, component, billed, recomputed = '' }) => (
        <li key={lineNo}>
          <code>{component}</code> {t('recompute.billed')} {moneyText({ amount: billed, currency: result.currency })} ·{' '}
          {t('recompute.here')} {moneyText({ amount: recomputed, currency: result.currency })}
        </li>
      ))}
    </ul>
  );
}
