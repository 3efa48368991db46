/** The evidence beside the checklist: one file at a time, pictures zoom, the others are one click away. */
import { useState } from 'react';
import { AudioOutlined, FileOutlined, LeftOutlined, PictureOutlined, RightOutlined, ZoomInOutlined, ZoomOutOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getMaterials, type Material } from '@/api/materials';
import { Act } from '@/kit/Act';
import { Panel } from '@/kit/Panel';
import { Empty, Failed, QueryState } from '@/kit/states';
import { monthDay } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { Shown } from '@/pages/case/materials/Shown';
import { save, shows } from '@/pages/case/materials/useContent';
import styles from './evidence.module.css';

const ICONS = { image: PictureOutlined, audio: AudioOutlined, text: FileOutlined };
const ZOOM_STEP = 25;
const ZOOM_MIN = 50;
const ZOOM_MAX = 300;

export function Evidence({ caseId }: { caseId: string }) {
  const { t, say } = useWords();
  const query = useQuery({ queryKey: ['case', caseId, 'materials'], queryFn: () => getMaterials(caseId) });
  const [chosen, setChosen] = useState(0);
  const [zoom, setZoom] = useState(100);
  const files = query.data?.items.filter((one) => !one.withdrawn) ?? [];
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
        file && shows(file) === 'image' && (
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
                <Shown caseId={caseId} material={file} zoom={zoom} otherwise={<Download caseId={caseId} file={file} />} />
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
                  {t('assess.submitted', { name: file.by, day: monthDay(new Date(file.at)) })} · {say(file.kind.label)}
                </span>
              </div>
              <ul className={styles.files}>
                {files.map((one, index) => (
                  <li key={one.material_id}>
                    <FileButton file={one} on={index === at} onOpen={() => go(index)} />
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <Empty title={t('assess.no_evidence')} advice={t('assess.no_evidence_advice')} action={<Link to={`/cases/${caseId}?tab=materials`}>{t('assess.add_evidence')}</Link>} />
          )
        }
      </QueryState>
    </Panel>
  );
}

function Download({ caseId, file }: { caseId: string; file: Material }) {
  const { t } = useWords();
  const download = useMutation({ mutationFn: () => save(caseId, file) });
  return (
    <>
      <Act busy={download.isPending} onAct={() => download.mutate()}>
        {t('assess.download', { name: file.name })}
      </Act>
      {download.isError && <Failed problem={download.error} title={t('material.not_shown')} />}
    </>
  );
}

function FileButton({ file, on, onOpen }: { file: Material; on: boolean; onOpen: () => void }) {
  const how = shows(file);
  const Icon = how ? ICONS[how] : FileOutlined;
  return (
    <button type="button" className={styles.file} aria-pressed={on} onClick={onOpen} title={file.name}>
      <Icon aria-hidden />
      <span>{file.name}</span>
    </button>
  );
}
