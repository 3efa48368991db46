/** The evidence beside the checklist: one file at a time, pictures zoom, the others are one click away. */
import { useState } from 'react';
import { AudioOutlined, FileOutlined, FilePdfOutlined, FileWordOutlined, LeftOutlined, PictureOutlined, RightOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getFiles, type CaseFile } from '@/api/workbench';
import { Panel } from '@/kit/Panel';
import { Empty, QueryState } from '@/kit/states';
import { monthDay } from '@/lib/dates';
import { useWords } from '@/lib/words';
import styles from './evidence.module.css';

const ICONS: Record<CaseFile['kind'], typeof FileOutlined> = { pdf: FilePdfOutlined, image: PictureOutlined, audio: AudioOutlined, document: FileWordOutlined, other: FileOutlined };
const ZOOM_STEP = 25;
const ZOOM_MIN = 50;
const ZOOM_MAX = 300;

export function Evidence({ caseId }: { caseId: string }) {
  const { t } = useWords();
  const query = useQuery({ queryKey: ['case', caseId, 'files'], queryFn: () => getFiles(caseId) });
  const [chosen, setChosen] = useState(0);
  const [zoom, setZoom] = useState(100);
  const files = query.data?.items ?? [];
  const at = Math.min(chosen, Math.max(files.length - 1, 0));
  const file = files[at];
  const zoomBy = (by: number) => setZoom(Math.min(Math.max(zoom + by, ZOOM_MIN), ZOOM_MAX));
  const go = (to: number) => {
    setChosen(to);
    setZoom(100);
  };
  return (
    <Panel
      grow
      still
      title={t('assess.evidence')}
      action={
        file?.kind === 'image' && (
          <>
            <button type="button" className={styles.tool} onClick={() => zoomBy(-ZOOM_STEP)} aria-label={t('assess.zoom_out')}>
              <ZoomOutOutlined />
            </button>
            <span className={styles.zoom}>{zoom}%</span>
            <button type="button" className={styles.tool} onClick={() => zoomBy(ZOOM_STEP)} aria-label={t('assess.zoom_in')}>
              <ZoomInOutlined />
            </button>
          </>
        )
      }
    >
      <QueryState query={query} rows={6}>
        {() =>
          file ? (
            <>
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
              <div className={styles.view} tabIndex={0} role="region" aria-label={file.name}>
                <View file={file} zoom={zoom} />
              </div>
              <div className={styles.caption}>
                <button type="button" className={styles.step} disabled={at === 0} onClick={() => go(at - 1)} aria-label={t('assess.previous')}>
                  <LeftOutlined />
                </button>
                <span>
                  {file.name} · {t('assess.nth', { n: at + 1, all: files.length })}
                </span>
                <button type="button" className={styles.step} disabled={at === files.length - 1} onClick={() => go(at + 1)} aria-label={t('assess.following')}>
                  <RightOutlined />
                </button>
                <span className={styles.source}>
                  {t('assess.submitted', { name: file.by, day: monthDay(new Date(file.at)) })} · {t(file.checksum_ok ? 'assess.checksum_ok' : 'assess.checksum_bad')}
                </span>
              </div>
              <ul className={styles.files}>
                {files.map((one, index) => (
                  <li key={one.file_id}>
                    <FileButton file={one} on={index === at} onOpen={() => go(index)} />
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <Empty title={t('assess.no_evidence')} advice={t('assess.no_evidence_advice')} action={<Link to={`/cases/${caseId}?tab=files`}>{t('assess.add_evidence')}</Link>} />
          )
        }
      </QueryState>
    </Panel>
  );
}

function View({ file, zoom }: { file: CaseFile; zoom: number }) {
  const { t } = useWords();
  if (file.kind === 'image') return <img src={file.href} alt={file.name} style={{ width: `${zoom}%` }} />;
  if (file.kind === 'audio') {
    return (
      // oxlint-disable-next-line jsx-a11y/media-has-caption -- recordings of calls have no captions; the notes say what was said
      <audio controls src={file.href} className={styles.audio} />
    );
  }
  if (file.kind === 'pdf') {
    return (
      // oxlint-disable-next-line react/iframe-missing-sandbox -- the browser's PDF viewer does not run in a sandbox; files come from our own origin
      <iframe src={file.href} title={file.name} className={styles.page} />
    );
  }
  return (
    <a href={file.href} download={file.name}>
      {t('assess.download', { name: file.name })}
    </a>
  );
}

function FileButton({ file, on, onOpen }: { file: CaseFile; on: boolean; onOpen: () => void }) {
  const Icon = ICONS[file.kind];
  return (
    <button type="button" className={styles.file} aria-pressed={on} onClick={onOpen} title={file.name}>
      <Icon aria-hidden />
      <span>{file.name}</span>
    </button>
  );
}
