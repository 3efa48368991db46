/** Somebody saved first: both texts side by side, differences marked, merging is the primary; nothing is lost. */
import { useState } from 'react';
import { useNumberKeys } from '@/lib/keys';
import { timeOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { Act } from './Act';
import { Dialog } from './Dialog';
import { GrowingText } from './GrowingText';
import { differences, merged, type Piece } from './differences';
import styles from './dialog.module.css';

/** Room for both texts. */
const TEXT_CHARS_MAX = 8000;

export interface Version {
  by: string;
  at: string;
  text: string;
}

interface Props {
  open: boolean;
  mine: Version;
  theirs: Version;
  onUse: (text: string) => void;
  onClose: () => void;
}

const time = (version: Version): string => timeOf(new Date(version.at));

function Side({ title, pieces }: { title: string; pieces: Piece[] }) {
  return (
    <section className={styles.side}>
      <header>{title}</header>
      {pieces.map((piece, index) =>
        piece.same ? <span key={index}>{piece.text}</span> : <mark key={index} className={styles.differs}>{piece.text}</mark>,
      )}
    </section>
  );
}

export function ConflictDialog({ open, mine, theirs, onUse, onClose }: Props) {
  const { t } = useWords();
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? merged(mine.text, theirs.text);
  const [left, right] = differences(mine.text, theirs.text);
  useNumberKeys((index) => onUse(index === 0 ? theirs.text : mine.text), { enabled: open, layer: Number.MAX_SAFE_INTEGER });
  return (
    <Dialog
      open={open}
      title={t('conflict.title')}
      note={t('conflict.note')}
      width={720}
      onClose={onClose}
      verb={t('conflict.merge')}
      onSubmit={() => onUse(text)}
      more={
        <>
          <Act cap={1} onAct={() => onUse(theirs.text)}>
            {t('conflict.theirs', { name: theirs.by })}
          </Act>
          <Act cap={2} onAct={() => onUse(mine.text)}>
            {t('conflict.mine')}
          </Act>
        </>
      }
    >
      <div className={styles.two}>
        <Side title={t('conflict.you', { time: time(mine) })} pieces={left} />
        <Side title={t('conflict.other', { name: theirs.by, time: time(theirs) })} pieces={right} />
      </div>
      <GrowingText label={t('conflict.merged')} value={text} maxLength={TEXT_CHARS_MAX} onChange={setDraft} />
    </Dialog>
  );
}
