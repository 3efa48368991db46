/** One call being written: the form at the left in speaking order, the caller at the right, the bar that says what will happen. */
import { useEffect, useRef, useState } from 'react';
import { CloudOutlined } from '@ant-design/icons';
import type { InputRef } from 'antd';
import { Link, useNavigate } from 'react-router-dom';
import { appendCall, joinGroup, type CallForm, type DuplicateCase, type Registered } from '@/api/intake';
import { newKey, Problem } from '@/api/client';
import { Act } from '@/kit/Act';
import { Field, FieldError } from '@/kit/Field';
import { KeyCap, ShortcutCaps } from '@/kit/KeyCap';
import { PageHead } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { usePhone } from '@/kit/shell/PhoneStrip';
import { toast } from '@/kit/toasts';
import { secondsOf } from '@/lib/dates';
import { useKey } from '@/lib/keys';
import { useSession } from '@/lib/session';
import { useWords } from '@/lib/words';
import { Bar } from './Bar';
import { CallerPanel } from './CallerPanel';
import { forgottenDraft, type DraftHandle } from './draft';
import { ActFields, KindFields, WhoFields } from './Fields';
import { isEmpty, NARRATIVE_CHARS_MAX, withCaller, withSuggestion } from './form';
import { GroupWarning } from './GroupWarning';
import { MoreFields } from './MoreFields';
import { Narrative } from './Narrative';
import { SuggestionBox } from './SuggestionBox';
import { useCaller, useCatalogue, useDuplicates, useForgetAnswers, useSuggestion } from './useIntake';
import { useSubmit } from './useSubmit';
import styles from './newcall.module.css';

interface Props {
  draft: DraftHandle;
  onRegistered: (registered: Registered, form: CallForm) => void;
}

export function Editor({ draft, onRegistered }: Props) {
  const { t, explain, language } = useWords();
  const navigate = useNavigate();
  const { form, change, replace } = draft;
  const phone = usePhone();
  const panel = useRef<HTMLElement>(null);
  const phoneInput = useRef<InputRef>(null);
  const said = useRef<HTMLTextAreaElement>(null);
  const suggestionBox = useRef<HTMLDivElement>(null);
  const categoryBox = useRef<HTMLDivElement>(null);
  const formBox = useRef<HTMLDivElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const [joining, setJoining] = useState(false);
  /** One idempotency key per case that this call may be added to. */
  const keys = useRef(new Map<string, string>());

  const catalogue = useCatalogue().data;
  const caller = useCaller(form.phone, (found) => replace((now) => withCaller(now, found)));
  const duplicates = useDuplicates(form);
  const suggestion = useSuggestion(form).data;
  const forgetAnswers = useForgetAnswers();
  const submit = useSubmit(form, draft.key, (registered) => {
    forgetAnswers();
    onRegistered(registered, form);
  });
  const send = () => {
    submit.send();
    // The first field that is marked takes the cursor, once it is marked.
    requestAnimationFrame(() => formBox.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
  };

  const callPhone = phone.data?.phone ?? null;
  const callId = phone.data?.call_id ?? null;
  useEffect(() => {
    if (callPhone && callId) replace((now) => (now.phone === '' ? { ...now, phone: callPhone, call_id: callId } : now));
  }, [callPhone, callId, replace]);
  useEffect(() => {
    (callPhone ? said.current : phoneInput.current)?.focus();
  }, [callPhone]);

  const take = () => {
    if (!suggestion) return;
    replace((now) => withSuggestion(now, suggestion));
    categoryBox.current?.querySelector<HTMLElement>('input')?.focus();
  };
  const takeExisting = async (one: DuplicateCase) => {
    if (joining) return;
    setJoining(true);
    try {
      const call = { phone: form.phone, caller_name: form.caller_name, narrative: form.narrative, call_id: form.call_id };
      const key = keys.current.get(one.case_id) ?? newKey();
      keys.current.set(one.case_id, key);
      const done = one.act === 'join' ? await joinGroup(one.case_id, form, key) : await appendCall(one.case_id, call, key);
      forgetAnswers();
      draft.forget();
      toast('done', t(`call.done_${one.act}`, { no: done.case_no }));
      void navigate(`/cases/${done.case_id}`);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      toast('over', explain(cause));
    } finally {
      setJoining(false);
    }
  };
  const hold = async () => {
    try {
      await draft.hold();
      toast('done', t('call.held'));
      void navigate('/');
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      toast('soon', explain(cause));
    }
  };
  const otherSide = () => {
    const inside = panel.current?.contains(document.activeElement);
    if (inside) before.current?.focus();
    else {
      before.current = document.activeElement as HTMLElement | null;
      (panel.current?.querySelector<HTMLElement>('[data-first]') ?? panel.current)?.focus();
    }
  };
  useKey('other_side', otherSide);
  useKey('close', otherSide, { within: panel });
  useKey('new_call', () => phoneInput.current?.focus());

  const errorOf = (field: keyof CallForm): string | null => {
    const missing = submit.missing[field];
    if (missing) return t(missing);
    const refused = submit.problem?.errors.find((one) => one.field === field);
    return refused ? (language === 'en' ? refused.en : refused.zh) : null;
  };
  const marks = [
    ...(suggestion?.category?.evidence ?? []).map((one) => ({ ...one, urgent: false })),
    ...(suggestion?.track?.evidence ?? []).map((one) => ({ ...one, urgent: false })),
    ...(suggestion?.urgency?.evidence ?? []).map((one) => ({ ...one, urgent: true })),
  ];
  const group = duplicates.data?.group ?? null;
  return (
    <div className={styles.split}>
      <div className={styles.left}>
        <div className={styles.top}>
          <PageHead title={t('call.page')} note={<CallNote />} actions={<DraftNote draft={draft} />} />
        </div>
        <div className={styles.formBox} ref={formBox}>
          <Panel grow label={t('call.page')}>
            <div className={styles.form}>
              <WhoFields
                form={form}
                change={change}
                errorOf={errorOf}
                caller={caller.data}
                failed={caller.isError}
                fromCall={form.call_id !== null}
                phoneInput={phoneInput}
                warning={group?.reached ? <GroupWarning group={group} here={form.claimant_count} /> : null}
              />
              <Field
                label={t('call.narrative')}
                required
                error={errorOf('narrative')}
                className={styles.narrativeField}
                note={
                  <>
                    <ShortcutCaps shortcut="phrases" /> {t('call.phrases')} <KeyCap>::</KeyCap> {t('call.snippet')}
                    <span className={styles.counter}>
                      {form.narrative.length} / {NARRATIVE_CHARS_MAX}
                    </span>
                  </>
                }
              >
                {(ids) => (
                  <Narrative ids={ids} input={said} value={form.narrative} onChange={(narrative) => change({ narrative })} onBlur={() => undefined} marks={marks} phrases={(catalogue?.phrases ?? []).filter((one) => one.kind === 'phrase')} />
                )}
              </Field>
              {suggestion && <SuggestionBox suggestion={suggestion} box={suggestionBox} onTake={take} onOther={(category) => change({ category })} />}
              <KindFields form={form} change={change} errorOf={errorOf} catalogue={catalogue} categoryBox={categoryBox} />
              <ActFields form={form} change={change} errorOf={errorOf} catalogue={catalogue} />
              <MoreFields form={form} change={change} errorOf={errorOf} catalogue={catalogue} />
            </div>
          </Panel>
        </div>
        <Bar form={form} submit={submit}>
          {submit.problem && submit.problem.errors.length === 0 && <FieldError>{explain(submit.problem)}</FieldError>}
          <Act size="bar" shortcut="hold" onAct={() => void hold()}>
            {t('call.hold')}
          </Act>
          <Act kind="primary" size="bar" shortcut="submit" busy={submit.busy} onAct={send}>
            {t(`call.verb_${form.handling}`)}
          </Act>
        </Bar>
      </div>
      <CallerPanel box={panel} form={form} caller={caller} duplicates={duplicates} onDuplicate={(one) => void takeExisting(one)} />
    </div>
  );
}

function DraftNote({ draft }: { draft: DraftHandle }) {
  const { t } = useWords();
  const [other] = useState(() => forgottenDraft(draft.id));
  if (draft.savedAt) {
    return (
      <span className={styles.quiet}>
        <CloudOutlined aria-hidden /> {t('call.draft_saved', { time: secondsOf(draft.savedAt) })}
      </span>
    );
  }
  if (!other || !isEmpty(draft.form)) return null;
  return (
    <span className={styles.quiet}>
      {t('call.unsent')} <Link to={`/calls/${other}`}>{t('call.go_on')}</Link>
    </span>
  );
}

function CallNote() {
  const { t, say } = useWords();
  const { seat } = useSession();
  const { data } = usePhone();
  if (!data || data.state === 'absent') return <>{say(seat)}</>;
  const parts = [
    t('call.nth', { n: data.calls_today }),
    data.since && data.call_id ? t('call.since_time', { time: secondsOf(new Date(data.since)) }) : '',
    say(seat),
    data.recording ? t('call.recording') : '',
  ];
  return <>{parts.filter(Boolean).join(' · ')}</>;
}
