@NullMarked
package pushlab.report;

import org.jspecify.annotations.NullMarked;
