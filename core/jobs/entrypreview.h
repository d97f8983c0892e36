// EntryPreview: what a binding would make of the first rows, to be compared with a store.
#pragma once

#include "core/jobs/boundrows.h"

#include <QStringList>

namespace kvscope {

/// Something is wrong, and with which member of the binding.
struct BindingProblem
{
    QString member; ///< "source", "rows", "key", "value.fields", …; empty: it can't be told
    Error error;
};

/// The member that an error of parsing or opening speaks of.
QString memberOf(const Error &error, const Binding *binding);

struct EntryPreview
{
    MappedBatch rows;
    QStringList faults; ///< sentences: rows that no entry can be made of
    std::optional<BindingProblem> problem;
};

/// Reads the first `count` rows. Blocking; a stop ends it with Cancelled.
EntryPreview previewEntries(const Binding &binding, std::size_t count, const std::stop_token &stop);

} // namespace kvscope
