import { Checkbox, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.js';
import type { listing } from '../../locales/en/listing.js';
import type { Field } from './listing-form.rules.js';

const DATE = /^\d{4}-\d\d-\d\d$/;

/** The word for a field: `card.legal.basis` → listing.field.card_legal_basis. */
export function useFieldWord(): (path: readonly string[]) => string {
  const { t } = useTranslation();
  return (path) => t(`listing.field.${path.join('_') as keyof typeof listing.field}`);
}

/** A field that is one input; also a cell of a row, where its name begins with the row's number. */
export function PlainField({
  field,
  name,
  label,
  fault,
  extra,
}: {
  readonly field: Field;
  readonly name: readonly (string | number)[];
  readonly label: string;
  readonly fault?: string | undefined;
  readonly extra?: ReactNode;
}) {
  const { t } = useTranslation();
  const flag = field.kind === 'flag';
  return (
    <Form.Item
      name={[...name]}
      {...(flag ? { valuePropName: 'checked' } : { label })}
      {...(fault !== undefined && { validateStatus: 'error' as const, help: fault })}
      rules={[
        { required: field.required === true },
        ...(field.kind === 'date' ? [{ pattern: DATE, message: t('listing.dateFault') }] : []),
      ]}
      extra={extra}
    >
      {flag ? <Checkbox>{label}</Checkbox> : <InputFor kind={field.kind} label={label} />}
    </Form.Item>
  );
}

/** Receives `id`, `value` and `onChange` of the form it stands in. */
function InputFor({ kind, label, ...given }: { readonly kind: Field['kind']; readonly label: string }) {
  const valueWord = useValueWord();
  if (kind === 'text') return <Input.TextArea {...given} rows={4} />;
  if (kind === 'words') return <Select {...given} mode="tags" aria-label={label} tokenSeparators={[',', '，', '、']} />;
  if (typeof kind === 'object' && ('choice' in kind || 'choices' in kind)) {
    const group = 'choice' in kind ? kind.choice : kind.choices;
    return (
      <Select
        {...given}
        aria-label={label}
        allowClear
        {...('choices' in kind && { mode: 'multiple' as const })}
        options={kind.of.map((value) => ({ value, label: valueWord(group, value) }))}
      />
    );
  }
  return <Input {...given} />;
}

function useValueWord(): (group: string, value: string) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (group, value) => {
    if (group === 'place') return format.place(value);
    if (group === 'industry') return t(`catalog.value.industry_${value as 'A'}`);
    return t(`listing.value.${`${group}_${value}` as keyof typeof listing.value}`);
  };
}
