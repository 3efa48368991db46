/** What acceptance asks for: is it a labour dispute, do both sides agree, does a mediator stand near. */
import { Checkbox, Input } from 'antd';
import { deeds, RELATIONS, type Consent, type DisputePage } from '@/api/mediation';
import { Choices } from '@/kit/Choices';
import { Field } from '@/kit/Field';
import { useWords } from '@/lib/words';
import { DeedDialog, useForm } from '../shared/DeedDialog';
import { answerOf, nearOnes, purposeWords, type ConsentForm } from '../shared/consents';
import { today } from '../shared/days';
import { usePeople } from '../shared/useDispute';
import styles from '../shared/shared.module.css';

export interface DialogProps {
  page: DisputePage;
  onClose: () => void;
}

/** Numbered choices inside dialogs bind above the page. */
export const IN_DIALOG = Number.MAX_SAFE_INTEGER;

export function ScopeDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const known = page.content;
  const [form, change] = useForm({
    inScope: known?.in_scope === null || known === null ? null : known.in_scope ? 'yes' : 'no',
    complex: known?.complex_case ?? false,
    two: known?.party_asked_two ?? false,
  } as { inScope: 'yes' | 'no' | null; complex: boolean; two: boolean });
  return (
    <DeedDialog
      page={page}
      title={t('mediation.scope_title')}
      note={t('mediation.scope_note')}
      verb={t('mediation.record')}
      onClose={onClose}
      deed={form.inScope === null ? null : deeds.scope(form.inScope === 'yes', form.complex, form.two)}
      blocked={form.inScope === null ? t('mediation.choose_first') : false}
    >
      <Choices
        items={[
          { value: 'yes', label: t('mediation.scope_yes') },
          { value: 'no', label: t('mediation.scope_no') },
        ]}
        value={form.inScope}
        onChange={(inScope) => change({ inScope })}
        label={t('mediation.scope_title')}
        layer={IN_DIALOG}
      />
      <div className={styles.checks}>
        <Checkbox checked={form.complex} onChange={(event) => change({ complex: event.target.checked })}>
          {t('mediation.scope_complex')}
        </Checkbox>
        <Checkbox checked={form.two} onChange={(event) => change({ two: event.target.checked })}>
          {t('mediation.scope_two')}
        </Checkbox>
      </div>
    </DeedDialog>
  );
}

const SIDES = ['workers', 'employer'] as const;

export function ConsentsDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const people = usePeople();
  const near = nearOnes(page.content?.declarations ?? []);
  const purposes: Consent['purpose'][] = near.length > 0 ? ['mediation', 'extension', 'conflict_waiver'] : ['mediation', 'extension'];
  const lacks = SIDES.find((side) => page.missing.some((one) => one.code === `consent_missing_${side}`));
  const [form, change] = useForm<ConsentForm>({ side: lacks ?? 'workers', purpose: 'mediation', given: null, on: today(), about: near.length === 1 ? (near[0] ?? null) : null });
  const answer = answerOf(form);
  return (
    <DeedDialog
      page={page}
      title={t('mediation.consent_title')}
      note={t('mediation.consent_note')}
      verb={t('mediation.record')}
      onClose={onClose}
      deed={answer && deeds.consent(answer)}
      blocked={answer === null ? t('mediation.choose_first') : false}
    >
      {page.content?.consents.map((one) => (
        <div key={`${one.side}-${one.purpose}-${one.about ?? ''}-${one.on}-${String(one.given)}`} className={styles.note}>
          {t('mediation.consent_known', { side: t(`mediation.side_${one.side}`), what: purposeWords(one, t, people.nameOf), answer: t(one.given ? 'mediation.agrees' : 'mediation.refuses'), day: one.on })}
        </div>
      ))}
      <Choices items={SIDES.map((value) => ({ value, label: t(`mediation.side_${value}`) }))} value={form.side} onChange={(side) => change({ side })} label={t('mediation.consent_side')} layer={IN_DIALOG} />
      <Choices items={purposes.map((value) => ({ value, label: t(`mediation.purpose_${value}`) }))} value={form.purpose} onChange={(purpose) => change({ purpose })} label={t('mediation.consent_purpose')} layer={IN_DIALOG} />
      {form.purpose === 'conflict_waiver' && (
        <Choices items={near.map((value) => ({ value, label: people.nameOf(value) }))} value={form.about} onChange={(about) => change({ about })} label={t('mediation.consent_about')} layer={IN_DIALOG} />
      )}
      <Choices
        items={[
          { value: 'yes', label: t('mediation.agrees') },
          { value: 'no', label: t('mediation.refuses') },
        ]}
        value={form.given}
        onChange={(given) => change({ given })}
        label={t('mediation.consent_answer')}
        layer={IN_DIALOG}
      />
      <Field label={t('mediation.on')}>{(ids) => <Input {...ids} type="date" max={today()} value={form.on} onChange={(event) => change({ on: event.target.value })} />}</Field>
    </DeedDialog>
  );
}

export function DeclarationDialog({ page, onClose }: DialogProps) {
  const { t } = useWords();
  const [form, change] = useForm({ relation: null } as { relation: (typeof RELATIONS)[number] | null });
  return (
    <DeedDialog
      page={page}
      title={t('mediation.declare_title')}
      note={t('mediation.declare_note')}
      verb={t('mediation.declare')}
      onClose={onClose}
      deed={form.relation === null ? null : deeds.declare(form.relation)}
      blocked={form.relation === null ? t('mediation.choose_first') : false}
      width={640}
    >
      <Choices items={RELATIONS.map((value) => ({ value, label: t(`mediation.relation_${value}`) }))} value={form.relation} onChange={(relation) => change({ relation })} label={t('mediation.declare_title')} layer={IN_DIALOG} />
    </DeedDialog>
  );
}
