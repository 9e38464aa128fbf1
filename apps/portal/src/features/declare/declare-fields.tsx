import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFaultAt } from '../../i18n/problem-words.js';
import { Panel } from '../../kit/page.js';
import type { FieldWord } from '../../kit/declaration/place.rules.js';
import type { Asked, Section } from './declare.rules.js';

const MOST_COUNTED = 2_000_000_000;

/** A part of the declaration; what the exchange found wrong stands at its input. */
export function DeclareSection({ section, error }: { readonly section: Section; readonly error: unknown }) {
  const { t } = useTranslation();
  const faultAt = useFaultAt(error);
  return (
    <Panel title={t(`declare.section.${section.id}`)}>
      {section.rows !== undefined && <DeclareRows rows={section.rows} error={error} />}
      {section.asked.map((asked) => (
        <DeclareInput
          key={asked.path.join('.')}
          asked={asked}
          name={asked.path}
          word={asked.path.join('_') as FieldWord}
          fault={faultAt(`/form/${asked.path.join('/')}`)}
        />
      ))}
    </Panel>
  );
}

function DeclareRows({ rows, error }: { readonly rows: NonNullable<Section['rows']>; readonly error: unknown }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  const faultAt = useFaultAt(error);
  // Whoever adds a row writes in it next; it is drawn after this turn.
  const goTo = (row: number) =>
    requestAnimationFrame(() => form.focusField([rows.path, row, ...(rows.columns[0]?.path ?? [])]));
  return (
    <Form.List name={rows.path}>
      {(entries, { add, remove }) => (
        <>
          {entries.map((entry) => (
            <fieldset key={entry.key} className="declare-row">
              <legend>{t('declare.row', { number: entry.name + 1 })}</legend>
              {rows.columns.map((column) => (
                <DeclareInput
                  key={column.path.join('.')}
                  asked={column}
                  name={[entry.name, ...column.path]}
                  word={`${rows.path}_${column.path.join('_')}` as FieldWord}
                  fault={faultAt(`/form/${rows.path}/${entry.name}/${column.path.join('/')}`)}
                />
              ))}
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`${t('declare.remove')} ${entry.name + 1}`}
                onClick={() => remove(entry.name)}
              />
            </fieldset>
          ))}
          <Button
            className="declare-add"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => {
              add(rows.blank);
              goTo(entries.length);
            }}
          >
            {t('declare.add')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

interface DeclareInputProps {
  readonly asked: Asked;
  readonly name: readonly (string | number)[];
  readonly word: FieldWord;
  readonly fault: string | undefined;
}

function DeclareInput({ asked, name, word, fault }: DeclareInputProps) {
  const { t } = useTranslation();
  const label = t(`declare.field.${word}`);
  const flag = asked.kind === 'flag';
  return (
    <Form.Item
      name={[...name]}
      {...(flag ? { valuePropName: 'checked', className: 'declare-flag' } : { label })}
      {...(fault !== undefined && { validateStatus: 'error' as const, help: fault })}
      rules={[{ required: asked.required === true, message: t('declare.required') }]}
    >
      {flag ? <Checkbox>{label}</Checkbox> : <InputFor kind={asked.kind} />}
    </Form.Item>
  );
}

/** Receives `id`, `value` and `onChange` of the form it stands in. */
function InputFor({ kind, ...given }: { readonly kind: Asked['kind'] }) {
  if (kind === 'text') return <Input.TextArea {...given} rows={3} />;
  if (kind === 'count') return <InputNumber {...given} min={0} max={MOST_COUNTED} precision={0} />;
  return <Input {...given} type={kind === 'date' ? 'date' : 'text'} autoComplete="off" />;
}
