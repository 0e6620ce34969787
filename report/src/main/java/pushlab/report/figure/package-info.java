/// The report's figures: Vega-Lite's specs with a run's data in them.
@NullMarked
package pushlab.report.figure;

import org.jspecify.annotations.NullMarked;
