/** 设置: oneself, one's account and its security, language, light or dark, tokens for programs, the press, signing out. */
import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../shared/api.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import { MailSetting } from '../notifications/MailSetting.tsx';
import { PressSetting } from '../pages/press/PressSetting.tsx';
import { AccountSettings } from '../people/AccountSettings.tsx';
import { ProofGate } from '../people/ProofGate.tsx';
import { RoleNamesSetting } from '../review/RoleNamesSetting.tsx';
import { StepsSetting } from '../review/StepsSetting.tsx';
import { Avatar } from '../ui/People.tsx';
import { chooseLanguage, keptLanguage, type Language } from './i18n.ts';
import './SettingsDesk.css';
import { shortTime } from '../ui/when.ts';
import { useSignOut } from './signOut.ts';
import { Tokens } from './Tokens.tsx';

export function SettingsDesk({ me }: { me: Me }) {
  const { t, i18n } = useTranslation(['app', 'notifications', 'people', 'pages', 'review']);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [language, setLanguage] = useState<Language | 'auto'>(keptLanguage() ?? 'auto');
  const signOut = useSignOut();
  return (
    <main className="app-desk">
      <header className="app-bar">
        <div className="app-bar-title">
          <h1>{t('nav.settings')}</h1>
          <p className="app-meta">
            <span>{me.newsroom}</span>
          </p>
        </div>
      </header>
      <div className="app-scroll">
        <ProofGate handle={me.handle}>
          <div className="app-sheet settings">
            <Setting title={t('settings.account')}>
              <p className="settings-me">
                <Avatar person={me} size={40} quiet />
                <span>
                  <strong>{me.name}</strong>
                  <span>
                    {t(`people:role.${me.role}`)} <span className="settings-handle">{me.handle}</span>
                  </span>
                </span>
                <Button onClick={signOut}>{t('signOut')}</Button>
              </p>
            </Setting>
            <Setting title={t('settings.language')}>
              <SegmentedControl
                aria-label={t('settings.language')}
                value={language}
                onChange={(value) => {
                  const chosen = value as Language | 'auto';
                  setLanguage(chosen);
                  chooseLanguage(chosen === 'auto' ? null : chosen);
                }}
                data={[
                  { value: 'auto', label: t('settings.byBrowser') },
                  { value: 'zh', label: '中文' },
                  { value: 'en', label: 'English' },
                ]}
              />
            </Setting>
            <Setting title={t('settings.light')}>
              <SegmentedControl
                aria-label={t('settings.light')}
                value={colorScheme}
                onChange={(value) => setColorScheme(value as typeof colorScheme)}
                data={[
                  { value: 'auto', label: t('settings.bySystem') },
                  { value: 'light', label: t('settings.day') },
                  { value: 'dark', label: t('settings.night') },
                ]}
              />
            </Setting>
            <Setting title={t('people:account.title')}>
              <AccountSettings handle={me.handle} when={(iso) => shortTime(iso, i18n.language)} />
            </Setting>
            <Setting title={t('notifications:mail.title')} words={t('notifications:mail.words')}>
              <MailSetting />
            </Setting>
            {canInNewsroom(me, 'press.change') && (
              <Setting title={t('pages:press.title')} words={t('pages:press.words')}>
                <PressSetting />
              </Setting>
            )}
            {canInNewsroom(me, 'review.change') && (
              <Setting title={t('review:steps.title')} words={t('review:steps.words')}>
                <StepsSetting />
              </Setting>
            )}
            {canInNewsroom(me, 'review.change') && (
              <Setting title={t('review:roleNames.title')} words={t('review:roleNames.words')}>
                <RoleNamesSetting />
              </Setting>
            )}
            <Setting title={t('tokens.title')} words={t('tokens.words')}>
              <Tokens />
            </Setting>
          </div>
        </ProofGate>
      </div>
    </main>
  );
}

function Setting({ title, words, children }: { title: string; words?: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {words && <p>{words}</p>}
      {children}
    </section>
  );
}
