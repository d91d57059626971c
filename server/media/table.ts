/** The SQL table of pictures; their bytes are files under random names. */

export interface MediaTables {
  pictures: {
    id: string;
    /** The one article through which it may be seen. */
    article: string;
    /** Who sent it. */
    member: string;
    /** Of the files as re-encoded. */
    type: 'image/jpeg' | 'image/png';
    /** Pixels and bytes of the print master. */
    width: number;
    height: number;
    bytes: number;
    created_at: string;
  };
}
