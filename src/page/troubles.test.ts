import { expect, test } from 'vitest';
import { adviceFor, needsReload, troubleOf } from './troubles.js';

const named = (name: string) => ({ name, message: 'x' });

test.each(['DownloadError', 'IntegrityError', 'DeviceError', 'WorkerError'])('%s can be tried again', (name) => {
  expect(adviceFor(named(name))).toMatchObject({ again: true, todo: expect.stringMatching(/[Tt]ry again/) });
});

test.each(['PackageError', 'InputError', 'TextsError'])('trying %s again would change nothing', (name) => {
  expect(adviceFor(named(name)).again).toBe(false);
});

test('a name nobody foresaw still gets advice, also one that objects inherit', () => {
  for (const name of ['RangeError', 'toString']) expect(adviceFor(named(name)).title).toMatch(/unforeseen/);
});

test('a pipeline that lost its worker or device is loaded anew, one that lost a download is not', () => {
  expect(['WorkerError', 'DeviceError', 'DisposedError', 'TypeError'].map((n) => needsReload(named(n)))).not.toContain(false);
  expect(['DownloadError', 'InputError', 'TextsError'].map((n) => needsReload(named(n)))).not.toContain(true);
});

test('anything thrown becomes a trouble', () => {
  expect(troubleOf('gone')).toEqual({ name: 'Error', message: 'gone' });
  expect(troubleOf(Object.assign(new Error('m'), { name: 'DeviceError' }))).toEqual({ name: 'DeviceError', message: 'm' });
});
