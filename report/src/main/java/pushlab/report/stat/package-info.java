/// Intervals, scatter and tests of difference over repeats of a measurement. Numbers only: no
/// words and no files.
@NullMarked
package pushlab.report.stat;

import org.jspecify.annotations.NullMarked;
