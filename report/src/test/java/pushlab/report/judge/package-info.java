@NullMarked
package pushlab.report.judge;

import org.jspecify.annotations.NullMarked;
