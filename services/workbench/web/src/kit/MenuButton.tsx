/** A button that opens a short menu: ↑ ↓ move, Enter takes, Esc closes and the focus returns to the button. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useKey } from '@/lib/keys';
import styles from './menubutton.module.css';

export interface MenuEntry {
  key: string;
  label: ReactNode;
  /** Not possible now: stays visible, with the reason as its title. */
  blocked?: string | null;
}

interface Props {
  items: MenuEntry[];
  onPick: (key: string) => void;
  label: string;
  className?: string;
  children: ReactNode;
}

export function MenuButton({ items, onPick, label, className, children }: Props) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const options = (): HTMLElement[] => [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const step = (by: number) => {
    const all = options();
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[(at + by + all.length) % all.length]?.focus();
  };
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  useKey('list_down', () => step(1), { enabled: open, within: box });
  useKey('list_up', () => step(-1), { enabled: open, within: box });
  useKey('close', close, { enabled: open, within: box });
  useEffect(() => {
    if (open) box.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [open]);
  return (
    <div
      className={styles.box}
      ref={box}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button ref={opener} type="button" className={className} aria-label={label} aria-haspopup="menu" aria-expanded={open} onClick={() => setOpen(!open)}>
        {children}
      </button>
      {open && (
        <div role="menu" aria-label={label} className={styles.menu}>
          {items.map((one) => (
            <button
              key={one.key}
              type="button"
              role="menuitem"
              aria-disabled={Boolean(one.blocked)}
              title={one.blocked ?? undefined}
              className={styles.item}
              onClick={() => {
                if (one.blocked) return;
                close();
                onPick(one.key);
              }}
            >
              {one.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
