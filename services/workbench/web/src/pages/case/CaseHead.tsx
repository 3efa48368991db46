/** Number, state, grade, owner, title; who else is here; and only the actions the server allows. */
import { useRef } from 'react';
import { CopyOutlined, EllipsisOutlined } from '@ant-design/icons';
import type { AllowedAction, PresentStaff, Urgency } from '@/api/types';
import type { CasePage } from '@/api/workbench';
import { Act } from '@/kit/Act';
import { Presence } from '@/kit/Avatar';
import { Grade } from '@/kit/Grade';
import { MenuButton } from '@/kit/MenuButton';
import { StatusTag, type Tone } from '@/kit/StatusTag';
import { toast } from '@/kit/toasts';
import { useKey, type ShortcutId } from '@/lib/keys';
import { useWords } from '@/lib/words';
import { SupervisedMark } from '@/pages/cases/CaseTitle';
import styles from './case.module.css';

/** Actions with a key of their own; the primary one is on N. */
const KEYS: Record<string, ShortcutId> = { assign: 'assign', reply: 'reply', transfer: 'transfer', close: 'finish' };
const BUTTONS_SHOWN = 2;
const TWICE_MS = 900;
const URGENCY_TONE: Record<Urgency, Tone> = { normal: 'paused', urgent: 'soon', critical: 'over' };

interface Props {
  data: CasePage;
  present: PresentStaff[];
  onAct: (action: AllowedAction) => void;
}

export function CaseHead({ data, present, onAct }: Props) {
  const { t, say } = useWords();
  const copied = useRef(0);
  const copy = async () => {
    const twice = performance.now() - copied.current < TWICE_MS;
    copied.current = performance.now();
    await navigator.clipboard.writeText(twice ? `${data.case_no} ${data.title}` : data.case_no);
    toast('done', t(twice ? 'case.copied_title' : 'case.copied'));
  };
  useKey('copy_no', () => void copy());

  const primary = data.allowed_actions.find((one) => one.primary);
  const others = data.allowed_actions.filter((one) => !one.primary);
  return (
    <header className={styles.head}>
      <div className={styles.headWords}>
        <div className={styles.headLine}>
          <span>{data.case_no}</span>
          <button type="button" className={styles.copy} onClick={() => void copy()} aria-label={t('keys.copy_no')}>
            <CopyOutlined />
          </button>
          <StatusTag tone="brand">{say((data.stage ?? data.state).label)}</StatusTag>
          {data.grade && <Grade grade={data.grade} />}
          {data.urgency !== 'normal' && (
            <StatusTag tone={URGENCY_TONE[data.urgency]} icon={null}>
              {t(`call.urgency_${data.urgency}`)}
            </StatusTag>
          )}
          {data.supervised && <SupervisedMark />}
          <span>
            {data.org.name}
            {data.owner && ` · ${t('case.owner', { name: data.owner.name })}`}
          </span>
        </div>
        <h1 className={styles.title}>{data.title}</h1>
      </div>
      <div className={styles.headActs}>
        <Presence people={present} />
        {others.slice(0, BUTTONS_SHOWN).map((one) => (
          <ActionButton key={one.code} action={one} onAct={onAct} />
        ))}
        {others.length > BUTTONS_SHOWN && <MoreActions actions={others.slice(BUTTONS_SHOWN)} onAct={onAct} />}
        {primary && (
          <Act kind="primary" shortcut="next_step" blocked={primary.blocked ? say(primary.blocked) : false} onAct={() => onAct(primary)}>
            {say(primary.label)}
          </Act>
        )}
      </div>
    </header>
  );
}

function ActionButton({ action, onAct }: { action: AllowedAction; onAct: (action: AllowedAction) => void }) {
  const { say } = useWords();
  return (
    <Act shortcut={KEYS[action.code]} blocked={action.blocked ? say(action.blocked) : false} onAct={() => onAct(action)}>
      {say(action.label)}
    </Act>
  );
}

function MoreActions({ actions, onAct }: { actions: AllowedAction[]; onAct: (action: AllowedAction) => void }) {
  const { t, say } = useWords();
  const items = actions.map((one) => ({ key: one.code, label: say(one.label), blocked: one.blocked && say(one.blocked) }));
  return (
    <>
      {actions.map((one) => {
        const key = KEYS[one.code];
        return key && <HiddenKey key={one.code} shortcut={key} act={() => onAct(one)} />;
      })}
      <MenuButton
        items={items}
        label={t('case.more_actions')}
        className={styles.moreActs}
        onPick={(key) => {
          const one = actions.find((action) => action.code === key);
          if (one) onAct(one);
        }}
      >
        <EllipsisOutlined />
      </MenuButton>
    </>
  );
}

function HiddenKey({ shortcut, act }: { shortcut: ShortcutId; act: () => void }) {
  useKey(shortcut, act);
  return null;
}
