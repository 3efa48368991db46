/** Numbered choices in one row: a radio group that also takes 1–9 and ← → while it has the focus. */
import { useRef, type ReactNode } from 'react';
import { useKey, useNumberKeys } from '@/lib/keys';
import { KeyCap } from './KeyCap';
import styles from './choices.module.css';

export interface Choice<Value extends string> {
  value: Value;
  label: ReactNode;
}

interface Props<Value extends string> {
  items: readonly Choice<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
  label: string;
  /** Without numbers: a plain filter in a page head. */
  plain?: boolean;
  layer?: number;
}

export function Choices<Value extends string>({ items, value, onChange, label, plain, layer }: Props<Value>) {
  const group = useRef<HTMLDivElement>(null);
  const at = items.findIndex((item) => item.value === value);
  const choose = (index: number) => {
    const item = items[index];
    if (!item) return;
    onChange(item.value);
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[index]?.focus();
  };
  useNumberKeys(choose, { within: group, layer });
  useKey('stage_left', () => choose((at - 1 + items.length) % items.length), { within: group, layer });
  useKey('stage_right', () => choose((at + 1) % items.length), { within: group, layer });
  return (
    <div ref={group} role="radiogroup" aria-label={label} className={plain ? styles.plain : styles.group}>
      {items.map((item, index) => (
        <button
          key={item.value}
          type="button"
          role="radio"
          aria-checked={item.value === value}
          tabIndex={index === Math.max(at, 0) ? 0 : -1}
          className={styles.choice}
          onClick={() => onChange(item.value)}
        >
          {!plain && <KeyCap>{index + 1}</KeyCap>}
          {item.label}
        </button>
      ))}
    </div>
  );
}
