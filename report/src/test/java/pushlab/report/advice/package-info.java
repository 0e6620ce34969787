@NullMarked
package pushlab.report.advice;

import org.jspecify.annotations.NullMarked;
