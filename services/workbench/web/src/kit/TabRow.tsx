/** Tabs or filters in the head of a panel; ← → move between them, as the pattern of ARIA asks. */
import { useRef } from 'react';
import { useKey } from '@/lib/keys';
import frame from './frame.module.css';

export interface TabItem<Key extends string> {
  key: Key;
  label: string;
  count?: number;
}

interface Props<Key extends string> {
  items: TabItem<Key>[];
  value: Key;
  onChange: (key: Key) => void;
  label: string;
}

export function TabRow<Key extends string>({ items, value, onChange, label }: Props<Key>) {
  const row = useRef<HTMLDivElement>(null);
  const step = (by: number) => {
    const at = items.findIndex((item) => item.key === value);
    const next = items[(at + by + items.length) % items.length];
    if (!next) return;
    onChange(next.key);
    row.current?.querySelector<HTMLElement>(`[data-key="${next.key}"]`)?.focus();
  };
  useKey('stage_left', () => step(-1), { within: row });
  useKey('stage_right', () => step(1), { within: row });
  return (
    <div className={frame.tabs} role="tablist" aria-label={label} ref={row}>
      {items.map((item) => (
        <button
          key={item.key}
          type="button"
          role="tab"
          data-key={item.key}
          aria-selected={item.key === value}
          tabIndex={item.key === value ? 0 : -1}
          className={frame.tab}
          onClick={() => onChange(item.key)}
        >
          {item.label}
          {item.count !== undefined && ` ${item.count}`}
        </button>
      ))}
    </div>
  );
}
