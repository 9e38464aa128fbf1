import { EnvironmentOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Product } from '@hetao/client';
import { useFormat } from '../../i18n/use-format.js';
import { OrganisationName } from '../../kit/names.js';
import { Tag } from '../../kit/status-tag.js';
import { useMyAccess } from '../../api/use-my-access.js';

/** A product as search finds it: what, whose, where it lies, and whether one has it already. */
export function ProductCard({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const format = useFormat();
  const access = useMyAccess().to(product.id);
  return (
    <li className="card">
      <div className="card-tags">
        <span className="tag">{t(`catalog.value.kind_${product.kind}`)}</span>
        {access === 'open' && <Tag tone="good">{t('catalog.haveAccess')}</Tag>}
        {access === 'pending' && <Tag tone="waiting">{t('catalog.pending')}</Tag>}
      </div>
      <h2>
        <Link to="/products/$productId" params={{ productId: product.id }}>
          {format.text(product.name)}
        </Link>
      </h2>
      <p className="card-merchant">
        <OrganisationName id={product.merchant_id} />
      </p>
      <p className="card-text">{format.text(product.description)}</p>
      <p className="card-foot">
        <span>
          <EnvironmentOutlined aria-hidden /> {t('catalog.storedIn', { place: format.place(product.stored_in) })}
        </span>
        {product.certificate !== null && (
          <span title={product.certificate.number}>
            <SafetyCertificateOutlined aria-hidden /> {t('catalog.certified')}
          </span>
        )}
      </p>
    </li>
  );
}
