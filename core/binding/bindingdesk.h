// BindingDesk: what a binding's editor asks for, answered off the user interface's thread.
#pragma once

#include "core/binding/bindingfolder.h"
#include "core/binding/bindingpreview.h"
#include "core/binding/questionlane.h"
#include "core/binding/rowfinder.h"

namespace kvscope {

/// Two threads, one for sources and one for files; each answers one question after the other. Each
/// question is answered exactly once, on a thread of the desk's or within the call: pass what
/// Lifetime::guard() returns. A newer question of the same kind takes the place of an older one,
/// which ends with Cancelled; saving is never given up. The destructor does not wait for a source:
/// a database that hangs is left to a thread that ends by itself, and what it says then is dropped.
class BindingDesk
{
  public:
    /// How long the connection that findRow() keeps to a database stays open without a question.
    static constexpr std::chrono::seconds kKeepOpen{30};

    explicit BindingDesk(BindingFolder folder = BindingFolder(),
                         std::chrono::milliseconds keepOpen = kKeepOpen);

    /// The connection test and the table browser in one.
    void sketch(QString url, QString folder, Callback<SourceSketch> done);
    void sample(QString url, QString folder, SourceTable table, std::size_t rows,
                Callback<BindingPreview> done);
    void preview(Binding binding, QString sourceUrl, std::size_t rows,
                 Callback<BindingPreview> done);

    /// findRowOf(), for the key that is open; over one connection from one question to the next.
    void findRow(Binding binding, QString sourceUrl, Bytes key, Callback<BindingPreview> done);

    void list(Callback<std::vector<ListedFile>> done);
    void save(BindingFile file, Callback<bool> done);
    void addOpened(QString path, Callback<bool> done);
    void forgetOpened(QString path, Callback<bool> done);

  private:
    enum Kind { Sketch, Sample = Sketch, Preview, Row, List, Change };

    BindingFolder m_folder;
    std::shared_ptr<RowFinder> m_finder; // the sources' thread alone uses it
    QuestionLane m_sources;
    QuestionLane m_files; // last: it uses m_folder
};

} // namespace kvscope
