/** Number, password, six digits. A wrong try says how many are left and how long the lock would last. */
import { useState } from 'react';
import { LockOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { newKey, Problem } from '@/api/client';
import { signIn } from '@/api/session';
import { timeOf } from '@/lib/dates';
import { useWords } from '@/lib/words';
import { FieldError } from '@/kit/Field';
import { CodeBoxes, CODE_LENGTH } from './CodeBoxes';
import styles from './login.module.css';

interface Props {
  onDone: () => void;
  /** In the dialog over a page: the password only, the number is remembered. */
  compact?: boolean;
}

const NUMBER_KEY = 'nuanliu.staff_no';

export function SignInForm({ onDone, compact }: Props) {
  const { t, explain } = useWords();
  const [number, setNumber] = useState(() => localStorage.getItem(NUMBER_KEY) ?? '');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const submit = async () => {
    if (busy || !number || !password) return;
    setBusy(true);
    try {
      await signIn({ staff_no: number, password, totp: code.length === CODE_LENGTH ? code : null }, newKey());
      localStorage.setItem(NUMBER_KEY, number);
      onDone();
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      setProblem(cause);
    } finally {
      setBusy(false);
    }
  };
  const wrongPassword = problem !== null && problem.code === 'login_wrong';
  const wrongCode = problem !== null && (problem.code === 'totp_wrong' || problem.code === 'totp_needed');
  const advice = problem && adviceOf(problem, t, explain);
  return (
    <form
      className={compact ? styles.compact : styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label className={styles.label} htmlFor="staff-no">
        {t('login.number')}
      </label>
      <Input
        id="staff-no"
        className={styles.input}
        prefix={<UserOutlined />}
        value={number}
        autoComplete="username"
        autoFocus={!number}
        inputMode="numeric"
        onChange={(event) => setNumber(event.target.value.trim())}
      />
      <label className={styles.label} htmlFor="password">
        {t('login.password')}
      </label>
      <Input.Password
        id="password"
        className={styles.input}
        prefix={<LockOutlined />}
        value={password}
        autoComplete="current-password"
        autoFocus={Boolean(number)}
        status={wrongPassword ? 'error' : undefined}
        aria-invalid={wrongPassword}
        aria-describedby="login-advice"
        onChange={(event) => setPassword(event.target.value)}
      />
      <div id="login-advice" role="alert" className={styles.advice}>
        {advice && !wrongCode && <FieldError>{advice}</FieldError>}
      </div>
      <label className={styles.label} htmlFor="totp">
        {t('login.code')}
      </label>
      <div className={styles.codeRow}>
        <CodeBoxes id="totp" value={code} onChange={setCode} invalid={wrongCode} />
        <span className={styles.codeNote}>{t('login.code_note')}</span>
      </div>
      {wrongCode && <FieldError>{advice}</FieldError>}
      <Button type="primary" htmlType="submit" block className={styles.submit} loading={busy} disabled={problem?.code === 'login_locked'}>
        {t('login.verb')}
      </Button>
    </form>
  );
}

function adviceOf(problem: Problem, t: ReturnType<typeof useWords>['t'], explain: (problem: Problem) => string): string {
  const { tries_left: left, lock_minutes: minutes, until } = problem.details;
  if (problem.code === 'login_wrong' && typeof left === 'number') return t('login.wrong', { n: left, minutes });
  if (problem.code === 'totp_wrong' && typeof left === 'number') return t('login.code_wrong', { n: left, minutes });
  if (problem.code === 'totp_needed') return t('login.code_needed');
  if (problem.code === 'login_locked' && typeof until === 'string') return t('login.locked', { time: timeOf(new Date(until)) });
  return explain(problem);
}
