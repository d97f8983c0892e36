// experimentTable: an experiment's rows for files, journals and READMEs.
#pragma once

#include "core/labrun/labexperiment.h"

#include <QJsonArray>
#include <QJsonObject>

namespace kvscope {

/// Measured rows alone: policy, kv, rotation, perplexity, recall, tokens_per_second, kv_bytes.
QByteArray experimentCsv(const std::vector<ExperimentRow> &rows);
QJsonArray experimentJson(const std::vector<ExperimentRow> &rows);
QJsonObject experimentJson(const ExperimentRow &row);
/// A table with a heading line, in English.
QByteArray experimentMarkdown(const std::vector<ExperimentRow> &rows);

} // namespace kvscope
