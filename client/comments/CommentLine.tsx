/** One comment: who, when, the words; its author changes or deletes it here. */
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comment, Reaction } from '../../shared/comments/thread.ts';
import type { Person } from '../../shared/people/person.ts';
import { Avatar } from '../ui/People.tsx';
import { fullTime, shortTime } from '../ui/when.ts';
import { draftKey, keepDraft, readDraft } from './drafts.ts';
import { History } from './History.tsx';
import { ReactButton, Reactions } from './Reactions.tsx';
import { isSending } from './useThreads.ts';
import { WordsBox } from './WordsBox.tsx';

interface CommentLineProps {
  article: string;
  thread: string;
  me: string;
  nameOf: (member: string) => string;
  /** Null where this reader may put no sign to it. */
  onReact: ((reaction: Reaction, on: boolean) => void) | null;
  comment: Comment;
  author: Pick<Person, 'name' | 'color'>;
  /** Whether this reader may change it now. */
  own: boolean;
  /** Whether its thread would go with it. */
  only: boolean;
  onEdit: (text: string) => Promise<string | null>;
  onRemove: () => void;
}

export function CommentLine(props: CommentLineProps) {
  const { article, thread, comment, author, own, only, onEdit, onRemove } = props;
  const { me, nameOf, onReact } = props;
  const { t, i18n } = useTranslation('comments');
  const key = draftKey(article, comment.id);
  const [editing, setEditing] = useState(() => readDraft(key) !== null);
  const [text, setText] = useState(() => readDraft(key)?.text ?? comment.text);
  const [asking, setAsking] = useState(false);
  const [past, setPast] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const menu = useRef<HTMLButtonElement>(null);
  const line = useRef<HTMLDivElement>(null);
  const { language } = i18n;

  const leave = () => {
    keepDraft(key, null);
    setEditing(false);
    setProblem(null);
    requestAnimationFrame(() => menu.current?.focus());
  };
  const save = async () => {
    setSending(true);
    const refused = await onEdit(text.trim());
    setSending(false);
    setProblem(refused);
    if (refused === null) leave();
  };

  return (
    <div ref={line} className="comments-line" data-sending={isSending(comment) || undefined}>
      <div className="comments-who">
        <Avatar person={author} size={22} quiet />
        <strong>{author.name}</strong>
        <time dateTime={comment.createdAt} title={fullTime(comment.createdAt, language)}>
          {isSending(comment) ? t('sending') : shortTime(comment.createdAt, language)}
        </time>
        {!isSending(comment) && <ReactButton given={comment.reactions} me={me} onReact={onReact} />}
        {own && !isSending(comment) && (
          <Menu
            position="bottom-end"
            withinPortal
            // What the menu brought forth gets the focus once the menu has let go of it.
            onExitTransitionEnd={() =>
              line.current?.querySelector<HTMLElement>('textarea, [data-confirm]')?.focus()
            }
          >
            <Menu.Target>
              <ActionIcon ref={menu} size={24} aria-label={t('more', { name: author.name })}>
                <IconDots size={16} stroke={1.5} aria-hidden="true" />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                onClick={() => {
                  setText(comment.text);
                  setEditing(true);
                }}
              >
                {t('edit')}
              </Menu.Item>
              <Menu.Item onClick={() => setAsking(true)}>{t('remove')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {editing ? (
        <WordsBox
          label={t('editLabel')}
          text={text}
          onText={(next) => {
            setText(next);
            keepDraft(key, { text: next });
          }}
          sendWord={t('save')}
          onSend={() => void save()}
          onCancel={leave}
          sending={sending}
          problem={problem}
        />
      ) : (
        <p className="comments-text">{comment.text}</p>
      )}
      {comment.editedAt && (
        <button
          type="button"
          className="ui-link comments-edited"
          title={fullTime(comment.editedAt, language)}
          aria-expanded={past}
          onClick={() => setPast((was) => !was)}
        >
          {t('edited')}
        </button>
      )}
      {comment.editedAt && past && (
        <History {...{ article, thread }} comment={comment.id} editedAt={comment.editedAt} />
      )}
      <Reactions given={comment.reactions} me={me} nameOf={nameOf} onReact={onReact} />
      {asking && (
        // biome-ignore lint/a11y/useSemanticElements: a question inside a card, not a dialog over the desk
        <div className="comments-ask" role="group" aria-label={t('remove')}>
          <p>{t(only ? 'removeThreadAsk' : 'removeAsk')}</p>
          <div className="comments-acts">
            <Button
              size="compact-sm"
              data-confirm
              onClick={() => {
                setAsking(false);
                onRemove();
              }}
            >
              {t('remove')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                setAsking(false);
                requestAnimationFrame(() => menu.current?.focus());
              }}
            >
              {t('cancel')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
