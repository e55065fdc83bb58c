/** A package out of a file as the page's model, until it is closed: also in a later visit. */

import { signal, type ReadonlySignal } from '@preact/signals';
import type { pipeline } from '../../index.js';
import type { Taught } from '../state.js';
import type { GivenFile } from './given-files.js';
import type { FoundPackage, Placed } from './opened.js';

export interface Shelf {
  pipeline: typeof pipeline;
  /** Has what was learnt, or opened, be the page's model. */
  take(taught: Taught | undefined): Promise<void>;
  /** Lays a package where the browser keeps such. */
  place(found: FoundPackage): Promise<Placed>;
  /** The one that lies there. */
  placed(): Promise<Placed | undefined>;
  /** Takes it away again. */
  remove(folder: string): Promise<void>;
}

export interface Packages {
  /** Name of the one that is open. */
  opened: ReadonlySignal<string | undefined>;
  /** The one that was open when the page was left, if any. */
  reopen(): Promise<void>;
  open(files: readonly GivenFile[]): Promise<void>;
  close(): Promise<void>;
}

/** @param back what is the page's model then */
export function createPackages({ pipeline, take, place, placed, remove }: Shelf, back: () => Promise<void>): Packages {
  const opened = signal<string | undefined>();
  let folder: string | undefined;

  async function use(found: Placed): Promise<void> {
    folder = found.folder;
    opened.value = found.name;
    await take({ open: (speed) => pipeline('text-classification', found.folder, { device: 'wasm', speed }), said: undefined });
  }

  async function close(): Promise<void> {
    if (folder === undefined) return;
    const old = folder;
    folder = undefined;
    opened.value = undefined;
    await back();
    await remove(old).catch(() => {});
  }

  return {
    opened,
    async reopen() {
      const found = await placed().catch(() => undefined);
      if (found && folder === undefined) await use(found);
    },
    async open(files) {
      const { packageIn } = await import('./opened.js');
      const found = await packageIn(files);
      await close();
      await use(await place(found));
    },
    close,
  };
}
