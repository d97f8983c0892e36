// BindingProposal: a first binding for a table that somebody picked.
#pragma once

#include "core/binding/binding.h"
#include "core/source/rowsource.h"

namespace kvscope {

/// A first binding for a table: its primary key as order and in the key (else its first column),
/// all other columns but bytes as JSON, a column that looks like a version as version. To be looked
/// at: it is always complete, but a key that is not unique only the source can tell.
Binding proposeBinding(const QString &url, const SourceTable &table);

} // namespace kvscope
