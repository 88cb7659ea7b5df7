/** What a file may cost to read. An office's list of 100,000 rows stays far below each of these. */
export const MAX_FILE_BYTES = 30 * 1024 * 1024;

/** Parts in the archive: a workbook has a dozen, with pictures some hundreds. */
export const MAX_ENTRIES = 5_000;

/** Bytes a file may unpack to, counted as they come, all parts read in one pass together. */
export const MAX_INFLATED_BYTES = 600 * 1024 * 1024;

/** A part that grows more than this many times is no list; judged once it is past `RATIO_FROM_BYTES`. */
export const MAX_RATIO = 300;
export const RATIO_FROM_BYTES = 24 * 1024 * 1024;

/** Bytes of a part that is read as a whole: sheet names, styles, relations. */
export const MAX_SMALL_PART_BYTES = 8 * 1024 * 1024;

/** Letters in the table of shared texts, which stays in memory while a file is read. */
export const MAX_SHARED_LETTERS = 40 * 1024 * 1024;

/** Excel's own limits. */
export const MAX_ROWS = 1_048_576;
export const MAX_CELL_LETTERS = 32_767;

/** Columns that are read; what stands right of them is no part of a list. */
export const MAX_COLUMNS = 256;

/** Merged areas kept per sheet. */
export const MAX_MERGES = 200_000;

/** Letters of one CSV record: an unclosed quotation mark would take the whole rest for one. */
export const MAX_RECORD_LETTERS = 1024 * 1024;
