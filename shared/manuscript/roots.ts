/** The roots of an article's document. */

/** The one root that holds an article's text. */
export const manuscriptRoot = 'manuscript';

/** Reserved for tracked changes; a root of this name is a Y.Map. */
export const suggestionsRoot = 'suggestions';
