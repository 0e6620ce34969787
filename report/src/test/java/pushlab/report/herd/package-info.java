@NullMarked
package pushlab.report.herd;

import org.jspecify.annotations.NullMarked;
