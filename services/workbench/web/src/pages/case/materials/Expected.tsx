/** What a case of this kind usually brings: there, or still to be asked for. Choosing one that lacks sets the kind of the next upload. */
import { CheckCircleFilled, MinusCircleOutlined } from '@ant-design/icons';
import type { ExpectedMaterial } from '@/api/materials';
import { useWords } from '@/lib/words';
import styles from './materials.module.css';

export function Expected({ items, onChoose }: { items: ExpectedMaterial[]; onChoose: ((kind: string) => void) | null }) {
  const { t, say } = useWords();
  const met = items.filter((one) => one.met).length;
  const or = t('material.or');
  return (
    <section className={styles.expected} aria-label={t('material.expected')}>
      <h3 className={styles.expectedTitle}>
        {t('material.expected')} <span className={styles.small}>{t('material.expected_met', { n: met, all: items.length })}</span>
      </h3>
      <ul>
        {items.map((one) => {
          const names = one.kinds.map((kind) => say(kind.label)).join(or);
          const first = one.kinds[0]?.code;
          return (
            <li key={`${first}-${one.why.en}`} className={one.met ? styles.met : styles.lacks}>
              {one.met ? <CheckCircleFilled aria-label={t('material.met')} className={styles.good} /> : <MinusCircleOutlined aria-label={t('material.lacks')} className={styles.bad} />}
              {!one.met && onChoose && first ? (
                <button type="button" className={styles.link} onClick={() => onChoose(first)}>
                  {names}
                </button>
              ) : (
                <span>{names}</span>
              )}
              <span className={styles.small}>{say(one.why)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
