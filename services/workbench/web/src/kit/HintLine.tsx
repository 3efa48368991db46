/** The one line of key hints under a page. */
import { Fragment } from 'react';
import type { ShortcutId } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { ShortcutCaps } from './KeyCap';
import frame from './frame.module.css';

interface Hint {
  keys: ShortcutId[];
  says: string;
}

export function HintLine({ hints }: { hints: Hint[] }) {
  const { t } = useWords();
  const all: Hint[] = [...hints, { keys: ['sheet'], says: t('keys.all') }];
  return (
    <div className={frame.hints}>
      {all.map((hint) => (
        <span key={hint.says} className={frame.hint}>
          {hint.keys.map((key) => (
            <Fragment key={key}>
              <ShortcutCaps shortcut={key} />
            </Fragment>
          ))}
          {hint.says}
        </span>
      ))}
    </div>
  );
}
