/** An employer: its register entry, its numbers (each opens its list), what comes again and again, and its cases. */
import { Link, useParams } from 'react-router-dom';
import { getEmployerFile, type EmployerFile, type RepeatedMatter } from '@/api/files';
import { Figures } from '@/kit/PageHead';
import { Panel } from '@/kit/Panel';
import { Empty } from '@/kit/states';
import { StatusTag } from '@/kit/StatusTag';
import { useWords } from '@/lib/words';
import { FilePage } from './FilePage';
import styles from './files.module.css';

export default function EmployerPage() {
  const id = useParams().employerId ?? '';
  return (
    <FilePage
      kind="employer"
      id={id}
      load={getEmployerFile}
      title={(file) => file.name}
      numbers={(file) => <Numbers file={file} />}
      side={(file) => (
        <>
          <Register file={file} />
          <Repeats found={file.repeats} />
        </>
      )}
    />
  );
}

function Numbers({ file }: { file: EmployerFile }) {
  const { t, say } = useWords();
  return (
    <Figures
      items={file.figures.map((one) => ({
        name: say(one.title),
        value: (
          <Link to={one.href} className={one.code === 'over' && one.value > 0 ? styles.overFigure : undefined} aria-label={t('files.figure', { what: say(one.title), n: one.value })}>
            {one.value}
          </Link>
        ),
        unit: t('files.unit_case'),
      }))}
    />
  );
}

function Register({ file }: { file: EmployerFile }) {
  const { t, say } = useWords();
  return (
    <Panel title={t('files.register')}>
      <dl className={styles.facts}>
        <dt>{t('files.uscc')}</dt>
        <dd>{file.uscc ?? t('files.unknown')}</dd>
        <dt>{t('files.region')}</dt>
        <dd>{say(file.region)}</dd>
        <dt>{t('files.org')}</dt>
        <dd>{file.org.name}</dd>
        <dt>{t('files.headcount')}</dt>
        <dd>{file.headcount === null ? t('files.unknown') : t('call.people_value', { count: file.headcount })}</dd>
        <dt>{t('files.union')}</dt>
        <dd>{file.unionised === null ? t('files.unknown') : <StatusTag tone={file.unionised ? 'done' : 'paused'}>{t(file.unionised ? 'files.unionised' : 'files.not_unionised')}</StatusTag>}</dd>
      </dl>
    </Panel>
  );
}

function Repeats({ found }: { found: RepeatedMatter[] }) {
  const { t, say } = useWords();
  return (
    <Panel grow title={t('files.repeats')} count={t('files.repeats_note')}>
      {found.length === 0 && <Empty title={t('files.no_repeats')} />}
      {found.map((one) => (
        <article key={one.category.code} className={`${styles.repeat} ${one.group ? styles.group : ''}`}>
          <p className={styles.between}>
            <b>{say(one.category.label)}</b>
            <StatusTag tone={one.group ? 'soon' : 'paused'}>{t(one.group ? 'files.collective' : 'files.again')}</StatusTag>
          </p>
          <p className={styles.between}>
            <span>{t('files.repeat', { cases: one.cases, people: one.people })}</span>
            <Link to={one.href}>{t('files.see_list')}</Link>
          </p>
          {one.group && <p className={styles.small}>{t('files.collective_advice')}</p>}
        </article>
      ))}
    </Panel>
  );
}
