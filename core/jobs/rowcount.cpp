// RowCount: one count on a thread.
#include "core/jobs/rowcount.h"

#include <condition_variable>
#include <mutex>

namespace kvscope {

RowCount::RowCount(Binding binding, QString sourceUrl)
    : m_thread([this, binding = std::move(binding),
                sourceUrl = std::move(sourceUrl)](const std::stop_token &stop) {
          std::mutex mutex;
          std::condition_variable_any ended;
          std::unique_lock lock(mutex);
          ended.wait_for(lock, stop, kAfter, [] { return false; });
          if (stop.stop_requested()) return;
          const auto rows = BoundRows::open(binding, sourceUrl, stop);
          if (!rows) return;
          if (const auto count = rows->source->countRows()) m_count = *count;
      })
{}

std::optional<std::int64_t> RowCount::ready() const
{
    const std::int64_t count = m_count;
    return count == kUnknown ? std::nullopt : std::optional(count);
}

} // namespace kvscope
