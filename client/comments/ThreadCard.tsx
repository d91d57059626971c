/** One thread as a card: its first words at rest; answers, reply and resolve while it is active. */
import { ActionIcon, Button } from '@mantine/core';
import { IconCheck, IconLink, IconRotate, IconUserCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reaction, Thread } from '../../shared/comments/thread.ts';
import type { Person } from '../../shared/people/person.ts';
import { Avatar } from '../ui/People.tsx';
import { toast } from '../ui/toast.tsx';
import { useCopy } from '../ui/useCopy.ts';
import { AssignBox, AssignedTo } from './AssignBox.tsx';
import { CommentLine } from './CommentLine.tsx';
import { draftKey, keepDraft, readDraft } from './drafts.ts';
import { WordsBox } from './WordsBox.tsx';

export interface CardActs {
  /** Words of what went wrong, or null when it was done. */
  reply(text: string): Promise<string | null>;
  edit(comment: string, text: string): Promise<string | null>;
  remove(comment: string): void;
  react(comment: string, reaction: Reaction, on: boolean): void;
  assign(to: { member: string; due: string | null } | null): Promise<string | null>;
  resolve(): void;
  reopen(): void;
}

interface ThreadCardProps {
  thread: Thread;
  me: Pick<Person, 'id' | 'name'>;
  author: (id: string) => Pick<Person, 'name' | 'color'>;
  active: boolean;
  /** One line only: there are many. */
  folded: boolean;
  /** Whether its text is gone. */
  gone: boolean;
  /** Whether the quote is shown: where no line stands beside it. */
  quoted: boolean;
  mayComment: boolean;
  onActivate: () => void;
  onLeave: () => void;
  acts: CardActs;
}

export function ThreadCard(props: ThreadCardProps) {
  const { thread, me, author, active, folded, gone, quoted, mayComment, onActivate, onLeave, acts } = props;
  const { t } = useTranslation('comments');
  const key = draftKey(thread.article, thread.id);
  const [text, setText] = useState(() => readDraft(key)?.text ?? '');
  const [replying, setReplying] = useState(() => text !== '');
  const [assigning, setAssigning] = useState(false);
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { copy } = useCopy();
  const assignButton = useRef<HTMLButtonElement>(null);
  const replyButton = useRef<HTMLButtonElement>(null);
  const first = thread.comments[0];
  if (!first) return null;
  const opener = author(first.author);
  // A passage is beside its line; of what has none, the card says what it is about.
  const what = thread.about === 'story' ? t('whole') : thread.quote || t('figure');
  const isQuoted = quoted || gone || thread.about !== 'passage';

  const type = (next: string) => {
    setText(next);
    keepDraft(key, { text: next });
  };
  const copyLink = async () => {
    const link = `${location.origin}/articles/${thread.article}#thread=${thread.id}`;
    // Where the browser copies nothing, it is shown to be copied by hand.
    toast((await copy(link)) ? t('linkCopied') : link);
  };
  const leaveReply = () => {
    setReplying(false);
    setProblem(null);
    requestAnimationFrame(() => replyButton.current?.focus());
  };
  const send = async () => {
    setSending(true);
    const refused = await acts.reply(text.trim());
    setSending(false);
    setProblem(refused);
    if (refused !== null) return;
    type('');
    leaveReply();
  };

  return (
    <article
      className={`comments-card comments-of-${opener.color + 1}`}
      data-active={active || undefined}
      data-folded={(folded && !active) || undefined}
      data-unread={thread.unread || undefined}
      aria-label={t('thread', { name: opener.name, quote: what.slice(0, 40) })}
    >
      <button
        type="button"
        className="comments-open"
        aria-expanded={active}
        onClick={onActivate}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && active) onLeave();
        }}
      >
        {thread.unread && (
          <span className="comments-dot">
            <span className="ui-hidden">{t('unread')}</span>
          </span>
        )}
        {folded && !active ? (
          <span className="comments-brief">
            <Avatar person={opener} size={20} quiet />
            <strong>{opener.name}</strong>
            <span>{first.text}</span>
          </span>
        ) : (
          <span className={isQuoted ? 'comments-quote' : 'ui-hidden'} data-about={thread.about}>
            {thread.about === 'figure' && thread.quote ? t('figureOf', { caption: what }) : what}
          </span>
        )}
      </button>
      {gone && !(folded && !active) && <p className="comments-gone">{t('gone')}</p>}
      {!(folded && !active) && (
        <>
          {thread.suggestion !== null && <p className="comments-count">{t('onSuggestion')}</p>}
          {(active ? thread.comments : [first]).map((comment) => (
            <CommentLine
              key={comment.id}
              article={thread.article}
              thread={thread.id}
              me={me.id}
              nameOf={(member) => author(member).name}
              onReact={active && mayComment ? (sign, on) => acts.react(comment.id, sign, on) : null}
              comment={comment}
              author={author(comment.author)}
              own={active && mayComment && comment.author === me.id}
              only={thread.comments.length === 1}
              onEdit={(words) => acts.edit(comment.id, words)}
              onRemove={() => acts.remove(comment.id)}
            />
          ))}
          {!active && thread.comments.length > 1 && (
            <p className="comments-count">{t('replies', { count: thread.comments.length - 1 })}</p>
          )}
          {thread.assigned && (
            <AssignedTo
              assigned={thread.assigned}
              name={author(thread.assigned.member).name}
              open={thread.resolvedAt === null}
            />
          )}
          {thread.resolvedBy && (
            <p className="comments-count">{t('resolvedBy', { name: author(thread.resolvedBy).name })}</p>
          )}
          {active && mayComment && replying && (
            <WordsBox
              label={t('replyLabel')}
              text={text}
              onText={type}
              sendWord={t('reply')}
              onSend={() => void send()}
              onCancel={leaveReply}
              sending={sending}
              problem={problem}
            />
          )}
          {active && mayComment && assigning && (
            <AssignBox
              assigned={thread.assigned}
              me={me}
              onAssign={acts.assign}
              onClose={() => {
                setAssigning(false);
                requestAnimationFrame(() => assignButton.current?.focus());
              }}
            />
          )}
          {active && !replying && !assigning && (
            <div className="comments-acts">
              {!mayComment ? null : thread.resolvedAt ? (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  leftSection={<IconRotate size={16} stroke={1.5} aria-hidden="true" />}
                  onClick={acts.reopen}
                >
                  {t('reopen')}
                </Button>
              ) : (
                <>
                  <Button
                    ref={replyButton}
                    size="compact-sm"
                    variant="subtle"
                    onClick={() => setReplying(true)}
                  >
                    {t('reply')}
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    leftSection={<IconCheck size={16} stroke={1.5} aria-hidden="true" />}
                    onClick={acts.resolve}
                  >
                    {t('resolve')}
                  </Button>
                  <Button
                    ref={assignButton}
                    size="compact-sm"
                    variant="subtle"
                    leftSection={<IconUserCheck size={16} stroke={1.5} aria-hidden="true" />}
                    onClick={() => setAssigning(true)}
                  >
                    {t(thread.assigned ? 'assign.again' : 'assign.act')}
                  </Button>
                </>
              )}
              <ActionIcon
                className="comments-link"
                size={26}
                aria-label={t('link')}
                title={t('link')}
                onClick={() => void copyLink()}
              >
                <IconLink size={16} stroke={1.5} aria-hidden="true" />
              </ActionIcon>
            </div>
          )}
        </>
      )}
    </article>
  );
}
