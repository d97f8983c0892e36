// LabExport: the lab's figures as tables.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QByteArray>

namespace kvscope {

/// A row for each token: id, text, origin, probability, times, KL, bytes.
QByteArray tokensCsv(const LabSnapshot &snapshot);
/// A row for each layer and kv head, a column for each token; empty where nothing is in the cache.
QByteArray heatCsv(const LabSnapshot &snapshot);

} // namespace kvscope
