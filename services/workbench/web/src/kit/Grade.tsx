/** Risk grade G0–G4 as filled bars and its name; coloured from G2 on. */
import type { Grade as GradeCode } from '@/api/types';
import { useWords } from '@/lib/words';
import marks from './marks.module.css';

const HEIGHTS_PX = [5, 8, 11, 14];

export function Grade({ grade, hideName }: { grade: GradeCode; hideName?: boolean }) {
  const { t } = useWords();
  const filled = Number(grade[1]);
  return (
    <span className={`${marks.grade} ${marks[`grade_${grade}`] ?? ''}`} role="img" aria-label={t('kit.grade', { grade })}>
      <span className={marks.bars} aria-hidden>
        {HEIGHTS_PX.map((height, index) => (
          <span key={height} className={`${marks.bar} ${index < filled ? marks.filled : ''}`} style={{ height }} />
        ))}
      </span>
      {!hideName && <span aria-hidden>{grade}</span>}
    </span>
  );
}
