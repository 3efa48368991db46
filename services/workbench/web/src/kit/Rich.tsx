/** A wording of the server: `**strong**` runs and `[label](case:ID)` links; everything else is plain text. */
import { Fragment, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { Text } from '@/api/types';
import { useWords } from '@/lib/words';
import styles from './rich.module.css';

const MARK = /\*\*(.+?)\*\*|\[(.+?)\]\((case|application|dispute|file|task):([\w-]+)\)/g;

const PLACES: Record<string, string> = {
  case: '/cases/',
  application: '/welfare/applications/',
  dispute: '/board?dispute=',
  file: '/api/workbench/files/',
  task: '/tasks/',
};

export function richNodes(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const match of text.matchAll(MARK)) {
    if (match.index > at) nodes.push(text.slice(at, match.index));
    const [whole, strong, label, kind, id] = match;
    nodes.push(
      strong ? <b key={match.index}>{strong}</b> : (
        <Link key={match.index} className={styles.link} to={`${PLACES[kind ?? 'case']}${id}`}>
          {label}
        </Link>
      ),
    );
    at = match.index + whole.length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

export function Rich({ text }: { text: Text | string | null }) {
  const { say } = useWords();
  if (!text) return null;
  return <Fragment>{richNodes(typeof text === 'string' ? text : say(text))}</Fragment>;
}
