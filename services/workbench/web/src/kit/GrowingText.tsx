/** A text box as high as its text, up to a limit: sized by CSS alone, so no inline style and no hidden twin input is needed. */
import type { ChangeEvent } from 'react';
import styles from './growing.module.css';

interface Props {
  value: string;
  onChange: (value: string) => void;
  maxLength: number;
  label?: string;
  placeholder?: string;
  bare?: boolean;
  /** Of the Field around it. */
  ids?: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean; 'aria-required': boolean };
}

export function GrowingText({ value, onChange, maxLength, label, placeholder, bare, ids }: Props) {
  const change = (event: ChangeEvent<HTMLTextAreaElement>) => onChange(event.target.value);
  return (
    <div className={`${styles.box} ${bare ? styles.bare : ''}`} data-text={`${value}\n`}>
      <textarea {...ids} rows={1} aria-label={label} placeholder={placeholder} value={value} maxLength={maxLength} onChange={change} />
    </div>
  );
}
