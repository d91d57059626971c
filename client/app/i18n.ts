/** Sets up the two languages: the browser decides, the switch in the settings remembers. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { vocabulary } from './vocabulary.ts';

const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

const remembered = 'tonggao.language';
const tags: Record<Language, string> = { zh: 'zh-CN', en: 'en' };

const isLanguage = (value: unknown): value is Language => languages.some((one) => one === value);

/** The language kept by the switch, or null when the browser decides. */
export function keptLanguage(): Language | null {
  const kept = localStorage.getItem(remembered);
  return isLanguage(kept) ? kept : null;
}

const browserLanguage = (): Language =>
  navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'zh';

/** Null gives the choice back to the browser. */
export function chooseLanguage(language: Language | null): void {
  if (language) localStorage.setItem(remembered, language);
  else localStorage.removeItem(remembered);
  void i18next.changeLanguage(language ?? browserLanguage());
}

export async function startLanguages(): Promise<void> {
  const mark = (language: string) => {
    document.documentElement.lang = isLanguage(language) ? tags[language] : language;
  };
  i18next.on('languageChanged', mark);
  await i18next.use(initReactI18next).init({
    lng: keptLanguage() ?? browserLanguage(),
    fallbackLng: 'zh',
    supportedLngs: [...languages],
    defaultNS: 'app',
    resources: vocabulary,
    interpolation: { escapeValue: false },
    // What the paper calls its duties comes later, and is shown at once.
    react: { bindI18nStore: 'added' },
  });
}
