import { useTranslation } from 'react-i18next';
import type { Product } from '@hetao/client';
import { pageState } from '../../app/page-state.js';
import { CopyText } from '../../kit/copy-text.js';

const FORMATS = ['dcat', 'schema-org', 'croissant'] as const;

/** The first call after signing, and the page for machines. */
export function ApiPanel({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const call = `curl -s "${pageState.publicUrl}/v1/deliveries/$AGREEMENT/" -H "authorization: Bearer $KEY"`;
  return (
    <>
      <h3>{t('product.api.call')}</h3>
      <CopyText text={call} />
      <h3>{t('product.api.machine')}</h3>
      <ul>
        {FORMATS.filter((format) => format !== 'croissant' || product.kind === 'dataset').map((format) => (
          <li key={format}>
            <a href={`/v1/products/${product.id}/${format}`}>
              <code>/v1/products/…/{format}</code>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
