import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Offer } from '@hetao/client';
import { priceOf } from './price.rules.js';

const AMOUNT = /^\d+(\.\d+)?$/;

/** One input for each price of an offer's plan, named `prices.<component>`; tiers have several prices and none here. */
export function PriceFields({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation();
  return offer.plan.components
    .filter((component) => priceOf(component) !== undefined)
    .map((component) => (
      <Form.Item
        key={component.id}
        name={['prices', component.id]}
        label={t('queue.priceOf', { component: component.id, currency: offer.plan.currency })}
        rules={[{ required: true, pattern: AMOUNT, message: t('queue.amountFault') }]}
      >
        <Input inputMode="decimal" />
      </Form.Item>
    ));
}
