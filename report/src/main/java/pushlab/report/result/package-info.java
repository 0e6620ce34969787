/// What a result is: records read from and written to `results/<run>/`.
@NullMarked
package pushlab.report.result;

import org.jspecify.annotations.NullMarked;
