import { useTranslation } from 'react-i18next';
import type { CustomsFinding, Declaration } from '@hetao/client';
import { Panel } from '../page.js';
import { Tag } from '../status-tag.js';
import { Time } from '../time.js';
import { useAboutWord } from './use-about-word.js';
import './supplements.css';

interface SupplementRoundsProps {
  readonly rounds: Declaration['supplements'];
  /** What names the papers; a paper is its number before it is here. */
  readonly finding: CustomsFinding | undefined;
}

/** What customs asked and the exporter answered, the last round first. */
export function SupplementRounds({ rounds, finding }: SupplementRoundsProps) {
  const { t } = useTranslation();
  const about = useAboutWord(finding);
  if (rounds.length === 0) return null;
  return (
    <Panel title={t('declare.supplement.title')}>
      {rounds.toReversed().map(({ round, reason, asked_on: askedOn, items }) => (
        <section key={round} className="supplement-round">
          <h3>
            {t('declare.supplement.round', { round })} · <Time at={askedOn} day />
          </h3>
          <p className="long-text">{reason}</p>
          <ol className="supplement-items">
            {items.map((item) => (
              <li key={item.id}>
                <p className="muted small">{about(item.about)}</p>
                <p className="long-text">
                  <strong>{item.request}</strong>
                </p>
                {item.answer === null ? (
                  <Tag tone="waiting">{t('declare.supplement.open')}</Tag>
                ) : (
                  <Answer text={item.answer} on={item.answered_on} evidence={item.evidence_sha256} />
                )}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </Panel>
  );
}

interface AnswerProps {
  readonly text: string;
  readonly on: string | null;
  readonly evidence: string | null;
}

function Answer({ text, on, evidence }: AnswerProps) {
  const { t } = useTranslation();
  return (
    <>
      <p className="long-text">{text}</p>
      <p className="muted small">
        {on !== null && <Time at={on} day />}
        {evidence !== null && (
          <>
            {' · '}
            {t('declare.supplement.evidence')} <code title={evidence}>{evidence.slice(0, 12)}…</code>
          </>
        )}
      </p>
    </>
  );
}
