/**
 * Task, text, speed, device and language in the URL's hash, so that what one sees can be sent on. The hash never
 * reaches a server.
 */

import type { DeviceChoice, Start } from './state.js';
import { taskOf, tasks } from './tasks/index.js';
import { isLanguage, type Language } from './words/index.js';

/** Longer texts stay out of the link: browsers and messengers cut long ones. */
const LONGEST_TEXT = 2000;

/** What a link says; the language only where it was chosen. */
export type Link = Start & { language?: Language | undefined };

export function readPermalink(hash: string): Partial<Link> {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const found: Partial<Link> = {};
  const task = taskOf(fields.get('task'));
  if (task) found.task = task;
  const text = fields.get('text');
  if (text !== null) found.text = text;
  const second = fields.get('second');
  if (second !== null) found.second = second;
  const speed = fields.get('speed');
  if (speed !== null && speed.trim() !== '' && Number(speed) >= 0 && Number(speed) <= 1) {
    found.speed = Math.round(Number(speed) * 100) / 100;
  }
  const device = readDevice(fields.get('device'));
  if (device) found.device = device;
  const language = fields.get('lang');
  if (isLanguage(language)) found.language = language;
  return found;
}

export function writePermalink({ task, text, second, speed, device, language }: Link): string {
  const fields = new URLSearchParams();
  if (task !== tasks[0]) fields.set('task', task.id);
  if (text.length <= LONGEST_TEXT) fields.set('text', text);
  if (second !== undefined && second.length <= LONGEST_TEXT) fields.set('second', second);
  fields.set('speed', String(speed));
  if (device !== 'auto') fields.set('device', device);
  if (language) fields.set('lang', language);
  return `#${fields}`;
}

export function readDevice(name: string | null): DeviceChoice | undefined {
  return name === 'auto' || name === 'webgpu' || name === 'wasm' ? name : undefined;
}
