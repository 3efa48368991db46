import { expect, test } from 'vitest';
import { answerOf, nearOnes, type ConsentForm } from './consents';

const FORM: ConsentForm = { side: 'workers', purpose: 'mediation', given: 'yes', on: '2026-11-24', about: 'wang' };

test.each<[string, Partial<ConsentForm>, string | null | undefined]>([
  ['to mediation is about nobody', {}, null],
  ['to more time is about nobody', { purpose: 'extension' }, null],
  ['to a person who stands near names the person', { purpose: 'conflict_waiver' }, 'wang'],
  ['to a person who stands near is not ready without the person', { purpose: 'conflict_waiver', about: null }, undefined],
  ['is not ready before yes or no was chosen', { given: null }, undefined],
])('an answer %s', (_, changed, about) => {
  expect(answerOf({ ...FORM, ...changed })?.about).toBe(about);
});

test('who is near is what they declared last', () => {
  const on = '2026-11-24';
  const told = [
    { person: 'wang', relation: 'none' as const, on },
    { person: 'huang', relation: 'interest' as const, on },
    { person: 'huang', relation: 'none' as const, on },
    { person: 'wang', relation: 'near_relative' as const, on },
  ];
  expect(nearOnes(told)).toEqual(['wang']);
});
