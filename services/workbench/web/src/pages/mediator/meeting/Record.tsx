/** What happened: who came, the minutes, and decisions that each have an owner and a day. */
import { useState } from 'react';
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Input, Select, Switch } from 'antd';
import { deeds, type Conference, type DisputePage } from '@/api/mediation';
import { Act } from '@/kit/Act';
import { Field } from '@/kit/Field';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { toast } from '@/kit/toasts';
import { useWords } from '@/lib/words';
import { Refusal } from '../shared/DeedDialog';
import { today } from '../shared/days';
import { useDeed, usePeople } from '../shared/useDispute';
import shared from '../shared/shared.module.css';
import styles from './meeting.module.css';

const MINUTES_CHARS_MAX = 10_000;
const DECISION_CHARS_MAX = 500;

interface Came {
  person: string;
  present: boolean;
  reason: string;
}
interface Decided {
  id: number;
  text: string;
  owner: string | null;
  due: string;
}

let lastRow = 0;
const emptyRow = (): Decided => {
  lastRow += 1;
  return { id: lastRow, text: '', owner: null, due: '' };
};

export function Record({ page, conference }: { page: DisputePage; conference: Conference | null }) {
  const { t } = useWords();
  const people = usePeople();
  const deed = useDeed(page);
  const members = conference?.booking.members ?? [];
  const [came, setCame] = useState<Came[]>(() => members.map((person) => {
    const known = conference?.attendance.find((one) => one.person === person);
    return { person, present: known?.present ?? true, reason: known?.absence_reason ?? '' };
  }));
  const [minutes, setMinutes] = useState(conference?.minutes ?? '');
  const [rows, setRows] = useState<Decided[]>(() => [emptyRow()]);
  if (!conference) {
    return (
      <Panel grow title={t('meeting.record')}>
        <Empty title={t('meeting.not_planned')} advice={t('meeting.not_planned_advice')} />
      </Panel>
    );
  }
  const recorded = conference.decisions.length > 0;
  const lacks = minutes.trim() === '' ? t('meeting.needs_minutes') : rows.some((one) => !one.text.trim() || !one.owner || !one.due) ? t('meeting.needs_decisions') : false;
  const options = people.all.map((one) => ({ value: one.staff_id, label: one.name }));
  const mark = (person: string, changed: Partial<Came>) => setCame((was) => was.map((one) => (one.person === person ? { ...one, ...changed } : one)));
  const edit = (id: number, changed: Partial<Decided>) => setRows((was) => was.map((one) => (one.id === id ? { ...one, ...changed } : one)));
  const send = async () => {
    const record = {
      attendance: came.map((one) => ({ person_id: one.person, present: one.present, absence_reason: one.present ? '' : one.reason, substitute_id: null })),
      minutes,
      decisions: rows.flatMap((one) => (one.owner ? [{ text: one.text, owner_id: one.owner, due: one.due }] : [])),
    };
    if (await deed.send(deeds.minutes(record))) toast('done', t('meeting.recorded'));
  };
  const mayHandle = page.allowed.includes('handle') && page.status === 'running';
  return (
    <Panel grow still title={t('meeting.record')} count={recorded ? t('meeting.is_recorded') : undefined}>
      <div className={`${shared.form} ${styles.scroll}`}>
        <h3 className={styles.sub}>{t('meeting.attendance', { n: came.filter((one) => one.present).length, all: came.length })}</h3>
        <ul>
          {came.map((one) => (
            <li key={one.person} className={shared.line}>
              <span className={styles.who}>
                {people.nameOf(one.person)}
                {one.person === conference.chair && <span className={shared.note}> {t('meeting.presides')}</span>}
              </span>
              <Switch checked={one.present} onChange={(present) => mark(one.person, { present })} checkedChildren={t('meeting.came')} unCheckedChildren={t('meeting.absent')} aria-label={t('meeting.attendance_of', { name: people.nameOf(one.person) })} />
              {!one.present && <Input aria-label={t('meeting.absence')} placeholder={t('meeting.absence')} value={one.reason} maxLength={200} onChange={(event) => mark(one.person, { reason: event.target.value })} />}
            </li>
          ))}
        </ul>
        <Field label={t('meeting.minutes')} required>
          {(ids) => <Input.TextArea {...ids} rows={6} value={minutes} maxLength={MINUTES_CHARS_MAX} onChange={(event) => setMinutes(event.target.value)} />}
        </Field>
        <h3 className={styles.sub}>{t('meeting.decisions')}</h3>
        <ul className={styles.decisions}>
          {rows.map((one, index) => (
            <li key={one.id}>
              <Input aria-label={t('meeting.decision_text', { n: index + 1 })} placeholder={t('meeting.decision_hint')} value={one.text} maxLength={DECISION_CHARS_MAX} onChange={(event) => edit(one.id, { text: event.target.value })} />
              <Select aria-label={t('meeting.decision_owner', { n: index + 1 })} placeholder={t('meeting.owner')} showSearch={{ optionFilterProp: 'label' }} value={one.owner} options={options} onChange={(owner: string) => edit(one.id, { owner })} />
              <Input aria-label={t('meeting.decision_due', { n: index + 1 })} type="date" min={today()} value={one.due} onChange={(event) => edit(one.id, { due: event.target.value })} />
              <Act size="row" icon={<DeleteOutlined />} label={t('meeting.drop')} blocked={rows.length === 1} onAct={() => setRows(rows.filter((each) => each.id !== one.id))}>
                {''}
              </Act>
            </li>
          ))}
        </ul>
        <div>
          <Act size="row" icon={<PlusOutlined />} onAct={() => setRows([...rows, emptyRow()])}>
            {t('meeting.add')}
          </Act>
        </div>
        <Refusal state={deed} />
      </div>
      {mayHandle && (
        <footer className={styles.foot}>
          <span className={shared.note}>{lacks}</span>
          <Act kind="primary" size="bar" shortcut="submit" busy={deed.busy} blocked={lacks} onAct={() => void send()}>
            {t(recorded ? 'meeting.record_again' : 'meeting.record_verb')}
          </Act>
        </footer>
      )}
    </Panel>
  );
}
