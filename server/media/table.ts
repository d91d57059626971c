/** The SQL tables of pictures; their bytes are files under random names. */

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
  /** Pictures of the paper's own, that frames show which name no article. */
  page_pictures: {
    id: string;
    /** The page that it was sent to, which may be gone: a copy of its frame shows it on another. */
    page: string;
    member: string;
    type: 'image/jpeg' | 'image/png';
    width: number;
    height: number;
    bytes: number;
    created_at: string;
  };
}
