/** Keys: input methods are left alone, letters stay out of inputs, dialogs silence the page. */
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { setLetterKeys, useKey, useKeyLayer, type KeyOptions, type ShortcutId } from './keys';

function Bound({ id, run, options }: { id: ShortcutId; run: () => void; options?: KeyOptions }) {
  useKey(id, run, options);
  return <input aria-label="text" />;
}
function Layer() {
  useKeyLayer(true);
  return null;
}
const press = (target: EventTarget, init: KeyboardEventInit): boolean => target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));

afterEach(() => {
  cleanup();
  setLetterKeys(true);
});

describe('shortcuts', () => {
  it('match the place of the key, not the letter a layout or input method makes of it', () => {
    const run = vi.fn();
    render(<Bound id="act" run={run} />);
    press(document.body, { code: 'KeyR', key: 'к' });
    expect(run).toHaveBeenCalledTimes(1);
  });
  it.each([{ isComposing: true }, { keyCode: 229 }])('leave Enter to the input method while composing (%o)', (composing) => {
    const run = vi.fn();
    render(<Bound id="submit" run={run} />);
    press(document.body, { code: 'Enter', ctrlKey: true, ...composing });
    expect(run).not.toHaveBeenCalled();
    press(document.body, { code: 'Enter', ctrlKey: true });
    expect(run).toHaveBeenCalledTimes(1);
  });
  it('keep letters out of inputs, and function keys in', () => {
    const letter = vi.fn();
    const functionKey = vi.fn();
    const { container } = render(
      <>
        <Bound id="down" run={letter} />
        <Bound id="hold" run={functionKey} />
      </>,
    );
    const input = container.querySelector('input')!;
    press(input, { code: 'KeyJ' });
    press(input, { code: 'F8' });
    expect(letter).not.toHaveBeenCalled();
    expect(functionKey).toHaveBeenCalledTimes(1);
  });
  it('never take Alt: the browser owns it', () => {
    const run = vi.fn();
    render(<Bound id="act" run={run} />);
    press(document.body, { code: 'KeyR', altKey: true });
    expect(run).not.toHaveBeenCalled();
  });
  it('can be switched off for single letters while arrows and function keys stay', () => {
    const run = vi.fn();
    render(<Bound id="down" run={run} />);
    setLetterKeys(false);
    press(document.body, { code: 'KeyJ' });
    expect(run).not.toHaveBeenCalled();
    press(document.body, { code: 'ArrowDown' });
    expect(run).toHaveBeenCalledTimes(1);
  });
  it('of the page are silent under a dialog', () => {
    const below = vi.fn();
    const above = vi.fn();
    render(
      <>
        <Bound id="submit" run={below} />
        <Layer />
        <Bound id="submit" run={above} options={{ layer: Number.MAX_SAFE_INTEGER }} />
      </>,
    );
    press(document.body, { code: 'Enter', ctrlKey: true });
    expect([below.mock.calls.length, above.mock.calls.length]).toEqual([0, 1]);
  });
});
