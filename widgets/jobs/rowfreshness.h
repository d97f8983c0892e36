// RowFreshness: answers for the editor how a key stands to its row, by the window's bindings.
#pragma once

#include "core/binding/bindingdesk.h"
#include "widgets/jobs/jobdesk.h"
#include "widgets/models/keyfreshness.h"

namespace kvscope {

/// The first binding whose template fits a key is asked. UI thread; sources are read on a thread of
/// its own. Requires: the desk outlives it.
class RowFreshness : public FreshnessSource
{
    Q_OBJECT

  public:
    explicit RowFreshness(JobDesk &desk, QObject *parent = nullptr);

    Way wayOf(BytesView key) const override;
    KeyFreshness remembered(BytesView key) const override;
    void ask(const Bytes &key, Callback<KeyFreshness> done) override;

  private:
    const Binding *bindingOf(BytesView key) const;
    void readStore(const Binding &binding, const Bytes &key, BindingPreview found,
                   Callback<KeyFreshness> done);

    JobDesk &m_desk;
    BindingDesk m_rows;
    Lifetime m_lifetime;
};

} // namespace kvscope
