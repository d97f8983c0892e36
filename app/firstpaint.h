// FirstPaint: tells the process that started us when the first frame stands; for `bench start`.
#pragma once

class QWidget;

namespace kvscope {

/// The line written to standard output once the first frame was painted and flushed.
inline constexpr const char *kPaintedLine = "painted\n";

/// Asked for by the environment, so that what is measured starts as for anybody else.
inline constexpr const char *kReportVariable = "KVSCOPE_REPORT_FIRST_PAINT";
/// A bare QMainWindow instead of ours: the reference.
inline constexpr const char *kBareVariable = "KVSCOPE_BARE_WINDOW";

bool wantsFirstPaintReport();
bool isBareWindowStart();

/// Requires: `window` was not painted yet.
void reportFirstPaint(QWidget *window);

} // namespace kvscope
