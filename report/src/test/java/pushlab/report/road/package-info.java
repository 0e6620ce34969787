@NullMarked
package pushlab.report.road;

import org.jspecify.annotations.NullMarked;
