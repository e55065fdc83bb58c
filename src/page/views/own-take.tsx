/** What becomes of what was taught: kept here, taken away as files, deleted. */

import { useSignal } from '@preact/signals';
import { download } from '../download.js';
import { packagePage } from '../own/package-page.js';
import { ownWords } from '../own/words.js';
import { OwnFiles } from './own-files.js';
import { goHome } from './own-home.js';
import type { LessonsProps } from './own-props.js';

export function OwnTake({ lessons }: LessonsProps) {
  const packs = useSignal(false);
  const asks = useSignal(false);
  const { texts, labels, report, isKept, name } = lessons;
  const said = ownWords.value;
  const saveModel = async (): Promise<void> => {
    packs.value = true;
    const made = await lessons.package();
    if (made) {
      const { zip } = await import('../own/zip.js');
      const page = { path: 'index.html', data: new TextEncoder().encode(packagePage(name)).buffer };
      const models = made.map(({ path, data }) => ({ path: `models/${path}`, data }));
      download(`${name}.zip`, 'application/zip', zip([page, ...models]));
    }
    packs.value = false;
  };
  return (
    <section class="own-take" aria-label={said.take}>
      <h3>{said.take}</h3>
      <p class="note">{isKept.value ? said.kept : said.notKept}</p>
      <p class="buttons">
        <button type="button" disabled={texts.value.length === 0} onClick={() => download(`${name}.tsv`, 'text/tab-separated-values', lessons.toTsv())}>
          {said.tsv}
        </button>
        <button type="button" disabled={!report.value || packs.value} onClick={() => void saveModel()}>
          {packs.value ? said.packing : said.package}
        </button>
        <OwnFiles lessons={lessons} />
      </p>
      <p class="note">{said.reveals}</p>
      <p class="note">{said.fileNote}</p>
      <p class="buttons">
        {asks.value ? (
          <>
            <button
              type="button"
              onClick={(event) => {
                goHome(event.currentTarget);
                asks.value = false;
                void lessons.deleteAll();
              }}
            >
              {said.reallyDelete(texts.value.length)}
            </button>
            <button type="button" onClick={() => (asks.value = false)}>
              {said.keep}
            </button>
          </>
        ) : (
          <button type="button" disabled={labels.value.length + texts.value.length === 0} onClick={() => (asks.value = true)}>
            {said.deleteAll}
          </button>
        )}
      </p>
    </section>
  );
}
