/// What was seen of many clients that act at the same moment, as a file of a run keeps it.
@NullMarked
package pushlab.report.result.herd;

import org.jspecify.annotations.NullMarked;
