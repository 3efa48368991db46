/** Stages of a process in order: done with a tick, the present one filled, the rest numbered. */
import { CheckOutlined } from '@ant-design/icons';
import { useWords } from '@/lib/words';
import styles from './strips.module.css';

export interface StageItem {
  code: string;
  name: string;
  /** "11-16", "现在". */
  note?: string;
}

/** `at` is the index of the present stage; stages before it are done. */
export function StageBar({ stages, at }: { stages: StageItem[]; at: number }) {
  const { t } = useWords();
  return (
    <ol className={styles.stages} aria-label={t('kit.stages')}>
      {stages.map((stage, index) => {
        const state = index < at ? 'past' : index === at ? 'present' : 'coming';
        return (
          <li key={stage.code} className={`${styles.stage} ${styles[state]}`} aria-current={state === 'present' ? 'step' : undefined}>
            <span className={styles.disc}>{state === 'past' ? <CheckOutlined aria-label={t('kit.stage_done')} /> : index + 1}</span>
            <span className={styles.stageName}>{stage.name}</span>
            {stage.note && <span className={styles.stageNote}>{stage.note}</span>}
          </li>
        );
      })}
    </ol>
  );
}
