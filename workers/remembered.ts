/** What was found out about this machine, for the next visit. A worker has no localStorage; the browser's cache it has. */

import { version } from '../package.json';

/** Its number goes up when its content means something else. */
const STORE = 'fastbert-web-devices-2';

/** No address that anything could be served under. Another version of the library may be faster here, or slower. */
function address(about: readonly unknown[]): string {
  return `https://devices.fastbert-web.invalid/?${encodeURIComponent(JSON.stringify([version, ...about]))}`;
}

/** What was remembered about something; undefined where nothing was, or could be. */
export async function recall<T>(about: readonly unknown[]): Promise<T | undefined> {
  try {
    const found = await (await caches.open(STORE)).match(address(about));
    return found && ((await found.json()) as T);
  } catch {
    return undefined;
  }
}

/** Where nothing may be kept, it is found out again the next time. */
export async function remember(about: readonly unknown[], what: unknown): Promise<void> {
  try {
    await (await caches.open(STORE)).put(address(about), Response.json(what));
  } catch {
    // Private windows and full disks.
  }
}
