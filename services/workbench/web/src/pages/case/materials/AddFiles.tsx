/** Files come in by button or by drag; the kind is chosen first. Below: what is on its way. */
import { useRef, useState } from 'react';
import { UploadOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import type { Materials } from '@/api/materials';
import { Act } from '@/kit/Act';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';
import { useUploads, type Upload } from './useUploads';
import styles from './materials.module.css';

/** What the file dialog offers first; what the file is, its bytes decide on the server. */
const ACCEPT = '.pdf,.jpg,.jpeg,.png,.webp,.heic,.mp3,.m4a,.wav,.docx,.xlsx,.txt';
const MIB = 1024 * 1024;
const PERCENT = 100;

interface Props {
  caseId: string;
  known: Materials;
  kind: string | null;
  onKind: (kind: string) => void;
}

export function AddFiles({ caseId, known, kind, onKind }: Props) {
  const { t, say } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState(false);
  const unasked = refused && kind === null;
  const uploads = useUploads(caseId, known.bytes_max, (name) => toast('done', t('material.stored', { name })));
  const full = known.items.length >= known.count_max;
  const take = (files: FileList | null) => {
    if (!files || files.length === 0 || full) return;
    if (kind === null) setRefused(true);
    else uploads.add(files, kind);
  };
  const choose = () => {
    if (kind === null) setRefused(true);
    else input.current?.click();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- dropping is a shortcut of the button inside
    <section
      aria-label={t('material.add')}
      className={over ? `${styles.add} ${styles.over}` : styles.add}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <div className={styles.addRow}>
        <Select
          aria-label={t('material.kind')}
          status={unasked ? 'error' : undefined}
          className={styles.kind}
          placeholder={t('material.kind_first')}
          value={kind}
          options={known.kinds.map((one) => ({ value: one.code, label: say(one.label) }))}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={onKind}
        />
        <Act kind="chosen" icon={<UploadOutlined />} onAct={choose} blocked={full ? t('material.full', { n: known.count_max }) : false}>
          {t('material.choose')}
        </Act>
        <span className={styles.small}>{t('material.limits', { mb: Math.floor(known.bytes_max / MIB) })}</span>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          accept={ACCEPT}
          aria-label={t('material.choose')}
          onChange={(event) => {
            take(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      {unasked && (
        <p role="alert" className={styles.problem}>
          {t('material.kind_missing')}
        </p>
      )}
      {uploads.list.length > 0 && (
        <ul className={styles.uploads}>
          {uploads.list.map((one) => (
            <OnItsWay key={one.id} one={one} onAgain={() => uploads.again(one)} onCancel={() => uploads.cancel(one)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OnItsWay({ one, onAgain, onCancel }: { one: Upload; onAgain: () => void; onCancel: () => void }) {
  const { t, explain } = useWords();
  const failed = one.state === 'failed';
  return (
    <li className={styles.upload}>
      <span className={styles.name}>{one.file.name}</span>
      {failed ? (
        <span role="alert" className={styles.problem}>
          {one.problem ? explain(one.problem) : t('material.failed')}
        </span>
      ) : (
        <>
          <progress max={1} value={one.share} aria-label={t('material.progress', { name: one.file.name })} />
          <span className={styles.small}>{one.state === 'waiting' ? t('material.waiting') : `${Math.floor(one.share * PERCENT)}%`}</span>
        </>
      )}
      {failed && one.problem?.code !== 'file_too_large' && (
        <Act size="row" onAct={onAgain} label={t('material.again_name', { name: one.file.name })}>
          {t('material.again')}
        </Act>
      )}
      <Act size="row" onAct={onCancel} label={t(failed ? 'material.put_away_name' : 'material.cancel_name', { name: one.file.name })}>
        {t(failed ? 'material.put_away' : 'material.cancel')}
      </Act>
    </li>
  );
}
