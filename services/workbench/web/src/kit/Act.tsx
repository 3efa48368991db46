/** A button: label, its keys as caps, and, when blocked, a lock while it stays visible. Binding the key is part of it. */
import type { ReactNode } from 'react';
import { LockOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useKey, type KeyOptions, type ShortcutId } from '@/lib/keys';
import { KeyCap, ShortcutCaps } from './KeyCap';
import styles from './act.module.css';

export interface ActProps {
  children: ReactNode;
  onAct?: () => void;
  /** primary: one per view · chosen: outlined in brand · plain · danger · quiet: no frame. */
  kind?: 'primary' | 'chosen' | 'plain' | 'danger' | 'quiet';
  size?: 'row' | 'normal' | 'bar' | 'phone';
  icon?: ReactNode;
  /** Binds this shortcut and shows its caps. */
  shortcut?: ShortcutId;
  keyOptions?: KeyOptions;
  /** Shows a cap without binding (numbered choices bind as a block). */
  cap?: string | number;
  /** Not possible now: say why beside it (ActionBar) or in the title. */
  blocked?: boolean | string;
  busy?: boolean;
  block?: boolean;
  submit?: boolean;
  label?: string;
}

const SIZE = { row: 'small', normal: 'middle', bar: 'large', phone: 'large' } as const;

export function Act(props: ActProps) {
  const { children, onAct, kind = 'plain', size = 'normal', icon, shortcut, keyOptions, cap, blocked, busy, block, submit, label } = props;
  const act = () => {
    if (!blocked && !busy) onAct?.();
  };
  return (
    <>
      {shortcut && <BoundKey shortcut={shortcut} act={act} options={{ ...keyOptions, enabled: keyOptions?.enabled ?? true }} />}
      <Button
        type={kind === 'primary' ? 'primary' : kind === 'quiet' ? 'link' : 'default'}
        danger={kind === 'danger'}
        size={SIZE[size]}
        block={block}
        htmlType={submit ? 'submit' : 'button'}
        loading={busy}
        aria-disabled={Boolean(blocked)}
        aria-label={label}
        title={typeof blocked === 'string' ? blocked : undefined}
        className={[styles.act, styles[kind], styles[size], blocked ? styles.blocked : ''].join(' ')}
        icon={blocked ? <LockOutlined /> : icon}
        onClick={submit ? undefined : act}
      >
        <span>{children}</span>
        {shortcut && <ShortcutCaps shortcut={shortcut} on={kind === 'primary' && !blocked ? 'brand' : 'light'} />}
        {cap !== undefined && <KeyCap on={kind === 'primary' && !blocked ? 'brand' : 'light'}>{cap}</KeyCap>}
      </Button>
    </>
  );
}

function BoundKey({ shortcut, act, options }: { shortcut: ShortcutId; act: () => void; options: KeyOptions }) {
  useKey(shortcut, act, options);
  return null;
}
