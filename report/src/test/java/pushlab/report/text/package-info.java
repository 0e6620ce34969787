@NullMarked
package pushlab.report.text;

import org.jspecify.annotations.NullMarked;
