import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { handInDocument, type NewParticipantDocument, type ParticipantChecklist } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { useFormat } from '../../i18n/use-format.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';
import { hashOf } from '../../kit/hash.rules.js';

const DATE = /^\d{4}-\d\d-\d\d$/;

type Values = Omit<NewParticipantDocument, 'sha256'>;

interface HandInFormProps {
  readonly organisationId: string;
  readonly item: ParticipantChecklist['items'][number];
  readonly onClose: () => void;
}

/** Names a paper and binds it by its hash: the file itself does not leave the machine. */
export function HandInForm({ organisationId, item, onClose }: HandInFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [form] = Form.useForm<Values>();
  const [sha256, setHash] = useState<string>();
  const draft = useDraft<Values>(`paper:${item.requirement}`);
  const hand = useAction(
    (body: NewParticipantDocument) =>
      handInDocument({ path: { id: organisationId, requirement: item.requirement }, body, throwOnError: true }),
    {
      onDone: () => {
        draft.forget();
        say(t('onboarding.handedIn'));
        onClose();
      },
    },
  );
  const finish = (values: Values) => {
    if (sha256 === undefined) return;
    hand.mutate({ ...filled(values), sha256 });
  };
  return (
    <Modal
      open
      title={t('onboarding.handInTitle', { paper: format.text(item.title) })}
      okText={t('onboarding.handIn')}
      okButtonProps={{ disabled: sha256 === undefined, loading: hand.isPending }}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ title: format.text(item.title), legalisation: item.legalisation, ...draft.values }}
        onValuesChange={(_changed, all) => draft.keep(all)}
        onFinish={finish}
      >
        <PaperFile sha256={sha256} onHash={setHash} />
        <PaperFields />
      </Form>
      {hand.isError && <ProblemAlert error={hand.error} />}
    </Modal>
  );
}

/** Without what was left empty. */
function filled(values: Values): Values {
  const { title, issuer, issued_on, number, legalisation, valid_until: until } = values;
  return {
    title,
    issuer,
    issued_on,
    ...(number ? { number } : {}),
    ...(legalisation ? { legalisation } : {}),
    ...(until ? { valid_until: until } : {}),
  };
}

function PaperFile({
  sha256,
  onHash,
}: {
  readonly sha256: string | undefined;
  readonly onHash: (hash: string | undefined) => void;
}) {
  const { t } = useTranslation();
  const take = async (file: File | undefined) => {
    onHash(undefined);
    if (file !== undefined) onHash(await hashOf(file));
  };
  return (
    <Form.Item label={t('onboarding.file')} extra={t('onboarding.fileHint')} htmlFor="paper-file" required>
      <input id="paper-file" type="file" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      {sha256 !== undefined && <code className="wrap small">{sha256}</code>}
    </Form.Item>
  );
}

function PaperFields() {
  const { t } = useTranslation();
  const day = { pattern: DATE, message: t('onboarding.dateFault') };
  return (
    <>
      <Form.Item name="title" label={t('onboarding.name')} rules={[{ required: true }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="number" label={t('onboarding.number')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="issuer" label={t('onboarding.issuer')} rules={[{ required: true }]}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="legalisation" label={t('onboarding.legalisation')}>
        <Select
          aria-label={t('onboarding.legalisation')}
          allowClear
          options={(['apostille', 'notarised'] as const).map((value) => ({ value, label: t(`onboarding.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="issued_on" label={t('onboarding.issuedOn')} rules={[{ required: true, ...day }]}>
        <Input inputMode="numeric" maxLength={10} />
      </Form.Item>
      <Form.Item name="valid_until" label={t('onboarding.validUntil')} rules={[day]}>
        <Input inputMode="numeric" maxLength={10} />
      </Form.Item>
    </>
  );
}
