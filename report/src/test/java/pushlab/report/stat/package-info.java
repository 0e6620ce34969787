@NullMarked
package pushlab.report.stat;

import org.jspecify.annotations.NullMarked;
