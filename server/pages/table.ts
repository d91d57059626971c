/** The SQL table of pages. */

export interface PageTables {
  pages: {
    id: string;
    /** ISO date of the edition, and the number as printed: how pages are listed. */
    date: string;
    number: string;
    /** The page as shared/pages/page.ts describes it, JSON. */
    page: string;
    created_at: string;
  };
}
