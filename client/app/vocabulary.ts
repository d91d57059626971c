/** All the client's words, by language and feature: `useTranslation('pages')` reads those of client/pages. */

import { words as article } from '../article/words.ts';
import { words as checks } from '../checks/words.ts';
import { words as comments } from '../comments/words.ts';
import { words as notifications } from '../notifications/words.ts';
import { words as pages } from '../pages/words.ts';
import { words as people } from '../people/words.ts';
import { words as proofs } from '../proofs/words.ts';
import { words as review } from '../review/words.ts';
import { words as suggestions } from '../suggestions/words.ts';
import { words as ui } from '../ui/words.ts';
import { words as versions } from '../versions/words.ts';
import { words as app } from './words.ts';

const features = {
  app,
  article,
  checks,
  comments,
  notifications,
  pages,
  people,
  proofs,
  review,
  suggestions,
  ui,
  versions,
};

type Feature = keyof typeof features;
type InLanguage<L extends 'zh' | 'en'> = { [F in Feature]: (typeof features)[F][L] };

const speak = <L extends 'zh' | 'en'>(language: L) =>
  Object.fromEntries(
    Object.entries(features).map(([name, words]) => [name, words[language]]),
  ) as InLanguage<L>;

export const vocabulary = { zh: speak('zh'), en: speak('en') };
