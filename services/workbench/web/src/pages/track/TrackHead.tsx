/** Whose page this is, and how large the letters are. */
import { Logo } from '@/kit/Logo';
import { useWords } from '@/lib/words';
import styles from './track.module.css';

export type TextSize = 'large' | 'larger';
const SIZES: readonly TextSize[] = ['large', 'larger'];

interface Props {
  org: string;
  size: TextSize;
  onSize: (size: TextSize) => void;
}

export function TrackHead({ org, size, onSize }: Props) {
  const { t } = useWords();
  return (
    <header className={styles.head}>
      <Logo />
      <b className={styles.org}>{org}</b>
      <div className={styles.sizes} role="group" aria-label={t('track.size')}>
        {SIZES.map((one) => (
          <button key={one} type="button" aria-pressed={one === size} className={styles.size} onClick={() => onSize(one)}>
            {t(`track.size_${one}`)}
          </button>
        ))}
      </div>
    </header>
  );
}
