import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  approveProduct,
  passReviewStep,
  refuseProduct,
  resumeProduct,
  returnProduct,
  suspendProduct,
  type Product,
} from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { ActButton } from '../../kit/act-button.js';
import { AskReason } from '../../kit/ask-reason.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { movesOf } from './review.rules.js';

/** What can be decided about the listing now; the one that brings it forward is the primary button. */
export function ReviewActions({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const moves = movesOf(product.status);
  const call = { path: { id: product.id }, throwOnError: true } as const;
  const { pass: step } = moves;
  return (
    <>
      {moves.decide && (
        <>
          <Refuse product={product} />
          <AskReason
            label={t('opsListings.return')}
            hint={t('opsListings.returnHint')}
            done={t('opsListings.returned')}
            act={(reason) => returnProduct({ ...call, body: { reason } })}
          />
        </>
      )}
      {moves.suspend && (
        <AskReason
          danger
          label={t('opsListings.suspend')}
          hint={t('opsListings.suspendHint')}
          done={t('opsListings.suspended')}
          act={(reason) => suspendProduct({ ...call, body: { reason } })}
        />
      )}
      {moves.resume && (
        <ActButton
          primary
          label={t('opsListings.resume')}
          done={t('opsListings.resumed')}
          act={() => resumeProduct(call)}
        />
      )}
      {step !== undefined && (
        <ActButton
          primary
          label={t('opsListings.pass', { step: t(`status.${step}`) })}
          done={t('opsListings.passed')}
          act={() => passReviewStep({ ...call, body: { step } })}
        />
      )}
      {moves.approve && (
        <ActButton
          primary
          label={t('opsListings.approve')}
          done={t('opsListings.approved')}
          act={() => approveProduct(call)}
        />
      )}
    </>
  );
}

interface Refusal {
  readonly article: string;
  readonly reason: string;
}

/** A refusal is final and names the article it rests on. */
function Refuse({ product }: { readonly product: Product }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Refusal>();
  const refuse = useAction((body: Refusal) => refuseProduct({ path: { id: product.id }, body, throwOnError: true }), {
    onDone: () => {
      setOpen(false);
      say(t('opsListings.refused'));
    },
  });
  return (
    <>
      <Button danger onClick={() => setOpen(true)}>
        {t('opsListings.refuse')}
      </Button>
      <Modal
        open={open}
        title={t('opsListings.refuse')}
        okText={t('opsListings.refuse')}
        okButtonProps={{ danger: true, loading: refuse.isPending }}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>{t('opsListings.refuseHint')}</p>
        <Form<Refusal> form={form} layout="vertical" onFinish={(body) => refuse.mutate(body)}>
          <Form.Item name="article" label={t('opsListings.article')} rules={[{ required: true }]}>
            <Input maxLength={200} autoComplete="off" />
          </Form.Item>
          <Form.Item name="reason" label={t('kit.reason')} rules={[{ required: true }]}>
            <Input.TextArea rows={3} maxLength={1000} />
          </Form.Item>
        </Form>
        {refuse.isError && <ProblemAlert error={refuse.error} />}
      </Modal>
    </>
  );
}
