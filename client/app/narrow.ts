/** Widths at which the desks change their shape. */

/** A phone: one column, the rail becomes a sheet. */
export const narrow = '(max-width: 600px)';
/** Too narrow for manuscript and rail side by side. */
export const noRail = '(max-width: 900px)';
