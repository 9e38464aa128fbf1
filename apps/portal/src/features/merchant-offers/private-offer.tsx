import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { publishOffer, type NewOffer, type Offer } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';
import { PriceFields } from '../../kit/price/price-fields.js';
import { pricesOf } from '../../kit/price/price.rules.js';
import { privateOfferOf, type PrivateOfferValues } from './offer.rules.js';

const DATE = /^\d{4}-\d\d-\d\d$/;
const ORGANISATION = /^org_[0-9a-z]{26}$/;

interface PrivateOfferProps {
  readonly offer: Offer;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The same terms for one buyer alone, at prices of his own. */
export function PrivateOffer({ offer, open, onClose }: PrivateOfferProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<PrivateOfferValues>();
  const draft = useDraft<PrivateOfferValues>(`private-offer:${offer.id}`);
  const publish = useAction((body: NewOffer, headers) => publishOffer({ body, headers, throwOnError: true }), {
    onDone: () => {
      draft.forget();
      say(t('offers.published'));
      onClose();
    },
  });
  return (
    <Modal
      open={open}
      title={t('offers.private')}
      okText={t('offers.publish')}
      okButtonProps={{ loading: publish.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="muted">{t('offers.privateHint')}</p>
      <Form<PrivateOfferValues>
        form={form}
        layout="vertical"
        initialValues={{ prices: pricesOf(offer), ...draft.values }}
        onValuesChange={(_changed, all) => draft.keep(all)}
        onFinish={(values) => publish.mutate(privateOfferOf(offer, values))}
      >
        <Form.Item
          name="buyer_id"
          label={t('offers.buyerId')}
          rules={[{ required: true, pattern: ORGANISATION, message: t('offers.buyerIdFault') }]}
        >
          <Input autoComplete="off" />
        </Form.Item>
        <PriceFields offer={offer} />
        <Form.Item
          name="until"
          label={t('offers.expires')}
          rules={[{ required: true, pattern: DATE, message: t('onboarding.dateFault') }]}
        >
          <Input inputMode="numeric" maxLength={10} />
        </Form.Item>
      </Form>
      {publish.isError && <ProblemAlert error={publish.error} />}
    </Modal>
  );
}
