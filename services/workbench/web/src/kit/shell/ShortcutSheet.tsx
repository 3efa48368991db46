/** The keys that work on this page now, printed from the table that binds them. */
import { useBoundShortcuts } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { Dialog } from '../Dialog';
import { ShortcutCaps } from '../KeyCap';
import styles from '../dialog.module.css';

export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useWords();
  const bound = useBoundShortcuts();
  return (
    <Dialog open={open} title={t('keys.title')} note={t('keys.note')} onClose={onClose} width={640}>
      <div className={styles.keys}>
        {bound.map((id) => (
          <div key={id}>
            <span>{t(`keys.${id}`)}</span>
            <ShortcutCaps shortcut={id} />
          </div>
        ))}
      </div>
    </Dialog>
  );
}
