/** A dialog: ≤ 4 fields, verb on the primary button, Ctrl+Enter submits, Esc closes the top layer, focus returns to the opener. */
import { useEffect, useRef, type ReactNode } from 'react';
import { Modal } from 'antd';
import { useKeyLayer } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { Act } from './Act';
import { dialogsBox } from './layers';
import styles from './dialog.module.css';

const FIRST_FIELD = '[role=radio][tabindex="0"],input,textarea';

interface Props {
  open: boolean;
  title: ReactNode;
  note?: ReactNode;
  onClose: () => void;
  /** The verb: 转派, 记录. */
  verb?: ReactNode;
  onSubmit?: () => void;
  blocked?: boolean | string;
  busy?: boolean;
  /** Further buttons at the left. */
  more?: ReactNode;
  width?: number;
  children: ReactNode;
  danger?: boolean;
}

/** Most dialogs are taken away with their condition, not closed: the focus goes back to what opened them all the same. */
function useFocusBack(): void {
  const opener = useRef(document.activeElement);
  useEffect(() => {
    const from = opener.current;
    return () => {
      window.setTimeout(() => {
        if (from instanceof HTMLElement && from.isConnected && document.activeElement === document.body) from.focus();
      });
    };
  }, []);
}

export function Dialog({ open, title, note, onClose, verb, onSubmit, blocked, busy, more, width = 520, children, danger }: Props) {
  const { t } = useWords();
  const layer = useKeyLayer(open);
  const body = useRef<HTMLDivElement>(null);
  useFocusBack();
  const begin = (shown: boolean) => {
    if (shown) body.current?.querySelector<HTMLElement>(FIRST_FIELD)?.focus();
  };
  const footer = (
    <div className={styles.foot}>
      <span className={styles.more}>{more}</span>
      {typeof blocked === 'string' && <span className={styles.why}>{blocked}</span>}
      {!more && (
        <Act onAct={onClose} cap="Esc">
          {t(verb ? 'kit.cancel' : 'kit.close')}
        </Act>
      )}
      {verb && (
        <Act kind={danger ? 'danger' : 'primary'} shortcut="submit" keyOptions={{ layer, enabled: open }} onAct={onSubmit} blocked={blocked} busy={busy}>
          {verb}
        </Act>
      )}
    </div>
  );
  return (
    <Modal
      open={open}
      getContainer={dialogsBox}
      title={
        <span className={styles.title}>
          {title} {note && <span className={styles.note}>{note}</span>}
        </span>
      }
      onCancel={onClose}
      footer={footer}
      width={width}
      destroyOnHidden
      centered
      afterOpenChange={begin}
    >
      <div className={styles.body} ref={body}>{children}</div>
    </Modal>
  );
}
