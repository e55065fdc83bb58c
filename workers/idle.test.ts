import { expect, test } from 'vitest';
import { Idle } from './idle.js';

/** Of a call: what ends it, and its end. */
function calling(idle: Idle): { end: () => void; ended: Promise<void> } {
  let end!: () => void;
  const ended = idle.during(() => new Promise<void>((resolve) => (end = resolve)));
  return { end: () => end(), ended };
}

test('what waits goes on when no call runs any more, and not before', async () => {
  const idle = new Idle();
  const [one, other] = [calling(idle), calling(idle)];
  let went = false;
  const waiting = idle.wait().then(() => (went = true));
  one.end();
  await one.ended;
  await new Promise((done) => setTimeout(done, 20));
  expect(went).toBe(false);
  other.end();
  await waiting;
});

test('a call that comes as another ends is waited for, too', async () => {
  const idle = new Idle();
  const first = calling(idle);
  let went = false;
  const waiting = idle.wait().then(() => (went = true));
  await new Promise((done) => setTimeout(done, 20));
  first.end();
  await first.ended;
  const second = calling(idle);
  await new Promise((done) => setTimeout(done, 20));
  expect(went).toBe(false);
  second.end();
  await waiting;
});

test('a call that fails is over, too', async () => {
  const idle = new Idle();
  await expect(idle.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await idle.wait();
});
