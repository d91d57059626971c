/** Holds what keys mean on the page desk. */
import { expect, test } from 'vitest';
import { keyAct } from './keys.ts';

const key = (name: string, held: ('ctrl' | 'alt' | 'shift')[] = []) =>
  keyAct({
    key: name,
    ctrlKey: held.includes('ctrl'),
    metaKey: false,
    altKey: held.includes('alt'),
    shiftKey: held.includes('shift'),
  });

test('arrows move by a column or a line, with Shift by five, with Alt they resize', () => {
  expect(key('ArrowRight')).toEqual({ kind: 'nudge', columns: 1, lines: 0 });
  expect(key('ArrowDown', ['shift'])).toEqual({ kind: 'nudge', columns: 0, lines: 5 });
  expect(key('ArrowUp', ['alt'])).toEqual({ kind: 'stretch', columns: 0, lines: -1 });
});

test('a letter takes a tool, with Ctrl it is a command, with Alt it is the browser’s', () => {
  expect(key('v')).toEqual({ kind: 'tool', tool: 'select' });
  expect(key('v', ['ctrl'])).toEqual({ kind: 'paste' });
  expect(key('Z', ['ctrl', 'shift'])).toEqual({ kind: 'redo' });
  expect(key('d', ['alt'])).toBeNull();
  expect(key('r', ['ctrl'])).toBeNull();
  expect(key('constructor')).toBeNull();
});

test('Escape gives up a corner that is being cut, with Alt still held', () => {
  expect(key('Escape', ['alt'])).toEqual({ kind: 'escape' });
  expect(key('Delete', ['alt'])).toBeNull();
});
