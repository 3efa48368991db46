/** Ready views and one's own: each is an address, the present one can be kept under a name. */
import { useState } from 'react';
import { CloseOutlined, SaveOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { Link } from 'react-router-dom';
import { Act } from '@/kit/Act';
import { Dialog } from '@/kit/Dialog';
import { Field } from '@/kit/Field';
import { toast } from '@/kit/toasts';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import { keepViews, loadViews, NAME_CHARS_MAX, queryOf, VIEWS_MAX, type View } from './views';
import styles from './cases.module.css';

const READY = [
  { key: 'open', query: 'state=open' },
  { key: 'over', query: 'due=over&scope=all' },
  { key: 'group', query: 'lens=group&state=open' },
  { key: 'unassigned', query: 'lens=unassigned&state=open' },
] as const;

function NameDialog({ onKeep, onClose }: { onKeep: (name: string) => void; onClose: () => void }) {
  const { t } = useWords();
  const [name, setName] = useState('');
  const typed = name.trim();
  return (
    <Dialog open title={t('caselist.keep_view')} note={t('caselist.kept_here')} onClose={onClose} verb={t('caselist.keep')} onSubmit={() => onKeep(typed)} blocked={typed === '' ? t('caselist.needs_name') : false}>
      <Field label={t('caselist.name')} required>
        {(ids) => <Input {...ids} autoFocus value={name} maxLength={NAME_CHARS_MAX} onChange={(event) => setName(event.target.value)} />}
      </Field>
    </Dialog>
  );
}

export function SavedViews({ filter }: { filter: Record<string, string> }) {
  const { t } = useWords();
  const { staff_id: me } = useSession();
  const [views, setViews] = useState<View[]>(() => loadViews(me));
  const [naming, setNaming] = useState(false);
  const present = queryOf(filter);
  const change = (next: View[]) => {
    keepViews(me, next);
    setViews(next);
  };
  const chip = (query: string): string => `${styles.view} ${query === present ? styles.viewPresent : ''}`;
  return (
    <nav className={styles.views} aria-label={t('caselist.views')}>
      {READY.map((one) => (
        <Link key={one.key} to={`/cases?${one.query}`} className={chip(one.query)} aria-current={one.query === present ? 'page' : undefined}>
          {t(`caselist.ready_${one.key}`)}
        </Link>
      ))}
      {views.map((one) => (
        <span key={one.name} className={chip(one.query)}>
          <Link to={`/cases?${one.query}`} aria-current={one.query === present ? 'page' : undefined}>
            {one.name}
          </Link>
          <button type="button" className={styles.drop} aria-label={t('caselist.drop', { name: one.name })} onClick={() => change(views.filter((other) => other !== one))}>
            <CloseOutlined />
          </button>
        </span>
      ))}
      {present !== '' && views.length < VIEWS_MAX && views.every((one) => one.query !== present) && (
        <Act kind="quiet" size="row" icon={<SaveOutlined />} onAct={() => setNaming(true)}>
          {t('caselist.keep_view')}
        </Act>
      )}
      {naming && (
        <NameDialog
          onClose={() => setNaming(false)}
          onKeep={(name) => {
            change([...views.filter((one) => one.name !== name), { name, query: present }]);
            setNaming(false);
            toast('done', t('caselist.view_kept', { name }));
          }}
        />
      )}
    </nav>
  );
}
