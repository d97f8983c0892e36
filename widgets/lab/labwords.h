// LabWords: how the lab's pages name tokens, policies, formats and figures.
#pragma once

#include "core/labrun/labsnapshot.h"

#include <QColor>
#include <QString>

namespace kvscope {

/// A token's text without the space in front; "⏎" for a line's end, "‹0xE4›" for half a character,
/// "␣" for a space alone.
QString tokenText(const Bytes &bytes);
QString originName(llm::Origin origin);
/// The ground of a chip or block of that origin.
QColor originColor(llm::Origin origin);
/// Stronger, for small squares.
QColor originInk(llm::Origin origin);

/// "full", "window 128", "sinks 4 + window 124" …
QString policyText(const llm::PolicySpec &policy);
/// "f32", "int8", "int4 rotated" …
QString formatText(llm::KvType type, llm::Rotation rotation);
/// "cache off", or policy and format: "window 128 int8".
QString cacheText(const llm::Session::Options &options);
/// "101,376 B".
QString exactBytes(std::uint64_t bytes);
QString heatName(HeatKind kind);

} // namespace kvscope
