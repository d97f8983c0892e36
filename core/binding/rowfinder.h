// RowFinder: the row that a key stands for, over a connection that stays open from one question to
// the next.
#pragma once

#include "core/binding/bindingpreview.h"

namespace kvscope {

/// Blocking; used on one thread and closed there. A database server is connected to once for each
/// binding in turn; SQLite and files are opened each time, which costs little and always shows the
/// file that is there now.
class RowFinder
{
  public:
    /// As findRowOf(). A connection that was lost meanwhile is made anew.
    Result<BindingPreview> find(const Binding &binding, const QString &sourceUrl, BytesView key,
                                const std::stop_token &stop);
    void close() { m_kept.reset(); }

  private:
    struct Kept
    {
        Binding binding;
        QString url;
        std::stop_source stop; // of the connection: a question's own is gone with it
        std::unique_ptr<RowSource> source;
        std::vector<SourceColumn> columns;
        std::optional<RowMapper> mapper;
    };
    static Result<std::unique_ptr<Kept>> open(const Binding &binding, const QString &sourceUrl,
                                              const std::stop_token &stop);
    static Result<BindingPreview> findIn(Kept &kept, BytesView key);

    std::unique_ptr<Kept> m_kept;
};

} // namespace kvscope
