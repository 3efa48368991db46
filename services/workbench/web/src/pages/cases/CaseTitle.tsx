/** The title of a case in a list; one under supervision is marked on every list. */
import { EyeOutlined } from '@ant-design/icons';
import type { CaseRow } from '@/api/workbench';
import { StatusTag } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';

export function SupervisedMark() {
  const { t } = useWords();
  return (
    <StatusTag tone="soon" icon={<EyeOutlined aria-hidden />}>
      {t('cases.supervised')}
    </StatusTag>
  );
}

export function CaseTitle({ row }: { row: Pick<CaseRow, 'title' | 'supervised'> }) {
  return (
    <span title={row.title}>
      {row.supervised && (
        <>
          <SupervisedMark />{' '}
        </>
      )}
      {row.title}
    </span>
  );
}
