import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { goalOf } from '../../kit/declaration/place.rules.js';
import { useAboutWord } from '../../kit/declaration/use-about-word.js';
import { Panel } from '../../kit/page.js';
import { PaperInput } from './declare-papers.js';
import { roundOf } from './declare.rules.js';
import type { DeclareData } from './use-declare-data.js';
import '../../kit/declaration/supplements.css';

const LONGEST_ANSWER = 4000;

interface DeclareSupplementsProps {
  readonly data: DeclareData;
  readonly onGo: (name: (string | number)[]) => void;
}

/** What customs asked when it gave the declaration back, each with its answer: typed here, sent with the declaration. */
export function DeclareSupplements({ data: { declaration, finding }, onGo }: DeclareSupplementsProps) {
  const { t } = useTranslation();
  const about = useAboutWord(finding);
  const round = roundOf(declaration);
  if (round === undefined) return null;
  return (
    <Panel title={t('declare.supplement.title')}>
      <p className="notice long-text">{round.reason}</p>
      {round.items.length > 0 && <p className="muted">{t('declare.supplement.lead')}</p>}
      <ol className="supplement-items">
        {round.items.map((item, at) => {
          const goal = goalOf(item.about);
          return (
            <li key={item.id}>
              <p className="muted small">
                {about(item.about)}{' '}
                {goal !== undefined && (
                  <Button size="small" type="link" onClick={() => onGo(goal)}>
                    {t('declare.supplement.toPlace')}
                  </Button>
                )}
              </p>
              <p className="long-text">
                <strong>{item.request}</strong>
              </p>
              <Form.Item name={['answers', item.id, 'text']} label={t('declare.supplement.answer', { number: at + 1 })}>
                <Input.TextArea rows={3} maxLength={LONGEST_ANSWER} />
              </Form.Item>
              <Form.Item name={['answers', item.id, 'paper']} label={t('declare.supplement.evidence')}>
                <PaperInput optional />
              </Form.Item>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
