// LabExport: the lab's figures as tables.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QByteArray>

namespace kvscope {

/// A row for each token: id, text, origin, probability, times, KL, bytes, and the comparison's own
/// token at its place.
QByteArray tokensCsv(const LabSnapshot &snapshot);
/// A row for each layer and kv head, a column for each token; empty where nothing is in the cache.
QByteArray heatCsv(const LabSnapshot &snapshot);
/// A row for each block of the sequence.
QByteArray blocksCsv(const LabSnapshot &snapshot);
/// Everything that the page shows of a generation, as one object. A text that is not UTF-8 is
/// {"base64": "…"}; what was not measured is null.
QByteArray runJson(const LabSnapshot &snapshot);

} // namespace kvscope
