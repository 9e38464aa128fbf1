import { useTranslation } from 'react-i18next';
import type { CustomsFinding, CustomsRequirement } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Panel } from '../page.js';
import { Tag } from '../status-tag.js';

/** What follows from the facts so far: the pathway, what to hand in, how long the law gives, and by which articles. */
export function Finding({ finding }: { readonly finding: CustomsFinding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const decided = finding.possible_pathways.length === 1;
  const requirements = [finding.requirement, ...finding.further].filter((one) => one !== null);
  const raised = finding.flags.filter(({ state }) => state === 'true');
  return (
    <>
      <Panel title={t('customsCheck.finding')}>
        <p>
          <Tag tone={decided ? 'good' : 'waiting'}>{decided ? t('customsCheck.decided') : t('customsCheck.open')}</Tag>
        </p>
        {decided ? (
          <p className="pathway">{format.text(finding.pathway.text)}</p>
        ) : (
          <>
            <p className="muted">{t('customsCheck.possible')}</p>
            <ul>
              {finding.possible_pathways.map((pathway) => (
                <li key={pathway.id}>{format.text(pathway.text)}</li>
              ))}
            </ul>
          </>
        )}
        {decided && finding.time_to_clear.working_days > 0 && (
          <p>{t('readiness.days', { count: finding.time_to_clear.working_days })}</p>
        )}
        {raised.map((flag) => (
          <p key={flag.id}>
            <Tag tone="warn">{format.text(flag.text)}</Tag>
          </p>
        ))}
        {decided && requirements.map((requirement) => <Requirement key={requirement.id} requirement={requirement} />)}
        {finding.citations.length > 0 && (
          <details>
            <summary>{t('readiness.why')}</summary>
            <ul>
              {finding.citations.map((citation) => (
                <li key={citation.id}>{format.text(citation.text)}</li>
              ))}
            </ul>
          </details>
        )}
        <p className="muted small">{format.text(finding.notice)}</p>
        <p className="muted small">
          {t('customsCheck.rules')} <code>{finding.rule_set.version}</code>
        </p>
      </Panel>
    </>
  );
}

function Requirement({ requirement }: { readonly requirement: CustomsRequirement }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section>
      <h3>{format.text(requirement.authority)}</h3>
      {requirement.documents.length > 0 && (
        <>
          <p className="muted small">{t('readiness.papers', { count: requirement.documents.length })}</p>
          <ul>
            {requirement.documents.map((paper) => (
              <li key={paper.id}>{format.text(paper.text)}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
