/// How many clients come back together: trials of a herd put in order, the knee of the reconnect
/// windows, and words for both.
@NullMarked
package pushlab.report.herd;

import org.jspecify.annotations.NullMarked;
