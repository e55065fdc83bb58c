/** The words of the figures that ask why, in the page's language: so few that both come with them. */

import { computed } from '@preact/signals';
import { language } from '../index.js';
import { en } from './en.js';
import { zh } from './zh.js';

export const whyWords = computed(() => ({ en, zh })[language.value]);
