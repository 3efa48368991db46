/** What the next step lacks, each with the button that cures it; below it what is met already. */
import { useState } from 'react';
import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { useLocation, useNavigate } from 'react-router-dom';
import type { DisputePage, MissingItem } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { useWords } from '@/lib/words';
import { DisputeDialog } from '../dialogs/DisputeDialog';
import { cureOf, rightFor, type DialogName } from './cures';
import { useSaid } from './useDispute';
import styles from './shared.module.css';

export function Guards({ page }: { page: DisputePage }) {
  const { t } = useWords();
  const said = useSaid();
  const [open, setOpen] = useState<DialogName | null>(null);
  const met = page.guards.filter((one) => one.missing === 0);
  return (
    <>
      <ul className={styles.guards}>
        {page.missing.map((one, index) => (
          <li key={one.code}>
            <ExclamationCircleFilled className={styles.bad} aria-label={t('mediation.is_missing')} />
            <span className={styles.guardWords}>{said(one)}</span>
            <CureButton page={page} item={one} first={index === 0} onDialog={setOpen} />
          </li>
        ))}
        {met.map((one) => (
          <li key={one.code}>
            <CheckCircleFilled className={styles.good} aria-label={t('mediation.is_met')} />
            <span className={styles.guardWords}>{t(`mediation.guard_${one.code}`)}</span>
          </li>
        ))}
      </ul>
      {open && <DisputeDialog name={open} page={page} onClose={() => setOpen(null)} />}
    </>
  );
}

function CureButton({ page, item, first, onDialog }: { page: DisputePage; item: MissingItem; first: boolean; onDialog: (name: DialogName) => void }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const cure = cureOf(item.cure, page.dispute_id);
  const isHere = cure !== null && 'page' in cure && cure.page.split('?')[0] === pathname;
  if (!cure || isHere || !page.allowed.includes(rightFor(cure))) return null;
  const [area] = item.cure.split('.');
  return (
    <Act kind={first ? 'chosen' : 'plain'} onAct={() => ('page' in cure ? void navigate(cure.page) : onDialog(cure.dialog))}>
      {t(`mediation.cure_${area}`)}
    </Act>
  );
}
