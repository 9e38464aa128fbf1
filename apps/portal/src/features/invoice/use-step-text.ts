import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import { useMeterWord } from '../../kit/plan-terms.js';
import { readStep, type RatingStep } from './step.rules.js';

const COUNTS = ['quantity', 'from', 'to', 'per', 'size', 'included', 'packages'] as const;

/** A step of rating in the reader's language; undefined for one that only its own words can tell. */
export function useStepText(): (text: string) => string | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  const meterWord = useMeterWord();
  const say = ({ word, values, of }: RatingStep): string => {
    const { meter, period } = values;
    const counts = COUNTS.flatMap((name) => (values[name] === undefined ? [] : [[name, format.count(values[name])]]));
    return t(`invoice.step.${word}`, {
      ...values,
      ...(Object.fromEntries(counts) as Record<string, string>),
      ...(meter !== undefined && { meter: meterWord(meter, Number(values['quantity'])) }),
      ...(period !== undefined && { period: format.month(period) }),
      ...(of !== undefined && { step: say(of) }),
    });
  };
  return (text) => {
    const step = readStep(text);
    return step && say(step);
  };
}
