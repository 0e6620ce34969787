package pushlab.bench.run;

import pushlab.report.text.Screen;

/// Where a run shows its progress.
///
/// @param isInteractive whether it is a terminal, where somebody can press a key
public record Audience(Screen screen, boolean isInteractive) {}
