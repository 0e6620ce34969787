/// Texts in each language, numbers as a reader reads them, and the templates that they fill.
@NullMarked
package pushlab.report.text;

import org.jspecify.annotations.NullMarked;
