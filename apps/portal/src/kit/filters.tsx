import { SearchOutlined } from '@ant-design/icons';
import { Input, Select } from 'antd';
import { useId, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A row of filters above a list. */
export function Filters({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <search className="filters" aria-label={t('kit.filters')}>
      {children}
    </search>
  );
}

/** One value of few, or all. */
export function FilterSelect<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: V | undefined;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V | undefined) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <span className="filter">
      <label htmlFor={id}>{label}</label>
      <Select<V>
        id={id}
        aria-label={label}
        {...(value !== undefined && { value })}
        options={[...options]}
        onChange={onChange}
        onClear={() => onChange(undefined)}
        allowClear
        placeholder={t('kit.all')}
        popupMatchSelectWidth={false}
      />
    </span>
  );
}

/** Free text, asked when somebody means it: never while an input method is still choosing a character. */
export function FilterText({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}) {
  const composing = useRef(false);
  const submit = (text: string) => {
    if (!composing.current) onChange(text.trim() || undefined);
  };
  return (
    <Input
      className="filter-text"
      key={value ?? ''}
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      prefix={<SearchOutlined aria-hidden />}
      allowClear
      onCompositionStart={() => (composing.current = true)}
      onCompositionEnd={() => (composing.current = false)}
      onPressEnter={(event) => submit(event.currentTarget.value)}
      onBlur={(event) => submit(event.currentTarget.value)}
      onClear={() => onChange(undefined)}
    />
  );
}
