import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { returnDeclaration, type CustomsFinding, type SupplementRequest } from '@hetao/client';
import { useAction } from '../../api/use-action.js';
import { say } from '../../app/toast.js';
import { useAboutWord } from '../../kit/declaration/use-about-word.js';
import { ProblemAlert } from '../../kit/problem-alert.js';
import { useDraft } from '../../kit/use-draft.js';
import { placesToAsk, WHOLE } from './clearance.rules.js';
import './clearance.css';

const LONGEST_REASON = 2_000;
const LONGEST_REQUEST = 1_000;

type Asked = Required<SupplementRequest>;

interface ReturnDeclarationProps {
  readonly id: string;
  readonly finding: CustomsFinding;
}

/** Gives a declaration back: why, and question by question what the exporter has to answer before it comes again. */
export function ReturnDeclaration({ id, finding }: ReturnDeclarationProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Asked>();
  const draft = useDraft<Asked>(`return:${id}`);
  const send = useAction((body: Asked) => returnDeclaration({ path: { id }, body, throwOnError: true }), {
    onDone: () => {
      draft.forget();
      setOpen(false);
      say(t('opsClearance.returned'));
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('opsClearance.return')}</Button>
      <Modal
        open={open}
        title={t('opsClearance.return')}
        okText={t('opsClearance.return')}
        okButtonProps={{ loading: send.isPending }}
        onOk={form.submit}
        onCancel={() => setOpen(false)}
      >
        <p>{t('opsClearance.returnHint')}</p>
        <Form<Asked>
          name="return"
          form={form}
          layout="vertical"
          initialValues={{ items: [], ...draft.values }}
          onValuesChange={(_changed, all) => draft.keep(all)}
          onFinish={(asked) => send.mutate(asked)}
        >
          <Form.Item name="reason" label={t('kit.reason')} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={3} maxLength={LONGEST_REASON} />
          </Form.Item>
          <Questions finding={finding} />
        </Form>
        {send.isError && <ProblemAlert error={send.error} />}
      </Modal>
    </>
  );
}

function Questions({ finding }: Pick<ReturnDeclarationProps, 'finding'>) {
  const { t } = useTranslation();
  const about = useAboutWord(finding);
  const places = placesToAsk(finding).map((pointer) => ({ value: pointer, label: about(pointer) }));
  return (
    <Form.List name="items">
      {(questions, { add, remove }) => (
        <>
          {questions.map(({ key, name }) => (
            <fieldset key={key} className="return-question">
              <legend>{t('opsClearance.question', { number: name + 1 })}</legend>
              <Form.Item name={[name, 'about']} label={t('opsClearance.about')}>
                <Select options={places} aria-label={t('opsClearance.about')} />
              </Form.Item>
              <Form.Item
                name={[name, 'request']}
                label={t('opsClearance.request')}
                rules={[{ required: true, whitespace: true }]}
              >
                <Input.TextArea rows={2} maxLength={LONGEST_REQUEST} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`${t('opsClearance.dropQuestion')} ${name + 1}`}
                onClick={() => remove(name)}
              />
            </fieldset>
          ))}
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ about: WHOLE })}>
            {t('opsClearance.addQuestion')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
