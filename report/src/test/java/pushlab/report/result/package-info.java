@NullMarked
package pushlab.report.result;

import org.jspecify.annotations.NullMarked;
