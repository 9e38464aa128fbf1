import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeCounterOffer, type AccessRequest, type CounterOffer, type Offer } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { usePurposeWord } from '../../kit/plan-terms.js';
import { useDraft } from '../../kit/use-draft.js';
import { asOffered, counterOf, type CounterValues } from './counter.rules.js';
import { PriceFields } from '../../kit/price/price-fields.js';

const PLACES = ['CN', 'HK', 'MO', 'SG', 'MY', 'VN', 'GB', 'US'] as const;

interface CounterFormProps {
  readonly request: AccessRequest;
  readonly offer: Offer;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Other terms for this buyer; what is not touched stays as published. */
export function CounterForm({ request, offer, open, onClose }: CounterFormProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<CounterValues>();
  const [nothing, setNothing] = useState(false);
  const draft = useDraft<CounterValues>(`counter:${request.id}`);
  const send = useAction(
    (body: CounterOffer, headers) => makeCounterOffer({ path: { id: request.id }, body, headers, throwOnError: true }),
    {
      onDone: () => {
        draft.forget();
        say(t('queue.countered'));
        onClose();
      },
    },
  );
  const finish = (values: CounterValues) => {
    const counter = counterOf(offer, values);
    setNothing(counter === undefined);
    if (counter !== undefined) send.mutate(counter);
  };
  return (
    <Modal
      open={open}
      title={t('queue.counter')}
      okText={t('queue.sendCounter')}
      okButtonProps={{ loading: send.isPending }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="muted">{t('queue.counterHint')}</p>
      <Form<CounterValues>
        form={form}
        layout="vertical"
        initialValues={{ ...asOffered(offer), ...draft.values }}
        onValuesChange={(_changed, all) => draft.keep(all)}
        onFinish={finish}
      >
        <PriceFields offer={offer} />
        <PolicyFields offer={offer} />
        <Form.Item name="note" label={t('queue.note')}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      </Form>
      {nothing && <p className="notice">{t('queue.counterNothing')}</p>}
      {send.isError && <ProblemAlert error={send.error} />}
    </Modal>
  );
}

function PolicyFields({ offer }: { readonly offer: Offer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const purposeWord = usePurposeWord();
  return (
    <>
      <Form.Item name="purposes" label={t('request.purpose')} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          aria-label={t('request.purpose')}
          options={offer.policy.purposes.map((value) => ({ value, label: purposeWord(value) }))}
        />
      </Form.Item>
      <Form.Item name="places_of_use" label={t('request.place')} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          aria-label={t('request.place')}
          options={PLACES.map((value) => ({ value, label: format.place(value) }))}
        />
      </Form.Item>
    </>
  );
}
