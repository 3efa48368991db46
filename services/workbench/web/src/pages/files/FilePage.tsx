/** The frame of a file, of an employer or of a worker: whose it is with its numbers, the cases, and beside them what is known. */
import { useMemo, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { QueryState } from '@/kit/states';
import { useWords } from '@/lib/words';
import page from '@/kit/page.module.css';
import { CasesOf } from './CasesOf';
import styles from './files.module.css';

interface Props<File> {
  /** Names the query, the filter of the list of cases and the words. */
  kind: 'employer' | 'party';
  id: string;
  load: (id: string) => Promise<File>;
  title: (file: File) => string;
  numbers: (file: File) => ReactNode;
  side: (file: File) => ReactNode;
}

export function FilePage<File>({ kind, id, load, title, numbers, side }: Props<File>) {
  const { t } = useWords();
  const query = useQuery({ queryKey: [kind, id], queryFn: () => load(id) });
  const about = useMemo(() => ({ [kind]: id }), [kind, id]);
  const file = query.data;
  const name = t(`files.${kind}`);
  return (
    <div className={`${page.page} ${page.ends}`}>
      <PageHead title={file ? title(file) : name} note={file && name}>
        {file && numbers(file)}
      </PageHead>
      {file ? (
        <div className={`${page.columns} ${styles.columns}`}>
          <CasesOf about={about} />
          <div className={`${page.column} ${styles.side}`}>{side(file)}</div>
        </div>
      ) : (
        <Panel label={name}>
          <QueryState query={query} rows={6}>
            {() => null}
          </QueryState>
        </Panel>
      )}
    </div>
  );
}
