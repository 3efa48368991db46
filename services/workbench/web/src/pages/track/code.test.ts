import { expect, test } from 'vitest';
import { cleaned, grouped } from './code';

test.each([
  ['7k3m 9q2t', '7K3M9Q2T'],
  ['7K3M-9Q2T', '7K3M9Q2T'],
  [' 7k3m9q2t99 ', '7K3M9Q2T'],
  ['７K', 'K'],
])('what is typed as "%s" is taken as %s', (typed, code) => {
  expect(cleaned(typed)).toBe(code);
});

test('a code is shown in two groups as soon as the second begins', () => {
  expect(grouped('7K3M')).toBe('7K3M');
  expect(grouped('7K3M9')).toBe('7K3M-9');
  expect(grouped('7K3M9Q2T')).toBe('7K3M-9Q2T');
});
