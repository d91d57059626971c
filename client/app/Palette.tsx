/** Ctrl+K: stories, then what can be done here, then people; `>` only commands, `@` only people. */
import { Spotlight } from '@mantine/spotlight';
import { IconAlignLeft, IconArrowRight, IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Me } from '../../shared/api.ts';
import { useArticles, useEverybody, usePages } from '../live/answers.ts';
import { Avatar } from '../ui/People.tsx';
import { type Command, useLaidCommands } from './commands.ts';
import { Marked } from './Marked.tsx';
import './Palette.css';
import { useModKey } from './modKey.ts';
import { useSignOut } from './signOut.ts';
import { matches } from './storySearch.ts';

/** So many of a kind at most; more words find the rest. */
const most = 8;

export function Palette({ me }: { me: Me }) {
  const { t } = useTranslation(['app', 'people']);
  const [query, setQuery] = useState('');
  const mod = useModKey();
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      tagsToIgnore={[]}
      triggerOnContentEditable
      title={t('nav.find')}
      centered={false}
      clearQueryOnClose
      scrollable
      maxHeight={480}
      classNames={{ content: 'palette', header: 'ui-hidden' }}
      overlayProps={{ color: 'var(--scrim)', backgroundOpacity: 1, blur: 0 }}
      transitionProps={{ duration: 80, transition: 'fade' }}
      yOffset={112}
      size={640}
      trapFocus
      returnFocus
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        leftSection={<IconSearch size={20} stroke={1.75} aria-hidden="true" />}
        rightSection={<kbd className="ui-kbd">Esc</kbd>}
        rightSectionWidth={56}
      />
      <Found query={query} me={me} />
      <footer className="palette-keys" aria-hidden="true">
        <span>
          <kbd className="ui-kbd">↑</kbd> <kbd className="ui-kbd">↓</kbd> {t('palette.choose')}
        </span>
        <span>
          <kbd className="ui-kbd">Enter</kbd> {t('palette.open')}
        </span>
        <span>
          <kbd className="ui-kbd">{mod} K</kbd> {t('palette.again')}
        </span>
        <span className="palette-kinds">
          <kbd className="ui-kbd">&gt;</kbd> {t('palette.onlyCommands')} <kbd className="ui-kbd">@</kbd>{' '}
          {t('palette.onlyPeople')}
        </span>
      </footer>
    </Spotlight.Root>
  );
}

function Found({ query, me }: { query: string; me: Me }) {
  const { t } = useTranslation(['app', 'people']);
  const navigate = useNavigate();
  const articles = useArticles();
  const everybody = useEverybody();
  const pages = usePages();
  const laid = useLaidCommands();
  const signOut = useSignOut();
  const only = query.startsWith('>') ? 'commands' : query.startsWith('@') ? 'people' : null;
  const words = (only ? query.slice(1) : query).trim();
  const people = new Map((everybody.data ?? []).map((one) => [one.id, one]));

  const has = (text: string) =>
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.toLowerCase().includes(word));
  const ways: Command[] = [
    { id: 'stories', word: t('nav.stories'), run: () => navigate('/') },
    ...(pages.data ?? []).map((page) => ({
      id: page.id,
      word: `${page.number} ${page.section}`,
      run: () => navigate(`/pages/${page.id}`),
    })),
    ...(me.mayManageMembers
      ? [{ id: 'members', word: t('nav.members'), run: () => navigate('/members') }]
      : []),
    { id: 'settings', word: t('nav.settings'), run: () => navigate('/settings') },
    { id: 'signOut', word: t('signOut'), run: () => void signOut() },
  ];
  const stories = only
    ? []
    : (articles.data ?? [])
        .filter((one) => one.stage !== 'spiked' && matches(words, one, people))
        .slice(0, most);
  const commands = only === 'people' ? [] : [...laid, ...ways].filter((one) => has(one.word));
  const found =
    only === 'commands' || (!only && words === '')
      ? []
      : (everybody.data ?? []).filter((one) => one.active && has(`${one.name} ${one.handle}`));

  return (
    <Spotlight.ActionsList>
      {stories.length > 0 && (
        <Spotlight.ActionsGroup label={t('nav.stories')}>
          {stories.map((article) => (
            <Entry
              key={article.id}
              sign={<IconAlignLeft size={18} stroke={1.5} aria-hidden="true" />}
              meta={
                <>
                  {article.pages.map((page) => (
                    <span key={page.id}>{page.number}</span>
                  ))}
                  <span>{t('characters', { count: article.characters })}</span>
                </>
              }
              onClick={() => navigate(`/articles/${article.id}`)}
            >
              <span className="palette-story">
                <Marked text={article.headline || t('stories.untitled')} words={words} />
              </span>
            </Entry>
          ))}
        </Spotlight.ActionsGroup>
      )}
      {commands.length > 0 && (
        <Spotlight.ActionsGroup label={t('palette.commands')}>
          {commands.map((command) => (
            <Entry
              key={command.id}
              sign={<IconArrowRight size={18} stroke={1.5} aria-hidden="true" />}
              meta={command.keys && <kbd className="ui-kbd">{command.keys}</kbd>}
              // The palette gives the focus back first; then the command may take it.
              onClick={() => setTimeout(command.run, 120)}
            >
              <Marked text={command.word} words={words} />
            </Entry>
          ))}
        </Spotlight.ActionsGroup>
      )}
      {found.length > 0 && (
        <Spotlight.ActionsGroup label={t('palette.people')}>
          {found.slice(0, most).map((person) => (
            <Entry
              key={person.id}
              sign={<Avatar person={person} size={24} quiet />}
              meta={t(`people:role.${person.role}`)}
              onClick={() => navigate(`/?q=${encodeURIComponent(person.name)}`)}
            >
              {t('palette.storiesOf', { name: person.name })}
            </Entry>
          ))}
        </Spotlight.ActionsGroup>
      )}
      {stories.length + commands.length + found.length === 0 && (
        <Spotlight.Empty>{t('palette.nothing', { words })}</Spotlight.Empty>
      )}
    </Spotlight.ActionsList>
  );
}

function Entry(props: { sign: ReactNode; meta: ReactNode; onClick: () => void; children: ReactNode }) {
  return (
    <Spotlight.Action onClick={props.onClick}>
      <span className="palette-sign">{props.sign}</span>
      <span className="palette-word">{props.children}</span>
      <span className="palette-meta">{props.meta}</span>
    </Spotlight.Action>
  );
}
