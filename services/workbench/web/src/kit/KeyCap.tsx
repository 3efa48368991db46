/** A key drawn as a cap. `shortcut` prints the caps of the table, so the hint and the binding cannot differ. */
import { SHORTCUTS, type ShortcutId } from '@/lib/keys';
import marks from './marks.module.css';

type Ground = 'light' | 'brand' | 'bar';
const GROUND: Record<Ground, string> = { light: '', brand: marks.onBrand ?? '', bar: marks.onBar ?? '' };

export function KeyCap({ children, on = 'light' }: { children: string | number; on?: Ground }) {
  return <kbd className={`${marks.cap} ${GROUND[on]}`}>{children}</kbd>;
}

export function ShortcutCaps({ shortcut, on = 'light' }: { shortcut: ShortcutId; on?: Ground }) {
  return (
    <span className={marks.caps}>
      {SHORTCUTS[shortcut].caps.map((cap) => (
        <KeyCap key={cap} on={on}>
          {cap}
        </KeyCap>
      ))}
    </span>
  );
}
