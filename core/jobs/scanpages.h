// ScanPages: a scan's pages, waited for on a job's thread.
#pragma once

#include "core/store/keyspace.h"

#include <memory>

namespace kvscope {

/// Asks for a few pages ahead and no more. Destroying it ends the scan. One thread.
class ScanPages
{
  public:
    ScanPages(KeySpace &keys, ScanOptions options);
    ~ScanPages();
    ScanPages(const ScanPages &) = delete;
    ScanPages &operator=(const ScanPages &) = delete;

    /// Waits for the next page; not to be called behind the last one or an Error.
    Result<ScanPage> next();

  private:
    struct Queue; // filled on the store's thread

    std::shared_ptr<Queue> m_queue;
    std::unique_ptr<Scan> m_scan;
    bool m_paused = false;
};

} // namespace kvscope
