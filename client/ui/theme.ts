/** The component library's theme, mapped to the tokens of tokens.css. */
import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Modal,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

const zhu: MantineColorsTuple = [
  '#fbede8',
  '#f6d8cf',
  '#eeb3a4',
  '#e78b75',
  '#f0694e',
  '#d64a30',
  '#c2321b',
  '#ae2a15',
  '#8d2010',
  '#6d170a',
];
const ink: MantineColorsTuple = [
  '#f7f5f0',
  '#efece5',
  '#e3ded4',
  '#cfc9bc',
  '#b8b2a6',
  '#968f83',
  '#6f695f',
  '#514c44',
  '#2a2824',
  '#1b1916',
];

export const theme = createTheme({
  colors: {
    zhu,
    gray: ink,
    dark: [
      '#ece8df',
      '#b8b2a6',
      '#968f83',
      '#7a7469',
      '#403d37',
      '#302e29',
      '#2a2824',
      '#201e1b',
      '#1a1916',
      '#11100e',
    ],
  },
  primaryColor: 'zhu',
  primaryShade: { light: 6, dark: 4 },
  white: '#ffffff',
  black: '#1b1916',
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  headings: { fontFamily: 'var(--song)' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '17px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  defaultRadius: 'md',
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', variant: 'default' },
      classNames: { root: 'ui-button' },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 32 } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 350,
        withinPortal: true,
        events: { hover: true, focus: true, touch: false },
      },
    }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'xl',
        padding: 'lg',
        transitionProps: { transition: 'fade', duration: 120 },
        overlayProps: { color: 'var(--scrim)', backgroundOpacity: 1 },
      },
      classNames: { title: 'ui-dialog-title', content: 'ui-dialog' },
    }),
    Menu: Menu.extend({ defaultProps: { radius: 'lg', transitionProps: { duration: 80 }, offset: 4 } }),
    TextInput: TextInput.extend({ classNames: { label: 'ui-label' } }),
    Textarea: Textarea.extend({ classNames: { label: 'ui-label' } }),
    Select: Select.extend({
      defaultProps: { allowDeselect: false, checkIconPosition: 'right' },
      classNames: { label: 'ui-label' },
    }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'sm', withItemsBorders: false, transitionDuration: 120 },
    }),
  },
});

const mapped = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-error': 'var(--accent-text)',
  '--mantine-color-anchor': 'var(--text)',
  '--mantine-color-default': 'var(--bg-card)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--border-2)',
  '--mantine-color-default-hover': 'color-mix(in srgb, var(--text) 5%, var(--bg-card))',
  '--mantine-color-disabled': 'var(--hover)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'transparent',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-zhu-filled': 'var(--accent)',
  '--mantine-color-zhu-filled-hover': 'color-mix(in srgb, #000 10%, var(--accent))',
  '--mantine-color-zhu-light': 'var(--accent-wash)',
  '--mantine-color-zhu-light-hover': 'var(--accent-wash)',
  '--mantine-color-zhu-light-color': 'var(--accent-text)',
  '--mantine-color-gray-light-color': 'var(--text)',
  '--mantine-color-gray-light-hover': 'var(--hover)',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '20px' },
  light: mapped,
  dark: mapped,
});
