/** Money, differences of two texts, numbers to read aloud. */
import { describe, expect, it } from 'vitest';
import { differences, merged } from './differences';
import { fenOf, yuanText } from './Money';
import { aloud } from './ReadOut';

describe('money', () => {
  it.each([
    [82_640_000, '826,400.00'],
    [5, '0.05'],
    [0, '0.00'],
    [100_000_010, '1,000,000.10'],
    [-200_000, '−2,000.00'],
  ])('%i fen reads %s', (fen, text) => expect(yuanText(fen)).toBe(text));
  it.each([
    ['285,600', 28_560_000],
    ['0.05', 5],
    ['12.5', 1250],
    ['1.005', null],
    ['abc', null],
    ['', null],
  ])('"%s" is %s fen', (text, fen) => expect(fenOf(text)).toBe(fen));
});

describe('differences', () => {
  it('rebuild both texts from their pieces and mark only what differs', () => {
    const mine = '单位同意 11 月 30 日前付首期三成。';
    const theirs = '单位同意 12 月 4 日前付首期三成，余款两期。';
    const [left, right] = differences(mine, theirs);
    expect(left.map((piece) => piece.text).join('')).toBe(mine);
    expect(right.map((piece) => piece.text).join('')).toBe(theirs);
    expect(left.filter((piece) => piece.same).map((piece) => piece.text).join('')).toBe(right.filter((piece) => piece.same).map((piece) => piece.text).join(''));
  });
  it('merging loses no text', () => {
    expect(merged('甲', '乙')).toContain('甲');
    expect(merged('甲', '乙')).toContain('乙');
    expect(merged('', '乙')).toBe('乙');
  });
});

describe('reading aloud', () => {
  it.each([
    ['ZQ-20261124-000131', 'ZQ 20261124 000131'],
    ['7K3M9Q2T', '7K3M 9Q2T'],
  ])('%s is read as %s', (text, said) => expect(aloud(text)).toBe(said));
});
