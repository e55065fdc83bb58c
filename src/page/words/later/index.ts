/** The words of figures that are fetched when they are opened, in the page's language: so few that both languages come with them. */

import { computed } from '@preact/signals';
import { language } from '../index.js';
import { en } from './en.js';
import { zh } from './zh.js';

export const laterWords = computed(() => ({ en, zh })[language.value]);
