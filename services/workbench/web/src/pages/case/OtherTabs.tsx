/** The tabs beside the timeline. An error in one leaves the others alone. */
import { FileTextOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import type { Page } from '@/api/types';
import { getChanges, getDocuments, getNotes, getRelated } from '@/api/workbench';
import { Clock } from '@/kit/Clock';
import { Empty, QueryState } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import { When } from './When';
import styles from './case.module.css';

interface ListProps<Item> {
  id: string;
  name: string;
  load: (id: string) => Promise<Page<Item>>;
  row: (item: Item) => React.ReactNode;
}

function List<Item>({ id, name, load, row }: ListProps<Item>) {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['case', id, name], queryFn: () => load(id) });
  return (
    <div className={styles.tabBody}>
      <QueryState query={query} rows={5}>
        {({ items }) => (items.length === 0 ? <Empty title={t(`case.no_${name}`)} /> : <ul className={styles.rows}>{items.map((item) => row(item))}</ul>)}
      </QueryState>
    </div>
  );
}

export function NotesTab({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <List
      id={id}
      name="notes"
      load={getNotes}
      row={(note) => (
        <li key={note.note_id} className={styles.noteRow}>
          <p className={styles.noteHead}>
            <b>{note.by}</b> <When at={note.at} />
            <StatusTag tone={note.visibility === 'external' ? 'soon' : 'paused'} icon={null}>
              {t(`case.${note.visibility}`)}
            </StatusTag>
          </p>
          <p className={styles.noteText}>{note.text}</p>
        </li>
      )}
    />
  );
}

export function RelatedTab({ id }: { id: string }) {
  const { say } = useWords();
  return (
    <List
      id={id}
      name="related"
      load={getRelated}
      row={(one) => (
        <li key={one.case_id} className={styles.row}>
          <StatusTag tone="brand">{say(one.relation)}</StatusTag>
          <Link to={`/cases/${one.case_id}`} className={styles.rowTitle}>
            {one.title}
          </Link>
          <span className={styles.small}>
            {one.case_no} · {say(one.state.label)}
          </span>
          <Clock deadline={one.clock} style="when" />
        </li>
      )}
    />
  );
}

export function DocumentsTab({ id }: { id: string }) {
  const { say } = useWords();
  return (
    <List
      id={id}
      name="documents"
      load={getDocuments}
      row={(one) => (
        <li key={one.document_id} className={styles.row}>
          <FileTextOutlined aria-hidden />
          <Link to={one.href} target="_blank" className={styles.rowTitle}>
            {say(one.title)}
          </Link>
          <StatusTag tone={one.done ? 'done' : 'soon'}>{say(one.state)}</StatusTag>
          {one.at && <When at={one.at} />}
        </li>
      )}
    />
  );
}

export function ChangesTab({ id }: { id: string }) {
  const { t, say } = useWords();
  return (
    <List
      id={id}
      name="changes"
      load={getChanges}
      row={(one) => (
        <li key={one.id} className={styles.noteRow}>
          <p className={styles.noteHead}>
            <b>{one.by}</b> <When at={one.at} /> <span>{say(one.action)}</span>
          </p>
          {(one.before !== null || one.after !== null) && (
            <p className={styles.small}>
              {one.before ?? '—'} → {one.after ?? '—'}
            </p>
          )}
          {one.why && <p className={styles.small}>{t('case.why', { text: one.why })}</p>}
        </li>
      )}
    />
  );
}
