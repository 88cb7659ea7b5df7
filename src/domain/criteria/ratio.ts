/** A share as two counts of people or subjects. */
export type Ratio = Readonly<{ numerator: number; denominator: number }>;
