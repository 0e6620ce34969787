/// Which transport to take in a situation, by the cells that were measured nearest to it.
@NullMarked
package pushlab.report.advice;

import org.jspecify.annotations.NullMarked;
