/** The signs that members put to a comment, and one's own. */
import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { IconEye, IconHeart, IconMoodPlus, IconQuestionMark, IconThumbUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Comment, type Reaction, reactions } from '../../shared/comments/thread.ts';

const icons = { agree: IconThumbUp, look: IconEye, thanks: IconHeart, doubt: IconQuestionMark } as const;

interface ReactionsProps {
  given: Comment['reactions'];
  me: string;
  nameOf: (member: string) => string;
  /** Null where this reader may put none. */
  onReact: ((reaction: Reaction, on: boolean) => void) | null;
}

export function Reactions({ given, me, nameOf, onReact }: ReactionsProps) {
  const { t } = useTranslation('comments');
  const shown = reactions.flatMap((reaction) => {
    const members = given.filter((one) => one.reaction === reaction).map(({ member }) => member);
    return members.length > 0 ? [{ reaction, members }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <div className="comments-reactions">
      {shown.map(({ reaction, members }) => {
        const Icon = icons[reaction];
        const isOwn = members.includes(me);
        const names = members.map(nameOf).join(t('reaction.and'));
        return (
          <UnstyledButton
            key={reaction}
            className="comments-reaction"
            aria-pressed={isOwn}
            aria-label={t('reaction.given', { names, sign: t(`reaction.${reaction}`) })}
            title={t('reaction.given', { names, sign: t(`reaction.${reaction}`) })}
            disabled={onReact === null}
            onClick={() => onReact?.(reaction, !isOwn)}
          >
            <Icon size={14} stroke={1.75} aria-hidden="true" />
            {members.length}
          </UnstyledButton>
        );
      })}
    </div>
  );
}

/** The button that offers them. */
export function ReactButton({ given, me, onReact }: Omit<ReactionsProps, 'nameOf'>) {
  const { t } = useTranslation('comments');
  if (onReact === null) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('reaction.put')} title={t('reaction.put')}>
          <IconMoodPlus size={16} stroke={1.5} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {reactions.map((reaction) => {
          const Icon = icons[reaction];
          const isOwn = given.some((one) => one.member === me && one.reaction === reaction);
          return (
            <Menu.Item
              key={reaction}
              leftSection={<Icon size={16} stroke={1.5} aria-hidden="true" />}
              onClick={() => onReact(reaction, !isOwn)}
            >
              {t(isOwn ? 'reaction.takeBack' : 'reaction.one', { sign: t(`reaction.${reaction}`) })}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
