// DemoDatabase: makes the demo source's SQLite file, whole or not at all.
#pragma once

#include "core/async/result.h"

#include <functional>
#include <stop_token>

class QSqlDatabase;

namespace kvscope {

/// Another number makes every older file be made anew.
inline constexpr int kDemoDatabaseVersion = 1;
inline constexpr int kDemoDocuments = 100'000;

/// Whether `database`, open, holds all documents of this version.
bool isCompleteDemoDatabase(QSqlDatabase &database);

/// Writes the documents and their full-text index in one transaction beside `file` and renames the
/// result over it, so that a file of that name is always whole. Blocks for about a second: not for
/// the UI thread. `progress` gets 0 … 1. Cancelled when `stop` is asked for.
Result<bool> makeDemoDatabase(const QString &file, const std::function<void(double)> &progress,
                              const std::stop_token &stop);

} // namespace kvscope
