import { Button, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CustomsFinding } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import type { Fact } from './facts.rules.js';

interface QuestionProps {
  readonly question: CustomsFinding['next_questions'][number];
  /** The next question is on its way: an answer now would be taken for this one's. */
  readonly isOver: boolean;
  readonly onAnswer: (value: Fact) => void;
}

/** One question of the rules: a choice is one click, a count is typed. */
export function Question({ question, isOver, onAnswer }: QuestionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <p className="question">{format.text(question.question)}</p>
      {question.type === 'int' ? (
        <Form<{ count: number }> layout="inline" onFinish={({ count }) => onAnswer(count)}>
          <Form.Item name="count" rules={[{ required: true, message: t('customsCheck.countFault') }]}>
            <InputNumber aria-label={format.text(question.question)} min={0} max={2_000_000_000} precision={0} />
          </Form.Item>
          <Button type="primary" htmlType="submit" disabled={isOver}>
            {t('customsCheck.next')}
          </Button>
        </Form>
      ) : (
        <div className="choices">
          {question.options.map((option) => (
            <button key={String(option.value)} type="button" disabled={isOver} onClick={() => onAnswer(option.value)}>
              {format.text(option.text)}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
