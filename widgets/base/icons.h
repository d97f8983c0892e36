// Icons: strokes of one weight that take the text's colour.
#pragma once

#include <QIcon>
#include <QString>

namespace kvscope {

/// `name` is a file in resources/icons without its ending. The icon follows the theme and has
/// dimmed and accent states (Disabled, On).
QIcon strokeIcon(const QString &name);

} // namespace kvscope
