/** The language of the page, each under its own name. */

import { isLanguage, language, languages, words } from '../words/index.js';
import type { PageProps } from './page.js';

export function LanguageChoice({ actions }: PageProps) {
  return (
    <label class="language">
      <span class="visually-hidden">{words.value.language}</span>
      <select
        value={language.value}
        onChange={({ currentTarget: { value } }) => isLanguage(value) && void actions.speak(value)}
      >
        {Object.entries(languages).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
