/** The files of a case: what is there, what was struck out, what is still expected, and how more come in. */
import { useState } from 'react';
import { AudioOutlined, DownloadOutlined, FileExcelOutlined, FileOutlined, FilePdfOutlined, FileTextOutlined, FileWordOutlined, PictureOutlined } from '@ant-design/icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Problem } from '@/api/client';
import { getMaterials, type Material, type Materials } from '@/api/materials';
import { Act } from '@/kit/Act';
import { Dialog } from '@/kit/Dialog';
import { Empty, QueryState } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';
import { When } from '../When';
import { AddFiles } from './AddFiles';
import { Expected } from './Expected';
import { Shown } from './Shown';
import { sizeText } from './size';
import { save, shows } from './useContent';
import { WithdrawDialog } from './WithdrawDialog';
import styles from './materials.module.css';

const ICONS: Record<Material['format'], typeof FileOutlined> = {
  pdf: FilePdfOutlined,
  jpeg: PictureOutlined,
  png: PictureOutlined,
  webp: PictureOutlined,
  heic: PictureOutlined,
  mp3: AudioOutlined,
  m4a: AudioOutlined,
  wav: AudioOutlined,
  docx: FileWordOutlined,
  xlsx: FileExcelOutlined,
  text: FileTextOutlined,
};
const HASH_SHOWN = 8;

export function MaterialsTab({ id }: { id: string }) {
  const query = useQuery({ queryKey: ['case', id, 'materials'], queryFn: () => getMaterials(id) });
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={styles.tab} tabIndex={0}>
      <QueryState query={query} rows={5}>
        {(known) => <Loaded id={id} known={known} />}
      </QueryState>
    </div>
  );
}

function Loaded({ id, known }: { id: string; known: Materials }) {
  const { t } = useWords();
  const [kind, setKind] = useState<string | null>(null);
  const [open, setOpen] = useState<Material | null>(null);
  const [struck, setStruck] = useState<Material | null>(null);
  return (
    <>
      {known.may_add && <AddFiles caseId={id} known={known} kind={kind} onKind={setKind} />}
      {known.expected.length > 0 && <Expected items={known.expected} onChoose={known.may_add ? setKind : null} />}
      {known.items.length === 0 ? (
        <Empty title={t('material.none')} advice={t(known.may_add ? 'material.none_advice' : 'material.none_read')} />
      ) : (
        <ul className={styles.list} aria-label={t('material.list')}>
          {known.items.map((one) => (
            <Line key={one.material_id} caseId={id} one={one} onOpen={() => setOpen(one)} onWithdraw={() => setStruck(one)} />
          ))}
        </ul>
      )}
      {open && (
        <Dialog open title={open.name} onClose={() => setOpen(null)} width={900}>
          <div className={styles.preview}>
            <Shown caseId={id} material={open} />
          </div>
        </Dialog>
      )}
      {struck && <WithdrawDialog caseId={id} material={struck} reasons={known.reasons} onClose={() => setStruck(null)} />}
    </>
  );
}

interface LineProps {
  caseId: string;
  one: Material;
  onOpen: () => void;
  onWithdraw: () => void;
}

function Line({ caseId, one, onOpen, onWithdraw }: LineProps) {
  const { t, say, explain } = useWords();
  const Icon = ICONS[one.format];
  const download = useMutation({
    mutationFn: () => save(caseId, one),
    onError: (cause) => toast('over', cause instanceof Problem ? explain(cause) : t('material.not_shown')),
  });
  const name = one.withdrawn ? <s>{one.name}</s> : one.name;
  return (
    <li className={one.withdrawn ? `${styles.line} ${styles.gone}` : styles.line}>
      <Icon aria-hidden className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.nameRow}>
          {one.readable && shows(one) ? (
            <button type="button" className={styles.open} onClick={onOpen}>
              {name}
            </button>
          ) : (
            <span className={styles.name}>{name}</span>
          )}
          <StatusTag tone={one.withdrawn ? 'paused' : 'brand'} icon={null}>
            {say(one.kind.label)}
          </StatusTag>
        </p>
        <p className={styles.small}>
          {sizeText(one.size_bytes)} · {one.by} · <When at={one.at} /> · <span title={t('material.sha', { hash: one.sha256 })}>{t('material.check', { hash: one.sha256.slice(0, HASH_SHOWN) })}</span>
        </p>
        {one.withdrawn && (
          <p className={styles.small}>
            {t('material.gone', { name: one.withdrawn.by, why: say(one.withdrawn.reason.label) })}
            {one.withdrawn.note && `：${one.withdrawn.note}`} <When at={one.withdrawn.at} />
          </p>
        )}
      </div>
      {one.readable && (
        <Act size="row" icon={<DownloadOutlined />} busy={download.isPending} onAct={() => download.mutate()} label={t('material.download_name', { name: one.name })}>
          {t('material.download')}
        </Act>
      )}
      {one.withdrawable && (
        <Act size="row" onAct={onWithdraw} label={t('material.withdraw_name', { name: one.name })}>
          {t('material.withdraw')}
        </Act>
      )}
    </li>
  );
}
