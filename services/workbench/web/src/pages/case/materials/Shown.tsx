/** A picture, a recording or a text of a case, in place; for anything else there is the download. */
import type { Material } from '@/api/materials';
import { Failed, Loading } from '@/kit/states';
import { useWords } from '@/lib/words';
import { shows, useContent } from './useContent';
import styles from './materials.module.css';

interface Props {
  caseId: string;
  material: Material;
  /** Of pictures, in percent of the place; without it they are as large as they are, and no wider than the place. */
  zoom?: number;
  /** For what no browser shows. */
  otherwise?: React.ReactNode;
}

export function Shown({ caseId, material, zoom, otherwise }: Props) {
  const { t } = useWords();
  const how = shows(material);
  const query = useContent(caseId, material);
  if (how === null) return otherwise ?? <p className={styles.small}>{t('material.no_preview')}</p>;
  if (query.isError) return <Failed problem={query.error} title={t('material.not_shown')} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={4} />;
  const { url, text } = query.data;
  if (how === 'image') return <img src={url} alt={material.name} style={zoom === undefined ? { maxWidth: '100%' } : { width: `${zoom}%` }} />;
  // oxlint-disable-next-line jsx-a11y/media-has-caption -- recordings of talks have no captions; the notes say what was said
  if (how === 'audio') return <audio controls src={url} className={styles.player} aria-label={material.name} />;
  return <pre className={styles.text}>{text}</pre>;
}
