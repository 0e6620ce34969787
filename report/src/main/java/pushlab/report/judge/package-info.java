/// The cells of a run added up, and the verdicts on them: which cells can be compared, which of
/// them differ significantly, which transport is best.
@NullMarked
package pushlab.report.judge;

import org.jspecify.annotations.NullMarked;
