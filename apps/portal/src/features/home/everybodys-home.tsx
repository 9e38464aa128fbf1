import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { listProducts } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { Needs, NumberCard } from './needs.js';

/** What is of interest to every role. */
export function EverybodysHome() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['market-size'],
    queryFn: async ({ signal }) =>
      (await listProducts({ query: { status: 'listed', limit: 1 }, signal, throwOnError: true })).data.total,
  });
  return (
    <>
      <Needs needs={[]} pending={false} />
      <section className="three" aria-label={t('home.numbersTitle')}>
        <NumberCard name={t('home.products')} figure={data === undefined ? undefined : format.count(data)} />
      </section>
      <p>
        <Link to="/catalog">{t('home.find')}</Link>
      </p>
    </>
  );
}
