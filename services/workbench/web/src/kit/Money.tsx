/** An amount of fen as 826,400.00 元. */
import { useWords } from '@/lib/words';
import marks from './marks.module.css';

const FEN = 100;
const GROUP = /\B(?=(\d{3})+(?!\d))/g;

/** 82640000 → "826,400.00". Integer arithmetic only. */
export function yuanText(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / FEN);
  const rest = String(Math.abs(fen) % FEN).padStart(2, '0');
  return `${fen < 0 ? '−' : ''}${String(whole).replace(GROUP, ',')}.${rest}`;
}

/** "285,600", "285600.5" → fen; null when it is not an amount. */
export function fenOf(text: string): number | null {
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.replaceAll(/[,，\s]/g, ''));
  if (!match) return null;
  return Number(match[1]) * FEN + Number((match[2] ?? '').padEnd(2, '0'));
}

export function Money({ fen, bare, strong }: { fen: number | null; bare?: boolean; strong?: boolean }) {
  const { t } = useWords();
  if (fen === null) return <span className={marks.money}>—</span>;
  const text = bare ? yuanText(fen) : t('kit.yuan', { amount: yuanText(fen) });
  return <span className={`${marks.money} ${strong ? marks.strong : ''}`}>{text}</span>;
}
